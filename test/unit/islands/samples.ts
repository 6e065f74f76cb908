// Support. A cluster, teams and states of a feed, plain enough to change one thing at a time.
import { AT_BUILD, type FeedState } from "#islands/feed.ts";
import type { ClusterSnapshot, NodeStatus, TeamStatus, TeamsSnapshot } from "#model/snapshot";
import type { ClusterState } from "#wire/map";

/** Serving, asked 2 s before the answer was made. */
export function node(change: Partial<NodeStatus> = {}): NodeStatus {
	return {
		id: "mlx-1",
		address: "127.0.0.1:50051",
		state: "serving",
		reason: "",
		ageMs: 2000,
		checkedMs: 2000,
		latencyMs: 2.34,
		protocol: "mlx_distributed.DistributedInference",
		startedAt: "2026-11-23T18:10:00Z",
		memoryBytes: 16 * 2 ** 30,
		memoryUsedPercent: 41.2,
		gpuUtilizationPercent: null,
		chip: "Apple M1 Pro",
		deviceId: "mini1",
		role: "worker",
		layers: { first: 0, last: 11 },
		requestsProcessed: 7,
		isSample: false,
		...change,
	};
}

/** A node that was never asked: all it could say is unknown. */
export function silentNode(change: Partial<NodeStatus> = {}): NodeStatus {
	return node({
		state: "unknown",
		reason: "not asked yet",
		ageMs: null,
		checkedMs: null,
		latencyMs: null,
		protocol: null,
		startedAt: null,
		memoryBytes: null,
		memoryUsedPercent: null,
		chip: null,
		deviceId: null,
		role: null,
		layers: null,
		requestsProcessed: null,
		...change,
	});
}

/** Old after 15 s, unknown after 5 min. */
export function cluster(...nodes: NodeStatus[]): ClusterSnapshot {
	return {
		version: 1,
		takenAt: "2026-11-23T22:10:00Z",
		intervalMs: 5000,
		staleAfterMs: 15_000,
		offlineAfterMs: 300_000,
		nodes,
	};
}

export function team(change: Partial<TeamStatus> = {}): TeamStatus {
	return {
		id: "team-c",
		name: "Team C",
		declared: {
			state: "awaiting-start",
			workingOn: "RLHF trainer",
			lastActivityAt: null,
			blockedBy: ["team-b"],
			note: null,
			report: null,
		},
		derived: {
			commits: 3,
			last: {
				commit: "0123456789abcdef0123456789abcdef01234567",
				subject: "Move to mlx_rlhf <b>",
				authoredAt: "2025-07-31T14:45:00Z",
				attribution: { team: "team-c", by: "trailer", confidence: "declared", evidence: "C" },
			},
			recentFiles: [{ path: "mlx_rlhf/ppo.py", authoredAt: "2025-07-31T14:45:00Z", change: "A" }],
			openErrors: 2,
			openWarnings: 1,
			openNotes: 0,
			branches: [],
			worktrees: [],
		},
		contradictions: ["Declares no activity yet, but git attributes 3 commits to the team."],
		...change,
	};
}

export function teams(...all: TeamStatus[]): TeamsSnapshot {
	return { head: "fedcba98".repeat(5), headAt: "2025-08-01T10:00:00Z", teams: all, otherWorktrees: [] };
}

/** An answer that holds `snapshot`, of a gateway that runs for an hour and looked at git 1 s before. */
interface Received<S> {
	readonly snapshot: S;
	readonly history: ClusterState["history"];
	readonly uptimeMs: number;
	readonly derivedAgeMs: number | null;
	readonly notices: readonly string[];
}

/** A feed that received `snapshot` `sinceMs` ago. */
export function received<S>(
	snapshot: S,
	sinceMs: number,
	change: Partial<FeedState<Received<S>>> = {},
	answer: Partial<Received<S>> = {},
): FeedState<Received<S>> {
	const whole = { snapshot, history: null, uptimeMs: 3_600_000, derivedAgeMs: 1000, notices: [], ...answer };
	return {
		...AT_BUILD,
		held: { answer: whole, asOfMs: 50_000 },
		contact: "live",
		nowMs: 50_000 + sinceMs,
		wallMs: Date.parse("2026-11-26T22:10:30Z"),
		...change,
	};
}

/** In a browser, three days after the build, nothing received yet. */
export const IN_BROWSER = { ...AT_BUILD, wallMs: Date.parse("2026-11-26T22:10:30Z") };
