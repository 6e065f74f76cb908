// Pure. What another gateway wrote of the nodes, as this one may show it: with ages that count on.
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import type { NodeStatus } from "#model/snapshot";
import { GetClusterResponseSchema } from "#wire/gen/coordination/v1/status_pb.js";
import { type ClusterHistory, type ClusterState, clusterFromWire, clusterToWire } from "#wire/map";
import type { HistoryJson } from "./history.ts";

/** A state of another gateway, and when it was first seen on this one's clock. */
export interface Followed {
	readonly state: ClusterState;
	/** Monotonic, ms. */
	readonly seenAt: number;
	/** To be added to all ages: how old it may have been when it was seen. */
	readonly addMs: number;
}

/** The bytes a state is shared as: the whole reply, its history with it. */
export function bytesOfState(state: ClusterState): Uint8Array {
	return toBinary(GetClusterResponseSchema, clusterToWire(state, 0n, 0));
}

/** A state from such bytes. Throws ReplyError, or protobuf's own error, for bytes that are none. */
export function stateOfBytes(bytes: Uint8Array): ClusterState {
	return clusterFromWire(fromBinary(GetClusterResponseSchema, bytes), null);
}

/** How soon states of one writer were seen at the quickest: what is behind that was written earlier than it looks. */
export interface Pace {
	readonly epoch: bigint;
	/** Least difference between this gateway's clock and the writer's, both monotonic, ms. */
	readonly quickestMs: number;
	readonly seenAt: number;
}

/** Two clocks may drift apart by this much, which must not pass for age. */
const DRIFT = 0.0005;

/** The pace once `state` was seen too. */
export function paceAfter(before: Pace | null, { epoch, uptimeMs }: ClusterState, seenAt: number): Pace {
	const offsetMs = seenAt - uptimeMs;
	if (before === null || before.epoch !== epoch) return { epoch, quickestMs: offsetMs, seenAt };
	const quickestMs = Math.min(offsetMs, before.quickestMs + (seenAt - before.seenAt) * DRIFT);
	return { epoch, quickestMs, seenAt };
}

/**
 * A state seen at `seenAt`, where another was seen at `lastSeenAt` (null: it is the first). Who looks on may still have looked
 * away, so a state is as old as it is behind the quickest of its writer; the first of a writer may have been written at any
 * time since the last look. Of the first of all nobody knows how long it lay there: it is as old as the other's wall clock
 * tells, and at the least old enough to be shown as such, until a second one comes.
 */
export function followedState(
	state: ClusterState,
	seenAt: number,
	wallMs: number,
	before: Pace | null,
	lastSeenAt: number | null,
): Followed {
	const { takenAt, staleAfterMs } = state.snapshot;
	if (lastSeenAt === null) {
		return { state, seenAt, addMs: Math.max(staleAfterMs + 1, wallMs - Date.parse(takenAt)) };
	}
	if (before === null || before.epoch !== state.epoch) return { state, seenAt, addMs: seenAt - lastSeenAt };
	return { state, seenAt, addMs: seenAt - state.uptimeMs - paceAfter(before, state, seenAt).quickestMs };
}

/** The same as of `nowMs`, with further notices of this gateway's. */
export function agedState(
	{ state, seenAt, addMs }: Followed,
	nowMs: number,
	wallMs: number,
	notices: readonly string[],
) {
	const sinceMs = nowMs - seenAt;
	const aged = (ms: number | null) => (ms === null ? null : ms + addMs + sinceMs);
	const nodes = state.snapshot.nodes.map(
		(node): NodeStatus => ({ ...node, ageMs: aged(node.ageMs), checkedMs: aged(node.checkedMs) }),
	);
	return {
		...state,
		// The writer's own clock has come further: readers of both take what is later.
		uptimeMs: state.uptimeMs + sinceMs,
		notices: [...new Set([...state.notices, ...notices])],
		snapshot: { ...state.snapshot, takenAt: new Date(wallMs).toISOString(), nodes },
	} satisfies ClusterState;
}

/** The history of another gateway, to be gone on with. */
export function historyOf(history: ClusterHistory | null): HistoryJson | null {
	if (history === null) return null;
	const nodes = Object.entries(history.byNode).map(([id, bytes]) => [id, [...bytes].join("")]);
	return { minute: history.minute, nodes: Object.fromEntries(nodes) };
}
