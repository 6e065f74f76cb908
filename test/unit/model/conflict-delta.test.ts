// What is new, seen again, decided or gone since the log that a page was built from.
import { expect, test } from "vitest";
import { baselineOf, conflictDelta, MOST_CHANGES, standingOf } from "#model/conflict-delta";
import type { Conflict, ConflictLog } from "#model/conflict-log";
import { makeConflict, makeLog, makeOccurrence } from "#test/make-log";

const DIGEST = "d".repeat(64);
const conflict = (last: string, facts: Partial<Conflict> = {}) => makeConflict({ id: `CF-AAAAAAAAA${last}`, ...facts });
const EMPTY = baselineOf(standingOf(makeLog()));
/** A log of which only a part of the history was read; its head is of 2025-07-31 10:00. */
function partOf(conflicts: Conflict[]): ConflictLog {
	const log = makeLog({ conflicts });
	return { ...log, repository: { ...log.repository, complete: false, gaps: ["the clone is shallow"] } };
}

function changes(before: readonly Conflict[], after: readonly Conflict[]): string[] {
	const log = (conflicts: readonly Conflict[]) => standingOf(makeLog({ conflicts: [...conflicts] }));
	const delta = conflictDelta(DIGEST, baselineOf(log(before)), log(after));
	return delta.changes.map(({ kind, id, state }) => `${kind} ${id.slice(-1)} ${state}`);
}

test("the same log: nothing", () => {
	expect(changes([conflict("A"), conflict("B")], [conflict("B"), conflict("A")])).toEqual([]);
});

test("new, and gone with the state it had", () => {
	expect(changes([conflict("A", { state: "paused" })], [conflict("B")])).toEqual(["gone A paused", "new B open"]);
});

test("seen again: later, or more often at the same time; fewer occurrences are none", () => {
	const twice = { occurrences: [makeOccurrence(), makeOccurrence()] };
	expect(changes([conflict("A")], [conflict("A", { lastAt: "2025-07-21T10:00:00Z" })])).toEqual(["again A open"]);
	expect(changes([conflict("A")], [conflict("A", twice)])).toEqual(["again A open"]);
	expect(changes([conflict("A", twice)], [conflict("A")])).toEqual([]);
});

test("what the tree shows is dated by its head: another head is no news, one more place is", () => {
	const found = conflict("A", { code: "port-duplicate" });
	const moved = { ...found, lastAt: "2025-07-30T10:00:00Z" };
	expect(changes([found], [moved])).toEqual([]);
	expect(changes([found], [{ ...moved, occurrences: [makeOccurrence(), makeOccurrence()] }])).toEqual(["again A open"]);
});

test("decided, or opened again: the state comes before being seen again", () => {
	const later = { lastAt: "2025-07-21T10:00:00Z" };
	expect(changes([conflict("A")], [conflict("A", { state: "overridden" })])).toEqual(["state A overridden"]);
	expect(changes([conflict("A", { state: "overridden" })], [conflict("A", later)])).toEqual(["state A open"]);
});

test("gravest first, then newest, then by id", () => {
	const now = [
		conflict("A", { level: "note", lastAt: "2025-07-30T10:00:00Z" }),
		conflict("B", { level: "error" }),
		conflict("C", { level: "warning" }),
		conflict("D", { level: "error", lastAt: "2025-07-21T10:00:00Z" }),
		conflict("E", { level: "error" }),
	];
	expect(changes([], now).map((change) => change[4])).toEqual(["D", "B", "E", "C", "A"]);
});

test("two hundred are told of, the rest is counted", () => {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	const many = Array.from({ length: 203 }, (_, index) =>
		makeConflict({ id: `CF-AAAAAAAA${letters[index >> 5]}${letters[index & 31]}` }),
	);
	const delta = conflictDelta(DIGEST, EMPTY, standingOf(makeLog({ conflicts: many })));
	expect([delta.changes.length, delta.moreChanges]).toEqual([MOST_CHANGES, 3]);
});

test("of an unknown log nothing is said to have changed; open conflicts are counted by level all the same", () => {
	const conflicts = [
		conflict("A"),
		conflict("B", { level: "warning", state: "acknowledged" }),
		conflict("C", { level: "note" }),
		conflict("D", { state: "overridden" }),
	];
	const log = makeLog({ conflicts });
	expect(conflictDelta("", null, standingOf(log))).toEqual({
		baseline: "",
		isBaselineKnown: false,
		changes: [],
		moreChanges: 0,
		open: { errors: 1, warnings: 1, notes: 1 },
		head: log.repository.head,
		headAt: log.repository.headAt,
		isHistoryWhole: true,
	});
});

test("a history that was not read whole says so", () => {
	const log = makeLog();
	const cut = { ...log, repository: { ...log.repository, complete: false, gaps: ["its oldest commits"] } };
	expect(conflictDelta(DIGEST, EMPTY, standingOf(cut))).toMatchObject({ changes: [], isHistoryWhole: false });
});

test("what a part of the history does not show is not gone, and what the other build did not read is not new", () => {
	const whole = makeLog({ conflicts: [conflict("A"), conflict("B")] });
	const kinds = (before: ConflictLog, after: ConflictLog) => {
		const { changes, isHistoryWhole } = conflictDelta(DIGEST, baselineOf(standingOf(before)), standingOf(after));
		return [...changes.map(({ kind, id }) => `${kind} ${id.slice(-1)}`), `whole: ${isHistoryWhole}`];
	};
	expect(kinds(whole, partOf([conflict("A")]))).toEqual(["whole: false"]);
	expect(kinds(partOf([conflict("A")]), whole)).toEqual(["whole: false"]);
	expect(kinds(partOf([conflict("A")]), partOf([conflict("B")]))).toEqual(["whole: false"]);
	expect(kinds(makeLog({ conflicts: [conflict("A")] }), whole)).toEqual(["new B", "whole: true"]);
	expect(kinds(whole, makeLog({ conflicts: [conflict("A")] }))).toEqual(["gone B", "whole: true"]);
});

test("of parts of a history is told what is dated after the head of before, and what was decided", () => {
	const [at, after] = ["2025-07-31T10:00:00Z", "2025-07-31T10:00:01Z"];
	const kinds = (before: Conflict[], now: Conflict[]) =>
		conflictDelta(DIGEST, baselineOf(standingOf(partOf(before))), standingOf(partOf(now))).changes.map(
			({ kind, id }) => `${kind} ${id.slice(-1)}`,
		);
	expect(kinds([], [conflict("A", { firstAt: after, lastAt: after })])).toEqual(["new A"]);
	expect(kinds([], [conflict("A", { firstAt: at, lastAt: at })])).toEqual([]);
	expect(kinds([], [conflict("A", { lastAt: after })])).toEqual(["again A"]);
	expect(kinds([conflict("A")], [conflict("A", { lastAt: after })])).toEqual(["again A"]);
	// Places that were there before, and were only read now.
	expect(
		kinds([conflict("A")], [conflict("A", { lastAt: at, occurrences: [makeOccurrence(), makeOccurrence()] })]),
	).toEqual([]);
	expect(kinds([conflict("A")], [conflict("A", { state: "overridden" })])).toEqual(["state A"]);
});

test("text from a repository is made safe to look at", () => {
	const hostile = conflict("A", { resource: "path:a\u001b", message: "b\u202e" });
	const [told] = baselineOf(standingOf(makeLog({ conflicts: [hostile] }))).conflicts;
	expect([told?.resource, told?.message]).toEqual(["path:a\\x1B", "b\\u{202E}"]);
});
