// The cache of facts: the same commits with it and without, whatever became of the repository or of the file since.
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { OpenOptions } from "#git/repository";
import type { Commit } from "#model/history";
import { cloneRepo, gitBytes, makeRepo, type Repo, temporaryFolder } from "#test/make-repo";
import { oddHistory } from "./odd-history.ts";
import { readAll } from "./read-all.ts";
import { takeAway } from "./take-away.ts";

interface Cached {
	readonly dir: string;
	readonly notices: string[];
	/** Reads with the cache, and demands what reading without it gives. */
	read(repo: Pick<Repo, "dir">, refs?: readonly string[], options?: OpenOptions): Promise<Commit[]>;
	file(): string;
}

function makeCache(dir = join(temporaryFolder(), "facts")): Cached {
	const notices: string[] = [];
	return {
		dir,
		notices,
		async read(repo, refs = ["HEAD"], options = {}) {
			const found = await readAll(repo.dir, refs, {
				...options,
				cacheDir: dir,
				onNotice: (sentence) => notices.push(sentence),
			});
			expect(found).toEqual(await readAll(repo.dir, refs, options));
			return found;
		},
		file: () => join(dir, readdirSync(dir)[0] as string),
	};
}

/** A further commit on a branch, made by git itself. */
function commit(repo: Repo, branch: string, path: string, text: string): string {
	const stream = `commit refs/heads/${branch}\ncommitter T <t@x.example> 1760000000 +0000\ndata 4\nmore\nfrom refs/heads/${branch}^0\nM 100644 inline ${path}\ndata ${text.length}\n${text}\ndone\n`;
	gitBytes(repo.dir, ["fast-import", "--quiet", "--force", "--done"], stream);
	return repo.git("rev-parse", branch);
}

test("nothing new: the same commits, and git reads none of them", async () => {
	const repo = makeRepo(oddHistory);
	const cache = makeCache();
	const first = await cache.read(repo);
	expect(readdirSync(cache.dir)).toHaveLength(1);

	// Without its objects only a cache can tell what the commits were.
	const broken = repo.git("rev-parse", "HEAD~3^{tree}");
	takeAway(repo, broken);
	expect(await readAll(repo.dir, ["HEAD"], { cacheDir: cache.dir })).toEqual(first);
	await expect(readAll(repo.dir)).rejects.toThrow("the history could not be read whole");
	expect(cache.notices).toEqual([]);
});

test("new commits, other refs, fewer refs, in any order", async () => {
	const repo = makeRepo(oddHistory);
	const cache = makeCache();
	await cache.read(repo, ["side"]);
	await cache.read(repo, ["HEAD"]);
	commit(repo, "main", "new", "1");
	expect(await cache.read(repo)).toHaveLength(oddHistory.length + 1);
	await cache.read(repo, ["HEAD", "side", "other"]);
	await cache.read(repo, ["other", "HEAD"]);
	await cache.read(repo, ["HEAD~3"]);

	expect(readdirSync(cache.dir)).toHaveLength(1);
	expect(cache.notices).toEqual([]);
});

test("a force-push: what is not reachable any more is left out, also once it is gone", async () => {
	const repo = makeRepo(oddHistory);
	const cache = makeCache();
	await cache.read(repo);
	repo.git("update-ref", "refs/heads/main", "HEAD~4");
	const forced = commit(repo, "main", "forced", "1");
	expect((await cache.read(repo))[0]?.id).toBe(forced);

	for (const { ref } of repo
		.git("for-each-ref", "--format=%(refname)")
		.split("\n")
		.map((ref) => ({ ref }))) {
		if (ref !== "refs/heads/main") repo.git("update-ref", "-d", ref);
	}
	repo.git("reflog", "expire", "--expire=now", "--all");
	repo.git("gc", "--quiet", "--prune=now");
	commit(repo, "main", "later", "1");
	await cache.read(repo);
	expect(cache.notices).toEqual([]);
});

