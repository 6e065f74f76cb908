// What lies in a worktree and is in no commit, read with real git beside traps that would leave a mark.
import { spawnSync } from "node:child_process";
import {
	appendFileSync,
	chmodSync,
	existsSync,
	mkdirSync,
	renameSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { locateRepository } from "#git/location";
import { openWorktreeFiles, type Uncommitted } from "#git/uncommitted";
import { listWorktrees } from "#git/worktrees";
import { makeRepo, type Repo, temporaryFolder } from "#test/make-repo";

function workedOn(format: "sha1" | "sha256" = "sha1"): Repo {
	const write = { "a/one.py": "1\n", "a/two.py": "2\n", "b/three.py": "3\n", run: "#!/bin/sh\n" };
	const repo = makeRepo([{ say: "Begin", write }], { format });
	repo.git("reset", "--quiet", "--hard");
	return repo;
}

async function lookAt(dir: string, excludes = ""): Promise<Uncommitted> {
	const location = await locateRepository(dir);
	const place = (await listWorktrees(location)).find((one) => one.gitDir === location.gitDir);
	if (place?.folder == null) throw new Error("there is no worktree");
	const files = await openWorktreeFiles(location, { ...place, folder: place.folder }, excludes);
	if (files === null) throw new Error("it is bare");
	try {
		return await files.look();
	} finally {
		await files.close();
	}
}

/** `K path`, with `+` where all of it is staged and `!` where it is in conflict. */
function told({ changes }: Pick<Uncommitted, "changes">): string[] {
	return changes.map(({ kind, path, isStaged, isTorn }) => `${kind}${isStaged ? "+" : ""}${isTorn ? "!" : ""} ${path}`);
}

const at = (repo: Repo, path: string) => join(repo.dir, path);

test("a clean worktree has nothing, and knows its branch", async () => {
	const repo = workedOn();
	const found = await lookAt(repo.dir);

	expect(told(found)).toEqual([]);
	expect(found.head).toEqual({ objectFormat: "sha1", head: repo.oids[0], branch: "main" });
});

for (const format of ["sha1", "sha256"] as const) {
	test(`staged, changed, deleted, new, moved, of another kind: each path once (${format})`, async () => {
		const repo = workedOn(format);
		writeFileSync(at(repo, "a/one.py"), "changed\n");
		repo.git("add", "a/one.py");
		writeFileSync(at(repo, "a/new.py"), "new\n");
		repo.git("add", "a/new.py");
		renameSync(at(repo, "a/two.py"), at(repo, "b/two.py"));
		rmSync(at(repo, "run"));
		symlinkSync("b", at(repo, "run"));
		chmodSync(at(repo, "b/three.py"), 0o755);

		expect(told(await lookAt(repo.dir))).toEqual([
			"A+ a/new.py",
			"M+ a/one.py",
			"D a/two.py",
			"M b/three.py",
			"A b/two.py",
			"T run",
		]);
	});
}

test("what is staged and changed again is not staged whole; what is staged as new and deleted is what is staged", async () => {
	const repo = workedOn();
	writeFileSync(at(repo, "a/one.py"), "staged\n");
	writeFileSync(at(repo, "gone.py"), "staged\n");
	repo.git("add", "--all");
	writeFileSync(at(repo, "a/one.py"), "and changed\n");
	rmSync(at(repo, "gone.py"));

	expect(told(await lookAt(repo.dir))).toEqual(["M a/one.py", "A+ gone.py"]);
});

test("a file taken out of the index and still there is changed, not added beside its deletion", async () => {
	const repo = workedOn();
	repo.git("rm", "--quiet", "--cached", "a/one.py");

	expect(told(await lookAt(repo.dir))).toEqual(["M a/one.py"]);
});

test("ignored files are none: by .gitignore, by info/exclude, by the reader's own list", async () => {
	const repo = workedOn();
	writeFileSync(at(repo, ".gitignore"), "*.log\n");
	mkdirSync(at(repo, ".git/info"), { recursive: true });
	writeFileSync(at(repo, ".git/info/exclude"), "*.swp\n");
	for (const name of ["x.log", "x.swp", "x.orig", "x.py"]) writeFileSync(at(repo, name), "");

	expect(told(await lookAt(repo.dir, "*.orig"))).toEqual(["A .gitignore", "A x.py"]);
});

test("a file saved within the second of the index and of the same size is seen", async () => {
	const repo = workedOn();
	writeFileSync(at(repo, "a/one.py"), "A\n");
	repo.git("add", "a/one.py");
	writeFileSync(at(repo, "a/one.py"), "B\n");

	expect(told(await lookAt(repo.dir))).toEqual(["M a/one.py"]);
});

test("in a merge: what differs from both sides, what is in conflict, and nothing that merely came in", async () => {
	const repo = makeRepo([
		{ say: "Begin", write: { both: "0\n", mine: "0\n", theirs: "0\n" } },
		{ say: "Theirs", on: "side", write: { both: "theirs\n", theirs: "1\n" } },
		{ say: "Mine", on: "main", write: { both: "mine\n", mine: "1\n" } },
	]);
	repo.git("reset", "--quiet", "--hard");
	expect(() => repo.git("merge", "--quiet", "side")).toThrow();
	writeFileSync(at(repo, "mine"), "by hand\n");
	const found = await lookAt(repo.dir);

	expect(told(found)).toEqual(["M! both", "M mine"]);
	expect(found.parents).toEqual([repo.oids[2], repo.oids[1]]);
});

test("while a branch is rebased the work is still that branch's", async () => {
	const repo = makeRepo([
		{ say: "Begin", write: { both: "0\n" } },
		{ say: "Mine", on: "team-a/x", write: { both: "mine\n" } },
		{ say: "Theirs", on: "main", write: { both: "theirs\n" } },
	]);
	repo.git("checkout", "--quiet", "team-a/x");
	expect(() => repo.git("rebase", "--quiet", "main")).toThrow();
	const found = await lookAt(repo.dir);

	expect(told(found)).toEqual(["M! both"]);
	expect(found.head).toMatchObject({ head: repo.oids[2], branch: "team-a/x" });
	repo.git("rebase", "--abort");
	repo.git("checkout", "--quiet", "--detach");
	expect((await lookAt(repo.dir)).head.branch).toBeNull();
});

test("before the first commit every file is new", async () => {
	const dir = temporaryFolder();
	spawnSync("git", ["init", "--quiet", "--initial-branch=main", dir]);
	writeFileSync(join(dir, "first.py"), "1\n");
	const found = await lookAt(dir);

	expect(told(found)).toEqual(["A first.py"]);
	expect(found.head).toMatchObject({ head: null, branch: "main" });
});

test("a submodule is not looked into; a repository inside is one path", async () => {
	const repo = workedOn();
	const inner = workedOn();
	repo.git("submodule", "--quiet", "add", inner.dir, "sub");
	writeFileSync(at(repo, "sub/a/one.py"), "changed inside\n");
	spawnSync("git", ["init", "--quiet", at(repo, "nested")]);
	writeFileSync(at(repo, "nested/file"), "");
	const found = await lookAt(repo.dir);

	expect(told(found)).toEqual(["A+ .gitmodules", "A nested", "A+ sub"]);
	expect(found.changes.filter(({ newMode }) => newMode === "160000").map(({ path }) => path)).toEqual([
		"nested",
		"sub",
	]);
});

test("names with line breaks and bytes that are no text are whole; pipes, sockets and links to anywhere are no matter", async () => {
	const repo = workedOn();
	writeFileSync(at(repo, "two\nlines\u001b[31m"), "");
	writeFileSync(Buffer.from(`${repo.dir}/\xff`, "latin1"), "");
	spawnSync("mkfifo", [at(repo, "pipe")]);
	symlinkSync("/etc/passwd", at(repo, "link"));
	rmSync(at(repo, "a/one.py"));
	// For git itself, a pipe in a file's place is a change of it.
	spawnSync("mkfifo", [at(repo, "a/one.py")]);

	expect(told(await lookAt(repo.dir))).toEqual(["M a/one.py", "A link", "A two\nlines\u001b[31m", "A \xff"]);
});

test("ten thousand files are counted", async () => {
	const repo = workedOn();
	mkdirSync(at(repo, "many"));
	for (let index = 0; index < 10_000; index++) writeFileSync(at(repo, `many/${index}`), "");
	const found = await lookAt(repo.dir);

	expect([found.count, found.changes.length]).toEqual([10_000, 10_000]);
});

test("nothing that a repository or a worktree names is run, where plain git runs it", async () => {
	const repo = workedOn();
	const linked = join(temporaryFolder(), "linked");
	repo.git("worktree", "add", "--quiet", "-b", "side", linked);
	const mark = join(temporaryFolder(), "mark");
	const program = join(temporaryFolder(), "trap.sh");
	writeFileSync(program, `#!/bin/sh\necho "$0 $*" >> ${mark}\ncat\n`);
	chmodSync(program, 0o755);
	repo.git("config", "extensions.worktreeConfig", "true");
	const hooks = temporaryFolder();
	for (const name of ["post-index-change", "fsmonitor-watchman"]) {
		writeFileSync(join(hooks, name), `#!/bin/sh\ntouch ${mark}\n`);
		chmodSync(join(hooks, name), 0o755);
	}
	const text = `[core]\n\tfsmonitor = ${program}\n\thooksPath = ${hooks}\n[filter "x"]\n\tclean = ${program}\n\tprocess = ${program}\n[diff "x"]\n\ttextconv = ${program}\n`;
	appendFileSync(at(repo, ".git/config"), text);
	writeFileSync(at(repo, ".git/worktrees/linked/config.worktree"), text);
	for (const dir of [repo.dir, linked]) {
		writeFileSync(join(dir, ".gitattributes"), "* filter=x diff=x\n");
		writeFileSync(join(dir, "a/one.py"), "9\n");
	}
	for (const dir of [repo.dir, linked]) expect(told(await lookAt(dir))).toEqual(["A .gitattributes", "M a/one.py"]);
	expect(existsSync(mark)).toBe(false);

	spawnSync("git", ["status"], { cwd: linked });
	expect(existsSync(mark)).toBe(true);
});

test("nothing is written: neither index nor objects change by being looked at", async () => {
	const repo = workedOn();
	writeFileSync(at(repo, "a/one.py"), "9\n");
	const list = () => spawnSync("find", [".git", "-printf", "%p %T@ %s\n"], { cwd: repo.dir }).stdout.toString();
	const before = list();
	await lookAt(repo.dir);

	expect(list()).toBe(before);
});

test("an index that is damaged is said", async () => {
	const repo = workedOn();
	writeFileSync(at(repo, ".git/index"), "no index");

	await expect(lookAt(repo.dir)).rejects.toThrow("git cannot read what is staged");
});
