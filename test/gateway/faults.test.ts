// Addresses that are no node: each has a reason of its own, and the process lives on.
import { createServer, type Server, type Socket } from "node:net";
import { Server as GrpcServer, ServerCredentials } from "@grpc/grpc-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSampleNodes } from "#scripts/sample/nodes";
import { askNodesOnce } from "../../src/gateway/gateway.ts";
import {
	type Peer,
	startClosingPeer,
	startGarbagePeer,
	startHangingPeer,
	startHttp1Peer,
	startTlsPeer,
} from "../support/fault-peers.ts";
import { startFaultProxy } from "../support/tcp-fault-proxy.ts";
import { ON_LOOPBACK, openTestNode } from "./node-support.ts";
import { FRESH_MS, gatewayOver, INTERVAL_MS, type TestGateway, waitUntil, waitUntilServing } from "./support.ts";

/** A port nothing listens on: taken and given back. */
async function freePort(): Promise<number> {
	const server: Server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as { port: number };
	await new Promise((resolve) => server.close(resolve));
	return port;
}

/** A node whose replies are real gRPC with bytes of our choice. */
async function rawNode(
	answer: () => Buffer,
	path = "/mlx_distributed.DistributedInference/HealthCheck",
): Promise<{ address: string; close(): Promise<void> }> {
	const server = new GrpcServer();
	const raw = (bytes: Buffer) => bytes;
	server.addService(
		{
			HealthCheck: {
				path,
				requestStream: false,
				responseStream: false,
				requestSerialize: raw,
				requestDeserialize: raw,
				responseSerialize: raw,
				responseDeserialize: raw,
			},
		},
		{ HealthCheck: (_call: unknown, reply: (error: null, value: Buffer) => void) => reply(null, answer()) },
	);
	const port = await new Promise<number>((resolve, reject) => {
		server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
			error ? reject(error) : resolve(bound),
		);
	});
	return { address: `127.0.0.1:${port}`, close: async () => server.forceShutdown() };
}

describe("what is no node", () => {
	let peers: Record<string, Peer>;
	let gateway: TestGateway;
	let sample: Awaited<ReturnType<typeof startSampleNodes>>;

	beforeAll(async () => {
		sample = await startSampleNodes([0]);
		peers = {
			http1: await startHttp1Peer(),
			tls: await startTlsPeer(),
			garbage: await startGarbagePeer(),
			hanging: await startHangingPeer(),
			closing: await startClosingPeer(),
			// Valid gRPC, but no HealthCheckResponse: a length that runs past the end.
			unparsable: await rawNode(() => Buffer.from([0x12, 0x7f, 0x00])),
			huge: await rawNode(() => Buffer.alloc(70_000)),
			// healthy = false, status = "error: no weights".
			unwell: await rawNode(() => Buffer.concat([Buffer.from([0x12, 17]), Buffer.from("error: no weights")])),
		};
		const addresses = Object.fromEntries(Object.entries(peers).map(([id, peer]) => [id, peer.address]));
		gateway = await gatewayOver({
			...addresses,
			refused: `127.0.0.1:${await freePort()}`,
			name: "no-such-host.invalid:50051",
			well: sample.addresses[0]!,
		});
		const bad = [...Object.keys(peers), "refused", "name"];
		await waitUntil(() => bad.every((id) => gateway.node(id).state === "not-serving"), gateway.cluster);
	}, 30_000);

	afterAll(async () => {
		await gateway?.close();
		await sample?.close();
		await Promise.all(Object.values(peers ?? {}).map((peer) => peer.close()));
	});

	it.each([
		["http1", "bad reply: a web server (HTTP/1) answers at this port, not a gRPC node"],
		["tls", "bad reply: the port speaks TLS; nodes are asked in plaintext"],
		["garbage", "bad reply: what answers at this port is not gRPC"],
		["hanging", `no answer in ${INTERVAL_MS / 1000} s`],
		["closing", "the connection was dropped"],
		["unparsable", "bad reply: what answers at this port is not gRPC"],
		["huge", "bad reply: what answers at this port is not gRPC"],
		["unwell", "the node reports: error: no weights"],
		["refused", "connection refused"],
		["name", "host name not found"],
	])("%s: not serving, %s", async (id, reason) => {
		// On a busy machine a question may go unanswered for once: the next one has its reason again.
		const isSo = () => gateway.node(id).state === "not-serving" && gateway.node(id).reason === reason;
		await waitUntil(
			() => isSo() && gateway.node(id).checkedMs! < FRESH_MS,
			() => gateway.node(id),
		);
		expect(gateway.node(id).ageMs).toBeNull();
	});

	it("a well node among them is fresh", async () => {
		await waitUntil(
			() => gateway.node("well").state === "serving" && gateway.node("well").ageMs! < FRESH_MS,
			() => gateway.node("well"),
		);
		expect(gateway.node("well").protocol).toBe("mlx_distributed.DistributedInference");
	});

	it("each change of state is one line in the log, not each question", () => {
		const lines = gateway.lines.filter((line) => line.startsWith("node refused "));
		expect(lines.filter((line) => line.includes("unknown -> not-serving, connection refused"))).toHaveLength(1);
		expect(new Set(lines).size).toBe(lines.length);
	});

	it("asked once, as a build does: unknown with the reason, never red on one failure", async () => {
		const nodes = ["http1", "hanging"].map((id) => ({ id, address: peers[id]!.address, isSample: false }));
		const snapshot = await askNodesOnce({
			nodes: [...nodes, { id: "well", address: sample.addresses[0]!, isSample: true }],
			intervalMs: 5_000,
			staleAfterMs: 15_000,
			offlineAfterMs: 300_000,
			deadlineMs: 800,
			rules: ON_LOOPBACK,
		});
		expect(snapshot.nodes.map((node) => [node.id, node.state, node.isSample])).toEqual([
			["http1", "unknown", false],
			["hanging", "unknown", false],
			["well", "serving", true],
		]);
		expect(snapshot.nodes[1]?.reason).toBe("no answer in 0.8 s");
	});
});

