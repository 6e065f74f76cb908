// `npm run who`: exact words about paths of every kind.
import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { conflictLogSchema } from "#model/conflict-log";
import { writeContent } from "#test/golden";
import { makeRepo, temporaryFolder } from "#test/make-repo";
import { command } from "#test/product-command";
import { newWorkRepo } from "#test/work-repo";

vi.setConfig({ testTimeout: 120_000 });

const files = {
	"project.yaml": "name: P\ncoordinator: { name: Desk, identities: { emails: [desk@p.example], trailers: [desk] } }\n",
	"teams/team-a.yaml": 'name: Team A\nidentities: { emails: ["*@a.example"] }\n',
	"teams/team-b.yaml": 'name: Team B\nidentities: { emails: ["*@b.example"] }\n',
	"ownership/team-a.yaml": `owner: team-a
mode: exclusive
rules:
  - pattern: api.py
    except: [vendor/]
  - pattern: /src/
    effective: { until: 2025-01-31 }
  - pattern: old.sh
    purpose: delete
    note: for deletion
  - pattern: /src/api.py
`,
	"ownership/shared.yaml": `mode: shared
protocol: [Ask the desk]
rules:
  - pattern: "*.py"
    except: [vendor/]
  - pattern: deps.toml
    risk: high
    protocol: Notify before
`,
	"contracts/api.yaml":
		"from: team-a\nto: team-b\ntitle: The API\nsymbol: Api\nsource: api.py\nmembers:\n  - { name: run, kind: method }\n",
	"claims/now.yaml":
		"resource: path:deps.toml\nteam: team-b\nagreedBy: Desk\nfrom: 2020-01-01\nuntil: 2098-12-31\nreason: Move to 2.0\n",
	"claims/past.yaml":
		"resource: path:deps.toml\nteam: team-a\nagreedBy: Desk\nfrom: 2020-01-01\nuntil: 2020-12-31\nreason: Long ago\n",
};
const content = writeContent(files);
const NO_LOG =
	"conflicts: no log yet: npm run audit\npromises: by file not known, as no audit was run: npm run audit\n";
const UNKNOWN = " Whether a promise between teams stands in it is not known.";
const BEARS = " It may bear what Team A promised Team B (The API). Change that only with both teams.";

/** The command where no repository is: paths count from the top. */
async function who(...paths: string[]) {
	const { code, stdout, stderr } = await command("who", ["--content", content, ...paths], { cwd: temporaryFolder() });
	expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
	return stdout;
}

test("an owned path: the rule that won, those that lost and why, the contract, and what each team may do", async () => {
	expect(await who("src/api.py")).toBe(`src/api.py
    owner         Team A alone
    rule          ${content}/ownership/team-a.yaml:4  api.py
    lost          ${content}/ownership/shared.yaml:4  *.py  (exclusive wins over shared)
    lost          ${content}/ownership/team-a.yaml:11  /src/api.py  (the same owner; the first in reading order is named)
    not in force  ${content}/ownership/team-a.yaml:6  /src/  (until 2025-02-01T00:00:00Z)
    contract      api  The API, promised by Team A to Team B
    now           Team A may change it.${BEARS}
    now           Team B must not change it; ask Team A to make the change.

${NO_LOG}`);
});

test("a shared path: protocol, risk and the claim that holds", async () => {
	expect(await who("deps.toml")).toBe(`deps.toml
    owner         shared by all teams, risk high
    rule          ${content}/ownership/shared.yaml:6  deps.toml
    protocol      Notify before
    protocol      Ask the desk
    claim         Team B until 2099-01-01T00:00:00Z, agreed with Desk: Move to 2.0
    now           Team A may change it, but Team B has claimed it until 2099-01-01T00:00:00Z: agree with Team B first, and end the message with “Coordinated-by:”.${UNKNOWN}
    now           Team B may change it until 2099-01-01T00:00:00Z: agreed with Desk.${UNKNOWN}

${NO_LOG}`);
});

test("an exception takes a path out of its rules; nobody's path says whom to ask", async () => {
	expect(await who("vendor/api.py")).toBe(`vendor/api.py
    owner         nobody: no rule covers it; ask Desk
    excepted      ${content}/ownership/shared.yaml:4  *.py  (except vendor/)
    excepted      ${content}/ownership/team-a.yaml:4  api.py  (except vendor/)
    contract      api  The API, promised by Team A to Team B
    now           Team A may change it, as may everybody: no rule covers it. If it matters, ask Desk whose it shall be.${BEARS}
    now           Team B may change it, as may everybody: no rule covers it. If it matters, ask Desk whose it shall be.${BEARS}

${NO_LOG}`);
});

test("a path for deletion, and several paths in the order typed", async () => {
	const told = await who("old.sh", "x\u001b[31m");
	expect(told).toContain(`old.sh
    owner         Team A alone, for deletion
    rule          ${content}/ownership/team-a.yaml:8  old.sh
    note          for deletion
    now           Team A is to delete it.${UNKNOWN}
    now           Team B must not change it; ask Team A, which is about to delete it: do not build on it.

x\\x1B[31m
    owner         nobody`);
});

