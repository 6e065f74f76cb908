// Where the worktrees of a repository are, and by which marks it is seen that something moved.
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { locateRepository } from "#git/location";
import { stampRefs, stampWorktree } from "#git/ref-stamp";
import { openWorktreeFiles } from "#git/uncommitted";
import { listWorktrees } from "#git/worktrees";
import { makeRepo, type Repo, temporaryFolder } from "#test/make-repo";

const steps = [{ say: "Begin", write: { "a.py": "1\n" } }];

async function placesOf(dir: string): Promise<[name: string, trouble: string | null][]> {
	const places = await listWorktrees(await locateRepository(dir));
	return places.map(({ name, trouble }) => [name, trouble]);
}

function linkTo(repo: Repo, name: string, ...more: string[]): string {
	const folder = join(temporaryFolder(), name);
	repo.git("worktree", "add", "--quiet", ...more, folder);
	return folder;
}

test("the main worktree comes first, then the linked ones, from wherever the repository is named", async () => {
	const repo = makeRepo(steps);
	const linked = linkTo(repo, "linked", "-b", "side");
	const expected = [
		[basename(repo.dir), null],
		["linked", null],
	];

	for (const dir of [repo.dir, join(repo.dir, ".git"), linked]) expect(await placesOf(dir)).toEqual(expected);
});

test("a bare repository has linked worktrees alone", async () => {
	const repo = makeRepo(steps, { bare: true });
	linkTo(repo, "linked", "-b", "side");

	expect(await placesOf(repo.dir)).toEqual([["linked", null]]);
});

test("a git directory called .git that says it is bare has files to look at where an index shows that somebody works", async () => {
	const repo = makeRepo(steps);
	repo.git("config", "core.bare", "true");
	const location = await locateRepository(repo.dir);
	const place = { gitDir: location.gitDir, folder: repo.dir };
	expect(await openWorktreeFiles(location, place, "")).toBeNull();

	repo.git("--work-tree=.", "reset", "--quiet", "--hard");
	writeFileSync(join(repo.dir, "a.py"), "changed\n");
	const files = await openWorktreeFiles(location, place, "");
	expect((await files?.look())?.changes.map(({ path }) => path)).toEqual(["a.py"]);
	await files?.close();
});

test("a submodule's worktree, whose git directory lies elsewhere", async () => {
	const repo = makeRepo(steps);
	repo.git("reset", "--quiet", "--hard");
	repo.git("submodule", "--quiet", "add", makeRepo(steps).dir, "sub");

	expect(await placesOf(join(repo.dir, "sub"))).toEqual([["sub", null]]);
});

test("a worktree whose folder is gone says so, a locked one that it may come back; a moved one is not followed", async () => {
	const repo = makeRepo(steps);
	const [gone, locked, moved] = ["gone", "locked", "moved"].map((name) => linkTo(repo, name, "-b", name)) as [
		string,
		string,
		string,
	];
	repo.git("worktree", "lock", locked);
	rmSync(gone, { recursive: true });
	rmSync(locked, { recursive: true });
	renameSync(moved, `${moved}-away`);

	expect(await placesOf(repo.dir)).toEqual([
		[basename(repo.dir), null],
		["gone", "its folder is not there; `git worktree prune` forgets it"],
		["locked", "its folder is not there; it is locked, as one on a disk that is not always attached"],
		["moved", "its folder is not there; `git worktree prune` forgets it"],
	]);
});

test("a folder that does not point back is never looked into", async () => {
	const repo = makeRepo(steps);
	const other = makeRepo(steps);
	linkTo(repo, "linked", "-b", "side");
	const elsewhere = temporaryFolder();
	for (const folder of [elsewhere, other.dir]) {
		writeFileSync(join(repo.dir, ".git/worktrees/linked/gitdir"), `${folder}/.git\n`);
		expect((await placesOf(repo.dir))[1]).toEqual([
			basename(folder),
			"its folder belongs to another repository, or to none",
		]);
	}
});

test("refs: each way in which one moves changes the mark, and nothing else does", async () => {
	const repo = makeRepo([...steps, { say: "More", write: { "a.py": "2\n" } }]);
	const location = await locateRepository(repo.dir);
	const seen = [await stampRefs(location)];
	const moves: [string, ...string[]][] = [
		["update-ref", "refs/heads/team-a/deep/down", repo.oids[0] as string],
		["update-ref", "refs/heads/team-a/deep/down", repo.oids[1] as string],
		["pack-refs", "--all"],
		["update-ref", "-d", "refs/heads/team-a/deep/down"],
		["symbolic-ref", "HEAD", "refs/heads/elsewhere"],
		["update-ref", "--no-deref", "HEAD", repo.oids[0] as string],
	];
	for (const move of moves) {
		repo.git(...move);
		seen.push(await stampRefs(location));
		writeFileSync(join(repo.dir, "a.py"), "changed\n");
		repo.git("add", "a.py");
		expect(await stampRefs(location), "files and index are no refs").toBe(seen.at(-1));
	}

	expect(new Set(seen).size).toBe(seen.length);
});

test("a worktree's mark changes with what is staged and what is checked out there", async () => {
	const repo = makeRepo(steps);
	repo.git("reset", "--quiet", "--hard");
	const gitDir = join(repo.dir, ".git");
	const seen = [await stampWorktree(gitDir, gitDir)];
	writeFileSync(join(repo.dir, "a.py"), "changed\n");
	repo.git("add", "a.py");
	seen.push(await stampWorktree(gitDir, gitDir));
	repo.git("checkout", "--quiet", "-b", "other");
	seen.push(await stampWorktree(gitDir, gitDir));
	mkdirSync(join(gitDir, "info"), { recursive: true });
	writeFileSync(join(gitDir, "info/exclude"), "*.swp\n");
	seen.push(await stampWorktree(gitDir, gitDir));

	expect(new Set(seen).size).toBe(4);
	expect(await stampWorktree(gitDir, gitDir)).toBe(seen.at(-1));
});
