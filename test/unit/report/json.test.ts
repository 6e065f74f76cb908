import { expect, test } from "vitest";
import type { ConflictLog } from "#model/conflict-log";
import { formatJson, formatLogJson } from "#report/json";
import { makeConflict, makeLog } from "#test/make-log";

/** So many conflicts, one with a text that looks like the list's own end. */
function logOf(count: number): ConflictLog {
	const conflicts = Array.from({ length: count }, (_, index) =>
		makeConflict({ id: `CF-${index}`, message: index === 1 ? '\n  "conflicts": []\n  ],' : "Ω\u202e" }),
	);
	return makeLog({ conflicts });
}

test.each([0, 1, 2, 63, 64, 65, 128, 200])("a log of %d conflicts is the same text in pieces as in one", (count) => {
	const log = logOf(count);
	expect([...formatLogJson(log)].join("")).toBe(formatJson(log));
});

test("no piece holds more than some conflicts", () => {
	const sizes = Array.from(formatLogJson(logOf(200)), (piece) => piece.split('"id"').length - 1);
	expect(sizes).toEqual([0, 64, 64, 64, 8, 0]);
});
