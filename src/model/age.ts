// Pure. The one law by which the age of a node's state is judged. Apart from the schemas: browsers load it, and not zod.

export const NODE_STATES = ["serving", "degraded", "not-serving", "unknown"] as const;
export type NodeState = (typeof NODE_STATES)[number];

export interface AgeLimits {
	readonly staleAfterMs: number;
	readonly offlineAfterMs: number;
}

/** What the law reads of a NodeStatus. */
interface AgedNode {
	readonly state: NodeState;
	readonly reason: string;
	readonly ageMs: number | null;
	readonly checkedMs: number | null;
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
export function judgeNode(node: AgedNode, sinceReceiptMs: number, limits: AgeLimits): JudgedNode {
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
