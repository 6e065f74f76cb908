// Pure. The state of nodes and teams at one moment. The one law by which its age is judged is in age.ts.
import { z } from "zod";
import { activitySchema, teamActivitySchema } from "./activity.ts";
import { NODE_STATES } from "./age.ts";
import { TEAM_STATES } from "./team.ts";
import { worktreeSchema } from "./worktree.ts";

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
		/** Null: this is what the content says. Else the team reported it to the gateway. */
		report: z
			.strictObject({
				/** When the gateway took it, on its wall clock: to be shown. */
				reportedAt: z.iso.datetime(),
				/** The same on the monotonic clock of the gateway's run; below 0: taken in an earlier run. */
				uptimeMs: z.number(),
				/** How long it holds; past that the state is unknown and the rest is last known. */
				validForMs: z.number().min(0),
			})
			.nullable(),
	}),
	derived: z.strictObject({
		commits: teamActivitySchema.shape.commits,
		last: teamActivitySchema.shape.last,
		recentFiles: teamActivitySchema.shape.recentFiles,
		/** Open conflicts that concern the team, by level. */
		openErrors: z.int().min(0),
		openWarnings: z.int().min(0),
		openNotes: z.int().min(0),
		/** The team's branches, newest first; empty where nobody looks at the repository as it is now. */
		branches: z.array(z.strictObject({ name: z.string(), commit: z.string(), authoredAt: z.iso.datetime() })),
		/** Worktrees that have one of them checked out. */
		worktrees: z.array(worktreeSchema),
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
	/** Worktrees of nobody that could be named. */
	otherWorktrees: z.array(worktreeSchema),
});
export type TeamsSnapshot = z.output<typeof teamsSnapshotSchema>;
