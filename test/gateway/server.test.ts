// The gateway as its readers see it: every protocol of connect-node's, static files, limits, a clean end.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Team } from "#model/team";
import { teamSchema } from "#model/team";
import { startSampleNodes } from "#scripts/sample/nodes";
import { StatusService } from "#wire/gen/coordination/v1/status_pb.js";
import { clusterFromWire } from "#wire/map";
import { teamsFromWire } from "#wire/map-teams";
import {
	FRESH_MS,
	gatewayOver,
	INTERVAL_MS,
	type TestGateway,
	waitUntil,
	waitUntilServing,
	writeAudit,
} from "./support.ts";

const team: Team = { ...teamSchema.parse({ name: "Team B" }), id: "team-b", file: "content/teams/team-b.yaml" };

describe("a gateway over sample nodes", () => {
	let gateway: TestGateway;
	let sample: Awaited<ReturnType<typeof startSampleNodes>>;
	let dist: string;

	beforeAll(async () => {
		dist = mkdtempSync(join(tmpdir(), "gateway-dist-"));
		mkdirSync(join(dist, "_astro"));
		mkdirSync(join(dist, "teams"));
		writeFileSync(join(dist, "index.html"), "<title>home</title>");
		writeFileSync(join(dist, "teams/index.html"), "<title>teams</title>");
		writeFileSync(join(dist, "404.html"), "<title>missing</title>");
		writeFileSync(join(dist, "_astro/x.abc123.js"), "export {};");
		writeFileSync(join(dist, ".secret"), "hidden");
		writeFileSync(join(dist, "empty.txt"), "");
		writeFileSync(join(dist, "CODEOWNERS"), "* @somebody");
		sample = await startSampleNodes([0, 0]);
		gateway = await gatewayOver(Object.fromEntries(sample.nodes.map(({ id, address }) => [id, address])), {
			dist,
			teams: [team],
		});
		await waitUntilServing(gateway, ["sample-node-1", "sample-node-2"]);
	});

	afterAll(async () => {
		await gateway?.close();
		await sample?.close();
		rmSync(dist, { recursive: true, force: true });
	});

	const transports: [string, () => Transport][] = [
		["gRPC-Web", () => createGrpcWebTransport({ baseUrl: gateway.url, httpVersion: "1.1" })],
		["Connect", () => createConnectTransport({ baseUrl: gateway.url, httpVersion: "1.1" })],
		["gRPC", () => createGrpcTransport({ baseUrl: `http://${gateway.grpcUrl}` })],
	];

	describe.each(transports)("%s", (_name, transport) => {
		it("reads the cluster, then `unchanged` with true ages, though latency and load moved", async () => {
			const client = createClient(StatusService, transport());
			const first = clusterFromWire(await client.getCluster({}), null);
			expect(first.snapshot.nodes.map((node) => [node.id, node.state])).toEqual([
				["sample-node-1", "serving"],
				["sample-node-2", "serving"],
			]);
			// Long enough for every node to be asked again.
			await new Promise((resolve) => setTimeout(resolve, 2 * INTERVAL_MS));
			const reply = await client.getCluster({ knownVersion: first.version });
			expect(reply.unchanged).toBe(true);
			const second = clusterFromWire(reply, first);
			expect(second.snapshot.nodes[0]?.chip).toBe(first.snapshot.nodes[0]?.chip);
			expect(second.snapshot.nodes[0]?.ageMs).toBeLessThan(FRESH_MS);
		});

		it("fails GetTeams in words while there is no audit", async () => {
			const failed = createClient(StatusService, transport()).getTeams({});
			const error = await failed.then(
				() => null,
				(reason: unknown) => ConnectError.from(reason),
			);
			expect(error?.code).toBe(Code.FailedPrecondition);
			expect(error?.rawMessage).toMatch(/^there is no activity\.json in the content$/);
		});
	});

	it("a request larger than any of ours is refused, the next one answered", async () => {
		const url = `${gateway.url}/coordination.v1.StatusService/GetCluster`;
		const body = new Uint8Array(20_000);
		const huge = await fetch(url, { method: "POST", body, headers: { "content-type": "application/proto" } });
		expect(await huge.json()).toMatchObject({ code: "resource_exhausted" });
		const fine = await fetch(url, { method: "POST", body: "{}", headers: { "content-type": "application/json" } });
		expect(await fine.json()).toMatchObject({ complete: true, count: 2 });
		expect(fine.headers.get("cache-control")).toBe("no-store");
	});

	it("an unknown method is no page", async () => {
		const headers = { "content-type": "application/json" };
		const url = `${gateway.url}/coordination.v1.StatusService/Shutdown`;
		expect((await fetch(url, { method: "POST", body: "{}", headers })).status).toBe(405);
	});

	describe("static files", () => {
		const get = (path: string, init: RequestInit = {}) => fetch(gateway.url + path, { redirect: "manual", ...init });

		it.each([
			["/", 200, "text/html; charset=utf-8", "home"],
			["/teams/", 200, "text/html; charset=utf-8", "teams"],
			["/teams/?x=1#y", 200, "text/html; charset=utf-8", "teams"],
			["/_astro/x.abc123.js", 200, "text/javascript; charset=utf-8", "export"],
			["/empty.txt", 200, "text/plain; charset=utf-8", ""],
			["/nowhere/", 404, "text/html; charset=utf-8", "missing"],
			["/.secret", 404, "text/html; charset=utf-8", "missing"],
			["/%2e%2e/%2e%2e/etc/passwd", 404, "text/html; charset=utf-8", "missing"],
			["/%00", 404, "text/html; charset=utf-8", "missing"],
			["/%zz", 404, "text/html; charset=utf-8", "missing"],
			["/index.html/x", 404, "text/html; charset=utf-8", "missing"],
			[`/${"x".repeat(5000)}`, 404, "text/html; charset=utf-8", "missing"],
		])("%s is %i", async (path, status, type, text) => {
			const reply = await get(path);
			expect([reply.status, reply.headers.get("content-type")]).toEqual([status, type]);
			expect(await reply.text()).toContain(text);
		});

		it("paths that a client would fold are refused as they are, too", async () => {
			const raw = (path: string) =>
				new Promise<number | undefined>((resolve, reject) => {
					const { port } = new URL(gateway.url);
					httpRequest({ host: "127.0.0.1", port, path }, (reply) => resolve(reply.resume().statusCode))
						.on("error", reject)
						.end();
				});
			expect(await raw("/../../etc/passwd")).toBe(404);
			expect(await raw("/teams/../../../etc/passwd")).toBe(404);
		});

		it("a page without its slash is sent to it, on this host only", async () => {
			expect((await get("/teams")).headers.get("location")).toBe("/teams/");
			expect((await get("//teams")).headers.get("location")).toBe("/teams/");
		});

		it("carry the headers that keep a page to this origin", async () => {
			const { headers } = await get("/");
			expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
			expect(headers.get("content-security-policy")).toContain("form-action 'self'");
			expect(headers.get("x-content-type-options")).toBe("nosniff");
			expect((await get("/nowhere/")).headers.get("content-security-policy")).toContain("default-src 'self'");
		});

		it("only names with a hash may be kept; the rest is asked after, and answered 304", async () => {
			expect((await get("/_astro/x.abc123.js")).headers.get("cache-control")).toContain("immutable");
			// Shown, not saved.
			expect((await get("/CODEOWNERS")).headers.get("content-type")).toBe("text/plain; charset=utf-8");
			const page = await get("/");
			expect(page.headers.get("cache-control")).toBe("no-cache");
			// By node:http: fetch adds `cache-control: no-cache` of its own, which asks for the whole page again.
			const again = await new Promise<number | undefined>((resolve, reject) => {
				const headers = { "if-none-match": page.headers.get("etag") ?? "" };
				httpRequest(gateway.url, { headers }, (reply) => resolve(reply.resume().statusCode))
					.on("error", reject)
					.end();
			});
			expect(again).toBe(304);
		});

		it("answers HEAD without a body, other methods with 405", async () => {
			const head = await get("/", { method: "HEAD" });
			expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "19", ""]);
			expect((await get("/", { method: "POST" })).status).toBe(405);
		});

		it("a backwards range is answered whole", async () => {
			const reply = await get("/", { headers: { range: "bytes=5-2" } });
			expect([reply.status, await reply.text()]).toEqual([200, "<title>home</title>"]);
		});
	});

	it("garbage on either port ends that connection and nothing else", async () => {
		for (const port of [new URL(gateway.url).port, gateway.grpcUrl!.split(":")[1]!]) {
			await new Promise<void>((resolve) => {
				const socket = connect(Number(port), "127.0.0.1", () => socket.write(Buffer.alloc(64, 0xa7)));
				socket.on("error", () => undefined).on("close", () => resolve());
				socket.resume();
			});
		}
		expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
	});

	it("says when it lives and when it is ready", async () => {
		expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
		expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200);
	});

	it("a port in use is one clear error with its cure", async () => {
		const port = Number(new URL(gateway.url).port);
		await expect(gatewayOver({}, { port })).rejects.toThrow(
			expect.objectContaining({ name: "WorldError", message: `port ${port} on 127.0.0.1 is in use` }),
		);
		await expect(gatewayOver({}, { grpcPort: port })).rejects.toThrow(
			expect.objectContaining({ hint: expect.stringContaining("COORD_GRPC_PORT=off") }),
		);
	});
});

