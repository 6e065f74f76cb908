// `npm run codeowners` as people run it: the file on stdout or disk, what it cannot say on stderr, how it ends.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { type Outcome, projectRoot } from "#test/audit-command";
import { hostOwners } from "#test/codeowners-host";
import { writeContent } from "#test/golden";
import { temporaryFolder } from "#test/make-repo";

vi.setConfig({ testTimeout: 60_000 });

function codeowners(...args: string[]): Promise<Outcome> {
	const { COORD_CONTENT: _content, ...env } = process.env;
	const script = join(projectRoot, "scripts/codeowners.ts");
	return new Promise((resolve) => {
		execFile(process.execPath, [script, ...args], { cwd: projectRoot, env }, (error, stdout, stderr) => {
			resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
		});
	});
}

const content = writeContent({
	"project.yaml": "name: P\n",
	"teams/team-a.yaml": "name: Team A\n",
	"teams/team-b.yaml": "name: Team B\n",
	"ownership/team-a.yaml":
		"owner: team-a\nmode: exclusive\nrules:\n  - { pattern: /src/, except: [/src/train/] }\n  - pattern: '[ab].py'\n",
	"ownership/team-b.yaml": "owner: team-b\nmode: exclusive\nrules:\n  - pattern: /src/train/\n",
	"ownership/shared.yaml": "mode: shared\nrules:\n  - { pattern: deps.toml, risk: high, protocol: Ask first }\n",
});
const handles = ["--team", "team-a=@org/a", "--team", "team-b=b@b.example"];

test("the file on stdout, ready for the host; what it cannot say counted on stderr", async () => {
	const { stdout, stderr, code } = await codeowners("--content", content, ...handles);

	expect(code).toBe(0);
	expect(stdout.split("\n").filter((line) => line !== "" && !line.startsWith("#"))).toEqual([
		"deps.toml @org/a b@b.example",
		"/src/ @org/a",
		"/src/train/ b@b.example",
	]);
	expect(stderr).toMatch(/^3 lines; 2 things that CODEOWNERS cannot say\n/);
	expect(stderr).toContain("  left out: [ab].py (content/ownership/team-a.yaml:5): a character class or bracket\n");
	expect(stderr).toContain("shared: any one owner may approve; not asked for: Ask first\n");
	for (const line of stderr.split("\n").slice(1, -1)) expect(stdout).toContain(`# - ${line.trim()}`);
	const owner = hostOwners(stdout);
	expect(["src/x", "src/train/x", "a/deps.toml", "README"].map(owner)).toEqual([
		"@org/a",
		"b@b.example",
		"@org/a b@b.example",
		null,
	]);
});

test("--out FILE gets the file, stdout nothing", async () => {
	const file = join(temporaryFolder(), "CODEOWNERS");
	const { stdout, code } = await codeowners("--content", content, ...handles, "--out", file);

	expect({ stdout, code }).toEqual({ stdout: "", code: 0 });
	expect(readFileSync(file, "utf8")).toBe((await codeowners("--content", content, ...handles)).stdout);
});

test("without --team the ids stand for handles, which is said", async () => {
	const { stdout, stderr } = await codeowners("--content", content);

	expect(stdout).toContain("/src/train/ @team-b\n");
	expect(stderr).toContain("the handle of team-b is taken to be @team-b");
});

test.each([
	["team-x=@o/x", "error: --team team-x=@o/x: there is no team team-x"],
	["team-a=nobody", "error: --team team-a=nobody: no handle"],
	["team-a=@o/x @o/y", "error: --team team-a=@o/x @o/y: no handle"],
	["team-a=@o/x\n* @evil", "error: --team team-a=@o/x"],
	["team-a", "error: --team team-a: no handle"],
])("--team %j is usage", async (value, message) => {
	const { stdout, stderr, code } = await codeowners("--content", content, "--team", value);

	expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
	expect(stderr).toContain(message);
});

test("the same team twice is usage", async () => {
	expect((await codeowners("--content", content, ...handles, "--team", "team-a=@x")).stderr).toContain(
		"error: --team names team-a twice",
	);
});

test("bad content is exit 2, a folder that cannot be written exit 3; --help is neither", async () => {
	const broken = writeContent({ "project.yaml": "nme: P\n", "teams/team-a.yaml": "name: A\n" });

	expect((await codeowners("--content", broken)).code).toBe(2);
	expect((await codeowners("--content", content, "--out", "/nowhere/CODEOWNERS")).code).toBe(3);
	expect(await codeowners("--help")).toMatchObject({ code: 0, stderr: "" });
});

test("the project's own content", async () => {
	const owner = hostOwners((await codeowners("--content", join(projectRoot, "content"))).stdout);

	expect(
		[
			"distributed_comm.py",
			"src/mlx_distributed/training/distributed_comm.py",
			"src/mlx_distributed/training/rlhf/ppo.py",
			"src/mlx_distributed/training/sft/trainer.py",
			"pyproject.toml",
			"mlx_rlhf/pyproject.toml",
			"README.md",
		].map(owner),
	).toEqual(["@team-a", "@team-b", "@team-c", "@team-b", "@team-a @team-b @team-c", null, null]);
});
