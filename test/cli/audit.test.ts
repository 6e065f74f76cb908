// `npm run audit`: what it prints, what it writes, and how it ends.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { activitySchema } from "#model/activity";
import { conflictLogSchema } from "#model/conflict-log";
import { realitySchema } from "#model/reality";
import { audit } from "#test/audit-command";
import { writeContent } from "#test/golden";
import { cloneRepo, makeRepo, temporaryFolder } from "#test/make-repo";
import { sarifErrors } from "#test/sarif-schema";

vi.setConfig({ testTimeout: 120_000 });

const files = {
	"project.yaml":
		"name: P\ntimezone: Europe/Amsterdam\ncoordinator: { name: Desk, identities: { emails: [desk@p.example] } }\n",
	"teams/team-a.yaml": 'name: Team A\nidentities: { emails: ["*@a.example"] }\n',
	"teams/team-b.yaml": 'name: Team B\nidentities: { emails: ["*@b.example"] }\n',
	"ownership/team-a.yaml": "owner: team-a\nmode: exclusive\nrules:\n  - pattern: api.py\n",
	"ownership/shared.yaml": "mode: shared\nrules:\n  - pattern: deps.toml\n",
};
const repo = makeRepo([
	{ say: "Start", by: "desk@p.example", at: "2025-07-01T09:00", write: { "api.py": "1", "deps.toml": "a = 1" } },
	{ say: "Shared Ünïcode", by: "ben@b.example", at: "2025-07-02T09:00", write: { "deps.toml": "a = 2" } },
	{ say: "Foreign", by: "ben@b.example", at: "2025-07-03T09:00", write: { "api.py": "2" } },
	{ say: "Quiet", on: "quiet", from: 0, by: "ana@a.example", at: "2025-07-03T09:00", write: { "api.py": "3" } },
	{
		say: "Shared",
		on: "shared-only",
		from: 0,
		by: "ben@b.example",
		at: "2025-07-03T09:00",
		write: { "deps.toml": "a = 3" },
	},
	{ say: "Who", on: "who", from: 0, by: "x@x.example", at: "2025-07-03T09:00", write: { "api.py": "4" } },
]);
const content = writeContent(files);
const here = ["--repo", repo.dir, "--content", content];

test("text on stdout, the log, the teams' activity and what is kept of contracts in the content folder", async () => {
	const outcome = await audit(here);

	expect(outcome.stderr).toBe("");
	expect(outcome.stdout).toContain("P at ");
	expect(outcome.stdout).toContain("Team B changed api.py, which belongs to Team A alone.");
	expect(outcome.stdout).toContain("2 open: 1 error, 1 warning\ntracked files: 1 owned, 1 shared, 0 without a rule\n");
	expect(outcome.code).toBe(0);
	const log = conflictLogSchema.parse(JSON.parse(readFileSync(join(content, "conflict-log.json"), "utf8")));
	const activity = activitySchema.parse(JSON.parse(readFileSync(join(content, "activity.json"), "utf8")));
	const reality = realitySchema.parse(JSON.parse(readFileSync(join(content, "reality.json"), "utf8")));
	expect(reality).toEqual({ version: 1, head: repo.oids[2], contracts: [], ports: [] });
	expect(log.repository).toMatchObject({ name: "P", head: repo.oids[2], commits: 3, changes: 4, complete: true });
	expect(activity.teams.map(({ team, commits }) => [team, commits])).toEqual([
		["team-a", 0],
		["team-b", 2],
	]);
	expect(activity).toMatchObject({ coordinator: 1, unattributed: 0, head: repo.oids[2] });
	// Every change that was judged is somebody's, once.
	expect(activity.edits.reduce((sum, { changes }) => sum + changes, 0)).toBe(log.repository.changes);
	expect(activity.edits).toContainEqual({ team: "team-b", kind: "owned", owner: "team-a", changes: 1 });
});

test("with --format json --out -, stdout is the log and nothing else, and no file is written", async () => {
	const own = writeContent(files);
	const { stdout, stderr, code } = await audit([
		"--repo",
		repo.dir,
		"--content",
		own,
		"--format",
		"json",
		"--out",
		"-",
	]);

	expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
	expect(conflictLogSchema.safeParse(JSON.parse(stdout)).error).toBeUndefined();
	expect(stdout).toMatch(/^\{\n {2}"version": 1,.*\n\}\n$/s);
	expect(existsSync(join(own, "conflict-log.json"))).toBe(false);
});

test("with --out FILE the file gets the format and stdout nothing", async () => {
	const file = join(temporaryFolder(), "log.txt");
	const { stdout, code } = await audit([...here, "--out", file]);

	expect({ stdout, code }).toEqual({ stdout: "", code: 0 });
	expect(readFileSync(file, "utf8")).toContain("2 open: 1 error, 1 warning");
});

test("the same bytes twice, in another zone, language, folder and clone", async () => {
	const json = ["--format", "json", "--out", "-"];
	const copy = writeContent(files);
	const clone = cloneRepo(repo);
	const [once, twice, elsewhere, cloned] = await Promise.all([
		audit([...here, ...json]),
		audit([...here, ...json]),
		audit([...here, ...json], {
			cwd: temporaryFolder(),
			env: { TZ: "Pacific/Kiritimati", LC_ALL: "tr_TR.UTF-8", LANG: "tr" },
		}),
		audit(["--repo", clone.dir, "--content", copy, ...json], { env: { TZ: "America/St_Johns", LC_ALL: "C" } }),
	]);

	expect(once?.stdout.length).toBeGreaterThan(1_000);
	expect(twice?.stdout).toBe(once?.stdout);
	expect(elsewhere?.stdout).toBe(once?.stdout);
	expect(cloned?.stdout).toBe(once?.stdout);
});

