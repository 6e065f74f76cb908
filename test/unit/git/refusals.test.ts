// Histories that cannot be read whole are refused with their cure, never read in part.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openRepository } from "#git/repository";
import { WorldError } from "#model/problem";
import { cloneRepo, makeRepo, temporaryFolder } from "#test/make-repo";
import { longHistory } from "./long-history.ts";
import { readAll } from "./read-all.ts";
import { takeAway } from "./take-away.ts";

const steps = [
	{ say: "0", write: { "d/a": "0" } },
	{ say: "1", write: { "d/a": "1" } },
	{ say: "2", write: { "d/a": "2" } },
];

/** `message | hint` of the refusal. */
async function refusal(dir: string, refs: readonly string[] = ["HEAD"]): Promise<string> {
	try {
		const opened = await openRepository(dir, refs);
		try {
			await opened.readCommits();
			await opened.readTree();
		} finally {
			await opened.close();
		}
	} catch (error) {
		if (error instanceof WorldError) return `${error.message} | ${error.hint}`;
		throw error;
	}
	return "no refusal";
}

const damaged =
	"the clone is damaged or lacks objects: make a full clone (`git clone`, or `git fetch --unshallow --refetch`; in CI `fetch-depth: 0`)";

test("a whole repository is not refused", async () => {
	expect(await refusal(makeRepo(steps).dir)).toBe("no refusal");
});

test("a missing folder", async () => {
	expect(await refusal("/nowhere/at/all")).toBe(
		"no repository at /nowhere/at/all: there is no such folder | check the path given with --repo",
	);
});

test("a file instead of a folder", async () => {
	const file = join(temporaryFolder(), "file");
	writeFileSync(file, "");

	expect(await refusal(file)).toBe(
		`no repository at ${file}: there is no such folder | check the path given with --repo`,
	);
});

test("a folder that is no repository", async () => {
	const dir = temporaryFolder();

	expect(await refusal(dir)).toBe(
		`no repository at ${dir}: neither it nor a folder above it holds a git directory | give the folder of a git repository with --repo`,
	);
});

test("an empty repository", async () => {
	const { dir } = makeRepo([]);

	expect(await refusal(dir)).toBe(
		`the repository at ${dir} has no commits yet | commit something first, then audit it`,
	);
});

test("an unknown ref", async () => {
	const { dir } = makeRepo(steps);

	expect(await refusal(dir, ["HEAD", "nope"])).toBe(
		`the repository at ${dir} has no commit named nope | \`git branch -a\` lists its branches`,
	);
});

test("a shallow clone, of any depth", async () => {
	const repo = makeRepo(steps);
	for (const depth of ["--depth=1", "--depth=2"]) {
		const { dir } = cloneRepo(repo, depth);

		expect(await refusal(dir)).toBe(
			`the clone at ${dir} is shallow: its oldest commits would read as if they had added every file | fetch the rest with \`git fetch --unshallow\`; in CI check out with \`fetch-depth: 0\``,
		);
	}
});

test("a shallow clone seen from a linked worktree", async () => {
	const clone = cloneRepo(makeRepo(steps), "--depth=1");
	const worktree = join(temporaryFolder(), "linked");
	clone.git("worktree", "add", "--quiet", "--detach", worktree);

	expect(await refusal(worktree)).toContain("is shallow");
});

test("a missing tree, in the middle of history", async () => {
	const repo = makeRepo(steps);
	takeAway(repo, repo.git("rev-parse", "HEAD~1:d"));

	expect(await refusal(repo.dir)).toMatch(
		/^the history could not be read whole: fatal: unable to read tree [0-9a-f]{40} \| /,
	);
	expect((await refusal(repo.dir)).split(" | ")[1]).toBe(damaged);
});

test("a missing commit below the head", async () => {
	const repo = makeRepo(steps);
	takeAway(repo, repo.oids[0] as string);

	expect(await refusal(repo.dir)).toMatch(/^the history could not be read whole: fatal: /);
});

test("a missing head commit is no unknown ref", async () => {
	const repo = makeRepo(steps);
	takeAway(repo, repo.oids[2] as string);

	expect(await refusal(repo.dir)).toBe(
		`the history could not be read whole: the commit of HEAD is missing | ${damaged}`,
	);
});

test("a missing blob takes nothing from the history", async () => {
	const repo = makeRepo(steps);
	takeAway(repo, repo.git("rev-parse", "HEAD~1:d/a"));

	expect(await refusal(repo.dir)).toBe("no refusal");
	expect(await readAll(repo.dir)).toHaveLength(3);
});

test("a config that this git cannot read", async () => {
	const repo = makeRepo(steps);
	writeFileSync(join(repo.dir, ".git", "config"), "[core\n");

	expect(await refusal(repo.dir)).toBe(
		`the git directory ${join(repo.dir, ".git")} cannot be read by this git | \`git status\` in that repository says what is wrong with it`,
	);
});

test("a git file that leads nowhere", async () => {
	const dir = temporaryFolder();
	writeFileSync(join(dir, ".git"), "gitdir: /nowhere/at/all\n");

	expect(await refusal(dir)).toBe(
		"the git directory /nowhere/at/all has no objects: it is damaged | clone the repository again",
	);
});

test("a git directory without objects", async () => {
	const repo = makeRepo(steps);
	rmSync(join(repo.dir, ".git", "objects"), { recursive: true });
	mkdirSync(join(repo.dir, "sub"));

	expect(await refusal(repo.dir)).toContain("no repository at");
});

test("no git on the PATH", async () => {
	const repo = makeRepo(steps);
	const path = process.env["PATH"];
	process.env["PATH"] = temporaryFolder();
	try {
		expect(await refusal(repo.dir)).toBe("git is not installed, or not on the PATH | install git 2.39 or newer");
	} finally {
		process.env["PATH"] = path;
	}
});

test("a listener that fails is not taken for git's failure", async () => {
	const onProgress = () => {
		throw new RangeError("mine");
	};

	await expect(readAll(longHistory(2000), ["HEAD"], { onProgress })).rejects.toThrow(RangeError);
});
