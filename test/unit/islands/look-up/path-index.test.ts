// What a typed path is: tracked, a folder, new, or none of this repository.
import { expect, test } from "vitest";
import { createPathIndex, type Placed } from "#islands/look-up/path-index.ts";
import type { Rule } from "#model/ownership";
import type { PathList } from "#model/path-list";

const now = "2026-01-01T00:00:00Z";
const list: PathList = {
	version: 1,
	head: "h",
	headAt: "2025-07-31T15:05:00Z",
	isRead: true,
	count: 6,
	folders: {
		"": ["README.md", " lead.txt", "back\\slash"],
		"src/": ["x.py"],
		"src/deep/er/": ["y.py"],
		"vendor/": ["lib/"],
	},
};
const index = createPathIndex(list, []);
const place = (typed: string) => index.place(typed, now);
const pathsNear = (placed: Placed) => ("near" in placed ? placed.near.map(({ path }) => path) : null);

test.each([
	["src/x.py", "src/x.py", "file"],
	["  src/x.py\n", "src/x.py", "file"],
	["./src//x.py", "src/x.py", "file"],
	["src/deep/../x.py", "src/x.py", "file"],
	["src", "src", "folder"],
	["src/", "src", "folder"],
	["src/deep", "src/deep", "folder"],
	["src/deep/er/..", "src/deep", "folder"],
	["vendor/lib", "vendor/lib", "submodule"],
	["vendor/lib/", "vendor/lib", "submodule"],
	[".", "", "folder"],
	["src/..", "", "folder"],
	[" lead.txt", " lead.txt", "file"],
	["back\\slash", "back\\slash", "file"],
])("%j is tracked: %j, a %s", (typed, path, kind) => {
	expect(place(typed)).toMatchObject({ kind: "tracked", asked: { path, kind } });
});

test.each([
	["src/new.py", "src/new.py", "file"],
	["src/new/", "src/new", "folder"],
	["src/x.py/", "src/x.py", "folder"],
	["SRC/X.py", "SRC/X.py", "file"],
	["vendor/lib/inside.c", "vendor/lib/inside.c", "file"],
])("%j is new: %j, a %s", (typed, path, kind) => {
	expect(place(typed)).toMatchObject({ kind: "new", asked: { path, kind } });
});

test("a new path comes with those that are like it", () => {
	expect(place("SRC/X.py")).toMatchObject({ miss: "case", near: [{ path: "src/x.py" }] });
});

test.each([
	["/home/me/repo/src/x.py", ["src/x.py"]],
	["/src/deep/", ["src/deep"]],
	["../x.py", ["src/x.py"]],
	["~/repo/README.md", ["README.md"]],
	["C:\\repo\\a.py", []],
	["/", []],
])("%s leads out of the repository; perhaps %j is meant", (typed, near) => {
	const placed = place(typed);
	expect(placed.kind).toBe("outside");
	expect(pathsNear(placed)).toEqual(near);
});

test("a folder knows how many files lie in it, and whose they are", () => {
	const rule = { file: "f", line: 1, mode: "exclusive", owner: "team-a", pattern: "/src/deep/" } as Rule;
	const more = {
		except: [],
		fromAt: null,
		untilAt: null,
		purpose: "own",
		risk: null,
		protocol: null,
		note: null,
	} as const;
	const ruled = createPathIndex(list, [{ ...rule, ...more }]);
	const nobody = { kind: "unmatched", owner: null, files: 1 };
	expect(ruled.place("src", now)).toMatchObject({
		files: 2,
		owners: [nobody, { kind: "owned", owner: "team-a", files: 1 }],
	});
	expect(ruled.place(".", now)).toMatchObject({ files: 6, owners: [{ files: 5 }, { owner: "team-a", files: 1 }] });
	expect(ruled.place("src/x.py", now)).toMatchObject({ files: 1, owners: [] });
});

