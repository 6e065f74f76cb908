// The short way for what pages ask again and again says what the general router says.
import { Agent, request as httpRequest } from "node:http";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
	GetClusterRequestSchema,
	GetClusterResponseSchema,
	GetConflictsRequestSchema,
	GetConflictsResponseSchema,
	GetTeamsRequestSchema,
	GetTeamsResponseSchema,
} from "#wire/gen/coordination/v1/status_pb.js";
import { gatewayOver, type TestGateway, writeAudit } from "./support.ts";

const SERVICE = "/coordination.v1.StatusService/";
const PATH = `${SERVICE}GetCluster`;

function framed(payload: Uint8Array): Uint8Array<ArrayBuffer> {
	const frame = new Uint8Array(5 + payload.length);
	new DataView(frame.buffer).setUint32(1, payload.length);
	frame.set(payload, 5);
	return frame;
}

function asks(knownVersion: bigint): Uint8Array<ArrayBuffer> {
	return framed(toBinary(GetClusterRequestSchema, create(GetClusterRequestSchema, { knownVersion })));
}

const GOOD = "public, max-age=0, s-maxage=2, stale-while-revalidate=10";
const cacheOf = (reply: Response) => reply.headers.get("cache-control");

/** The frames of a gRPC-Web body: the message's bytes, and the trailer's text. */
function framesOf(body: Uint8Array): { message: Uint8Array | null; trailer: string } {
	let message: Uint8Array | null = null;
	let trailer = "";
	for (let at = 0; at < body.length; ) {
		const length = new DataView(body.buffer, body.byteOffset).getUint32(at + 1);
		const payload = body.subarray(at + 5, at + 5 + length);
		expect(payload.length).toBe(length);
		if (body[at] === 0x80) trailer += new TextDecoder().decode(payload);
		else message = payload;
		at += 5 + length;
	}
	return { message, trailer };
}

async function postTo(url: string, body: Uint8Array<ArrayBuffer>, contentType = "application/grpc-web+proto") {
	const headers = { "content-type": contentType, "x-grpc-web": "1" };
	const reply = await fetch(url, { method: "POST", body, headers });
	return { reply, ...framesOf(new Uint8Array(await reply.arrayBuffer())) };
}

describe("GetCluster over gRPC-Web", () => {
	let gateway: TestGateway;

	beforeAll(async () => {
		// Nobody is asked within the test, so both ways see the same state.
		gateway = await gatewayOver({ one: "127.0.0.1:1", two: "127.0.0.1:2" }, { intervalMs: 600_000 });
		await gateway.ready;
	});
	afterAll(() => gateway.close());

	const post = (body: Uint8Array<ArrayBuffer>, contentType?: string) => postTo(gateway.url + PATH, body, contentType);
	const read = (message: Uint8Array | null) => fromBinary(GetClusterResponseSchema, message ?? new Uint8Array());

	// The router takes "application/grpc-web" too, which the short way leaves to it.
	it.each([0n, 1n])("says what the router says to a reader that holds version %i", async (known) => {
		const [hot, routed] = [await post(asks(known)), await post(asks(known), "application/grpc-web")];
		const steady = { generatedAt: undefined, uptimeMs: 0n, readings: [] };
		expect(read(hot.message).nodes.length).toBe(2);
		expect({ ...read(hot.message), ...steady }).toEqual({ ...read(routed.message), ...steady });
		expect(read(hot.message).readings.length).toBe(2);
		expect(hot.trailer).toBe(routed.trailer);
		expect([cacheOf(hot.reply), cacheOf(routed.reply)]).toEqual([GOOD, "no-store"]);
	});

	it("says unchanged to a reader that is up to date", async () => {
		const first = read((await post(asks(0n))).message);
		const again = read((await post(asks(first.version))).message);
		expect(again).toMatchObject({ unchanged: true, count: 2, complete: true, version: first.version });
		expect([again.nodes.length, again.readings.length]).toEqual([0, 2]);
	});

	it.each([
		["no frame", new Uint8Array(3), 3],
		["a frame longer than the body", new Uint8Array([0, 0, 0, 0, 9, 1]), 3],
		["a compressed frame", new Uint8Array([1, 0, 0, 0, 0]), 3],
		["a frame that is no request", framed(new Uint8Array([0x08, 0xff])), 3],
		["a request too large", framed(new Uint8Array(20_000)), 8],
	])("%s is answered with a code, not with a state", async (_name, body, code) => {
		const { reply, message, trailer } = await post(body);
		expect([reply.status, message, cacheOf(reply)]).toEqual([200, null, "no-store"]);
		expect(trailer).toContain(`grpc-status: ${code}\r\n`);
	});

	it("what comes with credentials is kept by nobody", async () => {
		const headers = { "content-type": "application/grpc-web+proto", authorization: "Bearer x" };
		const reply = await fetch(gateway.url + PATH, { method: "POST", body: asks(0n), headers });
		expect(cacheOf(reply)).toBe("no-store");
	});

	it("an empty message is a request that holds nothing", async () => {
		expect(read((await post(framed(new Uint8Array()))).message).nodes.length).toBe(2);
	});
});

