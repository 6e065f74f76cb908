// The gateway against nodes in Python, both generations; read by Python over native gRPC.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askByPython } from "../support/python-client.ts";
import { type PythonNode, pythonMissing, startPythonNode } from "../support/python-node.ts";
import { FRESH_MS, gatewayOver, INTERVAL_MS, type TestGateway, waitUntil, waitUntilServing } from "./support.ts";

const run = promisify(execFile);
const missing = pythonMissing();

describe.skipIf(missing !== null)(`nodes in Python${missing === null ? "" : ` (skipped: ${missing})`}`, () => {
	let distributed: PythonNode;
	let inference: PythonNode;
	let bare: PythonNode;
	let gateway: TestGateway;

	beforeAll(async () => {
		[distributed, inference, bare] = await Promise.all([
			startPythonNode("distributed"),
			startPythonNode("inference"),
			startPythonNode("bare"),
		]);
		gateway = await gatewayOver({ a: distributed.address, b: inference.address, bare: bare.address });
		await waitUntilServing(gateway, ["a", "b"]);
	}, 30_000);

	afterAll(async () => {
		await gateway?.close();
		await Promise.all([distributed?.close(), inference?.close(), bare?.close()]);
	});

	const uptimeMs = (id: string) => Date.now() - Date.parse(gateway.node(id).startedAt ?? "");

	it("first generation: chip, memory, layers, uptime are right; GPU is unknown", () => {
		expect(gateway.node("a")).toMatchObject({
			state: "serving",
			reason: "",
			protocol: "mlx_distributed.DistributedInference",
			chip: "Apple M4",
			memoryBytes: 17_179_869_184,
			memoryUsedPercent: 41.3,
			gpuUtilizationPercent: null,
			layers: { first: 0, last: 9 },
			deviceId: "mini1",
			role: null,
			requestsProcessed: 12,
		});
		// The node claims an hour more than it lives.
		expect(Math.abs(uptimeMs("a") - 3_600_000)).toBeLessThan(10_000);
	});

	it("second generation: the same, and a role", () => {
		expect(gateway.node("b")).toMatchObject({
			state: "serving",
			protocol: "mlx_inference.InferenceService",
			chip: "Apple M2 Ultra",
			memoryBytes: 68_719_476_736,
			memoryUsedPercent: 62.5,
			gpuUtilizationPercent: null,
			layers: { first: 10, last: 12 },
			deviceId: "mini2",
			role: "worker",
			requestsProcessed: 5,
		});
		expect(Math.abs(uptimeMs("b") - 7_200_000)).toBeLessThan(10_000);
	});

	it("a gRPC server without any health service is unknown, with its own reason", () => {
		expect(gateway.node("bare")).toMatchObject({
			state: "unknown",
			reason: "a gRPC server that offers no health service known here",
			ageMs: null,
		});
	});

	it("a Python client on the HTTP/2 port gets the same, then `unchanged` with ages", async () => {
		const { cluster, again, teams, conflicts } = await askByPython(gateway.grpcUrl!);
		expect(cluster).toMatchObject({ schema: 1, count: 3, complete: true });
		expect(cluster.nodes[0]).toMatchObject({
			id: "a",
			state: "NODE_STATE_SERVING",
			chip: "Apple M4",
			memoryBytes: "17179869184",
			// proto3 JSON leaves out a first layer of 0.
			layers: { last: 9 },
		});
		expect(cluster.readings[0]).not.toHaveProperty("gpuUtilizationPercent");
		expect(again).toMatchObject({ unchanged: true, count: 3, complete: true, version: cluster.version });
		expect(again).not.toHaveProperty("nodes");
		expect(Number(again.readings[0].ageMs)).toBeLessThan(FRESH_MS);
		expect([teams, conflicts]).toEqual(["FAILED_PRECONDITION", "FAILED_PRECONDITION"]);
	}, 40_000);

	it("a node that is stopped goes down with its own reason and comes back; the others stay fresh", async () => {
		distributed.signal("SIGSTOP");
		await waitUntil(
			() => gateway.node("a").state === "not-serving",
			() => gateway.node("a"),
		);
		expect(gateway.node("a")).toMatchObject({ reason: `no answer in ${INTERVAL_MS / 1000} s`, chip: "Apple M4" });
		expect(gateway.node("a").ageMs).toBeGreaterThan(INTERVAL_MS);
		expect(gateway.node("b").state).toBe("serving");
		expect(gateway.node("b").ageMs).toBeLessThan(FRESH_MS);
		distributed.signal("SIGCONT");
		await waitUntil(
			() => gateway.node("a").state === "serving",
			() => gateway.node("a"),
		);
	}, 40_000);

	it("a node that is killed goes down, comes back, and its new start is seen", async () => {
		const before = gateway.node("b").startedAt;
		inference.signal("SIGKILL");
		await waitUntil(
			() => gateway.node("b").state === "not-serving",
			() => gateway.node("b"),
		);
		expect(gateway.node("b").reason).toBe("connection refused");
		const { port } = inference;
		await inference.close();
		// Uptime is in whole seconds: let one pass, so that the new start differs.
		await new Promise((resolve) => setTimeout(resolve, 1_100));
		inference = await startPythonNode("inference", port);
		await waitUntil(
			() => gateway.node("b").state === "serving",
			() => gateway.node("b"),
		);
		expect(gateway.node("b").startedAt).not.toBe(before);
	}, 40_000);

	it("a TLS node says so", async () => {
		const folder = mkdtempSync(join(tmpdir(), "tls-node-"));
		const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
		const made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"];
		await run("openssl", [...made, "-keyout", key, "-out", cert]);
		const node = await startPythonNode("distributed", 0, [cert, key]);
		const other = await gatewayOver({ tls: node.address });
		try {
			await other.ready;
			expect(other.node("tls").reason).toBe("bad reply: the port speaks TLS; nodes are asked in plaintext");
		} finally {
			await other.close();
			await node.close();
			rmSync(folder, { recursive: true, force: true });
		}
	}, 40_000);

	it("nobody ever called a method that changes state", () => {
		expect([...distributed.changes, ...inference.changes]).toEqual([]);
	});
});
