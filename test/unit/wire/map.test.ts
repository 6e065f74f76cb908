// Specification of the wire: what is said arrives, what is unknown stays unknown, what is not whole is refused.
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import type { NodeStatus } from "#model/snapshot";
import { GetClusterResponseSchema, type NodeState } from "#wire/gen/coordination/v1/status_pb.js";
import {
	type ClusterState,
	clusterFromWire,
	clusterParts,
	clusterToWire,
	historyByte,
	historyState,
	visibleKey,
} from "#wire/map";

const silent: NodeStatus = {
	id: "n1",
	address: "127.0.0.1:50051",
	state: "unknown",
	reason: "not asked yet",
	ageMs: null,
	checkedMs: null,
	latencyMs: null,
	protocol: null,
	startedAt: null,
	memoryBytes: null,
	memoryUsedPercent: null,
	gpuUtilizationPercent: null,
	chip: null,
	deviceId: null,
	role: null,
	layers: null,
	requestsProcessed: null,
	isSample: false,
};
const talkative: NodeStatus = {
	...silent,
	id: "mac-1",
	state: "serving",
	reason: "",
	ageMs: 1200,
	checkedMs: 0,
	latencyMs: 2.5,
	protocol: "mlx_distributed.DistributedInference",
	startedAt: "2026-11-23T10:00:00Z",
	memoryBytes: 17_179_869_184,
	memoryUsedPercent: 41.2,
	gpuUtilizationPercent: null,
	chip: "Apple M4",
	deviceId: "mini1",
	role: "worker",
	layers: { first: 0, last: 9 },
	requestsProcessed: 0,
};
const state: ClusterState = {
	version: 7n,
	epoch: 1n,
	uptimeMs: 60_000,
	notices: ["nodes.json cannot be read"],
	history: null,
	snapshot: {
		version: 1,
		takenAt: "2026-11-23T22:00:00.250Z",
		intervalMs: 5_000,
		staleAfterMs: 15_000,
		offlineAfterMs: 300_000,
		nodes: [silent, talkative],
	},
};

/** Over the wire as bytes, as a browser gets it. */
function sent(reply: ReturnType<typeof clusterToWire>) {
	return fromBinary(GetClusterResponseSchema, toBinary(GetClusterResponseSchema, reply));
}

describe("a whole reply", () => {
	it("arrives as it was said, unknown values as unknown and a said 0 as 0", () => {
		expect(clusterFromWire(sent(clusterToWire(state)), null)).toEqual(state);
	});

	it("ends with complete = true, so that whatever is cut off takes the proof with it", () => {
		const bytes = toBinary(GetClusterResponseSchema, clusterToWire(state));
		// Field 100, varint: key (100 << 3) = 800 = a0 06, value 01.
		expect([...bytes.slice(-3)]).toEqual([0xa0, 0x06, 0x01]);
	});
});

describe("a reply in parts", () => {
	const bytes = (part: ReturnType<typeof clusterToWire>) => toBinary(GetClusterResponseSchema, part);
	const joined = (head: ReturnType<typeof clusterToWire>, tail: ReturnType<typeof clusterToWire>) =>
		fromBinary(GetClusterResponseSchema, Buffer.concat([bytes(head), bytes(tail)]));

	it("is the whole reply, bytes after bytes", () => {
		const tail = clusterParts.tail(state);
		expect(joined(clusterParts.wholeHead(state), tail)).toEqual(sent(clusterToWire(state)));
		expect(joined(clusterParts.unchangedHead(state), tail)).toEqual(sent(clusterToWire(state, state.version)));
	});

	it("a head without its tail is a reply cut off", () => {
		expect(() => clusterFromWire(clusterParts.wholeHead(state), null)).toThrow("cut off");
	});
});

