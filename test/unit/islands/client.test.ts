import { create, toBinary } from "@bufbuild/protobuf";
import { RpcError } from "grpc-web";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { BlockedError, createAsk, failureKind, failureOf, isMixed } from "#islands/client.ts";
import { askCluster } from "#islands/cluster-feed.ts";
import { NoAnswerError } from "#islands/poll.ts";
import { GetClusterResponseSchema } from "#wire/gen/coordination/v1/status_pb.js";
import { clusterToWire, ReplyError } from "#wire/map";
import { cluster, node } from "./samples.ts";

/** What a call through the official client did to XMLHttpRequest, and a hand to answer it. */
class FakeRequest {
	static last: FakeRequest | null = null;
	readyState = 0;
	status = 0;
	statusText = "";
	response: unknown = null;
	responseType = "";
	withCredentials = false;
	onreadystatechange: (() => void) | null = null;
	readonly headers: Record<string, string> = {};
	url = "";
	body: Uint8Array | null = null;
	isAborted = false;
	private answerType = "";

	constructor() {
		FakeRequest.last = this;
	}
	open(_method: string, url: string) {
		this.url = url;
	}
	setRequestHeader(name: string, value: string) {
		this.headers[name.toLowerCase()] = value;
	}
	send(body: Uint8Array) {
		this.body = body;
	}
	abort() {
		this.isAborted = true;
	}
	getResponseHeader(name: string) {
		return name.toLowerCase() === "content-type" ? this.answerType : null;
	}
	getAllResponseHeaders() {
		return `content-type: ${this.answerType}\r\n`;
	}
	answer(status: number, body: Uint8Array, type = "application/grpc-web+proto") {
		this.status = status;
		this.answerType = type;
		this.response = body.buffer;
		for (const state of [2, 3, 4]) {
			this.readyState = state;
			this.onreadystatechange?.();
		}
	}
}

beforeEach(() => {
	vi.stubGlobal("XMLHttpRequest", FakeRequest);
	vi.stubGlobal("location", { protocol: "http:" });
});
afterEach(() => vi.unstubAllGlobals());

function frame(flag: number, bytes: Uint8Array): Uint8Array {
	return new Uint8Array([flag, 0, 0, bytes.length >> 8, bytes.length & 255, ...bytes]);
}

const state = { version: 7n, epoch: 1n, uptimeMs: 5, notices: [], history: null, snapshot: cluster(node()) };
const whole = toBinary(GetClusterResponseSchema, clusterToWire(state));
const trailers = frame(0x80, new TextEncoder().encode("grpc-status:0\r\n"));

function ask(held: typeof state | null = null, signal = new AbortController().signal) {
	const reply = askCluster(createAsk("http://site.example", 4000), held, signal);
	reply.catch(() => {});
	return reply;
}

/** The request of the call just made. */
async function sent(): Promise<FakeRequest> {
	const request = await vi.waitUntil(() => (FakeRequest.last?.body ? FakeRequest.last : null));
	FakeRequest.last = null;
	return request;
}

async function kindOf(reply: Promise<unknown>) {
	return failureKind(
		await reply.then(
			() => null,
			(error: unknown) => error,
		),
	);
}

