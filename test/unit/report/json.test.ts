import { expect, test } from "vitest";
import type { ConflictLog } from "#model/conflict-log";
import { formatJson, formatLogJson } from "#report/json";
import { makeConflict, makeLog, makeOccurrence } from "#test/make-log";

/** So many conflicts, one with a text that looks like the list's own end. */
function logOf(count: number): ConflictLog {
	const conflicts = Array.from({ length: count }, (_, index) =>
		makeConflict({ id: `CF-${index}`, message: index === 1 ? '\n  "conflicts": []\n  ],' : "Ω\u202e" }),
	);
	return makeLog({ conflicts });
}

test.each([0, 1, 2, 399, 400, 401, 900])("a log of %d conflicts is the same text in pieces as in one", (count) => {
	const log = logOf(count);
	expect([...formatLogJson(log)].join("")).toBe(formatJson(log));
});

test("a piece ends when it holds some hundred occurrences, whole conflicts only", () => {
	const occurrences = Array.from({ length: 150 }, () => makeOccurrence());
	const log = makeLog({ conflicts: Array.from({ length: 7 }, () => makeConflict({ occurrences })) });
	const sizes = Array.from(formatLogJson(log), (piece) => piece.split('"id"').length - 1);

	expect(sizes).toEqual([0, 3, 3, 1, 0]);
	expect([...formatLogJson(log)].join("")).toBe(formatJson(log));
});