test("a clone that is shallow, deepened and made whole", async () => {
	const source = makeRepo(oddHistory);
	const clone = cloneRepo(source, "--depth=3");
	const cache = makeCache();
	const shallow = await cache.read(clone, ["HEAD"], { allowIncomplete: true });
	clone.git("fetch", "--quiet", "--deepen=4");
	const deeper = await cache.read(clone, ["HEAD"], { allowIncomplete: true });
	clone.git("fetch", "--quiet", "--unshallow");
	const whole = await cache.read(clone);

	expect(shallow.length).toBeLessThan(deeper.length);
	expect(whole).toHaveLength(oddHistory.length);
	expect(whole).toEqual(await readAll(source.dir));
});

test("other trailers, another repository, another place: other facts", async () => {
	const repo = makeRepo([{ say: "0\n\nTeam: a\nLane: b", write: { x: "1" } }]);
	const cache = makeCache();
	await cache.read(repo);
	expect((await cache.read(repo, ["HEAD"], { trailerKeys: ["Lane"] }))[0]?.trailers).toEqual([
		{ key: "Lane", value: "b" },
	]);
	await cache.read(makeRepo([{ say: "1", write: { x: "1" } }]));
	await cache.read(makeRepo([{ say: "0", write: { x: "1" } }], { format: "sha256" }));

	expect(readdirSync(cache.dir)).toHaveLength(4);
	await cache.read(repo, ["HEAD"], { trailerKeys: ["team", "coordinated-by"] });
	expect(readdirSync(cache.dir)).toHaveLength(4);
});

test("a file damaged anywhere is not believed, said, and made anew", async () => {
	const repo = makeRepo(oddHistory);
	const cache = makeCache();
	const expected = await cache.read(repo);
	const good = readFileSync(cache.file());
	const refusal = /^the cache of the history is not used, and made anew: it/;
	// Every byte of such a file is tried in facts-file.test.ts.
	for (let step = 0; step < 8; step++) {
		const bad = Buffer.from(good);
		const at = Math.floor((step * good.length) / 8);
		bad[at] = (bad[at] as number) ^ (1 << (step % 8));
		writeFileSync(cache.file(), bad);
		const notices: string[] = [];
		const options = { cacheDir: cache.dir, onNotice: (sentence: string) => notices.push(sentence) };
		if (JSON.stringify(await readAll(repo.dir, ["HEAD"], options)) !== JSON.stringify(expected))
			expect.fail(`byte ${at}`);
		expect(notices.length, `byte ${at}`).toBe(1);
		expect(notices[0]).toMatch(refusal);
		expect(readFileSync(cache.file()).equals(good), `byte ${at}`).toBe(true);
	}
});

test("a file cut short, empty, of another version, or no file at all", async () => {
	const repo = makeRepo(oddHistory);
	const cache = makeCache();
	await cache.read(repo);
	const good = readFileSync(cache.file());
	const file = cache.file();
	const spoilt = [
		good.subarray(0, -1),
		good.subarray(0, 60),
		good.subarray(0, 10),
		Buffer.alloc(0),
		Buffer.concat([good, Buffer.from("x")]),
	];
	for (const bytes of [...spoilt, Buffer.from(good.toString("latin1").replace("facts 2", "facts 1"), "latin1")]) {
		writeFileSync(file, bytes);
		await cache.read(repo);
	}
	expect(cache.notices).toHaveLength(6);
	expect(cache.notices.at(-1)).toContain("it is of another version");
});

test("a folder that cannot be written is said, and does no harm", async () => {
	const repo = makeRepo(oddHistory);
	const file = join(temporaryFolder(), "file");
	writeFileSync(file, "");
	const cache = makeCache(file);

	expect(await cache.read(repo)).toHaveLength(oddHistory.length);
	expect(cache.notices.length).toBeGreaterThan(0);
});

test("nothing is ever kept inside the repository", async () => {
	const repo = makeRepo(oddHistory);
	const link = join(temporaryFolder(), "link");
	symlinkSync(repo.dir, link);
	mkdirSync(join(repo.dir, "there"));
	for (const dir of [join(repo.dir, ".git", "x"), join(repo.dir, "there"), join(link, "new"), repo.dir]) {
		await makeCache(dir).read(repo);
	}

	expect(readdirSync(repo.dir).sort()).toEqual([".git", "there"]);
	expect(readdirSync(join(repo.dir, "there"))).toEqual([]);
	expect(readdirSync(join(repo.dir, ".git"))).not.toContain("x");
});
