// What a team declares beside what git shows, and the sentences where the two disagree.
import { expect, test } from "vitest";
import type { Activity } from "#model/activity";
import type { ConflictLog } from "#model/conflict-log";
import { teamSchema } from "#model/team";
import { teamsSnapshot } from "#model/team-status";

const LAST = "2025-07-20T10:00:00Z";

function statusOf(
	declared: Record<string, unknown>,
	commits: number,
	conflicts: readonly object[] = [],
	updatedAt: string | null = null,
) {
	const team = {
		...teamSchema.parse({ name: "A", status: declared }),
		id: "team-a",
		file: "content/teams/team-a.yaml",
	};
	const attribution = { team: "team-a", by: "email", confidence: "derived", evidence: "a@a" } as const;
	const last = commits === 0 ? null : { commit: "1".repeat(40), subject: "s\u202e", authoredAt: LAST, attribution };
	const activity: Activity = {
		version: 1,
		head: "1".repeat(40),
		headAt: LAST,
		unattributed: 0,
		coordinator: 0,
		teams: [{ team: "team-a", commits, last, recentFiles: [], weeks: {}, folders: [], otherFolders: 0 }],
		edits: [],
	};
	const log = { conflicts } as unknown as ConflictLog;
	return teamsSnapshot([team], updatedAt, activity, log).teams[0];
}

const wrongs = (declared: Record<string, unknown>, commits: number) => statusOf(declared, commits)?.contradictions;

test("declared and derived that agree", () => {
	expect(wrongs({ state: "active", lastActivityAt: "2025-07-20T10:00:00Z" }, 3)).toEqual([]);
	expect(wrongs({ state: "active", lastActivityAt: "2025-07-19T10:00:00Z" }, 3)).toEqual([]);
	expect(wrongs({ state: "awaiting-start" }, 0)).toEqual([]);
	expect(wrongs({}, 0)).toEqual([]);
});

test("active without a commit", () => {
	expect(wrongs({ state: "active" }, 0)).toEqual(["Declared “active”, but git attributes no commit to the team."]);
});

test("not started, yet commits; no activity declared, yet commits", () => {
	expect(wrongs({ state: "awaiting-start" }, 1)).toEqual([
		"Declared “awaiting start”, but git holds a commit of the team from 2025-07-20.",
		"Declares no activity yet, but git attributes 1 commit to the team.",
	]);
});

test("a declared activity more than a day behind git", () => {
	expect(wrongs({ state: "active", lastActivityAt: "2025-07-19T09:59:59Z" }, 2)).toEqual([
		"Declares its last activity on 2025-07-19; git holds a later commit from 2025-07-20.",
	]);
});

test("paused since the last commit is no contradiction", () => {
	expect(wrongs({ state: "paused", lastActivityAt: "2025-07-20T10:00:00Z" }, 2)).toEqual([]);
});

test("who is done or paused has commits: only later ones speak against it", () => {
	const found = wrongs({ state: "done", lastActivityAt: "2025-07-18T10:00:00Z" }, 2);

	expect(wrongs({ state: "done" }, 2)).toEqual(["Declares no activity yet, but git attributes 2 commits to the team."]);
	expect(found?.[0]).toBe("Declared “done”, but git holds a commit of the team from 2025-07-20.");
	expect(wrongs({ state: "done", lastActivityAt: "2025-07-20T09:00:00Z" }, 2)).toEqual([]);
});

test("a guide's date without a time means all of that day", () => {
	const at = (instant: string) =>
		statusOf({ state: "active", lastActivityAt: instant }, 3, [], "2025-07-31T00:00:00Z")?.contradictions;

	expect(at("2025-07-31T23:59:59Z")).toEqual([]);
	expect(at("2025-08-01T00:00:00Z")).toHaveLength(1);
});

test("open conflicts are counted by level for the teams they concern", () => {
	const found = (level: string, state: string, ...teams: string[]) => ({ level, state, teams });
	const status = statusOf({}, 0, [
		found("error", "open", "team-a", "team-b"),
		found("error", "resolved", "team-a"),
		found("warning", "acknowledged", "team-a"),
		found("note", "paused", "team-a"),
		found("error", "open", "team-b"),
	]);

	expect(status?.derived).toMatchObject({ openErrors: 1, openWarnings: 1, openNotes: 1, commits: 0, last: null });
});

test("activity reported after the guide was last updated is said; before it, nothing is", () => {
	const reported = { state: "active", lastActivityAt: "2025-07-31T15:00:00Z" };
	expect(statusOf(reported, 3, [], "2025-07-31T14:47:00Z")?.contradictions).toEqual([
		"Reports activity at 2025-07-31 15:00 UTC, after the guide was last updated (2025-07-31 14:47 UTC).",
	]);
	expect(statusOf(reported, 3, [], "2025-07-31T15:00:00Z")?.contradictions).toEqual([]);
});

test("text of the repository is made visible before it goes anywhere", () => {
	expect(statusOf({ state: "active" }, 1)?.derived.last?.subject).toBe("s\\u{202E}");
});

test("what lies beside the audit: branches and worktrees by team, those of nobody apart", () => {
	const worktree = { name: "desk", branch: null, changed: 0, files: [], trouble: null };
	const activity: Activity = {
		version: 1,
		head: "1".repeat(40),
		headAt: LAST,
		unattributed: 0,
		coordinator: 0,
		teams: [],
		edits: [],
	};
	const log = { conflicts: [] } as unknown as ConflictLog;
	const team = { ...teamSchema.parse({ name: "A" }), id: "team-a", file: "content/teams/team-a.yaml" };
	const branches = { "team-a": [{ name: "team-a/x", commit: "2".repeat(40), authoredAt: LAST }] };
	const of = (id: string | null, name: string) => ({ team: id, worktree: { ...worktree, name }, changedAt: null });
	const worktrees = [of("team-a", "own"), of(null, "nobody"), of("team-gone", "former")];
	const report = {
		team: "team-a",
		sequence: 1n,
		state: "blocked",
		workingOn: "x",
		blockedBy: ["team-b"],
		note: null,
		reportedAt: LAST,
		uptimeMs: 100,
		validForMs: 1_000,
	} as const;
	const at = (uptimeMs: number) => {
		const beside = { branches, worktrees, reports: new Map([["team-a", report]]), uptimeMs };
		return teamsSnapshot([team], null, activity, log, beside);
	};
	const { teams, otherWorktrees } = at(1_100);

	expect(teams[0]?.derived.branches).toEqual(branches["team-a"]);
	expect(teams[0]?.derived.worktrees.map(({ name }) => name)).toEqual(["own"]);
	expect(otherWorktrees.map(({ name }) => name)).toEqual(["nobody", "former"]);
	expect(teams[0]?.declared).toMatchObject({ state: "blocked", workingOn: "x", blockedBy: ["team-b"] });
	expect(at(1_101).teams[0]?.declared).toMatchObject({ state: "unknown", workingOn: "x" });
	const odd = { ...team, id: "constructor" };
	expect(teamsSnapshot([odd], null, activity, log).teams[0]?.derived.branches).toEqual([]);
});
