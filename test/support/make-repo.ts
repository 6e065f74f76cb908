// Edge(git). Real repositories for tests, made from a list of steps: fixed dates and names, so the same commit ids anywhere.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { importStream, type Step } from "./import-stream.ts";
import { rewriteCommits } from "./rewrite-commits.ts";

export type { Step } from "./import-stream.ts";

/** Steps are named by their number, from 0. */
export interface RepoOptions {
	readonly format?: "sha1" | "sha256";
	/** Lightweight tags: name → step. */
	readonly tags?: Readonly<Record<string, number>>;
	/** Branches of remotes, e.g. `origin/team-b/x` → step. */
	readonly remotes?: Readonly<Record<string, number>>;
	/** Branches deleted when the history was made, as after a merge. */
	readonly gone?: readonly string[];
	/** Branch of HEAD; default main. */
	readonly head?: string;
	/** HEAD names this step's commit, and no branch. */
	readonly detached?: number;
	readonly bare?: boolean;
	/** The folder of the result is a linked worktree of this branch. */
	readonly worktree?: string;
	/** The result is a clone of so many commits' depth. */
	readonly shallow?: number;
	/** `git replace`: the commit of one step read as another's. */
	readonly replace?: Readonly<Record<number, number>>;
	/** info/grafts: a step's parents said to be others. */
	readonly grafts?: Readonly<Record<number, readonly number[]>>;
	/** Text of a mailmap, named by the repository's config and at the top of its work tree. */
	readonly mailmap?: string;
}

export interface Repo {
	readonly dir: string;
	/** Commit ids, one a step. */
	readonly oids: readonly string[];
	/** Runs git in the repository in a clean environment; its output without the last newline. */
	git(...args: string[]): string;
}

const root = mkdtempSync(join(tmpdir(), "coordination-test-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A new folder, gone when the test file is done. */
export function temporaryFolder(): string {
	return mkdtempSync(join(root, "f-"));
}

/** The environment of every git a test runs: nobody's configuration, one clock, one language. */
export const cleanEnvironment: Record<string, string> = {
	PATH: process.env["PATH"] ?? "/usr/bin:/bin",
	HOME: join(root, "no-home"),
	LC_ALL: "C",
	TZ: "UTC",
	GIT_CONFIG_NOSYSTEM: "1",
	GIT_AUTHOR_NAME: "Test",
	GIT_AUTHOR_EMAIL: "test@test.example",
	GIT_AUTHOR_DATE: "1751360400 +0000",
	GIT_COMMITTER_NAME: "Test",
	GIT_COMMITTER_EMAIL: "test@test.example",
	GIT_COMMITTER_DATE: "1751360400 +0000",
};

/** Runs git in a folder; bytes in, bytes out. Throws with git's words when it fails. */
export function gitBytes(dir: string, args: readonly string[], input: string | Buffer = ""): Buffer {
	const options = { cwd: dir, env: cleanEnvironment, input, maxBuffer: 1 << 28, stdio: "pipe" as const };
	return execFileSync("git", ["-c", "protocol.file.allow=always", ...args], options);
}

/** A repository without a work tree checked out: its history is the steps'. */
export function makeRepo(steps: readonly Step[], options: RepoOptions = {}): Repo {
	const { format = "sha1", head = "main", bare = false } = options;
	const dir = temporaryFolder();
	const run = (args: readonly string[], input?: string | Buffer) => gitBytes(dir, args, input);
	run(["init", "--quiet", ...(bare ? ["--bare"] : []), `--initial-branch=${head}`, `--object-format=${format}`, "."]);
	const marks = join(temporaryFolder(), "marks");
	run(
		["fast-import", "--quiet", "--done", "--date-format=raw-permissive", `--export-marks=${marks}`],
		Buffer.from(`${importStream(steps)}done\n`, "latin1"),
	);
	const oids = rewriteCommits(run, steps, readMarks(marks, steps.length));
	const repo = repoAt(dir, oids);
	writeRefs(run, oids, options);
	writeLies(repo, bare ? dir : join(dir, ".git"), options);
	if (options.shallow !== undefined) return cloneRepo(repo, `--depth=${options.shallow}`);
	if (options.worktree === undefined) return repo;
	const linked = join(temporaryFolder(), "linked");
	run(["worktree", "add", "--quiet", "--no-checkout", linked, options.worktree]);
	return repoAt(linked, oids);
}

/** A folder that holds a repository already, as a `Repo`. */
export function repoAt(dir: string, oids: readonly string[] = []): Repo {
	return { dir, oids, git: (...args) => gitBytes(dir, args).toString("utf8").replace(/\n$/, "") };
}

/** A clone by git itself, `--no-local` so that nothing is linked. */
export function cloneRepo(repo: Repo, ...options: string[]): Repo {
	const dir = join(temporaryFolder(), "clone");
	mkdirSync(dir);
	gitBytes(dir, ["clone", "--quiet", "--no-local", ...options, repo.dir, "."]);
	return repoAt(dir, repo.oids);
}

/** Commit ids by step, from fast-import's file of marks. */
function readMarks(file: string, count: number): string[] {
	const byMark = new Map(
		readFileSync(file, "utf8")
			.split("\n")
			.filter((line) => line !== "")
			.map((line) => line.split(" ") as [string, string]),
	);
	return Array.from({ length: count }, (_, index) => byMark.get(`:${index + 1}`) as string);
}

type RunGit = (args: readonly string[], input?: string) => Buffer;

function writeRefs(run: RunGit, oids: readonly string[], options: RepoOptions): void {
	const { tags = {}, remotes = {}, gone = [], detached } = options;
	const lines = [
		...Object.entries(tags).map(([name, step]) => `create refs/tags/${name} ${oids[step]}\n`),
		...Object.entries(remotes).map(([name, step]) => `create refs/remotes/${name} ${oids[step]}\n`),
		...gone.map((branch) => `delete refs/heads/${branch}\n`),
	];
	if (lines.length > 0) run(["update-ref", "--stdin"], lines.join(""));
	if (detached !== undefined) run(["update-ref", "--no-deref", "HEAD", oids[detached] as string]);
}

/** What makes git tell another history than the objects do. */
function writeLies(repo: Repo, gitDir: string, { replace = {}, grafts = {}, mailmap }: RepoOptions): void {
	const oid = (step: number | string) => repo.oids[Number(step)] as string;
	for (const [step, other] of Object.entries(replace)) repo.git("replace", oid(step), oid(other));
	const lines = Object.entries(grafts).map(([step, parents]) => `${[step, ...parents].map(oid).join(" ")}\n`);
	if (lines.length > 0) {
		mkdirSync(join(gitDir, "info"), { recursive: true });
		writeFileSync(join(gitDir, "info/grafts"), lines.join(""));
	}
	if (mailmap === undefined) return;
	writeFileSync(join(repo.dir, ".mailmap"), mailmap);
	repo.git("config", "mailmap.file", join(repo.dir, ".mailmap"));
}
