// The parser of git's log: the same commits however the bytes arrive, and no commit from half an output.
import { expect, test } from "vitest";
import { createLogParser, logFormat } from "#git/parse-log";
import { parseTree } from "#git/parse-tree";
import type { Commit } from "#model/history";
import { gitBytes, makeRepo } from "#test/make-repo";
import { oddHistory } from "./odd-history.ts";

const repo = makeRepo(oddHistory);
const bytes = gitBytes(repo.dir, [
	..."log --topo-order --raw -z --no-renames --no-abbrev --diff-merges=combined --root --date=raw".split(" "),
	`--format=tformat:${logFormat()}`,
]);

function parse(...chunks: Buffer[]): Commit[] {
	const commits: Commit[] = [];
	const parser = createLogParser((commit) => commits.push(commit));
	for (const chunk of chunks) parser.push(chunk);
	parser.end();
	return commits;
}

const whole = parse(bytes);

test("a log in one piece", () => {
	expect(whole).toHaveLength(oddHistory.length);
	expect(whole.at(-1)?.changes).toHaveLength(12);
});

test(`a log cut in two at each of its ${bytes.length} bytes is the same log`, () => {
	const expected = JSON.stringify(whole);
	for (let at = 0; at <= bytes.length; at++) {
		if (JSON.stringify(parse(bytes.subarray(0, at), bytes.subarray(at))) !== expected) expect.fail(`cut at ${at}`);
	}
});

test("a log that arrives byte by byte is the same log", () => {
	expect(parse(...Array.from(bytes, (byte) => Buffer.from([byte])))).toEqual(whole);
});

test("an output that stops early throws, or at a border gives the commits before it and nothing made up", () => {
	let thrown = 0;
	for (let at = 1; at < bytes.length; at++) {
		try {
			const found = parse(bytes.subarray(0, at));
			// Only git's exit code can tell that something should have followed; what is there must be true.
			expect(["\0", "\n"]).toContain(String.fromCharCode(bytes[at - 1] as number));
			for (const [index, commit] of found.entries()) {
				expect(commit.changes).toEqual(whole[index]?.changes.slice(0, commit.changes.length));
				expect({ ...commit, changes: [] }).toEqual({ ...whole[index], changes: [] });
			}
		} catch (error) {
			if (!(error as Error).message.startsWith("git's output")) throw error;
			thrown++;
		}
	}
	expect(thrown / bytes.length).toBeGreaterThan(0.95);
});

test("an empty log is no commit", () => {
	expect(parse(Buffer.from(""))).toEqual([]);
});

test("what is no log is refused", () => {
	expect(() => parse(Buffer.from("gpg: Good signature\0".repeat(8)))).toThrow("git's output is not a log");
	expect(() => parse(Buffer.from("commit"))).toThrow("git's output ended within a field");
});

test("a tree listing, and one that stops early", () => {
	const id = "1".repeat(40);

	expect(parseTree(`100644 blob ${id}\ta\tb\x00160000 commit ${id}\tsub\0`)).toEqual([
		{ mode: "100644", id, path: "a\tb" },
		{ mode: "160000", id, path: "sub" },
	]);
	expect(parseTree("")).toEqual([]);
	expect(() => parseTree(`100644 blob ${id}\ta`)).toThrow("ended within an entry");
	expect(() => parseTree(`100644 blob ${id} a\0`)).toThrow("malformed");
});
