// No bytes a node sends end the process, get past the caps, or reach what is known of another node.
import { connect, createServer, type Socket } from "node:net";
import { create, toBinary } from "@bufbuild/protobuf";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSampleNodes } from "#scripts/sample/nodes";
import {
	GetCapabilitiesResponseSchema,
	HealthCheckResponseSchema,
} from "#wire/gen/mlx_distributed/distributed_inference_pb.js";
import type { ProbeResult } from "../../src/gateway/cluster/probe.ts";
import { newRecord, nodeStatus, reduceProbe } from "../../src/gateway/cluster/snapshot.ts";
import { clusterFromWire, clusterToWire } from "../../src/wire/map.ts";
import { openTestNode } from "./node-support.ts";
import { gatewayOver, type TestGateway, waitUntil, waitUntilServing } from "./support.ts";

const SEED = 20_261_126;
const ROUNDS = 200;
const AT_ONCE = 15;

/** Mulberry32: numbers from 0 to 1, the same for the same seed. */
function randomOf(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

const random = randomOf(SEED);
const below = (limit: number) => Math.floor(random() * limit);

/** One to four changes: a byte flipped, taken out, put in, a stretch doubled, the rest cut off. */
function mutate(bytes: Buffer): Buffer {
	let mutated = Buffer.from(bytes);
	for (let count = 1 + below(4); count > 0; count -= 1) {
		const at = below(mutated.length + 1);
		const parts = [mutated.subarray(0, at), mutated.subarray(at)] as const;
		const ways = [
			() => Buffer.concat([parts[0], Buffer.from([below(256)]), parts[1].subarray(1)]),
			() => Buffer.concat([parts[0], parts[1].subarray(1)]),
			() => Buffer.concat([parts[0], Buffer.from([below(256)]), parts[1]]),
			() => Buffer.concat([parts[0], parts[1].subarray(0, 16), parts[1]]),
			() => parts[0],
		];
		mutated = Buffer.from(ways[below(ways.length)]!());
	}
	return mutated;
}

const health = Buffer.from(
	toBinary(
		HealthCheckResponseSchema,
		create(HealthCheckResponseSchema, {
			healthy: true,
			status: "healthy",
			uptimeSeconds: 4_000n,
			memoryUtilization: 41.25,
			requestsProcessed: 12n,
			stats: { device_id: "mini1", model_loaded: "True", shard_layers: "0-10" },
		}),
	),
);
const capabilities = Buffer.from(
	toBinary(
		GetCapabilitiesResponseSchema,
		create(GetCapabilitiesResponseSchema, {
			capabilities: { deviceId: "mini1", deviceModel: "Apple M4", memoryBytes: 17_179_869_184n, extra: { a: "1" } },
		}),
	),
);

/** A gRPC node whose messages are mutated, each time anew. */
async function startMutatedMessages() {
	const raw = (bytes: Buffer) => bytes;
	const method = (name: string) => ({
		path: `/mlx_distributed.DistributedInference/${name}`,
		requestStream: false as const,
		responseStream: false as const,
		requestSerialize: raw,
		requestDeserialize: raw,
		responseSerialize: raw,
		responseDeserialize: raw,
	});
	const answer = (bytes: Buffer) => (_call: unknown, reply: (error: null, value: Buffer) => void) =>
		reply(null, mutate(bytes));
	const server = new Server();
	server.addService(
		{ HealthCheck: method("HealthCheck"), GetCapabilities: method("GetCapabilities") },
		{ HealthCheck: answer(health), GetCapabilities: answer(capabilities) },
	);
	const port = await new Promise<number>((resolve, reject) =>
		server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
			error ? reject(error) : resolve(bound),
		),
	);
	return { address: `127.0.0.1:${port}`, close: async () => server.forceShutdown() };
}

