// The gateway's edge over real sockets: who may read, by which name, how much of it, and what its operator sees.
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { connect, type Socket } from "node:net";
import { gunzipSync } from "node:zlib";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport } from "@connectrpc/connect-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { StatusService } from "#wire/gen/coordination/v1/status_pb.js";
import { Health, HealthCheckResponse_ServingStatus as ServingStatus } from "#wire/gen/grpc/health/v1/health_pb.js";
import { DEFAULT_EDGE } from "../../src/gateway/edge/edge-settings.ts";
import { listenHttp } from "../../src/gateway/edge/server.ts";
import { noObserver } from "../../src/gateway/observer.ts";
import { gatewayOver, type TestGateway, waitUntil } from "./support.ts";

const CLUSTER = "/coordination.v1.StatusService/GetCluster";
const GRPC_WEB = "application/grpc-web+proto";
const GUIDE = "https://guide.example";
const EMPTY_MESSAGE = Buffer.alloc(5);

interface Answer {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
}

/** By node:http, which sends what it is told and unpacks nothing. */
function ask(url: string, method: string, headers: Record<string, string> = {}, body?: Buffer): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const sent = httpRequest(url, { method, headers, agent: false }, (reply) => {
			const chunks: Buffer[] = [];
			reply.on("data", (chunk: Buffer) => chunks.push(chunk));
			reply.on("end", () =>
				resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: Buffer.concat(chunks) }),
			);
		});
		sent.on("error", reject).end(body);
	});
}

const lengthOf = ({ body }: Answer) => 5 + body.readUInt32BE(1);
const trailerOf = (answer: Answer) => answer.body.subarray(lengthOf(answer) + 5).toString();