describe("a call by the official client", () => {
	it("goes to the page's own origin, in binary, with a deadline and the version held", async () => {
		ask(state);
		const request = await sent();
		expect(request.url).toBe("http://site.example/coordination.v1.StatusService/GetCluster");
		expect(request.headers).toMatchObject({ "content-type": "application/grpc-web+proto", "x-grpc-web": "1" });
		expect(Number.parseInt(request.headers["grpc-timeout"] ?? "", 10)).toBeGreaterThan(3000);
		// Frame of four bytes: field 1, varint 7; field 2, varint 0, which says that history is wanted and none is held.
		expect([...request.body!]).toEqual([0, 0, 0, 0, 4, 0x08, 7, 0x10, 0]);
	});

	it("gives the state the gateway sent", async () => {
		const reply = ask();
		(await sent()).answer(200, new Uint8Array([...frame(0, whole), ...trailers]));
		expect(await reply).toEqual(state);
	});

	it("rejects a reply that was cut off, though the library reports success", async () => {
		const cut = toBinary(
			GetClusterResponseSchema,
			create(GetClusterResponseSchema, { ...clusterToWire(state), complete: false }),
		);
		const reply = ask();
		(await sent()).answer(200, new Uint8Array([...frame(0, cut), ...trailers]));
		await expect(reply).rejects.toBeInstanceOf(ReplyError);
		expect(await kindOf(reply)).toBe("altered");
	});

	it("rejects bytes that are no message", async () => {
		const reply = ask();
		(await sent()).answer(200, new Uint8Array([...frame(0, new Uint8Array([0x0a, 0xff])), ...trailers]));
		expect(await kindOf(reply)).toBe("altered");
	});

	it("takes a page at status 200, a plain 404 and a proxy's 502 for somebody else", async () => {
		for (const status of [200, 404, 502]) {
			const page = ask();
			(await sent()).answer(status, new TextEncoder().encode("<html>"), "text/html");
			expect(await kindOf(page)).toBe("foreign");
		}
	});

	it("takes a reply without trailers, without a message, cut in its frame or larger than it says for altered", async () => {
		const bodies = [
			new Uint8Array(),
			trailers,
			frame(0, whole).subarray(0, 20),
			new Uint8Array([...frame(0, whole), 0x17]),
			frame(0, new Uint8Array()),
		];
		for (const body of bodies) {
			const reply = ask();
			(await sent()).answer(200, body.slice());
			expect(await kindOf(reply)).toBe("altered");
		}
	});

	it("ends when its signal does", async () => {
		const controller = new AbortController();
		const reply = ask(null, controller.signal);
		const request = await sent();
		controller.abort();
		await expect(reply).rejects.toMatchObject({ code: 1 });
		expect(request.isAborted).toBe(true);
	});
});

describe("what a failure means", () => {
	const cases: [what: string, error: unknown, kind: string][] = [
		["no connection", new RpcError(2, "http status code: 0", {}), "unreachable"],
		["an HTTP 404, which the library calls code 5", new RpcError(5, "Http status code: 404", {}), "foreign"],
		["a gateway's own code 5", new RpcError(5, "no such node", {}), "refused"],
		["the deadline", new RpcError(4, "deadline exceeded", {}), "unreachable"],
		["no answer in time", new NoAnswerError("no answer in 4 s"), "unreachable"],
		["a gateway without an audit to read", new RpcError(9, "no audit yet", {}), "refused"],
		["a gateway that does not know the call", new RpcError(12, "unimplemented", {}), "refused"],
		["a question the browser does not let out", new BlockedError("http from https"), "blocked"],
		["a reply that is not whole", new ReplyError("cut off"), "altered"],
	];
	it.each(cases)("%s", (_what, error, kind) => {
		expect(failureKind(error)).toBe(kind);
	});
});

it("a refusal carries the gateway's own words, and only that", () => {
	expect(failureOf(new RpcError(9, "no audit yet", {}))).toEqual({ kind: "refused", words: "no audit yet" });
	expect(failureOf(new RpcError(2, "http status code: 0", {}))).toEqual({ kind: "unreachable", words: "" });
});

describe("a page of https may not ask over http, but for the machine it is on", () => {
	const cases: [page: string, host: string, isMixed: boolean][] = [
		["https:", "http://gw.example:4321", true],
		["https:", "http://192.168.1.7:4321", true],
		["https:", "http://localhost.example", true],
		["https:", "http://localhost:4321", false],
		["https:", "http://127.0.0.1:4321", false],
		["https:", "http://[::1]:4321", false],
		["https:", "https://gw.example", false],
		["http:", "http://gw.example:4321", false],
	];
	it.each(cases)("%s asks %s: %s", (page, host, mixed) => {
		expect(isMixed(page, host)).toBe(mixed);
	});
});
