// Pure. Fuzz target: the file of cached facts, damaged by chance and forged with a checksum that fits.
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { createCommitTable } from "#git/commit-table";
import { type Columns, emptyColumns, RowIndex, rowCount } from "#git/facts";
import { decodeFacts, encodeFacts, FactsRefused } from "#git/facts-file";
import { createFactsWriter } from "#git/facts-writer";
import { isOrdered, orderRows } from "#git/order";
import { createLogReader } from "#git/parse-log";
import type { Commit } from "#model/history";
import { damages, spoil } from "./damage.ts";
import { type PrintedCommit, printedCommit, printLog } from "./git-output.ts";
import { type MakeTarget, makeTarget } from "./target.ts";

const KEY = "of this repository";
const ID_BYTES = 20;
const CHECKSUM_BYTES = 32;

const number = fc.oneof(
	fc.constantFrom(0, 1, 2, 3, 7, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff),
	fc.nat(300),
	fc.integer({ min: 0, max: 0xffffffff }),
);

const cases = fc.record({
	commits: fc.uniqueArray(printedCommit(40), { selector: ({ id }) => id, minLength: 1, maxLength: 8 }),
	/** Places of numbers in the file, and what is written there. */
	numbers: fc.array(fc.record({ at: fc.nat(), value: number }), { maxLength: 4 }),
	damages: fc.oneof(
		{ weight: 3, arbitrary: fc.constant([]) },
		{ weight: 1, arbitrary: damages(["\0", "\xff", '"', "[", "-1"]) },
	),
	/** Whoever writes into the folder of the cache can make a checksum too. */
	isForged: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
});

export const makeCacheTarget: MakeTarget = async () =>
	makeTarget(cases, ({ commits, numbers, damages: places, isForged }) => {
		const columns = columnsOf(inLine(commits));
		const file = Buffer.concat(encodeFacts(columns, KEY));
		if (!isDeepStrictEqual(use(decodeFacts(Buffer.from(file), KEY, ID_BYTES)), use(columns))) {
			throw new Error("facts that were kept came back as others");
		}
		const spoiled = Buffer.from(spoil(file.toString("latin1"), places), "latin1");
		for (const { at, value } of numbers) {
			const place = (at % Math.max(spoiled.length >> 2, 1)) * 4;
			if (place + 4 <= spoiled.length) spoiled.writeUInt32LE(value, place);
		}
		if (isForged) sign(spoiled);
		try {
			if (!use(decodeFacts(spoiled, KEY, ID_BYTES)).commits.every(isSound))
				throw new Error("half a commit was accepted");
		} catch (error) {
			if (!(error instanceof FactsRefused)) throw error;
		}
	});

/** Each commit with the next ones as its parents: of a parent nobody read there are no facts. */
function inLine(commits: readonly PrintedCommit[]): PrintedCommit[] {
	return commits.map((commit, index) => ({
		...commit,
		parents: commits.slice(index + 1, index + 1 + Math.max(commit.parents.length, 1)).map(({ id }) => id),
	}));
}

function columnsOf(commits: readonly PrintedCommit[]): Columns {
	const columns = emptyColumns("sha1");
	const writer = createFactsWriter(columns, new RowIndex(columns), { onCommit: () => {}, isBoundary: () => false });
	const reader = createLogReader(writer);
	reader.push(Buffer.from(printLog(commits), "latin1"));
	reader.end();
	writer.finish();
	return columns;
}

/** What the audit does with facts: all commits, in order where they have one. */
function use(columns: Columns): { commits: Commit[]; isInOrder: boolean } {
	const index = new RowIndex(columns);
	const table = createCommitTable(columns, new Uint32Array());
	const commits = Array.from(
		{ length: rowCount(columns) },
		(_, row) => JSON.parse(JSON.stringify(table.commit(row))) as Commit,
	);
	const order = orderRows(
		columns,
		commits.map(({ id }) => index.find(id)),
	);
	return { commits, isInOrder: isOrdered(columns, order) };
}

/** Whether a commit has all its parts; what they say is up to whoever forged them. */
function isSound({ id, parents, author, authorDate, subject, changes }: Commit): boolean {
	const ids = [id, ...parents, ...changes.flatMap(({ oldId, newId }) => [oldId, newId])];
	const texts = [author.name, author.email, authorDate, subject, ...changes.map(({ path }) => path)];
	const kinds = changes.map(({ kind, oldMode, newMode }) => `${kind}${oldMode}${newMode}`);
	return (
		ids.every((one) => /^[0-9a-f]{40}$/.test(one)) &&
		texts.every((one) => typeof one === "string") &&
		kinds.every((one) => /^[AMDT][0-7]{12}$/.test(one))
	);
}

/** Puts the checksum of what follows it behind the file's first line. */
function sign(file: Buffer): void {
	const start = file.indexOf("\n") + 1;
	if (start === 0 || file.length < start + CHECKSUM_BYTES) return;
	createHash("sha256")
		.update(file.subarray(start + CHECKSUM_BYTES))
		.digest()
		.copy(file, start);
}
