import { expect, test } from "vitest";
import { makeConflict, makeLog, makeOccurrence } from "#test/make-log";
import { verdict } from "../../../src/components/overview.ts";

const error = makeConflict({ lastAt: "2025-07-20T10:00:00Z" });
const warning = makeConflict({ id: "CF-BBBBBBBBBB", level: "warning" });
const incomplete = (log: ReturnType<typeof makeLog>) => ({
	...log,
	repository: { ...log.repository, complete: false },
});

test("errors come first, with the day of the last", () => {
	expect(verdict(makeLog({ conflicts: [error, warning] }))).toBe("1 error wants a decision, of 2025-07-20.");
	const two = [error, makeConflict({ id: "CF-CCCCCCCCCC", lastAt: "2025-07-21T00:00:00Z" })];
	expect(verdict(makeLog({ conflicts: two }))).toBe("2 errors want a decision, the last of 2025-07-21.");
});

test("an error of the tree is not of the day on which it was looked at", () => {
	const occurrences = [makeOccurrence({ commit: null, authoredAt: null })];
	const inTree = makeConflict({ id: "CF-DDDDDDDDDD", lastAt: "2025-07-31T10:00:00Z", occurrences });
	expect(verdict(makeLog({ conflicts: [inTree] }))).toBe("1 error wants a decision, seen in the tree.");
	expect(verdict(makeLog({ conflicts: [inTree, error] }))).toBe(
		"2 errors want a decision, the last that has a date of 2025-07-20.",
	);
});

test("a decided error wants none", () => {
	expect(verdict(makeLog({ conflicts: [makeConflict({ state: "overridden" }), warning] }))).toBe(
		"No errors; 1 lesser conflict is open.",
	);
});

test("an empty log is good news only of a history that was read whole", () => {
	expect(verdict(makeLog())).toMatch(/^Nothing is open: 7 commits kept \d+ rules?\.$/);
	expect(verdict(incomplete(makeLog()))).toBe(
		"Nothing is open in the part of the history that was read; of the rest nothing is known.",
	);
	expect(verdict(incomplete(makeLog({ conflicts: [error] })))).toMatch(/may be more\.$/);
});

test("without a rule nothing is kept", () => {
	const log = makeLog();
	expect(verdict({ ...log, rules: { ...log.rules, count: 0 } })).toBe(
		"No rule is declared yet, so nothing could be broken.",
	);
});
