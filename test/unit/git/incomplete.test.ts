// Histories that are not all there, read because that was allowed: what is there, no invented changes, and what is missing said.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openRepository } from "#git/repository";
import { WorldError } from "#model/problem";
import { cloneRepo, makeRepo, type Repo } from "#test/make-repo";
import { commitsOf, readAll } from "./read-all.ts";
import { takeAway } from "./take-away.ts";

const steps = [
	{ say: "0", write: { "d/a": "0", "e/b": "0" } },
	{ say: "1", write: { "d/a": "1" } },
	{ say: "2", write: { "d/a": "2" } },
	{ say: "3", write: { "e/b": "3" } },
];

/** `subject: paths` of each commit, and what was said. */
async function read(repo: Pick<Repo, "dir">, refs = ["HEAD"]) {
	const opened = await openRepository(repo.dir, refs, { allowIncomplete: true, processes: 2 });
	try {
		const commits = commitsOf(await opened.readCommits()).map(
			({ subject, changes }) => `${subject}: ${changes.map((change) => change.path).join(" ")}`,
		);
		const own = await opened.commitsOnlyOn(opened.repository.head, () => false);
		expect(own.size).toBe(commits.length);
		return { commits, complete: opened.repository.complete, gaps: opened.repository.gaps };
	} finally {
		await opened.close();
	}
}

test("a whole history stays complete", async () => {
	expect(await read(makeRepo(steps))).toEqual({
		commits: ["3: e/b", "2: d/a", "1: d/a", "0: d/a e/b"],
		complete: true,
		gaps: [],
	});
});

test("a shallow clone: its boundary hands over no changes", async () => {
	expect(await read(cloneRepo(makeRepo(steps), "--depth=2"))).toEqual({
		commits: ["3: e/b", "2: "],
		complete: false,
		gaps: ["the clone is shallow: what lies before its boundary commit was not read, nor what that commit changed"],
	});
});

test("a missing commit: its child hands over no changes, and ends the history", async () => {
	const repo = makeRepo(steps);
	takeAway(repo, repo.oids[1] as string);

	expect(await read(repo)).toEqual({
		commits: ["3: e/b", "2: "],
		complete: false,
		gaps: [
			"1 commit names a parent that is missing from the clone: what it changed, and what lies before, was not read",
		],
	});
	await expect(readAll(repo.dir)).rejects.toThrow(WorldError);
});

test("a merge that lost one parent keeps the history of the other", async () => {
	const repo = makeRepo([
		...steps,
		{ say: "side", on: "side", from: 0, write: { s: "1" } },
		{ say: "merge", merge: "side" },
		{ say: "after", write: { t: "1" } },
	]);
	takeAway(repo, repo.oids[4] as string);
	const { commits, gaps } = await read(repo);

	expect(commits).toEqual(["after: t", "merge: ", "3: e/b", "2: d/a", "1: d/a", "0: d/a e/b"]);
	expect(gaps).toHaveLength(1);
});

test("a missing tree: the commits that would be compared with it hand over no changes", async () => {
	const repo = makeRepo(steps);
	takeAway(repo, repo.git("rev-parse", "HEAD~2:d"));

	expect(await read(repo)).toEqual({
		commits: ["3: e/b", "2: ", "1: ", "0: d/a e/b"],
		complete: false,
		gaps: ["what 2 commits changed was not read: the clone lacks trees that it would take to compare"],
	});
});

test("a gap in a part that is not audited is none", async () => {
	const repo = makeRepo([
		...steps,
		{ say: "far 1", on: "far", from: null, write: { f: "1" } },
		{ say: "far 2", on: "far", write: { f: "2" } },
	]);
	takeAway(repo, repo.oids[4] as string);

	expect((await read(repo)).complete).toBe(true);
});

test("a partial clone without blobs reads whole, with no network", async () => {
	const repo = makeRepo(steps);
	repo.git("config", "uploadpack.allowFilter", "true");
	const partial = cloneRepo(repo, "--filter=blob:none", "--bare");

	expect(partial.git("rev-list", "--objects", "--missing=print", "HEAD")).toMatch(/^\?/m);
	expect(await readAll(partial.dir)).toEqual(await readAll(repo.dir));
	expect((await read(partial)).complete).toBe(true);
});

test("a partial clone without trees is refused, allowed or not", async () => {
	const repo = makeRepo(Array.from({ length: 120 }, (_, index) => ({ say: `${index}`, write: { a: `${index}` } })));
	repo.git("config", "uploadpack.allowFilter", "true");
	const partial = cloneRepo(repo, "--filter=tree:0", "--bare");

	await expect(readAll(partial.dir)).rejects.toThrow("the history could not be read whole");
	await expect(read(partial)).rejects.toThrow("the history could not be read whole");
}, 60_000);

test("a damaged object is no missing one: refused", async () => {
	for (const what of ["HEAD~1^{tree}", "HEAD~1"]) {
		const repo = makeRepo(steps);
		const id = repo.git("rev-parse", what);
		takeAway(repo, id);
		writeFileSync(join(repo.dir, ".git", "objects", id.slice(0, 2), id.slice(2)), "no object");

		await expect(read(repo), what).rejects.toThrow("the history could not be read whole");
	}
});
