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
	requiredInstant,
	wholeFromWire,
} from "./proof.ts";

export { ReplyError };

/** What a reader holds of the cluster: hand it back with the next reply, and its `version` with the next request. */
export interface ClusterState {
	readonly version: bigint;
	/** `takenAt` is the gateway's wall clock; ages count from the reply's receipt. */
	readonly snapshot: ClusterSnapshot;
}

type Fields = MessageInitShape<typeof GetClusterResponseSchema>;

/** The whole reply. */
export function clusterToWire(state: ClusterState): GetClusterResponse {
	return create(GetClusterResponseSchema, { ...wholeHead(state), ...tail(state.snapshot) });
}

/** The short reply to a request that names the same version: readings only. */
export function clusterUnchangedToWire(state: ClusterState): GetClusterResponse {
	return create(GetClusterResponseSchema, { ...unchangedHead(state), ...tail(state.snapshot) });
}

/**
 * The two replies in parts. The bytes of a head stay the same as long as the version does; those of a head
 * followed by those of a tail are the whole reply, because protobuf merges fields as they come.
 */
export const clusterParts = {
	wholeHead: (state: ClusterState) => create(GetClusterResponseSchema, wholeHead(state)),
	unchangedHead: (state: ClusterState) => create(GetClusterResponseSchema, unchangedHead(state)),
	tail: (snapshot: ClusterSnapshot) => create(GetClusterResponseSchema, tail(snapshot)),
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
		version: reply.version,
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

function head({ version, snapshot }: ClusterState) {
	return {
		schema: REPLY_SCHEMA,
		version,
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

function tail(snapshot: ClusterSnapshot) {
	return {
		generatedAt: timestampFromMs(Date.parse(snapshot.takenAt)),
		readings: snapshot.nodes.map(readingToWire),
		complete: true,
	} satisfies Fields;
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

function wholeToWire(value: number): bigint {
	return BigInt(Math.round(value));
}