test("of very many files every owner is counted", () => {
	const names = Array.from({ length: 12_000 }, (_, at) => `${at}.txt`);
	const rule = { file: "f", line: 1, mode: "exclusive", owner: "team-a", pattern: "last.md" } as Rule;
	const more = {
		except: [],
		fromAt: null,
		untilAt: null,
		purpose: "own",
		risk: null,
		protocol: null,
		note: null,
	} as const;
	const folders = { "big/": [...names, "last.md"] };
	const big = createPathIndex({ ...list, count: 12_001, folders }, [{ ...rule, ...more }]);
	expect(big.place("big/", now)).toMatchObject({
		owners: [
			{ kind: "unmatched", files: 12_000 },
			{ owner: "team-a", files: 1 },
		],
	});
});

test("names that every object has are names like others, beside a name that is no UTF-8", () => {
	const names = ["constructor", "toString", "valueOf", "__proto__", "hasOwnProperty", "caf\\xE9"];
	const odd = createPathIndex(
		{ ...list, count: 12, folders: { "": names, "__proto__/": names }, pathBytes: { "caf\\xE9": btoa("caf\xe9") } },
		[],
	);
	for (const name of names.slice(0, -1)) {
		expect(odd.place(name, now)).toMatchObject({ kind: "tracked", asked: { path: name, kind: "file" } });
		expect(odd.place(name, now)).not.toHaveProperty("asked.raw");
		expect(odd.place(`__proto__/${name}`, now)).toMatchObject({ kind: "tracked" });
	}
	expect(odd.place("caf\\xE9", now)).toMatchObject({ kind: "tracked", asked: { raw: "caf\xe9" } });
});

const odd = createPathIndex(
	{
		...list,
		count: 6,
		folders: { "~backup/": ["x.txt"], "C:/": ["x.txt"], " lead/": ["x.txt"], "": ["x.py:12", "a*b", "end "] },
	},
	[],
);

test.each([
	["~backup/", "tracked", "~backup", "folder"],
	["~backup", "tracked", "~backup", "folder"],
	["~backup/x.txt", "tracked", "~backup/x.txt", "file"],
	["~backup/other", "new", "~backup/other", "file"],
	["~else/other.txt", "new", "~else/other.txt", "file"],
	["C:/", "tracked", "C:", "folder"],
	["C:/other", "new", "C:/other", "file"],
	[" lead/", "tracked", " lead", "folder"],
	[" lead/x.txt", "tracked", " lead/x.txt", "file"],
	[" lead/other", "new", " lead/other", "file"],
	["end ", "tracked", "end ", "file"],
	["x.py:12", "tracked", "x.py:12", "file"],
	["a*b", "tracked", "a*b", "file"],
])("%j is %s as it stands: %j, a %s", (typed, kind, path, what) => {
	expect(odd.place(typed, now)).toMatchObject({ kind, asked: { path, kind: what }, understood: [] });
});

test.each(["~", "~/x.txt", "D:/x.txt", "D:\\x.txt"])("%s is elsewhere", (typed) => {
	expect(odd.place(typed, now).kind).toBe("outside");
});

const real = createPathIndex(
	{
		...list,
		count: 13,
		folders: {
			"": ["distributed_api.py", "sharding_strategy.py", "pyproject.toml", "0011.sql", "re\u0301sume\u0301.txt"],
			"src/mlx/": ["__init__.py"],
			"src/mlx/training/": ["recovery.py", "config.json", "trainer.py"],
			"lib/": ["__init__.py", "okapi.py", "Makefile"],
			"main/": ["x.py"],
		},
	},
	[],
);

