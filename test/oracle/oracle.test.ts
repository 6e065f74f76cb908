// The audit against an independent, slow oracle in Python over plain git: the same foreign edits, and a proof that it can say no.
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeRepo, type Step, temporaryFolder } from "#test/make-repo";

const program = join(import.meta.dirname, "foreign_edits.py");

const setup = {
	trailer: "Team",
	teams: {
		"team-a": { aliases: ["A"], emails: ["*@a.example"] },
		"team-b": { aliases: ["Bee Team"], emails: ["*@B.example", "ben@*"] },
	},
	coordinator: { emails: ["desk@p.example"], trailers: ["desk"] },
	sharedIdentities: ["shared@b.example"],
	exempt: ["*[bot]@p.example"],
	rules: [
		{ owner: "team-a", pattern: "api.py", except: ["/vendor/"] },
		{ owner: "team-a", pattern: "src/**/*.c", except: ["src/gen/", "test_*"] },
		{ owner: "team-b", pattern: "docs/", from: null, until: "2025-07-31" },
		{ owner: "team-a", pattern: "docs/", from: "2025-08-01" },
		{ owner: null, pattern: "shared.toml" },
	],
};
const text = (message: string) => `Change\n\nWords.\n\n${message}`;

/** Each step with the number of foreign edits it makes by the rules above. */
const history: [foreign: number, step: Step][] = [
	[
		0,
		{
			say: "Start",
			by: "desk@p.example",
			at: "2025-07-01T09:00",
			write: { "api.py": "1", "src/x/m.c": "1", "docs/i.md": "1", "shared.toml": "1" },
		},
	],
	[1, { say: "By e-mail, and a path beside it", by: "eve@B.EXAMPLE", write: { "api.py": "2", "own.txt": "1" } }],
	[0, { say: "Under exceptions", by: "eve@b.example", write: { "vendor/api.py": "1", "src/gen/a.c": "1" } }],
	[1, { say: "A glob at any depth", by: "eve@b.example", write: { "src/a/b/test_x.c": "1", "src/y.c": "1" } }],
	[1, { say: text("team: bee team"), by: "ana@a.example", write: { "lib/api.py": "1" } }],
	[1, { say: text("Team:\n team-b"), by: "x@x.example", write: { "lib/api.py": "2" } }],
	[0, { say: "Change\n\nTeam: team-b\n\nNot the last paragraph.", by: "x@x.example", write: { "api.py": "3" } }],
	[0, { say: text("Team: team-a\nTeam: team-b"), by: "x@x.example", write: { "api.py": "4" } }],
	[1, { say: text("Team: team-a\nTeam: team-b"), by: "eve@b.example", write: { "api.py": "5" } }],
	[1, { say: text("---\nNot a patch.\n\nTeam: B\nTeam: team-b"), by: "x@x.example", write: { "api.py": "6" } }],
	[0, { say: text("Team: desk"), by: "eve@b.example", write: { "api.py": "7" } }],
	[0, { say: "An address of nobody's", by: "shared@b.example", write: { "api.py": "8" } }],
	[0, { say: "A bot", by: "x[bot]@p.example", write: { "api.py": "9" } }],
	[1, { say: "The last day", by: "ana@a.example", at: "2025-07-31T23:59:59", write: { "docs/i.md": "2" } }],
	[1, { say: "The first day", by: "eve@b.example", at: "2025-08-01T00:00:00", write: { "docs/i.md": "3" } }],
	[1, { say: "A move away", by: "eve@b.example", move: { "src/y.c": "y.c" } }],
	[2, { say: "Bytes", by: "ben@x.example", rawPaths: true, write: { "src/\xff\n.c": "1", "src/a\tb/:x.c": "1" } }],
	[1, { say: "A mode", by: "ben@x.example", write: { "src/x/m.c": { mode: "100755", text: "1" } } }],
	[1, { say: "Side", on: "side", by: "ben@x.example", write: { "api.py": "side" } }],
	[0, { say: "Main", by: "ana@a.example", write: { "api.py": "main", "src/x/m.c": "main" } }],
	[1, { say: "Merge by hand", by: "ben@x.example", merge: "side", write: { "api.py": "both" } }],
	[1, { say: "Before", by: "eve@b.example", write: { "src/x/m.c": "bad" } }],
];

