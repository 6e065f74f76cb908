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

/**
 * Turns a request away unread, in the terms of its protocol: RESOURCE_EXHAUSTED with a time after which to come back
 * (`grpc-retry-pushback-ms`, which gRPC clients obey), spread so that not all come back at once.
 */
export function shed(request: IncomingMessage, response: ServerResponse): void {
	const pushbackMs = 1_000 + Math.floor(Math.random() * 2_000);
	const type = String(request.headers["content-type"] ?? "");
	const common = {
		"cache-control": "no-store",
		"grpc-retry-pushback-ms": String(pushbackMs),
		"retry-after": String(Math.ceil(pushbackMs / 1_000)),
	};
	if (type.startsWith("application/grpc-web")) {
		const lines = [
			`grpc-status: ${Code.ResourceExhausted}`,
			`grpc-message: ${encodeURIComponent(WORDS)}`,
			`grpc-retry-pushback-ms: ${pushbackMs}`,
		];
		const body = frame(0x80, Buffer.from(lines.map((line) => `${line}\r\n`).join("")));
		response.writeHead(200, { ...common, "content-type": "application/grpc-web+proto", "content-length": body.length });
		response.end(body);
	} else if (type.startsWith("application/grpc")) {
		const status = { "grpc-status": String(Code.ResourceExhausted), "grpc-message": encodeURIComponent(WORDS) };
		response.writeHead(200, { ...common, ...status, "content-type": "application/grpc" }).end();
	} else if (request.method === "POST") {
		response.writeHead(429, { ...common, "content-type": "application/json" });
		response.end(JSON.stringify({ code: "resource_exhausted", message: WORDS }));
	} else {
		endPlain(response, 503, WORDS, common);
	}
}