describe("one node's client", () => {
	it("ends a call when the signal aborts", async () => {
		const peer = await startHangingPeer();
		const client = openTestNode(peer.address, 60_000);
		const stop = new AbortController();
		setTimeout(() => stop.abort(), 50);
		expect(await client.ask(stop.signal)).toMatchObject({ isGood: false, kind: "stopped" });
		client.close();
		await peer.close();
	});

	it("finds out what a node speaks, however little of it fits into one deadline", async () => {
		// SERVING, in the protocol that is tried last.
		const node = await rawNode(() => Buffer.from([0x08, 0x01]), "/grpc.health.v1.Health/Check");
		const proxy = await startFaultProxy(Number(node.address.split(":")[1]));
		proxy.set({ delayMs: 250 });
		const client = openTestNode(proxy.address, 600);
		// Three answers of 250 ms each, and 250 ms to connect: never within 600 ms at once.
		let result = await client.ask(new AbortController().signal);
		expect(result.isGood).toBe(false);
		for (let asked = 1; asked < 6 && !result.isGood; asked += 1)
			result = await client.ask(new AbortController().signal);
		expect(result).toMatchObject({ isGood: true, protocol: "grpc.health.v1.Health" });
		client.close();
		await proxy.close();
		await node.close();
	});

	it("sees a node that comes back at the very next question, without waiting for a back-off", async () => {
		const port = await freePort();
		const client = openTestNode(`127.0.0.1:${port}`, 1_000);
		const { signal } = new AbortController();
		for (let index = 0; index < 5; index += 1) {
			expect(await client.ask(signal)).toMatchObject({ kind: "refused" });
		}
		const sample = await startSampleNodes([port]);
		expect(await client.ask(signal)).toMatchObject({ isGood: true });
		client.close();
		await sample.close();
	});
});

describe("many that hang", () => {
	it("do not keep a well node waiting, and pile up no connections", async () => {
		const sample = await startSampleNodes([0]);
		const connections = new Set<Socket>();
		let accepted = 0;
		const hung = createServer((socket) => {
			accepted += 1;
			connections.add(socket);
			socket.on("error", () => undefined).on("close", () => connections.delete(socket));
			socket.resume();
		});
		await new Promise<void>((resolve) => hung.listen(0, "127.0.0.1", resolve));
		const address = `127.0.0.1:${(hung.address() as { port: number }).port}`;
		const nodes = Array.from({ length: 100 }, (_, index) => ({ id: `hung${index}`, address, isSample: false }));
		const gateway = await gatewayOver(
			{},
			{ nodes: [...nodes, { id: "well", address: sample.addresses[0]!, isSample: false }] },
		);
		const isDown = (id: string) => gateway.node(id).state === "not-serving";
		await waitUntil(() => nodes.every(({ id }) => isDown(id)), gateway.cluster);
		// Of those that were given up since, none is left: at most one in use each, and the next.
		await waitUntil(
			() => accepted >= 400,
			() => accepted,
		);
		expect(connections.size).toBeLessThanOrEqual(200);
		await waitUntil(
			() => gateway.node("well").state === "serving" && gateway.node("well").ageMs! < FRESH_MS,
			() => gateway.node("well"),
		);
		await gateway.close();
		await waitUntil(
			() => connections.size === 0,
			() => connections.size,
		);
		await new Promise((resolve) => hung.close(resolve));
		await sample.close();
	});
});

describe("sample nodes", () => {
	it("a port in use is one clear error, and no node is left behind", async () => {
		const [first, second] = [await freePort(), await freePort()];
		const other = await startSampleNodes([second]);
		await expect(startSampleNodes([first, second])).rejects.toThrow(
			expect.objectContaining({ name: "WorldError", message: expect.stringContaining(`port ${second} on 127.0.0.1`) }),
		);
		const again = await startSampleNodes([first]);
		await Promise.all([again.close(), other.close()]);
	});

	it("answer with this machine's figures, and their shards", async () => {
		const { totalmem, cpus } = await import("node:os");
		const sample = await startSampleNodes([0, 0, 0]);
		const gateway = await gatewayOver(Object.fromEntries(sample.nodes.map(({ id, address }) => [id, address])));
		await waitUntilServing(gateway, ["sample-node-1", "sample-node-2", "sample-node-3"]);
		expect(gateway.cluster().nodes.map((node) => [node.id, node.deviceId, node.layers])).toEqual([
			["sample-node-1", "sample-node-1", { first: 0, last: 9 }],
			["sample-node-2", "sample-node-2", { first: 10, last: 18 }],
			["sample-node-3", "sample-node-3", { first: 19, last: 27 }],
		]);
		expect(gateway.node("sample-node-1")).toMatchObject({ memoryBytes: totalmem(), chip: cpus()[0]?.model });
		expect(gateway.node("sample-node-1").memoryUsedPercent).toBeGreaterThan(0);
		await sample.close();
		await waitUntil(() => gateway.node("sample-node-1").state === "not-serving", gateway.cluster);
		await gateway.close();
	});
});
