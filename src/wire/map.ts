// Pure. The cluster, model <-> wire. Browser-safe; types only from the model, so no validator is bundled.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { NodeState } from "#model/age";
import type { ClusterSnapshot, NodeStatus } from "#model/snapshot";
import {
	type GetClusterResponse,
	GetClusterResponseSchema,
	type Node,
	type NodeReading,
	type NodeReadingSchema,
	type NodeSchema,
	NodeState as WireState,
} from "./gen/coordination/v1/status_pb.js";
import {
	instantFromWire,
	measureFromWire,
	proveWhole,
	REPLY_SCHEMA,
	ReplyError,
	type ReplyStamp,
	requiredInstant,
	stampFromWire,
	wholeFromWire,
	wholeToWire,
} from "./proof.ts";

export { ReplyError };

/** What a reader holds of the cluster: hand it back with the next reply, and its `version` with the next request. */
export interface ClusterState extends ReplyStamp {
	/** `takenAt` is the gateway's wall clock; ages count from the reply's receipt. */
	readonly snapshot: ClusterSnapshot;
	/** The last hour of each node, by id; null: not asked for, or none yet. */
	readonly history: ClusterHistory | null;
}

export interface ClusterHistory {
	/** The last whole minute, counted from 1970 by the gateway's clock at its start. */
	readonly minute: number;
	/** A byte a minute, oldest first, at most 60, the last of them `minute`: 0 no data, else read by `historyState`. */
	readonly byNode: Readonly<Record<string, Uint8Array>>;
}

/** What a byte of history stands for; null: no data. */
export function historyState(byte: number): NodeState | null {
	return byte === 0 ? null : stateFromWire(byte);
}

/** The byte that stands for a state. */
export function historyByte(state: NodeState): number {
	return stateToWire[state];
}

type Fields = MessageInitShape<typeof GetClusterResponseSchema>;

/**
 * The reply to a reader that holds version `known` (0: none) and the history up to `knownMinute` (null: wants none):
 * short where nothing visible moved, with the history where it has a newer one.
 */
export function clusterToWire(state: ClusterState, known = 0n, knownMinute: number | null = null): GetClusterResponse {
	return create(GetClusterResponseSchema, {
		...(known === state.version ? unchangedHead(state) : wholeHead(state)),
		...(wantsHistory(state, knownMinute) ? historyFields(state) : {}),
		...tail(state),
	});
}

/** Whether a reader that holds the history up to `knownMinute` (null: wants none) gets it. */
export function wantsHistory({ history }: ClusterState, knownMinute: number | null): boolean {
	return history !== null && knownMinute !== null && history.minute > knownMinute;
}

/**
 * Replies in parts. The bytes of a head stay the same as long as the version does, those of the history as long as its
 * minute; those of a head, the history where it is wanted, and a tail, one after the other, are the whole reply, because
 * protobuf merges fields as they come.
 */
export const clusterParts = {
	wholeHead: (state: ClusterState) => create(GetClusterResponseSchema, wholeHead(state)),
	unchangedHead: (state: ClusterState) => create(GetClusterResponseSchema, unchangedHead(state)),
	history: (state: ClusterState) => create(GetClusterResponseSchema, historyFields(state)),
	tail: (state: ClusterState) => create(GetClusterResponseSchema, tail(state)),
};

/**
 * What a reply says; `held` is what this reader had before (null: nothing). Throws ReplyError for a reply
 * that is cut off, of another format, at odds with itself, or `unchanged` against something not held.
 */
export function clusterFromWire(reply: GetClusterResponse, held: ClusterState | null): ClusterState {
	const before = held === null ? null : { version: held.version, count: held.snapshot.nodes.length };
	proveWhole(reply, reply.nodes.length, before);
	if (reply.readings.length !== reply.count) {
		throw new ReplyError(`the reply holds readings of ${reply.readings.length} of ${reply.count} nodes`);
	}
	const fixed = reply.unchanged && held !== null ? held.snapshot.nodes : reply.nodes.map((node) => fixedFromWire(node));
	return {
		...stampFromWire(reply),
		history: historyFromWire(reply, fixed, held?.history ?? null),
		snapshot: {
			version: 1,
			takenAt: requiredInstant(reply.generatedAt, "date"),
			intervalMs: reply.intervalMs,
			staleAfterMs: reply.staleAfterMs,
			offlineAfterMs: reply.offlineAfterMs,
			// Same order and length: proven above.
			nodes: fixed.map((node, index) => ({ ...node, ...readingFromWire(reply.readings[index]!) })),
		},
	};
}

/**
 * What a reader can see of a node apart from ages and fast-moving readings, as one string: while it stays
 * the same, the version stays the same.
 */
export function visibleKey(node: NodeStatus): string {
	const { ageMs, checkedMs, latencyMs, memoryUsedPercent, gpuUtilizationPercent, requestsProcessed, ...fixed } = node;
	return JSON.stringify(fixed);
}

type Reading = Pick<
	NodeStatus,
	"ageMs" | "checkedMs" | "latencyMs" | "memoryUsedPercent" | "gpuUtilizationPercent" | "requestsProcessed"
>;