test("a folder stands for any file in it; two rules that clash are an error", async () => {
	const own = writeContent({
		...files,
		"ownership/team-a.yaml": "owner: team-a\nmode: exclusive\nrules:\n  - pattern: /lib/\n  - pattern: '*.c'\n",
		"ownership/team-b.yaml": "owner: team-b\nmode: exclusive\nrules:\n  - pattern: /app/\n",
	});
	const folder = await command("who", ["--content", own, "lib/"], { cwd: temporaryFolder() });
	expect(folder.stdout).toContain("lib/\n    owner         Team A alone\n");
	const app = await command("who", ["--content", own, "app/"], { cwd: temporaryFolder() });
	expect(app.stdout).toContain("app/\n    owner         Team B alone\n");

	const clash = await command("who", ["--content", own, "app/x.c"], { cwd: temporaryFolder() });
	expect(clash.code).toBe(2);
	expect(clash.stdout).toContain(`app/x.c
    owner         nobody can say: two rules clash
    rule          ${own}/ownership/team-a.yaml:5  *.c  gives it to Team A
    rule          ${own}/ownership/team-b.yaml:4  /app/  gives it to Team B
    now           Team A leave it alone: two rules give it to two teams; ask Desk to correct them.
`);
});

test("paths count from where one stands in the repository, need not exist, and may not lead out of it", async () => {
	const repo = newWorkRepo();
	repo.write({ "src/deep/x": "1" });
	const at = (cwd: string, ...paths: string[]) => command("who", ["--content", content, ...paths], { cwd });
	const first = async (cwd: string, path: string) => (await at(cwd, path)).stdout.split("\n")[0];

	expect(await first(join(repo.dir, "src/deep"), "../api.py")).toBe("src/api.py");
	expect(await first(join(repo.dir, "src"), join(repo.dir, "api.py"))).toBe("api.py");
	expect(await first(repo.dir, "src/deep")).toBe("src/deep/");
	expect(await first(repo.dir, "src/../new.py")).toBe("new.py");
	const outside = await at(join(repo.dir, "src"), "../../x");
	expect(outside).toEqual({
		code: 2,
		stdout: "",
		stderr: `error: ../../x lies outside the repository at ${repo.dir}\n    hint: give a path inside it\n`,
	});
	expect((await command("who", ["--content", content, "--repo", temporaryFolder(), "x"])).code).toBe(3);
	expect((await at(repo.dir)).code).toBe(2);
});

test("open conflicts of the last log, with its head and age", async () => {
	const { "contracts/api.yaml": _none, ...others } = files;
	const own = writeContent(others);
	const repo = makeRepo([
		{ say: "Start", by: "desk@p.example", at: "2025-07-01T09:00", write: { "api.py": "1", "b.txt": "1" } },
		{ say: "Foreign", by: "ben@b.example", at: "2025-07-02T09:00", write: { "api.py": "2" } },
	]);
	const audited = await command("audit", ["--repo", repo.dir, "--content", own, "--format", "json", "--out", "-"]);
	const log = conflictLogSchema.parse(JSON.parse(audited.stdout));
	const id = log.conflicts.find(({ code }) => code === "foreign-edit")?.id;
	const file = join(own, "conflict-log.json");
	writeFileSync(file, audited.stdout);
	const threeDaysAgo = Date.now() / 1000 - 3 * 86_400 - 60;
	utimesSync(file, threeDaysAgo, threeDaysAgo);
	const asked = await command("who", ["--content", own, "api.py", "b.txt"], { cwd: temporaryFolder() });

	expect(asked.stdout).toContain(
		`    conflict      ${id}  error foreign-edit  Team B changed api.py, which belongs to Team A alone.\n`,
	);
	expect(asked.stdout).toContain(`    now           Team A may change it. First settle ${id}.\n`);
	expect(asked.stdout.split("b.txt\n")[1]).not.toContain("conflict  ");
	expect(asked.stdout).toMatch(
		new RegExp(
			`conflicts: by the log of P at ${repo.oids[1]?.slice(0, 10)} \\(2025-07-02T09:00:00Z\\), written 3 days ago\n$`,
		),
	);
	writeFileSync(file, "{}");
	expect(await command("who", ["--content", own, "api.py"], { cwd: temporaryFolder() })).toMatchObject({
		code: 3,
		stderr: `error: ${file} is no conflict log of this version\n    hint: run \`npm run audit\` to write it anew\n`,
	});
});