function run(args: readonly string[]): Promise<{ code: number; stdout: string }> {
	return new Promise((resolve) => {
		execFile("python3", ["-B", program, ...args], (error, stdout, stderr) => {
			resolve({ code: error === null ? 0 : Number(error.code), stdout: stdout + stderr });
		});
	});
}

const repo = makeRepo(history.map(([, step]) => step));
const foreign = history.reduce((sum, [count]) => sum + count, 0);
const folder = temporaryFolder();
const file = (name: string, value: unknown) => {
	writeFileSync(join(folder, name), JSON.stringify(value));
	return join(folder, name);
};

test(`${foreign} foreign edits by hand, by the oracle and by the audit; with one rule changed the oracle disagrees`, async () => {
	const { code, stdout } = await run([repo.dir, "--setup", file("setup.json", setup), "--keep", folder]);

	expect(stdout).toContain(`commits ${history.length}, `);
	expect(stdout).toContain(`foreign edits ${foreign}, of them pure reverts 0\ndifferences 0\n`);
	expect(code).toBe(0);

	const rules = setup.rules.map((rule) => (rule.pattern === "api.py" ? { ...rule, except: [] } : rule));
	const changed = file("changed.json", { ...setup, rules });
	const other = await run([repo.dir, "--setup", changed, "--log", join(folder, "log.json")]);

	expect(other.stdout).toContain(`foreign edits ${foreign + 1}, of them pure reverts 0\ndifferences 1\noracle only: `);
	expect(other.stdout).toContain("b'vendor/api.py', 'team-b', 'team-a'");
	expect(other.code).toBe(1);
});

test("a pure revert of a foreign edit is one that is excused, and one with a change more is not", async () => {
	const steps: Step[] = [
		{ say: "Start", by: "desk@p.example", write: { "api.py": "1" } },
		{ say: "Bad", by: "eve@b.example", write: { "api.py": "2", "own.txt": "1" } },
	];
	const bad = makeRepo(steps).oids[1];
	const say = `Revert "Bad"\n\nThis reverts commit ${bad}.\n`;
	const back = { "api.py": "1", "own.txt": null };
	const pure = makeRepo([...steps, { say, by: "eve@b.example", write: back }]);
	const more = makeRepo([...steps, { say, by: "eve@b.example", write: { ...back, "more.txt": "1" } }]);
	const outcomes = await Promise.all([pure, more].map((one) => run([one.dir, "--setup", file("setup.json", setup)])));

	expect(outcomes.map(({ stdout }) => stdout.split("\n").slice(1, 3))).toEqual([
		["foreign edits 2, of them pure reverts 1", "differences 0"],
		["foreign edits 2, of them pure reverts 0", "differences 0"],
	]);
});

test("a pure revert of a commit on another line is one, whichever line git shows first", async () => {
	const lines: Step[] = [
		{ say: "Start", by: "desk@p.example", write: { "api.py": "1" } },
		{ say: "Bad", on: "x", from: 0, by: "eve@b.example", write: { "api.py": "2" } },
		{ say: "Bad again", on: "y", from: 0, by: "eve@b.example", write: { "api.py": "2" } },
	];
	const say = `Revert "Bad"\n\nThis reverts commit ${makeRepo(lines).oids[1]}.\n`;
	const back: Step = { say, on: "y", by: "eve@b.example", write: { "api.py": "1" } };
	const merges = (...branches: string[]): Step[] =>
		branches.map((merge) => ({ say: `Merge branch '${merge}'`, by: "desk@p.example", merge }));
	const outcomes = await Promise.all(
		[merges("x", "y"), merges("y", "x")].map((both) =>
			run([makeRepo([...lines, back, ...both]).dir, "--setup", file("setup.json", setup)]),
		),
	);

	for (const { stdout } of outcomes) {
		expect(stdout).toContain("foreign edits 3, of them pure reverts 1\ndifferences 0\n");
	}
});

test("teams and rules made up from a history are the same for a seed, clash nowhere and agree", async () => {
	const { code, stdout } = await run([repo.dir, "--invent", "7"]);

	expect(stdout).toContain("differences 0\n");
	expect(code).toBe(0);
});
