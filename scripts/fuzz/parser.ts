// Pure. Fuzz target: the parsers of git's log and tree, under outputs that are whole, cut anywhere and spoiled.
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { createLogParser, logFormat } from "#git/parse-log";
import { parseTree } from "#git/parse-tree";
import type { Commit } from "#model/history";
import { damages, spoil } from "./damage.ts";
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

const bytes = fc.string({
	unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)),
	maxLength: 20,
});
const id = fc.oneof(
	fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 40, maxLength: 40 }),
	fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 64, maxLength: 64 }),
);
const mode = fc.constantFrom("000000", "100644", "100755", "120000", "160000");
const name = bytes.filter((path) => path !== "");

const change = fc
	.record({ parents: fc.constantFrom(1, 1, 1, 2, 3), mode, id, letter: fc.constantFrom(..."AMDT"), path: name })
	.map(({ parents, mode: side, id: blob, letter, path }) => {
		const times = (text: string, count: number) => Array.from({ length: count }, () => text);
		const sides = [...times(side, parents + 1), ...times(blob, parents + 1)].join(" ");
		return { path, text: `${":".repeat(parents)}${sides} ${letter.repeat(parents)}\0${path}\0` };
	});

/** One commit as git prints it; each field holds what its place in the format allows. */
const commit = fc
	.record({
		id,
		parents: fc.array(id, { maxLength: 3 }),
		fields: fc.array(bytes, { minLength: 12, maxLength: 12 }),
		says: fc.constantFrom("", "", `This reverts commit ${"a1".repeat(20)}.`, "Team\x1eteam-a\x1fTeam\x1eb"),
		changes: fc.array(change, { maxLength: 4 }),
		isApart: fc.boolean(),
	})
	.map(({ id: own, parents, fields, says, changes, isApart }) => {
		const header = logFormat()
			.split("%x00")
			.map((field, index) => (field === "%H" ? own : field === "%P" ? parents.join(" ") : `${fields[index]}${says}`));
		const diff = changes.map(({ text }) => text).join("");
		return {
			id: own,
			paths: changes.map(({ path }) => path),
			text: `${header.join("\0")}\0${isApart && diff !== "" ? "\n" : ""}${diff}`,
		};
	});

const entry = fc
	.record({ mode, id, path: name })
	.map(({ mode: own, id: blob, path }) => ({ path, text: `${own} blob ${blob}\t${path}\0` }));

const cases = fc.record({
	commits: fc.array(commit, { maxLength: 5 }),
	entries: fc.array(entry, { maxLength: 5 }),
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
		const log = commits.map(({ text }) => text).join("");
		const whole = parseLog(log, cuts);
		if (
			!isDeepStrictEqual(
				pathsOf(whole),
				commits.map(({ id: own, paths }) => [own, paths]),
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
	return commits.map(({ id: own, changes }) => [own, changes.map(({ path }) => path)]);
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