test("what was promised in a file, by the last audit's reading of the tree, or why nobody knows", async () => {
	const own = writeContent(files);
	const python = "class Api:\n    def run(self):\n        return 1\n";
	const repo = makeRepo([
		{ say: "Start", by: "desk@p.example", at: "2025-07-01T09:00", write: { "lib/api.py": python, "b.py": python } },
	]);
	const ask = async (...paths: string[]) =>
		(await command("who", ["--content", own, ...paths], { cwd: temporaryFolder() })).stdout;
	await command("audit", ["--repo", repo.dir, "--content", own]);
	const kept = "keeps Team A’s promise to Team B: Api.run (line 2)";
	const known = await ask("lib/api.py", "b.py", "lib/");
	expect(known).toContain(`    promise       api  ${kept}\n`);
	expect(known).toContain(
		`    now           Team A may change it. It ${kept}. Change what was promised only with both teams.\n`,
	);
	// The contract looks for what it promises in api.py alone.
	expect(known.split("b.py\n")[1]?.split("\n\n")[0]).not.toContain("promise");
	expect(known).toContain(`    promise       api  lib/api.py ${kept}\n`);
	expect(known).not.toContain("promises: ");

	const reality = join(own, "reality.json");
	const whole = readFileSync(reality, "utf8");
	const head = repo.oids[0] as string;
	writeFileSync(reality, whole.replace(head, "0".repeat(40)));
	expect(await ask("lib/api.py")).toContain(
		`\npromises: by file not known, as ${reality} is of 0000000000 and the conflict log of ${head.slice(0, 10)}: npm run audit\n`,
	);
	writeFileSync(reality, whole.slice(0, -9));
	expect(await ask("lib/api.py")).toContain(`as ${reality} is not of this version: npm run audit\n`);
	rmSync(reality);
	const unknown = await ask("lib/api.py", "b.py");
	expect(unknown).toContain(`\npromises: by file not known, as ${reality} is missing: npm run audit\n`);
	expect(unknown).toContain(`Team A may change it.${BEARS}\n`);
});

test("a slip is asked about; a new name, a file that is not committed yet, and what nobody knows are not", async () => {
	const { "contracts/api.yaml": _none, ...others } = files;
	const own = writeContent(others);
	const repo = newWorkRepo();
	const write = { "sharding.py": "1", "db/0011.sql": "1" };
	const tracked = makeRepo([{ say: "Start", by: "desk@p.example", at: "2025-07-01T09:00", write }]);
	const first = async (path: string, cwd = temporaryFolder()) => {
		const { stdout } = await command("who", ["--content", own, path], { cwd });
		return stdout.split("\n").slice(1, 3);
	};
	const owner = "    owner         shared by all teams, risk medium";
	expect((await first("shardng.py"))[0]).toBe(owner);

	expect((await command("audit", ["--repo", tracked.dir, "--content", own])).code).toBe(0);
	const asked = [
		`    not tracked   at ${tracked.oids[0]?.slice(0, 10)}. Did you mean sharding.py?`,
		"                  What follows is of a new file of that name:",
	];
	expect(await first("shardng.py")).toEqual(asked);
	expect(await first("Sharding.py")).toEqual(asked);
	expect((await first("sharding.py"))[0]).toBe(owner);
	expect((await first("brand/new.py"))[0]).toBe(owner);
	expect((await first("db/0012.sql"))[0]).toMatch(/^ {4}owner/);
	repo.write({ "shardng.py": "1" });
	expect((await first("shardng.py", repo.dir))[0]).toBe(owner);
	const { stdout } = await command("who", ["--content", own, "--json", "shard", "brand/new.py"], {
		cwd: temporaryFolder(),
	});
	expect(JSON.parse(stdout).paths.map(({ didYouMean }: { didYouMean: string[] }) => didYouMean)).toEqual([
		["sharding.py"],
		[],
	]);
	writeFileSync(join(own, "tree.json"), "{");
	expect(await command("who", ["--content", own, "shard"], { cwd: temporaryFolder() })).toMatchObject({
		code: 3,
		stderr: `error: ${join(own, "tree.json")} is damaged or of another version\n    hint: make it anew: npm run audit\n`,
	});
});

test("--json holds the same", async () => {
	const { stdout } = await command("who", ["--content", content, "--json", "vendor/api.py", "deps.toml"], {
		cwd: temporaryFolder(),
	});
	const { paths, log, whyNoPromises } = JSON.parse(stdout);

	expect(log).toBeNull();
	expect(whyNoPromises).toBe("no audit was run");
	expect(paths[0]).toMatchObject({
		path: "vendor/api.py",
		ownership: "unmatched",
		owner: null,
		rules: [],
		promises: null,
		excepted: [
			{ pattern: "*.py", except: "vendor/" },
			{ file: "content/ownership/team-a.yaml", line: 4, pattern: "api.py", except: "vendor/" },
		],
	});
	expect(paths[1]).toMatchObject({
		ownership: "shared",
		rules: [{ pattern: "deps.toml", risk: "high", protocol: "Notify before" }],
		sharedProtocol: ["Ask the desk"],
		claims: [{ id: "now", team: "team-b", until: "2099-01-01T00:00:00Z", isInForce: true }],
		now: [
			{ team: "team-a", may: "agree", agreeWith: ["team-b"] },
			{
				team: "team-b",
				may: "keep",
				text: `may change it until 2099-01-01T00:00:00Z: agreed with Desk.${UNKNOWN}`,
			},
		],
	});
});

test("a path beside the repository that only begins like it is outside", async () => {
	const repo = newWorkRepo();
	mkdirSync(`${repo.dir}-too`);
	const { code } = await command("who", ["--content", content, `${repo.dir}-too/x`], { cwd: repo.dir });
	expect(code).toBe(2);
});