describe("the edge", () => {
	let gateway: TestGateway;
	const post = (headers: Record<string, string> = {}, body = EMPTY_MESSAGE) =>
		ask(gateway.url + CLUSTER, "POST", { "content-type": GRPC_WEB, ...headers }, body);

	beforeAll(async () => {
		// Forty nodes that are not there: an answer large enough to be packed. Asked once, so that nothing moves.
		const nodes = Object.fromEntries(
			Array.from({ length: 40 }, (_, index) => [`node-${index}`, `127.0.0.1:${index + 1}`]),
		);
		gateway = await gatewayOver(nodes, {
			intervalMs: 600_000,
			edge: { ...DEFAULT_EDGE, origins: [GUIDE], publicHosts: ["status.example"], metricsPort: 0 },
		});
		await gateway.ready;
	});
	afterAll(() => gateway.close());

	describe("answers", () => {
		it("are packed for who takes gzip, and say that they vary by it either way", async () => {
			const [plain, packed] = [await post(), await post({ "accept-encoding": "gzip, br" })];
			expect(plain.headers).not.toHaveProperty("content-encoding");
			expect(packed.headers["content-encoding"]).toBe("gzip");
			for (const { headers, body } of [plain, packed]) {
				expect(headers.vary).toBe("origin, accept-encoding");
				expect(headers["content-length"]).toBe(String(body.length));
			}
			expect(packed.body.length).toBeLessThan(plain.body.length / 2);
			expect(gunzipSync(packed.body).length).toBe(plain.body.length);
		});

		it.each([
			["/live/cluster", 200, "0"],
			["/live/cluster?known=1&minute=0", 200, "0"],
			["/live/cluster?known=x", 400, "3"],
			["/live/cluster?minute=-1", 400, "3"],
			["/live/teams", 503, "9"],
			["/live/conflicts?baseline=short", 400, "3"],
			[`/live/conflicts?baseline=${"0".repeat(64)}`, 503, "9"],
		])("GET %s: %i, grpc-status %s, and only a good one may be kept", async (path, status, code) => {
			const answer = await ask(gateway.url + path, "GET");
			expect([answer.status, answer.headers["content-type"]]).toEqual([status, GRPC_WEB]);
			expect(answer.body.toString("latin1")).toContain(`grpc-status: ${code}\r\n`);
			expect(answer.headers["cache-control"]).toMatch(code === "0" ? /^public, max-age=0, s-maxage=2/ : /^no-store$/);
		});

		it("GET says what POST says, HEAD as much without a body", async () => {
			const [got, posted, head] = [
				await ask(`${gateway.url}/live/cluster`, "GET"),
				await post(),
				await ask(`${gateway.url}/live/cluster`, "HEAD"),
			];
			expect([lengthOf(got), trailerOf(got)]).toEqual([lengthOf(posted), trailerOf(posted)]);
			expect([head.status, head.body.length]).toEqual([200, 0]);
			expect(Number(head.headers["content-length"])).toBeGreaterThan(1_024);
		});

		it("an unknown path below /live is nothing", async () => {
			expect((await ask(`${gateway.url}/live/else`, "GET")).status).toBe(404);
		});
	});

	describe("requests refused", () => {
		it.each(["PUT", "DELETE", "TRACE", "PATCH"])("%s is no method here", async (method) => {
			const { status, headers } = await ask(gateway.url + CLUSTER, method);
			expect([status, headers.allow]).toEqual([405, "GET, HEAD, POST, OPTIONS"]);
		});

		it("a compressed request is not unpacked", async () => {
			expect((await post({ "content-encoding": "gzip" })).status).toBe(415);
			const compressedMessage = await post({ "grpc-encoding": "gzip" });
			expect(compressedMessage.body.toString("latin1")).toMatch(/grpc-status: 12\r\n/);
		});

		it.each([
			["20000", 200],
			["1000000", 413],
		])("a body announced as %s bytes is refused before it is sent", async (length, status) => {
			const answer = await new Promise<Answer>((resolve, reject) => {
				const headers = { "content-type": GRPC_WEB, "content-length": length };
				const sent = httpRequest(gateway.url + CLUSTER, { method: "POST", headers, agent: false }, (reply) => {
					reply
						.resume()
						.on("end", () => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: EMPTY_MESSAGE }));
				});
				sent.on("error", reject).write("x");
			});
			expect([answer.status, answer.headers.connection]).toEqual([status, "close"]);
		});

		it("one that calls it by a strange name is told so, whatever it asks", async () => {
			for (const path of ["/live/cluster", "/healthz", "/metrics", "/"]) {
				const { status, body } = await ask(gateway.url + path, "GET", { host: "rebound.example:4321" });
				expect([status, body.toString()]).toEqual([421, expect.stringContaining("COORD_PUBLIC_HOSTS")]);
			}
			expect((await ask(`${gateway.url}/healthz`, "GET", { host: "status.example" })).status).toBe(200);
		});
	});

	describe("pages of other origins", () => {
		const preflight = (origin: string, path = CLUSTER, more: Record<string, string> = {}) =>
			ask(gateway.url + path, "OPTIONS", { origin, "access-control-request-method": "POST", ...more });

		it("one that is listed may ask and read", async () => {
			const allowed = await preflight(GUIDE, CLUSTER, { "access-control-request-private-network": "true" });
			expect([allowed.status, allowed.headers["access-control-allow-origin"]]).toEqual([204, GUIDE]);
			expect(allowed.headers["access-control-allow-private-network"]).toBe("true");
			const { headers } = await post({ origin: GUIDE });
			expect(headers["access-control-allow-origin"]).toBe(GUIDE);
			expect(headers["access-control-expose-headers"]).toContain("grpc-status");
		});

		it("one that is not is refused in words, and gets no permission with an answer", async () => {
			const refused = await preflight("https://evil.example");
			expect([refused.status, refused.body.toString()]).toEqual([403, expect.stringContaining("COORD_ORIGINS")]);
			for (const { headers } of [refused, await post({ origin: "https://evil.example" })]) {
				expect(headers).not.toHaveProperty("access-control-allow-origin");
				expect(headers.vary).toContain("origin");
			}
		});

		it("none may send a report", async () => {
			expect((await preflight(GUIDE, "/coordination.v1.StatusService/ReportTeam")).status).toBe(403);
		});

		it("OPTIONS that is no preflight is no method here", async () => {
			expect((await ask(gateway.url + CLUSTER, "OPTIONS")).status).toBe(405);
		});
	});

	describe("for its operator", () => {
		it("figures on a port of their own, in Prometheus' words, and then not on the other", async () => {
			await post();
			await ask(`${gateway.url}/live/teams`, "GET");
			const { status, headers, body } = await ask(gateway.metricsUrl!, "GET");
			expect([status, headers["content-type"]]).toEqual([200, expect.stringMatching(/^text\/plain; version=0\.0\.4/)]);
			const lines = body.toString().split("\n");
			const labels =
				'grpc_service="coordination.v1.StatusService",grpc_method="GetTeams",grpc_code="FAILED_PRECONDITION"';
			expect(lines.find((line) => line.startsWith(`grpc_server_handled_total{${labels}}`))).toMatch(/ [1-9]/);
			expect(lines).toContain('coordination_node_up{node="node-0"} 0');
			expect(lines).toContain('coordination_nodes{state="unknown"} 40');
			expect(lines.filter((line) => line.startsWith("coordination_node_up{")).length).toBe(40);
			expect((await ask(`${gateway.url}/metrics`, "GET")).status).toBe(404);
		});

		it("its own health, by the standard service", async () => {
			const transport = createGrpcTransport({ baseUrl: `http://${gateway.grpcUrl}` });
			const client = createClient(Health, transport);
			for (const service of ["", StatusService.typeName]) {
				expect((await client.check({ service })).status).toBe(ServingStatus.SERVING);
			}
			const error = await client.check({ service: "coordination.v1.Other" }).catch(ConnectError.from);
			expect(error).toMatchObject({ code: Code.NotFound });
			const overHttp1 = createConnectTransport({ baseUrl: gateway.url, httpVersion: "1.1" });
			expect((await createClient(Health, overHttp1).check({})).status).toBe(ServingStatus.SERVING);
		});
	});

	describe("native gRPC", () => {
		it("a caller that opens streams and resets them at once loses its connection, and nobody else theirs", async () => {
			// From an address of its own, which may not come back for a while.
			const [, port] = (gateway.grpcUrl as string).split(":");
			const session = connectHttp2(`http://${gateway.grpcUrl}`, {
				createConnection: () => connect({ host: "127.0.0.1", port: Number(port), localAddress: "127.0.0.9" }),
			});
			let isClosed = false;
			session
				.on("error", () => undefined)
				.on("close", () => {
					isClosed = true;
				});
			await new Promise((resolve) => session.once("remoteSettings", resolve));
			const reset = setInterval(() => {
				for (let count = 0; count < 50 && !session.destroyed; count++) {
					const stream = session.request({ ":path": CLUSTER, ":method": "POST", "content-type": "application/grpc" });
					stream.on("error", () => undefined).close(8);
				}
			}, 5);
			await waitUntil(
				() => isClosed,
				() => "still connected",
			);
			clearInterval(reset);
			const transport = createGrpcTransport({ baseUrl: `http://${gateway.grpcUrl}` });
			expect((await createClient(StatusService, transport).getCluster({})).count).toBe(40);
		});
	});
});

