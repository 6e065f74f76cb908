// `npm run validate` as people run it: the real script in a process of its own, its text and exit code.
import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

// Each test starts processes; on a busy machine a start alone takes seconds.
vi.setConfig({ testTimeout: 60_000 });

const root = join(import.meta.dirname, "../..");
const script = join(root, "scripts/validate.ts");

interface Outcome {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
}

function validate(cwd: string, args: readonly string[], environment: Record<string, string> = {}): Promise<Outcome> {
	const { COORD_CONTENT: _, ...inherited } = process.env;
	const env = { ...inherited, ...environment };
	return new Promise((resolve) => {
		execFile(process.execPath, [script, ...args], { cwd, env }, (error, stdout, stderr) => {
			resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
		});
	});
}

let dir: string;

beforeEach(async () => {
	dir = await mkdtemp(join(tmpdir(), "validate-"));
	await cp(join(root, "content"), join(dir, "content"), { recursive: true });
});

afterEach(() => rm(dir, { recursive: true }));

const COUNTS = "3 teams, 15 rules, 2 contracts, 3 namespaces, 2 ports, 3 phases, 0 claims, 0 resolutions, 2 notes";

test("the project's own content is fine", async () => {
	expect(await validate(root, [])).toEqual({ code: 0, stdout: `content is fine: ${COUNTS}\n`, stderr: "" });
});

test("--content and COORD_CONTENT name another folder; the option wins", async () => {
	const content = join(dir, "content");
	expect((await validate(root, ["--content", content])).stdout).toBe(`${content} is fine: ${COUNTS}\n`);
	expect((await validate(dir, [], { COORD_CONTENT: "./content" })).stdout).toBe(`./content is fine: ${COUNTS}\n`);
	expect((await validate(dir, ["--content", "content"], { COORD_CONTENT: "nowhere" })).code).toBe(0);
});

test("every problem once, on stderr, files named as the folder was typed, exit 2", async () => {
	const write = (path: string, text: string) => writeFile(join(dir, "content", path), text);
	await write("teams/team-b.yaml", 'name: Team B\nwindow: "two"\nfocsu: training\n');
	await write("ownership/team-c.yaml", "mode: exclusive\nowner: team-x\nrules:\n  - pattern: rlhf/\n");
	await write("teams/team-c.yml", "name: Team C again\n");
	await write("ports.yaml", "- port: 8000\n  owner team-a\n");
	expect(await validate(dir, ["--content", "./content"])).toEqual({
		code: 2,
		stdout: "",
		stderr: `./content/ownership/team-c.yaml:2:8  owner  there is no team "team-x"
    hint: Did you mean "team-a"?
./content/ports.yaml:2:3  a key without its \`: \`
    hint: Write \`key: value\`, with a space after the colon.
./content/teams/team-b.yaml:2:9  window  expected a number, got "two"
    hint: Write digits without quotes.
./content/teams/team-b.yaml:3:1  focsu  unknown key
    hint: Did you mean "focus"?
./content/teams/team-c.yml:1:1  "team-c" is already the id of teams/team-c.yaml
    hint: Keep one of the two files.
5 problems in the content
`,
	});
});

test("two teams that own one path", async () => {
	await writeFile(
		join(dir, "content/ownership/team-c.yaml"),
		"mode: exclusive\nowner: team-c\nrules:\n  - pattern: src/mlx_distributed/training/\n",
	);
	expect(await validate(dir, [])).toEqual({
		code: 2,
		stdout: "",
		stderr: `content/ownership/team-c.yaml:4:14  rules.0.pattern  src/mlx_distributed/training/ has two owners: team-c, and team-b at ownership/team-b.yaml:4
    hint: Keep one rule, or give each its time in \`effective\`.
1 problem in the content
`,
	});
});

test("a folder that is not there", async () => {
	expect(await validate(dir, ["--content", "nowhere"])).toEqual({
		code: 2,
		stdout: "",
		stderr:
			"nowhere:1:1  there is no such folder\n    hint: Name the folder that holds project.yaml.\n1 problem in the content\n",
	});
});

test("an option nobody knows is usage, exit 2; --help is not", async () => {
	const unknown = await validate(dir, ["--contnet", "x"]);
	expect(unknown.code).toBe(2);
	expect(unknown.stdout).toBe("");
	expect(unknown.stderr).toMatch(/^error: Unknown option '--contnet'[^\n]*\n {4}hint: --help lists the options\n$/);
	const help = await validate(dir, ["--help"]);
	expect(help).toMatchObject({ code: 0, stderr: "" });
	expect(help.stdout).toContain("npm run validate -- [--content DIR]");
});
