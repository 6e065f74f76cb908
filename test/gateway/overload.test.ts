// What a caller of each protocol is told by a gateway that has more to do than it can.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { StatusService } from "#wire/gen/coordination/v1/status_pb.js";
import { front } from "../../src/gateway/edge/front.ts";
import { listenGrpc } from "../../src/gateway/edge/grpc-server.ts";
import { operate } from "../../src/gateway/edge/operate.ts";
import type { Overload } from "../../src/gateway/edge/overload.ts";
import type { Listener } from "../../src/gateway/edge/server.ts";
import { noObserver, type Observer } from "../../src/gateway/observer.ts";

describe("a gateway without room", () => {
	let server: Server;
	let grpc: Listener;
	let url: string;
	let sheds = 0;
	const overload: Overload = { admit: () => false, enter: () => () => {}, lagMs: () => 1_000, close() {} };
	const observer: Observer = {
		...noObserver,
		shed: () => {
			sheds += 1;
		},
	};
	const never = () => {
		throw new Error("nothing may be read now");
	};

	beforeAll(async () => {
		const parts = { hosts: null, origins: ["https://guide.example"], overload, observer, hotPath: never, rest: never };
		server = createServer(front({ ...parts, operate: operate({ notReady: () => null, metrics: null }) }));
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const routes = () => {};
		grpc = await listenGrpc("127.0.0.1", 0, { routes, interceptors: [], overload, observer });
	});
	afterAll(async () => {
		server.close();
		server.closeAllConnections();
		await grpc.close();
	});

	const transports: [string, () => Transport][] = [
		["gRPC-Web", () => createGrpcWebTransport({ baseUrl: url, httpVersion: "1.1" })],
		["Connect", () => createConnectTransport({ baseUrl: url, httpVersion: "1.1" })],
		["gRPC", () => createGrpcTransport({ baseUrl: `http://127.0.0.1:${grpc.port}` })],
	];

	it.each(transports)("over %s: RESOURCE_EXHAUSTED, and when to come back", async (_name, transport) => {
		const before = sheds;
		const error = await createClient(StatusService, transport())
			.getCluster({})
			.then(() => null, ConnectError.from);
		expect(error?.code).toBe(Code.ResourceExhausted);
		expect(Number(error?.metadata.get("grpc-retry-pushback-ms"))).toBeGreaterThanOrEqual(1_000);
		expect(sheds).toBe(before + 1);
	});

	it("for pages: 503 with a time, which no cache keeps", async () => {
		const reply = await fetch(`${url}/`);
		expect([reply.status, reply.headers.get("cache-control")]).toEqual([503, "no-store"]);
		expect(Number(reply.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
	});

	it("a page of a listed origin may read why", async () => {
		const reply = await fetch(`${url}/live/cluster`, { headers: { origin: "https://guide.example" } });
		expect(reply.headers.get("access-control-allow-origin")).toBe("https://guide.example");
	});

	it("still says that it lives", async () => {
		const before = sheds;
		expect((await fetch(`${url}/healthz`)).status).toBe(200);
		expect(sheds).toBe(before);
	});
});
