// The order in which readers meet the log: rows of one story, worst first, in pages that stay light.
import { describe, expect, test } from "vitest";
import type { Conflict, Occurrence } from "#model/conflict-log";
import { firstCommit } from "#report/stories";
import {
	CONFLICTS_PER_ROW,
	conflictPages,
	conflictRows,
	countSection,
	openByLevel,
	pageOfSection,
	ROWS_PER_PAGE,
	tellsOnce,
} from "../../../src/components/conflict-rows.ts";

const oid = (letter: string) => letter.repeat(40);

function occurrence(commit: string | null, path: string): Occurrence {
	return {
		commit,
		subject: commit === null ? null : "a subject",
		author: null,
		authoredAt: null,
		change: null,
		path,
		previousPath: null,
		attribution: null,
		location: { line: 0 },
	};
}

let made = 0;

function conflict(facts: Partial<Conflict> = {}): Conflict {
	made += 1;
	return {
		id: `CF-${String(made)
			.padStart(10, "A")
			.replace(/[0189]/g, "B")}`,
		code: "foreign-edit",
		level: "error",
		state: "open",
		episode: 1,
		resource: `path:file-${made}.py`,
		actor: "team-b",
		owner: "team-a",
		teams: ["team-a", "team-b"],
		rule: null,
		firstAt: "2025-07-20T10:00:00Z",
		lastAt: "2025-07-20T10:00:00Z",
		message: "",
		hint: "talk",
		resolution: null,
		occurrences: [occurrence(oid("a"), `file-${made}.py`)],
		...facts,
	};
}

describe("what is one row", () => {
	test("conflicts that share code, actor, owner and first commit are one row, in the log's order", () => {
		const [one, two] = [conflict(), conflict()];
		expect(conflictRows([one, two]).map((row) => row.conflicts)).toEqual([[one, two]]);
	});

	test("the first commit is the oldest one: occurrences stand newest first", () => {
		const later = conflict({ occurrences: [occurrence(oid("c"), "x"), occurrence(oid("a"), "x")] });
		expect(firstCommit(later)).toBe(oid("a"));
		expect(conflictRows([later, conflict()])).toHaveLength(1);
	});

	test.each([
		["code", conflict({ code: "shared-edit-uncoordinated" })],
		["actor", conflict({ actor: "team-c" })],
		["owner", conflict({ owner: null })],
		["first commit", conflict({ occurrences: [occurrence(oid("b"), "x")] })],
		["level, so that the numbers of a section are its own", conflict({ level: "warning" })],
		["openness", conflict({ state: "resolved" })],
	])("another %s is another row", (_, other) => {
		expect(conflictRows([conflict(), other])).toHaveLength(2);
	});

	test("findings of the tree have no commit: one row for each kind and owner", () => {
		const tree = { code: "rule-unmatched", actor: null, level: "warning" } as const;
		const rows = conflictRows([
			conflict({ ...tree, owner: "team-a", occurrences: [] }),
			conflict({ ...tree, owner: "team-a", occurrences: [occurrence(null, "x")] }),
			conflict({ ...tree, owner: "team-b", occurrences: [] }),
		]);
		expect(rows.map((row) => row.conflicts.length)).toEqual([2, 1]);
	});

	test("a row of too many conflicts is cut into numbered parts and loses none", () => {
		const rows = conflictRows(Array.from({ length: CONFLICTS_PER_ROW + 1 }, () => conflict()));
		expect(rows.map((row) => [row.conflicts.length, row.part])).toEqual([
			[CONFLICTS_PER_ROW, { number: 1, of: 2 }],
			[1, { number: 2, of: 2 }],
		]);
	});
});

test("errors come first, then warnings, notes and what is decided; within each the newest first", () => {
	const rows = conflictRows([
		conflict({ state: "overridden", actor: "team-c" }),
		conflict({ level: "note" }),
		conflict({ level: "warning", lastAt: "2025-07-21T00:00:00Z", actor: "old" }),
		conflict({ level: "warning", lastAt: "2025-07-22T00:00:00Z", actor: "new" }),
		conflict({ state: "paused" }),
	]);
	expect(rows.map((row) => [row.section, row.actor])).toEqual([
		["error", "team-b"],
		["warning", "new"],
		["warning", "old"],
		["note", "team-b"],
		["closed", "team-c"],
	]);
});

describe("pages", () => {
	const rowsOf = (amount: number) => Array.from({ length: amount }, (_, at) => conflict({ actor: `actor-${at}` }));

	test("a log without conflicts has one empty page", () => {
		expect(conflictPages([])).toEqual([{ number: 1, rows: [] }]);
	});

	test("the row after the hundredth opens page 2", () => {
		expect(conflictPages(rowsOf(ROWS_PER_PAGE)).map((page) => page.rows.length)).toEqual([100]);
		expect(conflictPages(rowsOf(ROWS_PER_PAGE + 1)).map((page) => page.rows.length)).toEqual([100, 1]);
	});

	test("300 conflicts fill a page however few its rows", () => {
		const pages = conflictPages(Array.from({ length: 301 }, () => conflict()));
		expect(pages.map((page) => page.rows.map((row) => row.conflicts.length))).toEqual([Array(12).fill(25), [1]]);
	});

	test("a section is found on the page it begins on; a missing one leads to the first", () => {
		const pages = conflictPages([...rowsOf(ROWS_PER_PAGE), conflict({ level: "note" })]);
		expect(pageOfSection(pages, "note")).toBe(2);
		expect(pageOfSection(pages, "warning")).toBe(1);
	});

	test("a section that goes on elsewhere is counted over all pages, its own conflicts alone", () => {
		const pages = conflictPages([...rowsOf(ROWS_PER_PAGE + 1), conflict({ level: "note" })]);
		expect(pages.map(({ rows }) => rows.length)).toEqual([100, 2]);
		expect(["error", "note", "warning"].map((section) => countSection(pages, section as "error"))).toEqual([101, 1, 0]);
	});
});

describe("telling a story once", () => {
	const row = (...conflicts: Conflict[]) => {
		const [only] = conflictRows(conflicts);
		if (only === undefined) throw new Error("no row");
		return only;
	};

	test("conflicts that differ in path and rule alone share the rest", () => {
		expect(tellsOnce(row(conflict(), conflict({ rule: { file: "f", pattern: "p" } })))).toBe(true);
	});

	test("two changed paths of one commit are still one story", () => {
		const both = conflict({ occurrences: [occurrence(oid("a"), "x"), occurrence(oid("a"), "y")] });
		expect(tellsOnce(row(conflict(), both))).toBe(true);
	});

	test.each([
		["hint", conflict({ hint: "something else" })],
		["state", conflict({ state: "acknowledged" })],
		["episode", conflict({ episode: 2 })],
		["later commits", conflict({ occurrences: [occurrence(oid("b"), "x"), occurrence(oid("a"), "x")] })],
	])("another %s is told apart", (_, other) => {
		expect(tellsOnce(row(conflict(), other))).toBe(false);
	});

	test("a single conflict has nothing to share", () => {
		expect(tellsOnce(row(conflict()))).toBe(false);
	});
});

test("open conflicts are counted by level, of all or of one team; paused is open, resolved is not", () => {
	const log = [
		conflict(),
		conflict({ state: "paused", teams: ["team-c"] }),
		conflict({ level: "note", teams: [] }),
		conflict({ state: "resolved" }),
	];
	expect(openByLevel(log, null)).toEqual({ error: 2, warning: 0, note: 1 });
	expect(openByLevel(log, "team-a")).toEqual({ error: 1, warning: 0, note: 0 });
});
