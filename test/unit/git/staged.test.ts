// What is staged, read from real repositories; git's own `diff --cached` is the judge of what that is.
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { locateRepository } from "#git/location";
import { parseRawDiff, readHead, readStaged } from "#git/staged";
import { temporaryFolder } from "#test/make-repo";
import { newWorkRepo, type WorkRepo, workRepoAt } from "#test/work-repo";

async function read(dir: string, indexFile?: string) {
	const location = await locateRepository(dir);
	const head = await readHead(location);
	return { ...head, ...(await readStaged(location, head, indexFile)) };
}

/** `A path`, one a change, by path. */
async function staged(dir: string, indexFile?: string): Promise<string[]> {
	return (await read(dir, indexFile)).changes.map(({ kind, path }) => `${kind} ${path}`).sort();
}

/** The same, as git says it. */
function byGit(repo: WorkRepo): string[] {
	const words = repo.git("diff", "--cached", "--name-status", "--no-renames", "-z").split("\0").slice(0, -1);
	return words.flatMap((word, index) => (index % 2 === 0 ? [`${word} ${words[index + 1]}`] : [])).sort();
}

function started(files: Record<string, string> = { a: "1", b: "1", c: "1" }): WorkRepo {
	const repo = newWorkRepo();
	repo.write(files);
	repo.git("add", ".");
	repo.git("commit", "--quiet", "-m", "Start");
	return repo;
}

test("before the first commit everything staged is added, and the branch is known though it is not born", async () => {
	const repo = newWorkRepo();
	repo.write({ a: "1", "sub/b": "1" });
	repo.git("add", ".");

	expect(await staged(repo.dir)).toEqual(["A a", "A sub/b"]);
	expect(await read(repo.dir)).toMatchObject({ head: null, branch: "main", parents: [], reverts: [], unmerged: [] });
});

test("added, changed, deleted, renamed and made executable, as git says; what is not staged is not there", async () => {
	const repo = started({ a: "1", b: "1", c: "1", d: "1", e: "1" });
	repo.write({ a: "2", new: "1", e: "not staged" });
	repo.git("rm", "--quiet", "b");
	repo.git("mv", "c", "sub");
	chmodSync(join(repo.dir, "d"), 0o755);
	repo.git("add", "a", "new", "d");

	expect(await staged(repo.dir)).toEqual(["A new", "A sub", "D b", "D c", "M a", "M d"]);
	expect(await staged(repo.dir)).toEqual(byGit(repo));
	const mode = (await read(repo.dir)).changes.find(({ path }) => path === "d");
	expect(mode).toMatchObject({ oldMode: "100644", newMode: "100755", oldId: mode?.newId });
});

test("a file turned into a symbolic link changes its type; a submodule is a change", async () => {
	const repo = started();
	repo.git("update-index", "--cacheinfo", `120000,${repo.git("hash-object", "-w", "b")},a`);
	repo.git("update-index", "--add", "--cacheinfo", `160000,${repo.git("rev-parse", "HEAD")},module`);

	expect(await staged(repo.dir)).toEqual(["A module", "T a"]);
});

test("a file that is only announced is not staged, and becomes so when it is added", async () => {
	const repo = started();
	repo.write({ later: "1" });
	repo.git("add", "--intent-to-add", "later");
	expect(await staged(repo.dir)).toEqual([]);

	repo.git("add", "later");
	expect(await staged(repo.dir)).toEqual(["A later"]);
});

test("paths are bytes: line breaks, tabs, quotes, letters beyond ASCII, and what is no UTF-8", async () => {
	const repo = started();
	const id = repo.git("hash-object", "-w", "a");
	const valid = Buffer.from(["a\nb", 'q"\t', "ünï", ":(top)x"].map((path) => `100644 ${id}\t${path}\0`).join(""));
	const raw = Buffer.concat([valid, Buffer.from(`100644 ${id}\t\xff\0`, "latin1")]);
	execFileSync("git", ["update-index", "-z", "--index-info"], { cwd: repo.dir, input: raw });

	const paths = (await read(repo.dir)).changes.map(({ path }) => path).sort();
	expect(paths).toEqual([":(top)x", "a\nb", 'q"\t', Buffer.from("ünï").toString("latin1"), "\xff"].sort());
});