describe("teams", () => {
	let gateway: TestGateway;
	const read = async (knownVersion = 0n) => {
		const transport = createGrpcWebTransport({ baseUrl: gateway.url, httpVersion: "1.1" });
		return createClient(StatusService, transport).getTeams({ knownVersion });
	};

	beforeEach(async () => {
		gateway = await gatewayOver({}, { teams: [team], grpcPort: null });
		return () => gateway.close();
	});

	it("come from the audit's files and follow them; the same audit again is unchanged", async () => {
		writeAudit(gateway.content, 1);
		const first = teamsFromWire(await read(), null);
		expect(first.snapshot.teams.map(({ id, derived }) => [id, derived.commits])).toEqual([["team-b", 1]]);
		expect((await read(first.version)).unchanged).toBe(true);

		writeAudit(gateway.content, 2);
		await new Promise((resolve) => setTimeout(resolve, 1_050));
		const second = teamsFromWire(await read(first.version), first);
		expect(second.version).toBe(first.version + 1n);
		expect(second.snapshot.teams[0]?.derived.commits).toBe(2);

		writeAudit(gateway.content, 2);
		await new Promise((resolve) => setTimeout(resolve, 1_050));
		expect((await read(second.version)).unchanged).toBe(true);
	});

	it("half an audit is not believed: the last whole one stays, and the log says why", async () => {
		writeAudit(gateway.content, 1);
		const first = teamsFromWire(await read(), null);
		writeAudit(gateway.content, 2, "f".repeat(40));
		await new Promise((resolve) => setTimeout(resolve, 1_050));
		expect((await read(first.version)).unchanged).toBe(true);
		expect(gateway.lines).toEqual(["teams: activity.json and conflict-log.json are of two different audits"]);
	});

	it("a file of another version is named", async () => {
		writeAudit(gateway.content, 1);
		writeFileSync(join(gateway.content, "activity.json"), "{}");
		await expect(read()).rejects.toThrow(/activity\.json is no such file of this version: version/);
	});
});

it("closes while a slow reader holds a connection", async () => {
	const gateway = await gatewayOver({});
	const socket = connect(Number(new URL(gateway.url).port), "127.0.0.1");
	socket.on("error", () => undefined);
	await new Promise((resolve) => socket.once("connect", resolve));
	socket.write("GET / HTTP/1.1\r\nhost: x\r\n");
	let isClosed = false;
	void gateway.close().then(() => {
		isClosed = true;
	});
	expect(
		await waitUntil(
			() => isClosed,
			() => "still open",
		),
	).toBeLessThan(4_500);
	socket.destroy();
});
