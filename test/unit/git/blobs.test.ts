import { expect, test } from "vitest";
import { createBatchReader } from "#git/blobs";
import { openRepository } from "#git/repository";
import { makeRepo } from "#test/make-repo";

const id = (letter: string) => letter.repeat(40);

/** What a reader hands over when the stream comes in pieces of so many bytes. */
function read(stream: Buffer, size: number): [string, string][] {
	const found: [string, string][] = [];
	const reader = createBatchReader((name, bytes) => found.push([name, bytes.toString("latin1")]));
	for (let at = 0; at < stream.length; at += size) reader.push(stream.subarray(at, at + size));
	reader.end();
	return found;
}

const stream = Buffer.from(`${id("a")} blob 6\none\n\n\n\n${id("b")} blob 0\n\n${id("c")} blob 3\n\xff\0x\n`, "latin1");

test("each object's bytes as they are, wherever the stream is cut", () => {
	for (let size = 1; size <= stream.length; size++) {
		expect(read(stream, size), `pieces of ${size}`).toEqual([
			[id("a"), "one\n\n\n"],
			[id("b"), ""],
			[id("c"), "\xff\0x"],
		]);
	}
});

test("a stream that ends within an object, or is none, is refused", () => {
	const refused = (text: string) => () => read(Buffer.from(text), 1_000);
	expect(refused(`${id("a")} blob 6\none`)).toThrow("ended within an object");
	expect(refused(`${id("a")} blob 1`)).toThrow("ended within an object");
	expect(refused("fatal: no\n")).toThrow("no batch of objects");
	expect(refused(`${id("a")} blob 1\nxy\n`)).toThrow("no batch of objects");
});

test("contents by id: read, too large by its size alone, not there, each once", async () => {
	const repo = makeRepo([
		{ say: "One", by: "a@a.example", write: { small: "1", large: "x".repeat(2_000), empty: "" } },
	]);
	const ids = ["small", "large", "empty"].map((path) => repo.git("rev-parse", `HEAD:${path}`).trim());
	const opened = await openRepository(repo.dir, ["HEAD"]);
	const found = new Map<string, unknown>();
	await opened.readBlobs([...ids, ...ids, id("d")], 1_000, (one, blob) => {
		expect(found.has(one)).toBe(false);
		found.set(one, blob.kind === "read" ? blob.bytes.toString() : blob);
	});
	await opened.close();

	expect(ids.map((one) => found.get(one))).toEqual(["1", { kind: "too large", size: 2_000 }, ""]);
	expect(found.get(id("d"))).toEqual({ kind: "missing" });
});
