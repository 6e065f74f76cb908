// What files say is kept: nothing is loaded or read a second time, and what was damaged, or came since, is read anew.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Extractor } from "#extract/extractor";
import type { Readers } from "#extract/extractors";
import { openRepository } from "#git/repository";
import type { Manifest } from "#model/tree-facts";
import { readTreeFacts } from "#scripts/lib/tree-facts";
import { makeRepo, type Step, temporaryFolder } from "#test/make-repo";

/** Reads files whose names end in .num, and fails at words. */
const numbers: Extractor<Manifest> = {
	kindOf: (path) => (path.endsWith(".num") ? "number" : null),
	extract: (text) => JSON.parse(text),
};
const start: Step = {
	say: "Start",
	by: "a@a.example",
	write: { "one.num": "1", "two.num": "2", "copy.num": "1", "x.txt": "x" },
};

interface Reading {
	/** path → what was said of it. */
	readonly facts: Record<string, unknown>;
	readonly unread: readonly string[];
	readonly loads: number;
	readonly blobs: number;
}

async function read(steps: readonly Step[], cacheDir: string | null): Promise<Reading> {
	const opened = await openRepository(makeRepo(steps).dir, ["HEAD"]);
	let [loads, blobs] = [0, 0];
	const load = async () => {
		loads++;
		return numbers;
	};
	const readers: Readers = { manifests: { kindOf: numbers.kindOf, load } };
	const counting = {
		place: "here",
		isOutside: opened.isOutside,
		readBlobs: (...[ids, limit, onBlob]: Parameters<typeof opened.readBlobs>) => {
			blobs += ids.length;
			return opened.readBlobs(ids, limit, onBlob);
		},
	};
	const found = await readTreeFacts(counting, await opened.readTree(), { contracts: [] }, cacheDir, readers);
	await opened.close();
	const unread = found.unread.map(({ path, reason }) => `${path}: ${reason}`);
	return { facts: Object.fromEntries(found.manifests), unread, loads, blobs };
}

const facts = { "copy.num": 1, "one.num": 1, "two.num": 2 };

test("each content is read once, however many files have it; again nothing is loaded or read", async () => {
	const cache = temporaryFolder();

	expect(await read([start], cache)).toMatchObject({ facts, blobs: 2 });
	expect(await read([start], cache)).toEqual({ facts, unread: [], loads: 0, blobs: 0 });
});

test("a file that moved is not read again, and only what is new is", async () => {
	const cache = temporaryFolder();
	await read([start], cache);
	const moved = await read(
		[start, { say: "Move", move: { "two.num": "to/two.num" }, write: { "new.num": "3" } }],
		cache,
	);

	expect(moved.facts).toEqual({ "copy.num": 1, "new.num": 3, "one.num": 1, "to/two.num": 2 });
	expect(moved.blobs).toBe(1);
});

test("without a folder to keep it in everything is read each time", async () => {
	expect((await read([start], null)).blobs).toBe(2);
	expect((await read([start], null)).blobs).toBe(2);
});

test("what was kept and is damaged is read anew", async () => {
	const cache = temporaryFolder();
	await read([start], cache);
	const [name] = readdirSync(cache) as [string];
	const file = join(cache, name);
	writeFileSync(file, readFileSync(file, "utf8").replace('"facts":2', '"facts":3'));

	expect(await read([start], cache)).toMatchObject({ facts, blobs: 2 });
});

test("a file that its reader fails at is told of, also when that was kept, and the others are read", async () => {
	const cache = temporaryFolder();
	const broken: Step = { say: "Broken", write: { "two.num": "two" } };
	for (const blobs of [2, 0]) {
		const found = await read([start, broken], cache);
		expect(found.facts).toEqual({ "copy.num": 1, "one.num": 1 });
		expect(found.unread).toEqual([expect.stringMatching(/^two\.num: its parser failed: /)]);
		expect(found.blobs).toBe(blobs);
	}
});

test("a link is no file of its target's name, whatever it is called", async () => {
	const link: Step = { say: "Link", write: { "link.num": { mode: "120000", text: "4" } } };
	expect((await read([start, link], null)).facts).toEqual(facts);
});
