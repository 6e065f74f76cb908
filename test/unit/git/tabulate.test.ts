// Commits that are objects become the table that reading them from git would have made.
import { expect, test } from "vitest";
import { openRepository } from "#git/repository";
import { tabulate } from "#git/tabulate";
import type { CommitTable } from "#model/commit-table";
import type { Commit } from "#model/history";
import { makeRepo } from "#test/make-repo";
import { oddHistory } from "./odd-history.ts";
import { commitsOf, plain } from "./read-all.ts";

async function readOdd(): Promise<CommitTable> {
	const opened = await openRepository(makeRepo(oddHistory).dir, ["HEAD"]);
	const table = await opened.readCommits();
	await opened.close();
	return table;
}

const read = await readOdd();
const commits = commitsOf(read).map(plain);

function bare(digit: string, rest: Partial<Commit> = {}, length = 40): Commit {
	const author = { name: "N", email: "n@x" };
	const words = { author, authorDate: "0 +0000", subject: "s", trailers: [], reverts: [] };
	return { id: digit.repeat(length), parents: [], ...words, changes: [], ...rest };
}

/** What lineage, attribution and verdicts go by, of each row in order; numbers written out. */
function told(table: CommitTable) {
	return Array.from(table.order, (row) => ({
		id: table.id(row),
		parents: Array.from({ length: table.parentCount(row) }, (_, index) => {
			const branch = table.mergedBranch(row, index);
			return [table.id(table.parent(row, index)), branch === -1 ? null : table.branchName(branch)];
		}),
		author: table.authorOf(table.identity(row)),
		seconds: table.authorSeconds(row),
		trailers: table.trailersOf(table.trailerBlock(row)),
		saysReverts: table.saysReverts(row),
		changes: Array.from({ length: table.countChanges(row) }, (_, index) => {
			const change = table.firstChange(row) + index;
			return [table.pathText(table.path(change)), table.isSubmodule(change)];
		}),
	}));
}

test("the commits of a table are those it was made of, in their order", () => {
	const turned = commits.toReversed();

	expect(commitsOf(tabulate(commits, "sha1")).map(plain)).toEqual(commits);
	expect(commitsOf(tabulate(turned, "sha1")).map(plain)).toEqual(turned);
});

test("the table says what that of the repository says, number by number", () => {
	expect(told(tabulate(commits, "sha1"))).toEqual(told(read));
});

test("commits of another table make the same table", () => {
	expect(told(tabulate(commitsOf(read), "sha1"))).toEqual(told(read));
});

test("a parent that is not among them has a row, and is in no order", () => {
	const table = tabulate([bare("2", { parents: ["1".repeat(40)] })], "sha1");
	const [row] = table.order as unknown as [number];

	expect([table.order.length, table.rowCount]).toEqual([1, 2]);
	expect(table.id(table.parent(row, 0))).toBe("1".repeat(40));
});

test("words, reverts and changes of sha256 come back as they were", () => {
	const commit = bare(
		"a",
		{
			parents: ["b".repeat(64)],
			author: { name: "Ò Neil", email: "o@x" },
			authorDate: "1753973100 +0200",
			subject: "Zurück",
			trailers: [
				{ key: "Team", value: "é" },
				{ key: "Team", value: "" },
			],
			reverts: ["c".repeat(64), "abcdef1"],
			changes: [
				{
					path: "caf\xe9",
					kind: "T",
					oldMode: "100644",
					newMode: "160000",
					oldId: "d".repeat(64),
					newId: "e".repeat(64),
				},
			],
		},
		64,
	);

	expect(commitsOf(tabulate([commit], "sha256")).map(plain)).toEqual([commit]);
});

test("no commits are an empty table", () => {
	const table = tabulate([], "sha1");

	expect([table.order.length, table.rowCount, table.rowOf("1".repeat(40))]).toEqual([0, 0, -1]);
});
