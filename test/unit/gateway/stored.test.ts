// Specification of stored answers: said once, handed to everybody, never mixed up and never older than promised.
import { gunzipSync } from "node:zlib";
import { fromBinary } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import type { NodeStatus } from "#model/snapshot";
import { GetClusterResponseSchema } from "#wire/gen/coordination/v1/status_pb.js";
import { type ClusterState, clusterParts, clusterToWire, wantsHistory } from "#wire/map";
import { SHARE_MS, type StoredBody, storeAnswers } from "../../../src/gateway/edge/stored.ts";

const node = (id: string): NodeStatus => ({
	id,
	address: `${id}:50051`,
	state: "serving",
	reason: "",
	ageMs: 1_000,
	checkedMs: 900,
	latencyMs: 1.5,
	protocol: "grpc.health.v1.Health",
	startedAt: "2026-01-01T00:00:00Z",
	memoryBytes: null,
	memoryUsedPercent: null,
	gpuUtilizationPercent: null,
	chip: null,
	deviceId: null,
	role: null,
	layers: { first: 0, last: 9 },
	requestsProcessed: null,
	isSample: false,
});

const state = (version: bigint, ids: readonly string[], uptimeMs = 5_000): ClusterState => ({
	version,
	epoch: 7n,
	uptimeMs,
	notices: ["a list cannot be read"],
	history: { minute: 100, byNode: Object.fromEntries(ids.map((id) => [id, new Uint8Array([2, 2, 4])])) },
	snapshot: {
		version: 1,
		takenAt: "2026-01-01T00:00:10Z",
		intervalMs: 5_000,
		staleAfterMs: 15_000,
		offlineAfterMs: 300_000,
		nodes: ids.map(node),
	},
});

const parts = {
	...clusterParts,
	extra: (now: ClusterState, minute: number | null) =>
		wantsHistory(now, minute) ? { key: now.history?.minute ?? 0, part: () => clusterParts.history(now) } : null,
};

/** Answers over a state that can be changed, on a clock that can be put on. */
function over(first: ClusterState) {
	const world = { state: first, nowMs: 0, reads: 0 };
	const read = () => {
		world.reads += 1;
		return world.state;
	};
	const answers = storeAnswers(read, GetClusterResponseSchema, parts, () => world.nowMs);
	return { world, ask: (known: bigint, minute: number | null = null) => answers(known, minute) as StoredBody };
}

/** The message within a body, which must be one frame and the trailer of a success. */
function messageIn({ plain }: StoredBody) {
	const length = plain.readUInt32BE(1);
	expect(plain.subarray(5 + length).toString("latin1")).toBe("\x80\0\0\0\x10grpc-status: 0\r\n");
	return fromBinary(GetClusterResponseSchema, new Uint8Array(plain.subarray(5, 5 + length)));
}

describe("stored answers", () => {
	it.each([
		["whole", 0n, null],
		["whole with history", 0n, 0],
		["unchanged", 8n, null],
		["unchanged with newer history", 8n, 99],
		["unchanged, the history held already", 8n, 100],
	])("%s: what the mapping says", (_name, known, minute) => {
		const now = state(8n, ["a", "b"]);
		expect(messageIn(over(now).ask(known, minute))).toEqual(clusterToWire(now, known, minute));
	});

	it("are the same bytes for all who ask within the time they share, and read anew after it", () => {
		const { world, ask } = over(state(8n, ["a"]));
		const first = ask(0n);
		world.state = state(9n, ["a", "b"]);
		world.nowMs = SHARE_MS - 1;
		expect(ask(0n)).toBe(first);
		expect(world.reads).toBe(1);
		world.nowMs = SHARE_MS;
		expect(messageIn(ask(0n))).toMatchObject({ version: 9n, count: 2 });
		expect(world.reads).toBe(2);
	});

	it("ages move while the version stays", () => {
		const { world, ask } = over(state(8n, ["a"]));
		ask(8n);
		world.state = state(8n, ["a"], 9_000);
		world.nowMs = 1_000;
		expect(messageIn(ask(8n))).toMatchObject({ unchanged: true, uptimeMs: 9_000n });
	});

	it("notices move though the version stays: a gateway that shows another's state has some of its own", () => {
		const { world, ask } = over(state(8n, ["a"]));
		ask(8n);
		world.state = { ...state(8n, ["a"]), notices: ["the store cannot be used"] };
		world.nowMs = 1_000;
		expect(messageIn(ask(8n)).notices).toEqual(["the store cannot be used"]);
		world.state = state(8n, ["a"]);
		world.nowMs = 2_000;
		expect(messageIn(ask(8n)).notices).toEqual(["a list cannot be read"]);
	});

	it("a history of the same minute follows the list of nodes", () => {
		const { world, ask } = over(state(8n, ["a"]));
		ask(0n, 0);
		world.state = state(9n, ["b", "a"]);
		world.nowMs = 1_000;
		expect(messageIn(ask(0n, 0)).history.length).toBe(2);
	});

	it("gzip holds the same bytes, is made once, and is not made of little", () => {
		const large = over(
			state(
				8n,
				Array.from({ length: 200 }, (_, index) => `node-${index}`),
			),
		).ask(0n);
		expect(gunzipSync(large.gzip()!).equals(large.plain)).toBe(true);
		expect(large.gzip()).toBe(large.gzip());
		expect(large.gzip()!.length).toBeLessThan(large.plain.length / 3);
		expect(
			over(state(8n, ["a"]))
				.ask(8n)
				.gzip(),
		).toBeNull();
	});

	it("who asks while the state is being read waits for that reading", async () => {
		let reads = 0;
		let give = (_: ClusterState) => {};
		const read = () => {
			reads += 1;
			return new Promise<ClusterState>((resolve) => {
				give = resolve;
			});
		};
		const answers = storeAnswers(read, GetClusterResponseSchema, parts, () => 0);
		const both = [answers(0n, null), answers(8n, null)];
		give(state(8n, ["a"]));
		const [whole, unchanged] = (await Promise.all(both)).map(messageIn);
		expect([whole?.unchanged, unchanged?.unchanged, reads]).toEqual([false, true, 1]);
	});

	it("a state that cannot be read is everybody's failure, and is asked for again", async () => {
		let reads = 0;
		const read = () => Promise.reject<ClusterState>(new Error(`no ${++reads}`));
		const answers = storeAnswers(read, GetClusterResponseSchema, parts, () => 0);
		const both = await Promise.allSettled([answers(0n, null), answers(0n, null)]);
		expect(both.map((one) => one.status)).toEqual(["rejected", "rejected"]);
		await expect(answers(0n, null)).rejects.toThrow("no 2");
	});
});
