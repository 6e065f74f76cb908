// Edge(http). How a request is turned away: plain words for people and tools, a gRPC code for whoever calls an RPC.
import type { IncomingMessage, ServerResponse } from "node:http";
import { Code } from "@connectrpc/connect";
import { frame } from "./frame.ts";

const WORDS = "the gateway has more to do than it can; ask again later";

/** Ends a reply with one line of words. Kept by no cache. */
export function endPlain(response: ServerResponse, status: number, words: string, headers = {}): void {
	response
		.writeHead(status, {
			"content-type": "text/plain; charset=utf-8",
			"cache-control": "no-store",
			"x-content-type-options": "nosniff",
			...headers,
		})
		.end(`${words}\n`);
}

/** A time after which to come back, in headers and as a trailer of gRPC-Web. */
interface Pushback {
	readonly headers: Readonly<Record<string, string>>;
	readonly trailer: Buffer;
	readonly flat: readonly string[];
}

/** Made once: whoever has more to do than it can should not have to write letters. Spread, so that not all come back at once. */
const PUSHBACKS: readonly Pushback[] = Array.from({ length: 20 }, (_, index) => pushbackOf(1_000 + 100 * index));
let turn = 0;

/**
 * Turns a request away unread, in the terms of its protocol: RESOURCE_EXHAUSTED with a time after which to come back
 * (`grpc-retry-pushback-ms`, which gRPC clients obey).
 */
export function shed(request: IncomingMessage, response: ServerResponse): void {
	turn = (turn + 7) % PUSHBACKS.length;
	const { headers, trailer, flat } = PUSHBACKS[turn] as Pushback;
	const type = String(request.headers["content-type"] ?? "");
	if (type.startsWith("application/grpc-web")) {
		response.writeHead(200, flat as string[]);
		response.end(trailer);
	} else if (type.startsWith("application/grpc")) {
		const status = { "grpc-status": String(Code.ResourceExhausted), "grpc-message": encodeURIComponent(WORDS) };
		response.writeHead(200, { ...headers, ...status, "content-type": "application/grpc" }).end();
	} else if (request.method === "POST") {
		response.writeHead(429, { ...headers, "content-type": "application/json" });
		response.end(JSON.stringify({ code: "resource_exhausted", message: WORDS }));
	} else {
		endPlain(response, 503, WORDS, headers);
	}
}

function pushbackOf(pushbackMs: number): Pushback {
	const lines = [
		`grpc-status: ${Code.ResourceExhausted}`,
		`grpc-message: ${encodeURIComponent(WORDS)}`,
		`grpc-retry-pushback-ms: ${pushbackMs}`,
	];
	const trailer = frame(0x80, Buffer.from(lines.map((line) => `${line}\r\n`).join("")));
	const common = { "cache-control": "no-store", "retry-after": String(Math.ceil(pushbackMs / 1_000)) };
	// In the trailer of gRPC-Web only: clients join both into one value.
	const headers = { ...common, "grpc-retry-pushback-ms": String(pushbackMs) };
	const own = { "content-type": "application/grpc-web+proto", "content-length": String(trailer.length) };
	return { headers, trailer, flat: Object.entries({ ...common, ...own }).flat() };
}