describe("figures on the port of the site", () => {
	let gateway: TestGateway;
	beforeAll(async () => {
		gateway = await gatewayOver({ one: "127.0.0.1:1" }, { grpcPort: null });
	});
	afterAll(() => gateway.close());

	it("are for callers on this machine, not for whom a proxy on it calls", async () => {
		expect((await ask(`${gateway.url}/metrics`, "GET")).status).toBe(200);
		for (const header of ["x-forwarded-for", "forwarded", "via"]) {
			expect((await ask(`${gateway.url}/metrics`, "GET", { [header]: "10.0.0.9" })).status).toBe(403);
		}
	});

	it("with no origins listed, nothing varies by origin and no preflight passes", async () => {
		const { headers } = await ask(`${gateway.url}/live/cluster`, "GET", { origin: GUIDE });
		expect([headers.vary, headers["access-control-allow-origin"]]).toEqual(["accept-encoding", undefined]);
		const asked = { origin: GUIDE, "access-control-request-method": "POST" };
		expect((await ask(gateway.url + CLUSTER, "OPTIONS", asked)).status).toBe(403);
	});
});

describe("connections", () => {
	let gateway: TestGateway;
	beforeAll(async () => {
		gateway = await gatewayOver(
			{},
			{
				grpcPort: null,
				edge: { ...DEFAULT_EDGE, connections: 5, connectionsPerAddress: 3 },
			},
		);
	});
	afterAll(() => gateway.close());

	/** A connection that has said nothing yet. */
	async function open(localAddress: string) {
		const socket: Socket = connect({ port: Number(new URL(gateway.url).port), host: "127.0.0.1", localAddress });
		const state = { socket, isClosed: false };
		socket
			.on("error", () => undefined)
			.on("close", () => {
				state.isClosed = true;
			});
		await new Promise((resolve) => socket.once("connect", resolve).once("close", resolve));
		return state;
	}
	const waitForClosed = (all: readonly { isClosed: boolean }[], count: number) => {
		const closed = () => all.filter(({ isClosed }) => isClosed).length;
		return waitUntil(() => closed() === count, closed);
	};
	/** The first line of what comes back; empty where the connection ends instead. */
	function say({ socket }: { socket: Socket }): Promise<string> {
		return new Promise((resolve) => {
			socket.once("data", (data) => resolve(String(data).split("\r\n", 1)[0] ?? ""));
			socket.once("close", () => resolve(""));
			socket.write("GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n");
		});
	}

	it("from one address are counted; there is room again as soon as one goes", async () => {
		const mine = [await open("127.0.0.1"), await open("127.0.0.1"), await open("127.0.0.1"), await open("127.0.0.1")];
		await waitForClosed(mine, 1);
		expect(mine[3]?.isClosed).toBe(true);
		mine[0]?.socket.destroy();
		await waitForClosed(mine, 2);
		const next = await open("127.0.0.1");
		expect(await say(next)).toBe("HTTP/1.1 200 OK");
		for (const { socket } of [...mine, next]) socket.destroy();
	});

	it("when there are too many, the oldest that never asked anything goes, not who reads", async () => {
		const reader = await open("127.0.0.2");
		expect(await say(reader)).toBe("HTTP/1.1 200 OK");
		const silent = [await open("127.0.0.2"), await open("127.0.0.3"), await open("127.0.0.3"), await open("127.0.0.3")];
		const next = await open("127.0.0.4");
		expect(await say(next)).toBe("HTTP/1.1 200 OK");
		await waitForClosed(silent, 1);
		expect([reader.isClosed, silent[0]?.isClosed]).toEqual([false, true]);
		expect(await say(reader)).toBe("HTTP/1.1 200 OK");
		for (const { socket } of [reader, next, ...silent]) socket.destroy();
	});

	it("when all of them read, the new one is refused", async () => {
		const readers = [];
		for (const address of ["127.0.0.5", "127.0.0.5", "127.0.0.6", "127.0.0.6", "127.0.0.7"]) {
			const reader = await open(address);
			expect(await say(reader)).toBe("HTTP/1.1 200 OK");
			readers.push(reader);
		}
		const next = await open("127.0.0.8");
		expect(await say(next)).toBe("");
		expect(readers.every(({ isClosed }) => !isClosed)).toBe(true);
		for (const { socket } of readers) socket.destroy();
	});
});

