// The table of a history: numbers to compare by, equal for equal things, that say just what the commits say.
import { expect, test } from "vitest";
import { createCommitTable } from "#git/commit-table";
import { emptyColumns, RowIndex } from "#git/facts";
import { createFactsWriter } from "#git/facts-writer";
import { createLogReader } from "#git/parse-log";
import { openRepository } from "#git/repository";
import type { CommitTable } from "#model/commit-table";
import { secondsOf } from "#model/history";
import { makeRepo } from "#test/make-repo";
import { oddHistory } from "./odd-history.ts";
import { plain } from "./read-all.ts";

const id = (digit: string) => digit.repeat(40);

/** A commit as git prints it; ids are named by their digit, parents by theirs with a space between. */
interface Printed {
	readonly id: string;
	readonly parents?: string;
	readonly author?: string;
	readonly date?: string;
	readonly subject?: string;
	readonly body?: string;
	readonly trailers?: string;
	/** `oldMode newMode path` */
	readonly changes?: readonly string[];
}

/** The table of what git printed, in the order printed. */
function tableOf(...commits: readonly Printed[]): CommitTable {
	const columns = emptyColumns("sha1");
	const index = new RowIndex(columns);
	const writer = createFactsWriter(columns, index, { onCommit: () => {}, isBoundary: () => false });
	const reader = createLogReader(writer);
	for (const commit of commits) reader.push(Buffer.from(print(commit)));
	reader.end();
	writer.finish();
	return createCommitTable(
		columns,
		Uint32Array.from(commits, (commit) => index.find(id(commit.id))),
	);
}

function print(commit: Printed): string {
	const { parents = "", author = "N\0n@x", date = "0 +0000", subject = "s", body = "", trailers = "" } = commit;
	const ids = parents.replace(/\w/g, id);
	const changes = (commit.changes ?? []).map((change) => {
		const [oldMode, newMode, path] = change.split(" ");
		return `:${oldMode} ${newMode} ${id("7")} ${id("8")} M\0${path}\0`;
	});
	return `${[id(commit.id), ids, author, date, subject, body, trailers].join("\0")}\0${changes.join("")}`;
}

/** The rows of a table, in order. */
const rowsOf = (table: CommitTable) => [...table.order] as [number, number, number, number];

test("parents are rows, also one that is not in the order", () => {
	const table = tableOf({ id: "3", parents: "2 1" }, { id: "2", parents: "1" });
	const [three, two] = rowsOf(table);
	const one = table.rowOf(id("1"));

	expect(new Set([three, two, one])).toEqual(new Set([0, 1, 2]));
	expect([table.rowCount, table.order.length]).toEqual([3, 2]);
	expect([table.parentCount(three), table.parent(three, 0), table.parent(three, 1)]).toEqual([2, two, one]);
	expect([table.parentCount(two), table.parent(two, 0)]).toEqual([1, one]);
});

test("a further parent is the branch that the merge's words call it; the first parent is none", () => {
	const table = tableOf(
		{ id: "5", parents: "4 3", subject: "Merge branch 'x'" },
		{ id: "4", parents: "2 3 1", subject: "Merge branches 'y' and 'x'" },
		{ id: "3", parents: "1", subject: "Merge branch 'x'" },
		{ id: "2", parents: "1 3", subject: "Bring it in" },
	);
	const rows = rowsOf(table);
	const called = rows.map((row) =>
		Array.from({ length: table.parentCount(row) }, (_, index) => {
			const branch = table.mergedBranch(row, index);
			return branch === -1 ? null : table.branchName(branch);
		}),
	);

	expect(called).toEqual([[null, "x"], [null, "y", "x"], [null], [null, null]]);
	expect(table.mergedBranch(rows[0], 1)).toBe(table.mergedBranch(rows[1], 2));
});