test.each([
	["src\\mlx\\training\\recovery.py", "src/mlx/training/recovery.py", ["slashes"]],
	["distributed_api.py:12", "distributed_api.py", ["line"]],
	["distributed_api.py:12:3", "distributed_api.py", ["line"]],
	["distributed_api.py:12:", "distributed_api.py", ["line"]],
	["distributed_api.py#L12", "distributed_api.py", ["line"]],
	["distributed_api.py#L12-L20", "distributed_api.py", ["line"]],
	["src\\mlx\\training\\recovery.py:7", "src/mlx/training/recovery.py", ["slashes", "line"]],
	["https://github.com/o/r/blob/main/src/mlx/training/recovery.py#L12", "src/mlx/training/recovery.py", ["address"]],
	["https://github.com/o/r/blob/feature/a/src/mlx/training/recovery.py", "src/mlx/training/recovery.py", ["address"]],
	["https://gitlab.example/g/s/r/-/blob/v1.0/distributed_api.py?ref_type=heads", "distributed_api.py", ["address"]],
	["https://github.com/o/r/tree/main/src/mlx", "src/mlx", ["address"]],
])("%s is understood as %s", (typed, path, understood) => {
	expect(real.place(typed, now)).toMatchObject({ kind: "tracked", asked: { path }, understood });
});

test.each([
	["https://github.com/o/r/blob/main/src/else.py", []],
	["https://github.com/o/r", []],
	["https://example.org/recovery.py", ["src/mlx/training/recovery.py"]],
])("%s is an address of no one tracked path", (typed, near) => {
	const placed = real.place(typed, now);
	expect([placed.kind, pathsNear(placed)]).toEqual(["address", near]);
});

test("an address that may mean two tracked paths is not decided", () => {
	const two = createPathIndex({ ...list, count: 2, folders: { "": ["x.py"], "main/": ["x.py"] } }, []);
	const placed = two.place("https://github.com/o/r/blob/a/main/x.py", now);
	expect([placed.kind, pathsNear(placed)]).toEqual(["address", ["main/x.py", "x.py"]]);
});

test.each([
	["*.py", 8],
	["src/**/recover?.py", 1],
	["*.rs", 0],
])("%s is a pattern, which %d tracked files match", (typed, matching) => {
	expect(real.place(typed, now)).toMatchObject({ kind: "pattern", matching });
});

test.each([
	["shardng_strategy.py", "like", ["sharding_strategy.py"]],
	["Sharding_Strategy.py", "case", ["sharding_strategy.py"]],
	["shard", "like", ["sharding_strategy.py"]],
	["SRC/mlx/training/Recovery.py", "case", ["src/mlx/training/recovery.py"]],
	["r\u00e9sum\u00e9.txt", "form", ["re\u0301sume\u0301.txt"]],
	["R\u00e9sum\u00e9.txt", "case", ["re\u0301sume\u0301.txt"]],
	["trainer.py", "like", ["src/mlx/training/trainer.py"]],
	["trainre.py", "like", ["src/mlx/training/trainer.py"]],
	["training/recovery.py", "like", ["src/mlx/training/recovery.py"]],
	["api.py", "like", ["distributed_api.py"]],
	["src/mlx/training/reco", "like", ["src/mlx/training/recovery.py"]],
	["src/mlx/training/trainr.py", "like", ["src/mlx/training/trainer.py"]],
	["mlx trai", "like", ["src/mlx/training"]],
	["makefile", "like", ["lib/Makefile"]],
])("%j is probably another path: %s, %j", (typed, miss, near) => {
	const placed = real.place(typed, now);
	expect(placed).toMatchObject({ kind: "new", asked: { path: typed }, miss });
	expect(pathsNear(placed)?.slice(0, 1)).toEqual(near);
});

test.each([
	"src/mlx/training/new.py",
	"src/mlx/training/recovery_of_nodes.py",
	// The folder is known: what lies in other folders by that name is not meant.
	"src/__init__.py",
	"0012.sql",
	"docs/guide.md",
	"pi.py",
])("%s is a new path like others", (typed) => {
	expect(real.place(typed, now)).toMatchObject({ kind: "new", asked: { path: typed }, miss: null });
});

test("a new path that was typed otherwise is said to be", () => {
	expect(real.place("src\\mlx\\new.py:12", now)).toMatchObject({
		kind: "new",
		asked: { path: "src/mlx/new.py" },
		understood: ["slashes", "line"],
	});
});