describe("the history of the last hour", () => {
	// By NodeState: 2 serving, 4 not serving; 0 is no data.
	const strips = { [silent.id]: new Uint8Array([0, 0]), [talkative.id]: new Uint8Array([2, 4]) };
	const withHistory: ClusterState = { ...state, history: { minute: 29_400_000, byNode: strips } };

	it("is sent to a reader that wants it and holds an older minute, whole or unchanged", () => {
		expect(clusterFromWire(sent(clusterToWire(withHistory, 0n, 0)), null)).toEqual(withHistory);
		expect(clusterFromWire(sent(clusterToWire(withHistory, 7n, 29_399_999)), state)).toEqual(withHistory);
	});

	it("is left out for one that holds the minute, which keeps it; and for one that wants none", () => {
		const reply = sent(clusterToWire(withHistory, 7n, 29_400_000));
		expect(reply.history).toEqual([]);
		expect(clusterFromWire(reply, withHistory)).toEqual(withHistory);
		expect(sent(clusterToWire(withHistory, 0n, null)).history).toEqual([]);
	});

	it("of a node that every object has a member of the name of is its own, or none", () => {
		const snapshot = { ...state.snapshot, nodes: [{ ...silent, id: "constructor" }] };
		const empty: ClusterState = { ...state, snapshot, history: { minute: 29_400_000, byNode: {} } };
		expect(sent(clusterToWire(empty, 0n, 0)).history).toMatchObject([{ minutes: new Uint8Array() }]);
	});

	it("of fewer nodes than the reply holds is refused", () => {
		const reply = clusterToWire(withHistory, 0n, 0);
		reply.history.pop();
		expect(() => clusterFromWire(reply, null)).toThrow("history of 1 of 2 nodes");
	});

	it.each([
		["serving", 2],
		["not-serving", 4],
		["unknown", 1],
	] as const)("%s is the byte %i, and back", (word, byte) => {
		expect(historyByte(word)).toBe(byte);
		expect(historyState(byte)).toBe(word);
	});

	it("0 is no data, and a byte nobody knows is unknown, not good", () => {
		expect([historyState(0), historyState(200)]).toEqual([null, "unknown"]);
	});
});

describe("an unchanged reply", () => {
	it("carries no node but the readings of every node", () => {
		const later = { ...state.snapshot, nodes: [silent, { ...talkative, ageMs: 6200, latencyMs: 3 }] };
		const reply = clusterToWire({ ...state, snapshot: later }, 7n);
		expect(reply.nodes).toEqual([]);
		expect(clusterFromWire(sent(reply), state).snapshot.nodes).toEqual(later.nodes);
	});

	it("is refused by a reader that holds nothing, or another version", () => {
		const reply = sent(clusterToWire(state, state.version));
		expect(() => clusterFromWire(reply, null)).toThrow("does not hold");
		expect(() => clusterFromWire(reply, { ...state, version: 6n })).toThrow("does not hold");
	});
});

describe("a reply that must not be believed", () => {
	const whole = () => clusterToWire(state);
	it.each([
		["an empty body", () => create(GetClusterResponseSchema), "cut off"],
		["one without complete", () => ({ ...whole(), complete: false }), "cut off"],
		["another schema", () => ({ ...whole(), schema: 2 }), "format 2"],
		["a node less than counted", () => ({ ...whole(), nodes: whole().nodes.slice(1) }), "1 of 2 items"],
		["a reading less than counted", () => ({ ...whole(), readings: whole().readings.slice(1) }), "1 of 2 nodes"],
		["unchanged with nodes", () => ({ ...whole(), unchanged: true }), "holds 2 items"],
		["no date", () => ({ ...whole(), generatedAt: undefined }), "no date"],
	])("%s", (_name, make, words) => {
		const read = () => clusterFromWire(make() as ReturnType<typeof clusterToWire>, state);
		expect(read).toThrow(expect.objectContaining({ name: "ReplyError" }));
		expect(read).toThrow(words);
	});

	it("near miss: the same reply untouched is believed", () => {
		expect(clusterFromWire(whole(), state).version).toBe(7n);
	});
});

describe("values this reader has no word for", () => {
	it.each([0, 9])("node state %i reads unknown", (wire) => {
		const reply = clusterToWire(state);
		reply.nodes[1]!.state = wire as NodeState;
		expect(clusterFromWire(reply, null).snapshot.nodes[1]!.state).toBe("unknown");
	});

	it.each([Number.NaN, -1, 100.5, Number.POSITIVE_INFINITY])("memory used %d %% reads unknown", (wire) => {
		const reply = clusterToWire(state);
		reply.readings[1]!.memoryUsedPercent = wire;
		expect(clusterFromWire(reply, null).snapshot.nodes[1]!.memoryUsedPercent).toBeNull();
	});
});

describe("what moves the version", () => {
	it("is not age, latency, load or a count of requests", () => {
		const later = { ...talkative, ageMs: 9, checkedMs: 9, latencyMs: 9, memoryUsedPercent: 9, requestsProcessed: 9 };
		expect(visibleKey(later)).toBe(visibleKey(talkative));
	});

	it.each([
		{ state: "not-serving" as const },
		{ reason: "connection refused" },
		{ chip: "Apple M4 Pro" },
		{ layers: { first: 0, last: 10 } },
		{ startedAt: "2026-11-23T11:00:00Z" },
	])("is %o", (change) => {
		expect(visibleKey({ ...talkative, ...change })).not.toBe(visibleKey(talkative));
	});
});