it("a reader who takes nothing of an answer is let go, one who took all of it is not", async () => {
	const large = Buffer.alloc(16_000_000);
	const limits = { total: 10, perAddress: 10, unreadMs: 500 };
	const listener = await listenHttp("127.0.0.1", 0, (_, response) => response.end(large), limits, noObserver);
	const ask = () => {
		const state = { taken: 0, isClosed: false, socket: connect(listener.port, "127.0.0.1") };
		state.socket
			.on("error", () => undefined)
			.on("close", () => {
				state.isClosed = true;
			});
		state.socket.write("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");
		return state;
	};
	const whole = ask();
	whole.socket.on("data", (data) => {
		whole.taken += data.length;
	});
	await waitUntil(
		() => whole.taken > large.length,
		() => whole.taken,
	);
	const none = ask();
	none.socket.pause();
	await waitUntil(() => listener.open() === 2, listener.open);
	await waitUntil(() => listener.open() === 1, listener.open);
	expect(whole.isClosed).toBe(false);
	for (const { socket } of [whole, none]) socket.destroy();
	await listener.close();
});

it("says that it is not ready until every node was asked, and when it closes", async () => {
	// A node that takes the connection and never answers holds up the first round.
	const { createServer } = await import("node:net");
	const silent = createServer((socket) => socket.on("error", () => undefined));
	await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
	const address = `127.0.0.1:${(silent.address() as { port: number }).port}`;
	const gateway = await gatewayOver({ silent: address }, { intervalMs: 2_000, deadlineMs: 1_000 });
	const ready = () => ask(`${gateway.url}/readyz`, "GET");
	const health = createClient(Health, createConnectTransport({ baseUrl: gateway.url, httpVersion: "1.1" }));
	expect([(await ready()).status, (await health.check({})).status]).toEqual([503, ServingStatus.NOT_SERVING]);
	expect((await ask(`${gateway.url}/healthz`, "GET")).status).toBe(200);
	await gateway.ready;
	expect([(await ready()).status, (await health.check({})).status]).toEqual([200, ServingStatus.SERVING]);

	// One connection that is there already, and one request on it that is half sent when the gateway closes.
	const socket = connect(Number(new URL(gateway.url).port), "127.0.0.1");
	let heard = "";
	socket
		.on("error", () => undefined)
		.on("data", (data) => {
			heard += String(data);
		});
	await new Promise((resolve) => socket.once("connect", resolve));
	socket.write("GET /readyz HTTP/1.1\r\nhost: loc");
	await new Promise((resolve) => setTimeout(resolve, 50));
	const closed = gateway.close();
	socket.write("alhost\r\n\r\n");
	await closed;
	expect([heard.slice(0, 13), heard.includes("\nclosing\n")]).toEqual(["HTTP/1.1 503 ", true]);
	silent.close();
});
