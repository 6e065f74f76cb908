// Pure. Fuzz target: the parsers of git's log and tree, under outputs that are whole, cut anywhere and spoiled.
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { createLogParser } from "#git/parse-log";
import { parseTree } from "#git/parse-tree";
import type { Commit } from "#model/history";
import { damages, spoil } from "./damage.ts";
import { printedCommit, printedEntry, printLog } from "./git-output.ts";
import { type MakeTarget, makeTarget } from "./target.ts";

const SCRAPS = [
	"\0",
	"\0\0",
	":",
	"::",
	"\n",
	"\n:",
	" ",
	"\t",
	"\x1e",
	"\x1f",
	"\xff",
	"0",
	"100644 ",
	":100644 0 a b M\0",
];

const cases = fc.record({
	commits: fc.array(fc.oneof(printedCommit(40), printedCommit(64)), { maxLength: 5 }),
	entries: fc.array(printedEntry, { maxLength: 5 }),
	damages: damages(SCRAPS),
	cuts: fc.array(fc.nat(), { maxLength: 5 }),
	/** Sometimes a field of many bytes, which arrives in many pieces. */
	padding: fc.oneof(
		{ weight: 60, arbitrary: fc.constant(0) },
		{ weight: 1, arbitrary: fc.integer({ min: 1 << 20, max: 12 << 20 }) },
	),
});

export const makeParserTarget: MakeTarget = async () =>
	makeTarget(cases, ({ commits, entries, damages: places, cuts, padding }) => {
		const log = printLog(commits);
		const whole = parseLog(log, cuts);
		if (
			!isDeepStrictEqual(
				pathsOf(whole),
				commits.map(({ id, changes }) => [id, changes.map(({ path }) => path)]),
			)
		)
			throw new Error("a log that is whole was read as another");
		if (
			!isDeepStrictEqual(
				parseTree(entries.map(({ text }) => text).join("")).map(({ path }) => path),
				entries.map(({ path }) => path),
			)
		)
			throw new Error("a tree that is whole was read as another");
		const spoiled = spoil(log, places) + "x".repeat(padding);
		const [once, cut] = [() => parseLog(spoiled, []), () => parseLog(spoiled, cuts)].map(documented);
		if (!isDeepStrictEqual(once, cut)) throw new Error("where the output is cut changed what was read");
		documented(() => parseTree(spoil(entries.map(({ text }) => text).join(""), places)));
	});

/** Pieces as a pipe gives them: cut where the case says, and every 64 KiB. */
function parseLog(text: string, cuts: readonly number[]): Commit[] {
	const commits: Commit[] = [];
	const parser = createLogParser((found) => commits.push(found));
	const all = Buffer.from(text, "latin1");
	const places = cuts.map((cut) => cut % (all.length + 1));
	for (let at = 0; at < all.length; at += 1 << 16) places.push(at);
	places.push(all.length);
	let from = 0;
	for (const place of places.sort((a, b) => a - b)) {
		parser.push(all.subarray(from, place));
		from = place;
	}
	parser.end();
	return commits;
}

function pathsOf(commits: readonly Commit[]) {
	return commits.map(({ id, changes }) => [id, changes.map(({ path }) => path)]);
}

/** The answer, or the parser's own refusal; any other error is passed on. */
function documented<T>(read: () => T): T | string {
	try {
		return read();
	} catch (error) {
		if (error instanceof Error && error.message.startsWith("git's ")) return error.message;
		throw error;
	}
}