test("a detached head has no branch; the changes are the same", async () => {
	const repo = started();
	repo.git("checkout", "--quiet", "--detach");
	repo.write({ a: "2" });
	repo.git("add", "a");

	expect(await read(repo.dir)).toMatchObject({ branch: null, head: repo.git("rev-parse", "HEAD") });
	expect(await staged(repo.dir)).toEqual(["M a"]);
});

test("a linked worktree has an index and a branch of its own", async () => {
	const repo = started();
	const other = workRepoAt(join(temporaryFolder(), "linked"));
	repo.git("worktree", "add", "--quiet", "-b", "team-b/x", other.dir);
	other.write({ b: "2" });
	other.git("add", "b");
	repo.write({ a: "2" });
	repo.git("add", "a");

	expect(await staged(other.dir)).toEqual(["M b"]);
	expect(await staged(repo.dir)).toEqual(["M a"]);
	expect((await read(other.dir)).branch).toBe("team-b/x");
});

test("GIT_INDEX_FILE names the index of a partial commit", async () => {
	const repo = started();
	repo.write({ a: "2", b: "2" });
	repo.git("add", "a");
	const partial = join(temporaryFolder(), "next-index");
	repo.say({ GIT_INDEX_FILE: partial }, "read-tree", "HEAD");
	repo.say({ GIT_INDEX_FILE: partial }, "add", "b");

	expect(await staged(repo.dir, partial)).toEqual(["M b"]);
	expect(await staged(repo.dir)).toEqual(["M a"]);
});

test("a split index is read whole, and not even the time of its shared part is changed", async () => {
	const repo = started();
	repo.git("update-index", "--split-index");
	repo.write({ a: "2" });
	repo.git("add", "a");
	const shared = readdirSync(join(repo.dir, ".git")).filter((name) => name.startsWith("sharedindex."));
	expect(shared.length).toBeGreaterThan(0);
	const times = () => shared.map((name) => statSync(join(repo.dir, ".git", name)).mtimeMs);
	const before = times();

	expect(await staged(repo.dir)).toEqual(["M a"]);
	expect(times()).toEqual(before);
});

test("a repository of sha256 ids", async () => {
	const repo = newWorkRepo("work", "--object-format=sha256");
	repo.write({ a: "1" });
	repo.git("add", ".");
	expect(await staged(repo.dir)).toEqual(["A a"]);

	repo.git("commit", "--quiet", "-m", "Start");
	repo.git("mv", "a", "b");
	expect(await staged(repo.dir)).toEqual(["A b", "D a"]);
});

test("a merge brings only what differs from every parent: not the other branch's work", async () => {
	const repo = started();
	repo.git("checkout", "--quiet", "-b", "other");
	repo.write({ b: "theirs", c: "theirs" });
	repo.git("commit", "--quiet", "-am", "Theirs");
	repo.git("checkout", "--quiet", "main");
	repo.write({ c: "ours" });
	repo.git("commit", "--quiet", "-am", "Ours");
	expect(repo.say({}, "merge", "--quiet", "other").code).toBe(1);

	expect(await read(repo.dir)).toMatchObject({ changes: [], unmerged: ["c"] });
	repo.write({ c: "both" });
	repo.git("add", "c");
	expect(await staged(repo.dir)).toEqual(["M c"]);
	expect((await read(repo.dir)).parents).toEqual([repo.git("rev-parse", "HEAD"), repo.git("rev-parse", "other")]);
});

test("a revert that is not committed yet says what it takes back", async () => {
	const repo = started();
	repo.write({ a: "2" });
	repo.git("commit", "--quiet", "-am", "Change");
	repo.git("revert", "--no-commit", "HEAD");

	expect((await read(repo.dir)).reverts).toEqual([repo.git("rev-parse", "HEAD")]);
	expect(await staged(repo.dir)).toEqual(["M a"]);
});