/** Stands before a real node and mutates, in each connection, some of what it says: HTTP/2 itself breaks. */
async function startMutatedStream(port: number) {
	const sockets = new Set<Socket>();
	const server = createServer((client) => {
		const node = connect(port, "127.0.0.1");
		for (const socket of [client, node]) {
			sockets.add(socket);
			socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
		}
		client.pipe(node);
		node
			.on("data", (bytes: Buffer) => client.write(random() < 0.5 ? mutate(bytes) : bytes))
			.on("end", () => client.end());
		client.on("close", () => node.destroy());
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		address: `127.0.0.1:${(server.address() as { port: number }).port}`,
		close: () =>
			new Promise<void>((resolve) => {
				server.close(() => resolve());
				for (const socket of sockets) socket.destroy();
			}),
	};
}

describe(`mutated replies, seed ${SEED}`, () => {
	let sample: Awaited<ReturnType<typeof startSampleNodes>>;
	let gateway: TestGateway;
	const uncaught: unknown[] = [];
	const keep = (error: unknown) => uncaught.push(error);

	beforeAll(async () => {
		process.on("uncaughtExceptionMonitor", keep);
		sample = await startSampleNodes([0, 0]);
		gateway = await gatewayOver({ well: sample.addresses[0]! }, { intervalMs: 1_000, deadlineMs: 1_000 });
		await waitUntilServing(gateway, ["well"]);
	});

	afterAll(async () => {
		await gateway.close();
		await sample.close();
		process.off("uncaughtExceptionMonitor", keep);
	});

	async function askOften(address: string): Promise<ProbeResult[]> {
		const results: ProbeResult[] = [];
		const one = async () => {
			while (results.length < ROUNDS) {
				const node = openTestNode(address, 250);
				results.push(await node.ask(new AbortController().signal));
				node.close();
				// What is known of a well node beside it is what it said.
				expect(gateway.node("well")).toMatchObject({ deviceId: "sample-node-1", layers: { first: 0, last: 9 } });
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, one));
		await waitUntil(
			() => gateway.node("well").state === "serving" && gateway.node("well").ageMs! < 5_000,
			() => gateway.node("well"),
		);
		return results;
	}

	/** Whatever was said can be shown: short, printable, in range, and readers take it. */
	function expectFit(results: readonly ProbeResult[]): void {
		const node = { id: "n", address: "10.0.0.1:1", isSample: false };
		for (const result of results) {
			const status = nodeStatus(reduceProbe(newRecord(node), result, { monotonicMs: 0, wallMs: 1.7e12 }), 0);
			for (const text of [status.chip, status.deviceId, status.role])
				expect((text ?? "").length).toBeLessThanOrEqual(120);
			expect(status.reason.length).toBeLessThanOrEqual(200);
			// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
			expect(JSON.stringify(Object.values(status))).not.toMatch(/\\u00[01]|[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
			const limits = { intervalMs: 5_000, staleAfterMs: 15_000, offlineAfterMs: 300_000 };
			const snapshot = { version: 1 as const, takenAt: "2026-11-26T00:00:00.000Z", ...limits, nodes: [status] };
			const state = { version: 1n, epoch: 1n, uptimeMs: 0, notices: [], history: null, snapshot };
			expect(clusterFromWire(clusterToWire(state), null).snapshot.nodes).toHaveLength(1);
		}
	}

	it("in the messages", async () => {
		const node = await startMutatedMessages();
		const results = await askOften(node.address);
		expectFit(results);
		// The mutations bite, and not always.
		expect(results.some((result) => result.isGood)).toBe(true);
		expect(results.some((result) => !result.isGood)).toBe(true);
		await node.close();
		expect(uncaught).toEqual([]);
	});

	it("in the stream", async () => {
		const node = await startMutatedStream(Number(sample.addresses[1]!.split(":")[1]));
		const results = await askOften(node.address);
		expectFit(results);
		expect(results.some((result) => result.isGood)).toBe(true);
		expect(results.some((result) => !result.isGood)).toBe(true);
		await node.close();
		expect(uncaught).toEqual([]);
	});
});