function head({ version, epoch, notices, snapshot }: ClusterState) {
	return {
		schema: REPLY_SCHEMA,
		version,
		epoch,
		notices: [...notices],
		count: snapshot.nodes.length,
		intervalMs: snapshot.intervalMs,
		staleAfterMs: snapshot.staleAfterMs,
		offlineAfterMs: snapshot.offlineAfterMs,
	} satisfies Fields;
}

function wholeHead(state: ClusterState) {
	return { ...head(state), nodes: state.snapshot.nodes.map(nodeToWire) } satisfies Fields;
}

function unchangedHead(state: ClusterState) {
	return { ...head(state), unchanged: true } satisfies Fields;
}

function historyFields({ history, snapshot }: ClusterState) {
	if (history === null) return {};
	return {
		historyMinute: BigInt(history.minute),
		history: snapshot.nodes.map(({ id }) => ({
			minutes: (Object.hasOwn(history.byNode, id) && history.byNode[id]) || new Uint8Array(),
		})),
	} satisfies Fields;
}

function tail({ snapshot, uptimeMs }: ClusterState) {
	return {
		uptimeMs: wholeToWire(uptimeMs),
		generatedAt: timestampFromMs(Date.parse(snapshot.takenAt)),
		readings: snapshot.nodes.map(readingToWire),
		complete: true,
	} satisfies Fields;
}

/** A history for other nodes than those of the reply is no history; one that the reply leaves out is the held one. */
function historyFromWire(
	reply: GetClusterResponse,
	nodes: readonly { readonly id: string }[],
	held: ClusterHistory | null,
): ClusterHistory | null {
	if (reply.history.length === 0) return held;
	if (reply.history.length !== nodes.length) {
		throw new ReplyError(`the reply holds the history of ${reply.history.length} of ${nodes.length} nodes`);
	}
	const strips = nodes.map(({ id }, index) => [id, reply.history[index]!.minutes.slice(-60)]);
	return { minute: Number(reply.historyMinute), byNode: Object.fromEntries(strips) };
}

const stateToWire: Record<NodeState, WireState> = {
	unknown: WireState.UNKNOWN,
	serving: WireState.SERVING,
	degraded: WireState.DEGRADED,
	"not-serving": WireState.NOT_SERVING,
};

/** A state this reader has no word for, and one never set, are `unknown`: never guessed to be good. */
function stateFromWire(state: WireState): NodeState {
	const found = Object.entries(stateToWire).find(([, wire]) => wire === state);
	return found === undefined ? "unknown" : (found[0] as NodeState);
}

function nodeToWire(node: NodeStatus): MessageInitShape<typeof NodeSchema> {
	const { id, address, reason, protocol, startedAt, memoryBytes, chip, deviceId, role, layers, isSample } = node;
	return {
		id,
		address,
		state: stateToWire[node.state],
		reason,
		isSample,
		...(protocol === null ? {} : { protocol }),
		...(startedAt === null ? {} : { startedAt: timestampFromMs(Date.parse(startedAt)) }),
		...(memoryBytes === null ? {} : { memoryBytes: wholeToWire(memoryBytes) }),
		...(chip === null ? {} : { chip }),
		...(deviceId === null ? {} : { deviceId }),
		...(role === null ? {} : { role }),
		...(layers === null ? {} : { layers }),
	};
}

function readingToWire(node: NodeStatus): MessageInitShape<typeof NodeReadingSchema> {
	const { ageMs, checkedMs, latencyMs, memoryUsedPercent, gpuUtilizationPercent, requestsProcessed } = node;
	return {
		...(ageMs === null ? {} : { ageMs: wholeToWire(ageMs) }),
		...(checkedMs === null ? {} : { checkedMs: wholeToWire(checkedMs) }),
		...(latencyMs === null ? {} : { latencyMs }),
		...(memoryUsedPercent === null ? {} : { memoryUsedPercent }),
		...(gpuUtilizationPercent === null ? {} : { gpuUtilizationPercent }),
		...(requestsProcessed === null ? {} : { requestsProcessed: wholeToWire(requestsProcessed) }),
	};
}

function fixedFromWire(node: Node): Omit<NodeStatus, keyof Reading> {
	return {
		id: node.id,
		address: node.address,
		state: stateFromWire(node.state),
		reason: node.reason,
		protocol: node.protocol ?? null,
		startedAt: instantFromWire(node.startedAt),
		memoryBytes: wholeFromWire(node.memoryBytes),
		chip: node.chip ?? null,
		deviceId: node.deviceId ?? null,
		role: node.role ?? null,
		layers: node.layers === undefined ? null : { first: node.layers.first, last: node.layers.last },
		isSample: node.isSample,
	};
}

function readingFromWire(reading: NodeReading): Reading {
	return {
		ageMs: wholeFromWire(reading.ageMs),
		checkedMs: wholeFromWire(reading.checkedMs),
		latencyMs: measureFromWire(reading.latencyMs, Number.MAX_VALUE),
		memoryUsedPercent: measureFromWire(reading.memoryUsedPercent, 100),
		gpuUtilizationPercent: measureFromWire(reading.gpuUtilizationPercent, 100),
		requestsProcessed: wholeFromWire(reading.requestsProcessed),
	};
}