test("nothing that the repository names runs, and nothing is written to it", async () => {
	const repo = started();
	const mark = join(temporaryFolder(), "mark");
	const trap = join(temporaryFolder(), "trap.sh");
	writeFileSync(trap, `#!/bin/sh\ntouch '${mark}'\ncat\n`);
	chmodSync(trap, 0o755);
	repo.write({ a: "2", ".gitattributes": "* filter=x diff=x\n" });
	repo.git("add", ".");
	for (const key of ["core.fsmonitor", "filter.x.clean", "filter.x.process", "diff.x.textconv", "diff.external"]) {
		repo.git("config", key, trap);
	}
	repo.git("config", "core.hooksPath", temporaryFolder());
	repo.git("config", "diff.renames", "copies");
	repo.git("config", "diff.relative", "true");
	const git = join(repo.dir, ".git");
	const state = () =>
		readdirSync(git, { recursive: true }).map((name) => [name, statSync(join(git, String(name))).mtimeMs]);
	const before = state();

	expect(await staged(repo.dir)).toEqual(["A .gitattributes", "M a"]);
	expect(existsSync(mark)).toBe(false);
	expect(state()).toEqual(before);
	repo.say({}, "status");
	expect(existsSync(mark), "the traps are live: git itself falls into one").toBe(true);
});

test("a bare repository is refused with the cure", async () => {
	const repo = newWorkRepo("bare", "--bare");
	await expect(read(repo.dir)).rejects.toMatchObject({
		name: "UsageError",
		hint: "judge its commits with --range A..B",
	});
});

const MISSING = "1".repeat(40);

test.each([
	["a branch whose commit is missing", "refs/heads/main", `${MISSING}\n`],
	["a branch whose file is no ref", "refs/heads/main", "no ref\n"],
	["a branch whose file is empty", "refs/heads/main", ""],
	["a detached head whose commit is missing", "HEAD", `${MISSING}\n`],
	["a head that is zero", "HEAD", `${"0".repeat(40)}\n`],
	["a head that names a file outside", "HEAD", "ref: refs/../../outside\n"],
	["a head that is no branch", "HEAD", "ref: refs/tags/none\n"],
	["a head that is no ref", "HEAD", "no ref\n"],
])("%s cannot be read: it is not taken for one before the first commit", async (_name, file, text) => {
	const repo = started();
	writeFileSync(join(repo.dir, ".git", file), text);
	await expect(read(repo.dir)).rejects.toMatchObject({ name: "WorldError" });
});

test("a branch that is not born beside branches below its name is one before the first commit", async () => {
	const repo = started();
	repo.git("branch", "team-b/x");
	repo.git("symbolic-ref", "HEAD", "refs/heads/team-b");
	expect(await read(repo.dir)).toMatchObject({ head: null, branch: "team-b", parents: [] });
});

test.each(["index", "MERGE_HEAD", "REVERT_HEAD", `sharedindex.${MISSING}`])(
	"a pipe as %s is refused, and not waited for",
	async (name) => {
		const repo = started();
		rmSync(join(repo.dir, ".git", name), { force: true });
		execFileSync("mkfifo", [join(repo.dir, ".git", name)]);
		await expect(read(repo.dir)).rejects.toMatchObject({ name: "WorldError" });
	},
);

test("a damaged index is an error, and never nothing staged", async () => {
	const repo = started();
	writeFileSync(join(repo.dir, ".git/index"), "DIRC damaged");
	await expect(read(repo.dir)).rejects.toMatchObject({ name: "WorldError" });
});

test("a shared index that is missing is an error too", async () => {
	const repo = started();
	repo.git("update-index", "--split-index");
	for (const name of readdirSync(join(repo.dir, ".git"))) {
		if (name.startsWith("sharedindex.")) rmSync(join(repo.dir, ".git", name));
	}
	await expect(read(repo.dir)).rejects.toMatchObject({ name: "WorldError" });
});

test("a missing index is an empty one, as git has it", async () => {
	const repo = started({ a: "1" });
	renameSync(join(repo.dir, ".git/index"), join(repo.dir, ".git/kept"));
	expect(await staged(repo.dir)).toEqual(["D a"]);
	expect(byGit(repo)).toEqual(["D a"]);
});

test("output that ends early is an error", () => {
	expect(parseRawDiff("")).toEqual({ changes: [], unmerged: [] });
	expect(() => parseRawDiff(":100644 100644 aa bb M\0")).toThrow("ended within an entry");
	expect(() => parseRawDiff(":100644 100644 aa bb M\0path")).toThrow("ended within an entry");
	expect(() => parseRawDiff("100644 100644 aa bb M\0path\0")).toThrow("not a raw diff");
});