test("equal identities, trailers and paths have one number; no trailers have 0", () => {
	const table = tableOf(
		{ id: "4", author: "N\0n@x", trailers: "Team: a\n", changes: ["100644 100644 p", "100644 100644 q"] },
		{ id: "3", author: "M\0n@x", trailers: "Team: b\n", changes: ["100644 100755 q"] },
		{ id: "2", author: "N\0n@x", trailers: "Team: a\n" },
		{ id: "1", author: "N\0m@x" },
	);
	const rows = rowsOf(table);
	const identities = rows.map((row) => table.identity(row));
	const blocks = rows.map((row) => table.trailerBlock(row));
	const first = rows.map((row) => table.firstChange(row));
	const paths = [first[0], (first[0] as number) + 1, first[1]].map((change) => table.path(change as number));

	expect(identities.map((number) => identities.indexOf(number))).toEqual([0, 1, 0, 3]);
	expect(blocks.map((number) => blocks.indexOf(number))).toEqual([0, 1, 0, 3]);
	expect(blocks[3]).toBe(0);
	expect(rows.map((row) => table.countChanges(row))).toEqual([2, 1, 0, 0]);
	expect(paths.map((number) => table.pathText(number))).toEqual(["p", "q", "q"]);
	expect(paths[1]).toBe(paths[2]);
	expect([table.identityCount, table.pathCount, table.changeCount]).toEqual([3, 2, 3]);
});

test("dates are read from their bytes as from their text, clamped or nonsense", () => {
	const dates: [date: string, seconds: number][] = [
		["0 +0000", 0],
		["1753973100 +0200", 1_753_973_100],
		["12", 12],
		["99999999999 +0000", 99_999_999_999],
		["100000000000 +0000", 100_000_000_000],
		["253402300800 +0000", 253_402_300_799],
		[`${"9".repeat(40)} +0000`, 253_402_300_799],
		["-1 +0000", -1],
		["-99999999999999 +0000", -62_167_219_200],
		["1e3 +0000", 1000],
		["nonsense", 253_402_300_799],
		["", 0],
	];
	for (const [date, seconds] of dates) {
		const table = tableOf({ id: "1", date });
		expect(table.authorSeconds(rowsOf(table)[0]), date).toBe(seconds);
		expect(secondsOf(date), date).toBe(seconds);
	}
});

test("a submodule on either side is one", () => {
	const table = tableOf({
		id: "1",
		changes: ["000000 160000 a", "160000 160000 b", "160000 100644 c", "120000 100644 d", "100644 000000 e"],
	});
	const first = table.firstChange(rowsOf(table)[0]);
	const isSubmodule = Array.from({ length: 5 }, (_, index) => table.isSubmodule(first + index));

	expect(isSubmodule).toEqual([true, true, true, false, false]);
});

test("an id is found whole; its bits are its first seven digits", () => {
	const table = tableOf({ id: "f", parents: "1" });
	const [row] = rowsOf(table);

	expect([table.id(row), table.rowOf(id("f"))]).toEqual([id("f"), row]);
	expect([table.idBits(row), table.idBits(table.parent(row, 0))]).toEqual([0xfffffff, 0x1111111]);
	expect([table.rowOf(id("2")), table.rowOf("f".repeat(39)), table.rowOf("f".repeat(64))]).toEqual([-1, -1, -1]);
});

test("which commits say that they revert", () => {
	const table = tableOf({ id: "2", body: `This reverts commit ${id("1")}.` }, { id: "1", body: "It reverts nothing." });

	expect(rowsOf(table).map((row) => table.saysReverts(row))).toEqual([true, false]);
	expect(rowsOf(table).map((row) => table.reverts(row))).toEqual([[id("1")], []]);
});

test("row by row and change by change the table says what its commits say", async () => {
	const opened = await openRepository(makeRepo(oddHistory).dir, ["HEAD"]);
	const table = await opened.readCommits();
	await opened.close();

	expect(table.order).toHaveLength(oddHistory.length);
	for (const row of table.order) {
		const changes = Array.from({ length: table.countChanges(row) }, (_, index) => table.firstChange(row) + index);
		const commit = plain(table.commit(row));

		expect({
			id: table.id(row),
			parents: Array.from({ length: table.parentCount(row) }, (_, index) => table.id(table.parent(row, index))),
			author: table.authorOf(table.identity(row)),
			authorDate: table.authorDate(row),
			subject: table.subject(row),
			trailers: table.trailersOf(table.trailerBlock(row)),
			reverts: table.reverts(row),
			changes: changes.map((change) => JSON.parse(JSON.stringify(table.change(change)))),
		}).toEqual(commit);
		expect(changes.map((change) => table.pathText(table.path(change)))).toEqual(commit.changes.map(({ path }) => path));
	}
});
