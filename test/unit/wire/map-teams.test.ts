// Specification of the teams on the wire.
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import type { TeamStatus } from "#model/snapshot";
import { TEAM_STATES } from "#model/team";
import {
	type AttributionSource,
	type ChangeKind,
	GetTeamsResponseSchema,
	type TeamState,
} from "#wire/gen/coordination/v1/status_pb.js";
import { type TeamsState, teamStateFromWire, teamStateToWire, teamsFromWire, teamsToWire } from "#wire/map-teams";

const idle: TeamStatus = {
	id: "team-c",
	name: "Team C",
	declared: { state: "awaiting-start", workingOn: null, lastActivityAt: null, blockedBy: [], note: null, report: null },
	derived: {
		commits: 0,
		last: null,
		recentFiles: [],
		openErrors: 0,
		openWarnings: 0,
		openNotes: 0,
		branches: [],
		worktrees: [],
	},
	contradictions: [],
};
const busy: TeamStatus = {
	id: "team-b",
	name: "Team B",
	declared: {
		state: "active",
		workingOn: "SFT trainer",
		lastActivityAt: "2025-07-31T14:45:00Z",
		blockedBy: ["team-a", "weights"],
		note: "",
		report: { reportedAt: "2026-11-23T21:00:00Z", uptimeMs: -3_600_000, validForMs: 1_800_000 },
	},
	derived: {
		commits: 12,
		last: {
			commit: "0123456789012345678901234567890123456789",
			subject: "training: ò | “quoted”",
			authoredAt: "2025-07-31T15:00:00Z",
			attribution: { team: "team-b", by: "trailer", confidence: "declared", evidence: "Team: B" },
		},
		recentFiles: [{ path: "src/a b.py", authoredAt: "2025-07-31T15:00:00Z", change: "D" }],
		openErrors: 2,
		openWarnings: 1,
		openNotes: 0,
		branches: [{ name: "team-b/sft", commit: "abc", authoredAt: "2025-07-31T15:00:00Z" }],
		worktrees: [
			{
				name: "window-2",
				branch: "team-b/sft",
				changed: 120,
				files: [
					{
						path: "distributed_api.py",
						change: "D",
						isStaged: true,
						foreseen: {
							code: "foreign-edit",
							level: "error",
							owner: "team-a",
							message: "Team B changed distributed_api.py, which belongs to Team A alone.",
							hint: "Ask Team A.",
						},
					},
					{ path: "notes.txt", change: "A", isStaged: false, foreseen: null },
				],
				trouble: null,
			},
		],
	},
	contradictions: ["Declared “active”, but …"],
};
const state: TeamsState = {
	version: 3n,
	epoch: 1n,
	uptimeMs: 5000,
	notices: [],
	derivedAgeMs: null,
	generatedAt: "2026-11-23T22:00:00Z",
	snapshot: {
		head: "abc",
		headAt: "2025-07-31T16:00:00Z",
		teams: [idle, busy],
		otherWorktrees: [{ name: "scratch", branch: null, changed: 0, files: [], trouble: "its index cannot be read" }],
	},
};

function sent(reply: ReturnType<typeof teamsToWire>) {
	return fromBinary(GetTeamsResponseSchema, toBinary(GetTeamsResponseSchema, reply));
}

describe("the state a report names", () => {
	it.each(TEAM_STATES)("%s goes over the wire and back", (state) => {
		expect(teamStateFromWire(teamStateToWire(state))).toBe(state);
	});

	it.each([0, 99])("%i is none, and never guessed", (wire) => {
		expect(teamStateFromWire(wire as TeamState)).toBe(null);
	});
});

describe("teams", () => {
	it("arrive as they were said, null as null and an empty note as an empty note", () => {
		expect(teamsFromWire(sent(teamsToWire(state)), null)).toEqual(state);
	});

	it("unchanged: the held teams stay, the date moves on", () => {
		const later = { ...state, generatedAt: "2026-11-23T22:00:05Z" };
		expect(teamsFromWire(sent(teamsToWire(later, later.version)), state)).toEqual(later);
	});

	it("unchanged about nothing held is refused", () => {
		expect(() => teamsFromWire(sent(teamsToWire(state, state.version)), null)).toThrow("does not hold");
	});

	it.each([
		["cut off", { complete: false }, "cut off"],
		["another schema", { schema: 9 }, "format 9"],
		["a wrong count", { count: 3 }, "2 of 3 items"],
		["no date of the head", { headAt: undefined }, "date of the head"],
	])("%s is refused", (_name, change, words) => {
		const reply = { ...teamsToWire(state), ...change } as ReturnType<typeof teamsToWire>;
		expect(() => teamsFromWire(reply, null)).toThrow(words);
	});

	it("a report that does not say how old it is is refused: nothing could make it expire", () => {
		const reply = teamsToWire(state);
		reply.teams[1]!.declared!.reportedUptimeMs = undefined;
		expect(() => teamsFromWire(reply, null)).toThrow("how old a report is");
	});

	it("words of a newer gateway claim the least: unknown state, no evidence, a plain change", () => {
		const reply = teamsToWire(state);
		const [, team] = reply.teams;
		team!.declared!.state = 77 as TeamState;
		team!.derived!.last!.attribution!.source = 77 as AttributionSource;
		team!.derived!.recentFiles[0]!.change = 77 as ChangeKind;
		const read = teamsFromWire(reply, null).snapshot.teams[1]!;
		expect(read.declared.state).toBe("unknown");
		expect(read.derived.last?.attribution).toMatchObject({ team: "team-b", by: "none" });
		expect(read.derived.recentFiles[0]?.change).toBe("M");
	});
});
