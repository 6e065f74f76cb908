// What a team says of itself now, against what was certainly done since.
import { expect, test } from "vitest";
import type { TeamActivity } from "#model/activity";
import { reportContradictions, startContradictions } from "#model/evidence-contradiction";
import type { TeamState } from "#model/team";

const REPORTED = "2025-07-20T10:00:00Z";

function found(state: TeamState, commitAt: string | null, changedAt: string | null, changed = 1): string[] {
	const attribution = { team: "team-a", by: "email", confidence: "derived", evidence: "a@a" } as const;
	const last: TeamActivity["last"] =
		commitAt === null ? null : { commit: "1".repeat(40), subject: "s", authoredAt: commitAt, attribution };
	return reportContradictions({ state, reportedAt: REPORTED }, { last }, [{ name: "desk", changed, changedAt }]);
}

test("done or paused, and a later commit or a file that changed later", () => {
	expect(found("done", "2025-07-20T10:01:01Z", null)).toEqual([
		"Reported “done” at 2025-07-20 10:00 UTC, but git holds a later commit of the team, of 2025-07-20 10:01 UTC.",
	]);
	expect(found("paused", null, "2025-07-20T11:30:00Z")).toEqual([
		"Reported “paused” at 2025-07-20 10:00 UTC, but files in its worktree desk changed later, at 2025-07-20 11:30 UTC.",
	]);
});

test("what came before the report, or within a minute of it, proves nothing", () => {
	expect(found("done", "2025-07-20T10:01:00Z", "2025-07-20T10:01:00Z")).toEqual([]);
	expect(found("done", null, null)).toEqual([]);
	expect(found("done", null, "2025-07-20T11:30:00Z", 0)).toEqual([]);
});

test("who is active, blocked or unknown may do anything, or nothing", () => {
	for (const state of ["active", "blocked", "unknown"] as const) {
		expect(found(state, "2025-07-25T10:00:00Z", "2025-07-25T10:00:00Z")).toEqual([]);
		expect(found(state, null, null)).toEqual([]);
	}
});

test("not started by the content, and yet files lie changed in its worktree", () => {
	const worktrees = [
		{ name: "desk", changed: 2, changedAt: null },
		{ name: "clean", changed: 0, changedAt: null },
	];
	expect(startContradictions("awaiting-start", worktrees)).toEqual([
		"Declared “awaiting start”, but in its worktree desk 2 files are changed and not committed.",
	]);
	expect(startContradictions("done", worktrees)).toEqual([]);
});
