// `npm run audit` given what it cannot use: each text and exit code.
import { expect, test, vi } from "vitest";
import { audit } from "#test/audit-command";
import { writeContent } from "#test/golden";
import { cloneRepo, makeRepo, temporaryFolder } from "#test/make-repo";

vi.setConfig({ testTimeout: 120_000 });

const files = {
	"project.yaml": "name: P\n",
	"teams/team-a.yaml": "name: Team A\n",
	"teams/team-b.yaml": "name: Team B\n",
	"ownership/team-a.yaml": "owner: team-a\nmode: exclusive\nrules:\n  - pattern: src/\n",
};
const content = writeContent(files);
const repo = makeRepo([
	{ say: "0", write: { "src/api.py": "0" } },
	{ say: "1", write: { "src/api.py": "1" } },
]);

/** `stderr` and exit code; stdout must stay empty. */
async function refused(args: readonly string[], cwd?: string): Promise<string> {
	const { code, stdout, stderr } = await audit(args, cwd === undefined ? {} : { cwd });
	expect(stdout).toBe("");
	return `${stderr}exit ${code}`;
}

const on = (dir: string) => refused(["--repo", dir, "--content", content, "--format", "json", "--out", "-"]);

test("a folder that is not there", async () => {
	expect(await on("/nowhere")).toBe(
		"error: no repository at /nowhere: there is no such folder\n    hint: check the path given with --repo\nexit 3",
	);
});

test("a folder that is no repository", async () => {
	const dir = temporaryFolder();

	expect(await on(dir)).toBe(
		`error: no repository at ${dir}: neither it nor a folder above it holds a git directory\n    hint: give the folder of a git repository with --repo\nexit 3`,
	);
});

test("an empty repository", async () => {
	const { dir } = makeRepo([]);

	expect(await on(dir)).toBe(
		`error: the repository at ${dir} has no commits yet\n    hint: commit something first, then audit it\nexit 3`,
	);
});

test("a shallow clone, with its cure", async () => {
	const { dir } = cloneRepo(repo, "--depth=1");

	expect(await on(dir)).toBe(
		`error: the clone at ${dir} is shallow: its oldest commits would read as if they had added every file\n    hint: fetch the rest with \`git fetch --unshallow\`; in CI check out with \`fetch-depth: 0\`\nexit 3`,
	);
});

test("an unknown ref", async () => {
	expect(await refused(["--repo", repo.dir, "--content", content, "--ref", "nope"])).toBe(
		`error: the repository at ${repo.dir} has no commit named nope\n    hint: \`git branch -a\` lists its branches\nexit 3`,
	);
});

test("an address instead of a folder", async () => {
	expect(await on("https://example.com/x.git")).toBe(
		"error: --repo https://example.com/x.git is an address, and the audit fetches nothing\n    hint: clone it whole and give the folder\nexit 2",
	);
	expect(await on("ext::sh -c touch% /tmp/x")).toContain("is an address, and the audit fetches nothing");
	expect(await on("")).toBe("error: --repo is empty\n    hint: give the folder of a git repository\nexit 2");
});

test("options that are none", async () => {
	expect(await refused(["--format", "yaml"])).toBe(
		"error: --format yaml is none of text, json, sarif, markdown\nexit 2",
	);
	expect(await refused(["--fail-on", "all"])).toBe(
		"error: --fail-on all is none of error, warning, note, never\nexit 2",
	);
	expect(await refused(["--since", "yesterday", "--repo", repo.dir, "--content", content])).toBe(
		"error: --since yesterday is no date\n    hint: write it as 2025-07-31 or 2025-07-31T14:45\nexit 2",
	);
	expect(await refused(["--nope"])).toMatch(
		/^error: Unknown option '--nope'.*\n {4}hint: --help lists the options\nexit 2$/s,
	);
	expect(await refused(["extra"])).toMatch(
		/^error: Unexpected argument 'extra'.*\n {4}hint: --help lists the options\nexit 2$/s,
	);
	expect(await refused(["--repo"])).toMatch(
		/^error: Option '--repo <value>' argument missing\n {4}hint: --help lists the options\nexit 2$/,
	);
});

test("a content folder that is not there", async () => {
	expect(await refused(["--repo", repo.dir, "--content", "/nowhere"])).toBe(
		"/nowhere:1:1  there is no such folder\n    hint: Name the folder that holds project.yaml.\n1 problem in the content\nexit 2",
	);
});

test("bad content, as npm run validate says it", async () => {
	const bad = writeContent({ ...files, "teams/team-b.yaml": 'name: Team B\nwindow: "two"\n' });

	expect(await refused(["--repo", repo.dir, "--content", bad])).toBe(
		`${bad}/teams/team-b.yaml:2:9  window  expected a number, got "two"\n    hint: Write digits without quotes.\n1 problem in the content\nexit 2`,
	);
});

test("two teams that own one path, met in the tree: both rules and the path", async () => {
	const clash = writeContent({
		...files,
		"ownership/team-b.yaml": "owner: team-b\nmode: exclusive\nrules:\n  - pattern: api.py\n",
	});
	const outcome = await refused(["--repo", repo.dir, "--content", clash]);

	expect(outcome).toMatch(
		/^\S+\/ownership\/team-a\.yaml:4:1 {2}src\/ {2}src\/api\.py is exclusive to team-a here, and to team-b by api\.py at \S+\/ownership\/team-b\.yaml:4\n/,
	);
	expect(outcome).toContain(
		"    hint: narrow one of the two patterns, or list the path under `except` of one of them\n1 problem in the content\nexit 2",
	);
});

test("two teams that owned one path at one time in history, though the file is gone", async () => {
	const gone = makeRepo([
		{ say: "0", write: { "src/api.py": "0", keep: "0" } },
		{ say: "1", write: { "src/api.py": null } },
	]);
	const clash = writeContent({
		...files,
		"ownership/team-b.yaml": "owner: team-b\nmode: exclusive\nrules:\n  - pattern: api.py\n",
	});

	expect(await refused(["--repo", gone.dir, "--content", clash])).toContain(
		"src/api.py is exclusive to team-a here, and to team-b by api.py",
	);
});

test("an output that cannot be written", async () => {
	const outcome = await refused(["--repo", repo.dir, "--content", content, "--out", "/nowhere/log.json"]);

	expect(outcome).toMatch(/^error: ENOENT: .*'\/nowhere\/log\.json'\nexit 3$/);
});
