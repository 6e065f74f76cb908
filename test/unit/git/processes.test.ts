// The same commits however they are read: by one process or two, from the cache or from git, with any limit in the way.
import { expect, test } from "vitest";
import { openRepository } from "#git/repository";
import { gitBytes, makeRepo, repoAt, temporaryFolder } from "#test/make-repo";
import { longHistory } from "./long-history.ts";
import { oddHistory } from "./odd-history.ts";
import { changesOf, commitsOf, plain, readAll } from "./read-all.ts";

test("one process and two read the same, in the same order", async () => {
	const dir = longHistory(1500);
	const one = await readAll(dir, ["HEAD"], { processes: 1 });

	expect(one).toHaveLength(1500);
	expect(one.every((commit) => commit.changes.length === 1)).toBe(true);
	expect(await readAll(dir, ["HEAD"], { processes: 2 })).toEqual(one);
});

test("the order follows from the graph: children first, whatever the dates, packs and the order of refs read before", async () => {
	const repo = makeRepo([
		{ say: "old", at: "2025-07-09T09:00", write: { a: "1" } },
		{ say: "young by its date alone", at: "1999-01-01T00:00", write: { a: "2" } },
		{ say: "side", on: "side", from: 0, at: "2031-01-01T00:00", write: { b: "1" } },
		{ say: "merge", merge: "side", at: "2000-01-01T00:00" },
	]);
	const ids = (await readAll(repo.dir)).map((commit) => repo.oids.indexOf(commit.id));

	expect(ids).toEqual([3, 1, 2, 0]);
	repo.git("gc", "--quiet");
	expect((await readAll(repo.dir)).map((commit) => repo.oids.indexOf(commit.id))).toEqual(ids);
});

test("a commit hands over the same when it is looked at late, twice, or in parts", async () => {
	const opened = await openRepository(makeRepo(oddHistory).dir, ["HEAD"]);
	const kept = commitsOf(await opened.readCommits());
	const first = kept.map(plain);
	await opened.close();

	expect(kept.map(plain)).toEqual(first);
	expect(kept.map((commit) => commit.changes.map((change) => change.newId))).toEqual(
		first.map((commit) => commit.changes.map((change) => change.newId)),
	);
});

test("reading twice asks git once and hands over the same", async () => {
	const repo = makeRepo([{ say: "0", write: { a: "1" } }]);
	const opened = await openRepository(repo.dir, ["HEAD"]);
	const read = async () => commitsOf(await opened.readCommits()).map((commit) => commit.id);

	expect([await read(), await read()]).toEqual([[repo.oids[0]], [repo.oids[0]]]);
	await opened.close();
});

test("a message of 10 MB costs a few, and is cut with its size said", async () => {
	const dir = temporaryFolder();
	gitBytes(dir, ["init", "--quiet", "--initial-branch=main", "."]);
	const size = 10_000_000;
	const message = `${"s".repeat(size)}\n\n${"b".repeat(size)}\n\nTeam: a\nTeam: ${"v".repeat(5_000)}\n`;
	const stream = `commit refs/heads/main\ncommitter ${"n".repeat(3_000)} <${"e".repeat(3_000)}@x> 1750000000 +0000\ndata ${message.length}\n${message}\ndone\n`;
	gitBytes(dir, ["fast-import", "--quiet", "--done"], stream);
	const before = process.memoryUsage();
	const [commit] = await readAll(dir);
	const after = process.memoryUsage();

	expect(commit?.subject).toBe(`${"s".repeat(1024)}… [cut, ${size} bytes]`);
	expect(commit?.author.name).toBe(`${"n".repeat(1024)}… [cut, 3000 bytes]`);
	expect(commit?.author.email).toBe(`${"e".repeat(1024)}… [cut, 3002 bytes]`);
	expect(commit?.trailers).toEqual([
		{ key: "Team", value: "a" },
		{ key: "Team", value: `${"v".repeat(1024)}… [cut, 5000 bytes]` },
	]);
	expect(after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed).toBeLessThan(48e6);
	expect(repoAt(dir).git("rev-list", "--count", "HEAD")).toBe("1");
});

test("64 trailers are kept, and that there were more is a gap; a subject of characters is cut between characters", async () => {
	const trailers = (count: number) => Array.from({ length: count }, (_, index) => `Team: t${index}`).join("\n");
	const repo = makeRepo([
		{ say: `few\n\n${trailers(64)}`, write: { a: "1" } },
		{ say: `${"é".repeat(1025)}\n\n${trailers(65)}`, write: { a: "2" } },
	]);
	const opened = await openRepository(repo.dir, ["HEAD"]);
	const commits = commitsOf(await opened.readCommits());
	await opened.close();

	expect(commits.map((commit) => commit.trailers.length)).toEqual([64, 64]);
	expect(commits[0]?.subject).toBe(`${"é".repeat(1024)}… [cut, 2050 bytes]`);
	expect(opened.repository.complete).toBe(false);
	expect(opened.repository.gaps).toEqual(["1 commit has more trailers than the 64 that are read"]);
});

test("only the trailers asked for, keys in any case; a value cannot forge another trailer", async () => {
	const repo = makeRepo([
		{ say: "0\n\nteam: a\x1fTeam\x1eb\nSigned-off-by: me\nLane: x\n  and more", write: { a: "1" } },
	]);
	const trailersOf = async (...trailerKeys: string[]) =>
		(await readAll(repo.dir, ["HEAD"], { trailerKeys }))[0]?.trailers;

	expect(await trailersOf("TEAM")).toEqual([{ key: "team", value: "a\x1fTeam\x1eb" }]);
	expect(await trailersOf("lane")).toEqual([{ key: "Lane", value: "x and more" }]);
	expect(await trailersOf("Team", "Lane")).toHaveLength(2);
	expect(await trailersOf("no,such)key")).toEqual([]);
	expect(await trailersOf()).toEqual([]);
});

test("reverts: git's words, the reference form, several, any case of the id; six digits are no id", async () => {
	const repo = makeRepo([
		{ say: `Revert "x"\n\nThis reverts commit ${"ab".repeat(20)}.` },
		{ say: 'Revert "y"\n\nThis reverts commit abc1234 (y, 2025-07-01).' },
		{ say: `Two\n\nThis reverts commit ABCDEF1.\nThis reverts commit ${"1".repeat(64)}, reversing\nchanges.` },
		{ say: "Near\n\nThis reverts commit abc123. This reverted commit abc1234." },
	]);

	expect((await readAll(repo.dir)).map((commit) => commit.reverts).reverse()).toEqual([
		["ab".repeat(20)],
		["abc1234"],
		["abcdef1", "1".repeat(64)],
		[],
	]);
	expect(changesOf((await readAll(repo.dir))[0] as never)).toEqual([]);
});
