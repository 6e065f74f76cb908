// Pure. The state of nodes and teams at one moment, and the one law by which its age is judged.
import { z } from "zod";
import { activitySchema, teamActivitySchema } from "./activity.ts";
import { TEAM_STATES } from "./team.ts";

export const NODE_STATES = ["serving", "degraded", "not-serving", "unknown"] as const;
export type NodeState = (typeof NODE_STATES)[number];

/** Null always means *unknown*: the node never said. It is never shown as 0. */
export const nodeStatusSchema = z.strictObject({
	/** As configured; need not equal what the node calls itself. */
	id: z.string(),
	address: z.string(),
	state: z.enum(NODE_STATES),
	/** Why, in words: `no answer in 2 s`, `connection refused`, `not asked yet`. Empty when serving. */
	reason: z.string(),
	/** Since the node's last good answer, on the gateway's monotonic clock; null: it never answered. */
	ageMs: z.number().min(0).nullable(),
	/** Since it was last asked and the question ended, either way; null: not asked yet. */
	checkedMs: z.number().min(0).nullable(),
	/** Round trip of the last good answer. */
	latencyMs: z.number().min(0).nullable(),
	/** Protocol the node speaks, e.g. `mlx_distributed.DistributedInference`. */
	protocol: z.string().nullable(),
	/** When the node says it started (gateway's wall clock minus its uptime), ISO. */
	startedAt: z.iso.datetime().nullable(),
	memoryBytes: z.number().min(0).nullable(),
	memoryUsedPercent: z.number().min(0).max(100).nullable(),
	gpuUtilizationPercent: z.number().min(0).max(100).nullable(),
	chip: z.string().nullable(),
	/** The name the node gives itself. */
	deviceId: z.string().nullable(),
	role: z.string().nullable(),
	/** Layers of the model the node holds, both ends included; null: unknown or none. */
	layers: z.strictObject({ first: z.int().min(0), last: z.int().min(0) }).nullable(),
	requestsProcessed: z.number().min(0).nullable(),
	/** A sample node, started by the product itself. */
	isSample: z.boolean(),
});
export type NodeStatus = z.output<typeof nodeStatusSchema>;

/** content/cluster.json: what the nodes said when the site was built. */
export const clusterSnapshotSchema = z.strictObject({
	version: z.literal(1),
	/** Wall clock of the machine that asked. */
	takenAt: z.iso.datetime(),
	intervalMs: z.number(),
	staleAfterMs: z.number(),
	offlineAfterMs: z.number(),
	nodes: z.array(nodeStatusSchema),
});
export type ClusterSnapshot = z.output<typeof clusterSnapshotSchema>;

/** A team as declared (content, or its own report) beside what git shows. */
export const teamStatusSchema = z.strictObject({
	id: z.string(),
	name: z.string(),
	declared: z.strictObject({
		state: z.enum(TEAM_STATES),
		workingOn: z.string().nullable(),
		lastActivityAt: z.iso.datetime().nullable(),
		blockedBy: z.array(z.string()),
		note: z.string().nullable(),
	}),
	derived: z.strictObject({
		commits: teamActivitySchema.shape.commits,
		last: teamActivitySchema.shape.last,
		recentFiles: teamActivitySchema.shape.recentFiles,
		/** Open conflicts that concern the team, by level. */
		openErrors: z.int().min(0),
		openWarnings: z.int().min(0),
		openNotes: z.int().min(0),
	}),
	/** What declared and derived say against each other, one sentence each. */
	contradictions: z.array(z.string()),
});
export type TeamStatus = z.output<typeof teamStatusSchema>;

/** The teams as of one audit. */
export const teamsSnapshotSchema = z.strictObject({
	/** Head and its date: the age of everything derived. */
	head: activitySchema.shape.head,
	headAt: activitySchema.shape.headAt,
	teams: z.array(teamStatusSchema),
});
export type TeamsSnapshot = z.output<typeof teamsSnapshotSchema>;

export interface AgeLimits {
	readonly staleAfterMs: number;
	readonly offlineAfterMs: number;
}

export interface JudgedNode {
	/** The state to show now; never `serving` or `degraded` without a fresh age. */
	readonly state: NodeState;
	/** Values are last-known, to be greyed and shown with their age. */
	readonly isStale: boolean;
	/** Since the node's last good answer, as of now. */
	readonly ageMs: number | null;
	readonly reason: string;
}

/**
 * The law of age (DESIGN: never a green state without a fresh age). `sinceReceiptMs` is how long ago, on
 * the reader's own monotonic clock, the answer that carried `node` arrived; ages add up from there.
 * Past `staleAfterMs` a state is stale, past `offlineAfterMs` (or never answered) it is `unknown`. A node
 * that was asked just now and is silent is `not-serving` however old its last values are.
 */
export function judgeNode(node: NodeStatus, sinceReceiptMs: number, limits: AgeLimits): JudgedNode {
	const ageMs = node.ageMs === null ? null : node.ageMs + sinceReceiptMs;
	const checkedMs = node.checkedMs === null ? null : node.checkedMs + sinceReceiptMs;
	if (node.state === "not-serving" && checkedMs !== null && checkedMs <= limits.staleAfterMs) {
		// The knowledge is fresh though the node is silent: it was asked just now and did not answer.
		return { state: "not-serving", isStale: true, ageMs, reason: node.reason };
	}
	if (ageMs === null) return { state: "unknown", isStale: true, ageMs, reason: node.reason };
	if (ageMs > limits.offlineAfterMs) {
		return { state: "unknown", isStale: true, ageMs, reason: node.reason || "no fresh answer" };
	}
	return { state: node.state, isStale: ageMs > limits.staleAfterMs, ageMs, reason: node.reason };
}