describe("what teams and conflicts are asked", () => {
	let gateway: TestGateway;
	const both = async (method: string, body: Uint8Array<ArrayBuffer>) => {
		const url = gateway.url + SERVICE + method;
		return { hot: await postTo(url, body), routed: await postTo(url, body, "application/grpc-web") };
	};
	const teamsAsk = (knownVersion: bigint) =>
		framed(toBinary(GetTeamsRequestSchema, create(GetTeamsRequestSchema, { knownVersion })));
	const conflictsAsk = (knownVersion: bigint, baseline: string) =>
		framed(toBinary(GetConflictsRequestSchema, create(GetConflictsRequestSchema, { knownVersion, baseline })));
	// What differs between two answers of one state.
	const steady = { generatedAt: undefined, uptimeMs: 0n, derivedAgeMs: undefined };

	beforeAll(async () => {
		gateway = await gatewayOver({}, { grpcPort: null });
	});
	afterAll(() => gateway.close());

	it("fails as the router fails while there is no audit; nobody keeps that", async () => {
		for (const [method, body] of [
			["GetTeams", teamsAsk(0n)],
			["GetConflicts", conflictsAsk(0n, "")],
			["GetConflicts", conflictsAsk(0n, "no digest")],
		] as const) {
			const { hot, routed } = await both(method, body);
			expect(hot.trailer).toMatch(/^grpc-status: (9|3)\r\ngrpc-message: /);
			const linesOf = (trailer: string) => decodeURIComponent(trailer).split("\r\n").sort();
			expect(linesOf(hot.trailer)).toEqual(linesOf(routed.trailer));
			expect([hot.message, cacheOf(hot.reply)]).toEqual([null, "no-store"]);
		}
	});

	it("says what the router says, whole and unchanged, to the page of each build", async () => {
		writeAudit(gateway.content, 1);
		// Files are looked at again once a second.
		await new Promise((resolve) => setTimeout(resolve, 1_100));
		const read = (message: Uint8Array | null) => ({ ...fromBinary(GetTeamsResponseSchema, message!), ...steady });
		const whole = await both("GetTeams", teamsAsk(0n));
		expect(read(whole.hot.message)).toEqual(read(whole.routed.message));
		expect(read(whole.hot.message)).toMatchObject({ complete: true, unchanged: false });
		const again = await both("GetTeams", teamsAsk(read(whole.hot.message).version));
		expect(read(again.hot.message)).toEqual(read(again.routed.message));
		expect(read(again.hot.message)).toMatchObject({ complete: true, unchanged: true });

		for (const baseline of ["", "a".repeat(64), "b".repeat(64)]) {
			const { hot, routed } = await both("GetConflicts", conflictsAsk(0n, baseline));
			const said = { ...fromBinary(GetConflictsResponseSchema, hot.message!), ...steady };
			expect(said).toEqual({ ...fromBinary(GetConflictsResponseSchema, routed.message!), ...steady });
			expect(said).toMatchObject({ baseline, complete: true, unchanged: false });
			expect([hot.trailer, cacheOf(hot.reply)]).toEqual([routed.trailer, GOOD]);
		}
	});

	it("a page that asks again and again over one connection is answered each time, though a socket ends after 100", async () => {
		const agent = new Agent({ keepAlive: true, maxSockets: 1 });
		const ports = new Set<number | undefined>();
		for (let count = 0; count < 250; count++) {
			const status = await new Promise<number | undefined>((resolve, reject) => {
				const sent = httpRequest(`${gateway.url}/live/cluster`, { agent }, (reply) => {
					ports.add(reply.socket.localPort);
					reply.resume().on("end", () => resolve(reply.statusCode));
				});
				sent.on("error", reject).end();
			});
			expect(status).toBe(200);
		}
		agent.destroy();
		expect(ports.size).toBe(3);
	});
});