test("--fail-on: exit 1 when something open is at least that grave", async () => {
	const codes = async (ref: string) =>
		Promise.all(
			["error", "warning", "note", "never"].map(
				async (level) => (await audit([...here, "--ref", ref, "--out", "-", "--fail-on", level])).code,
			),
		);

	expect(await codes("main")).toEqual([1, 1, 1, 0]);
	expect(await codes("shared-only")).toEqual([0, 1, 1, 0]);
	expect(await codes("who")).toEqual([0, 0, 1, 0]);
	expect(await codes("quiet")).toEqual([0, 0, 0, 0]);
});

test("a settled conflict fails nothing", async () => {
	const log = JSON.parse((await audit([...here, "--format", "json", "--out", "-"])).stdout);
	const ids = log.conflicts.map((conflict: { id: string }) => conflict.id).join(", ");
	const settled = writeContent({
		...files,
		"resolutions/all.yaml": `conflict: [${ids}]\nstate: overridden\nby: Desk\nat: 2025-07-04\nreason: agreed\n`,
	});
	const { stdout, code } = await audit(["--repo", repo.dir, "--content", settled, "--out", "-", "--fail-on", "note"]);

	expect(code).toBe(0);
	expect(stdout).toContain("no open conflicts in 3 commits; 2 settled by a resolution\n");
});

test("nothing found is said with the number of commits read", async () => {
	const { stdout } = await audit([...here, "--ref", "quiet", "--out", "-"]);

	expect(stdout).toBe(
		`P at ${repo.oids[3]?.slice(0, 10)} (quiet, 2025-07-03T09:00:00Z): 2 commits, 3 changes\n\nno open conflicts in 2 commits\ntracked files: 1 owned, 1 shared, 0 without a rule\n`,
	);
});

test("--since judges only what came from then on", async () => {
	const count = async (since: string) =>
		JSON.parse((await audit([...here, "--since", since, "--format", "json", "--out", "-"])).stdout).summary.open;

	expect(await count("2025-07-02")).toBe(2);
	expect(await count("2025-07-03")).toBe(1);
	expect(await count("2025-07-03T09:00")).toBe(1);
	expect(await count("2025-07-03T09:00:01Z")).toBe(0);
});

test("several refs are audited together, the first is the head", async () => {
	const log = JSON.parse(
		(await audit([...here, "--ref", "quiet", "--ref", "main", "--format", "json", "--out", "-"])).stdout,
	);

	expect(log.repository.refs.map(({ name }: { name: string }) => name)).toEqual(["quiet", "main"]);
	expect(log.repository).toMatchObject({ head: repo.oids[3], commits: 4 });
});

test("COORD_REPO and COORD_CONTENT stand in for the options, which win", async () => {
	const env = { COORD_REPO: repo.dir, COORD_CONTENT: content };

	expect((await audit(["--out", "-"], { env })).stdout).toContain("2 open: 1 error, 1 warning");
	expect(
		(await audit(["--out", "-", ...here], { env: { COORD_REPO: "/nowhere", COORD_CONTENT: "/nowhere" } })).code,
	).toBe(0);
});

test("with no repository the sample is audited, says so, and is the same on every machine", async () => {
	const cwd = temporaryFolder();
	const { stdout, stderr, code } = await audit(["--content", content, "--format", "json", "--out", "-"], { cwd });
	const log = conflictLogSchema.parse(JSON.parse(stdout));

	expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
	expect(log.repository.name).toBe("sample repository");
	const again = await audit(["--content", content, "--format", "json", "--out", "-"], {
		cwd: temporaryFolder(),
		env: { TZ: "Asia/Tokyo" },
	});
	expect(again.stdout).toBe(stdout);
});

test("a terminal is not steered by what stands in a repository", async () => {
	const evil = makeRepo([
		{ say: "Start", by: "desk@p.example", write: { "api.py": "1" } },
		{
			say: "\x1b]0;owned\x07 \u202e",
			by: "e\x1b[2Jvil <ben@b.example>",
			write: { "api.py": "2", "api.py\x1b[31m": "x" },
		},
	]);
	const { stdout } = await audit(["--repo", evil.dir, "--content", content, "--out", "-"]);

	expect(stdout).toContain("\\x1B]0;owned\\x07 \\u{202E}");
	expect(stdout.includes("\x1b") || stdout.includes("\x07") || stdout.includes("\u202e")).toBe(false);
});

test("a sub-folder of the repository is enough", async () => {
	const sub = join(repo.dir, "some", "folder");
	mkdirSync(sub, { recursive: true });
	writeFileSync(join(sub, "x"), "");

	expect((await audit(["--repo", ".", "--content", content, "--out", "-"], { cwd: sub })).stdout).toContain("2 open");
});

test("--format sarif is one document that the official schema takes", async () => {
	const { stdout, stderr, code } = await audit([...here, "--format", "sarif", "--out", "-"]);
	const document = JSON.parse(stdout);
	const [run] = document.runs;

	expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
	expect(sarifErrors(document)).toEqual([]);
	expect(run.results.map(({ ruleId, level }: Record<string, string>) => [ruleId, level])).toEqual([
		["shared-edit-uncoordinated", "warning"],
		["foreign-edit", "error"],
	]);
	expect(run.results[1].locations[0].physicalLocation.artifactLocation.uri).toBe("api.py");
	expect(run.properties).toMatchObject({ head: repo.oids[2], commits: 3, isHistoryComplete: true });
});

test("--format markdown is a comment for a pull request", async () => {
	const { stdout, stderr, code } = await audit([...here, "--format", "markdown", "--out", "-"]);

	expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
	expect(stdout).toContain("## Coordination audit: 1 error, 1 warning\n");
	expect(stdout).toContain("Team B changed `api.py`, which belongs to Team A alone.");
});
