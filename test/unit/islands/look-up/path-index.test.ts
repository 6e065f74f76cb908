// What a typed path is: tracked, a folder, new, or none of this repository.
import { expect, test } from "vitest";
import { createPathIndex } from "#islands/look-up/path-index.ts";

const index = createPathIndex({
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
});
const place = (typed: string) => index.place(typed);

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
	expect(place("SRC/X.py")).toMatchObject({ near: [{ path: "src/x.py" }] });
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
	expect(placed.kind === "outside" && placed.near.map(({ path }) => path)).toEqual(near);
});

test("a folder knows how many files lie in it", () => {
	expect(place("src")).toMatchObject({ files: 2, below: [{ path: "src/x.py" }, { path: "src/deep/er/y.py" }] });
	expect(place(".")).toMatchObject({ files: 6 });
});
