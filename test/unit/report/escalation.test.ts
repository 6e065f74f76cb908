// Which steps of the escalation were taken, which is next, and whether a conflict is escalated at all.
import { describe, expect, test } from "vitest";
import type { Conflict } from "#model/conflict-log";
import { escalationOf, isEscalated } from "#report/escalation";

const STEPS = ["pause", "resolve", "tell", "resume"];

function decided(state: Conflict["state"], ...steps: [string, string][]): Pick<Conflict, "state" | "resolution"> {
	return {
		state,
		resolution: {
			file: "content/resolutions/x.yaml",
			state: state === "open" ? "acknowledged" : state,
			by: "Ann",
			at: "2025-08-01T00:00:00Z",
			reason: "so",
			until: null,
			steps: steps.map(([step, at]) => ({ step, at })),
		},
	};
}

const kinds = (conflict: Pick<Conflict, "state" | "resolution">) =>
	escalationOf(STEPS, conflict).map(({ step, kind, at }) => `${step} ${kind}${at === null ? "" : ` ${at}`}`);

describe("the steps of a conflict", () => {
	test("nothing decided: the first is next", () => {
		expect(kinds({ state: "open", resolution: null })).toEqual([
			"pause next",
			"resolve later",
			"tell later",
			"resume later",
		]);
	});

	test("taken with their times, then the next", () => {
		expect(kinds(decided("paused", ["pause", "2025-08-01"], ["resolve", "2025-08-02T10:00"]))).toEqual([
			"pause taken 2025-08-01",
			"resolve taken 2025-08-02T10:00",
			"tell next",
			"resume later",
		]);
	});

	test("one that was left out is not next: a later one was taken", () => {
		expect(kinds(decided("acknowledged", ["resolve", "2025-08-02"]))).toEqual([
			"pause skipped",
			"resolve taken 2025-08-02",
			"tell next",
			"resume later",
		]);
	});

	test("of what is settled nothing is next", () => {
		expect(kinds(decided("resolved", ["pause", "2025-08-01"]))).toEqual([
			"pause taken 2025-08-01",
			"resolve skipped",
			"tell skipped",
			"resume skipped",
		]);
	});

	test("steps that are none of the project's are told as well", () => {
		expect(kinds(decided("acknowledged", ["called Ben", "2025-08-03"])).at(-1)).toBe("called Ben taken 2025-08-03");
	});
});

describe("is escalated", () => {
	const open = { level: "error", state: "open", teams: ["a"], resolution: null } as const;
	test.each([
		["an open error", { ...open, teams: [...open.teams] }, true],
		["a warning between teams", { ...open, level: "warning" as const, teams: ["a", "b"] }, true],
		["a warning of one team", { ...open, level: "warning" as const, teams: ["a"] }, false],
		["a note between teams", { ...open, level: "note" as const, teams: ["a", "b"] }, false],
		["an error that is settled", { ...open, state: "resolved" as const, teams: ["a"] }, false],
		[
			"whatever has steps",
			{ ...open, level: "note" as const, teams: [], ...decided("resolved", ["pause", "2025-08-01"]) },
			true,
		],
	])("%s: %s", (_, conflict, expected) => {
		expect(isEscalated(conflict)).toBe(expected);
	});
});
