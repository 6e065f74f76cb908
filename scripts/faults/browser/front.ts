// Edge(http). What stands between browsers and gateways in the world outside: serves the pages, passes questions on, and does to
// the answers what proxies, caches and portals do.
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { serveStatic } from "#gateway/edge/static";

/**
 * `cut`: the end is missing, its length mended · `no-trailer`: the trailer frame is missing · `inject`: a script at the end
 * · `portal`: a page of its own, as if all were well · `502`: a page of its own · `cache`: the first answer for ever ·
 * `buffer`: every answer 3 s late, at once.
 */
export type Mode = "pass" | "cut" | "no-trailer" | "inject" | "portal" | "502" | "cache" | "buffer";

export interface Front {
	readonly url: string;
	set(mode: Mode): void;
	/** Questions about the cluster that came so far. */
	asked(): number;
	close(): Promise<void>;
}

const RPC = "/coordination.v1.StatusService/";
const BUFFER_MS = 3_000;
const PORTAL = "<!doctype html><title>Welcome</title><h1>Please sign in to the network</h1>";

export interface FrontOptions {
	/** Certificate and key, PEM; null: it speaks http. */
	readonly tls?: { readonly cert: string; readonly key: string } | null;
	/** Origin its pages may ask beside their own, as whoever serves them has to allow. */
	readonly connectTo?: string;
}

export async function startFront(
	dist: string,
	gatewayPort: number,
	{ tls = null, connectTo }: FrontOptions = {},
): Promise<Front> {
	const site = serveStatic(dist, connectTo);
	let mode: Mode = "pass";
	let asked = 0;
	const kept = new Map<string, Buffer>();

	function answer(incoming: IncomingMessage, response: ServerResponse): void {
		const path = incoming.url ?? "/";
		if (path.endsWith("/GetCluster")) asked += 1;
		if (!path.startsWith(RPC)) site(incoming, response);
		else if (mode === "portal") page(response, 200);
		else if (mode === "502") page(response, 502);
		else ask(path, incoming, response);
	}

	function ask(path: string, incoming: IncomingMessage, response: ServerResponse): void {
		// Ours to change: asked for as it is, not packed.
		const headers = { ...incoming.headers, "accept-encoding": "identity" };
		const outgoing = request(
			{ host: "127.0.0.1", port: gatewayPort, path, method: incoming.method, headers },
			(reply) => {
				const chunks: Buffer[] = [];
				reply
					.on("data", (chunk: Buffer) => chunks.push(chunk))
					.on("end", () => pass(path, reply, Buffer.concat(chunks), response));
			},
		);
		outgoing.on("error", () => page(response, 502));
		incoming.pipe(outgoing);
	}

	function pass(path: string, reply: IncomingMessage, body: Buffer, response: ServerResponse): void {
		const first = kept.get(path) ?? body;
		kept.set(path, first);
		const bytes = mode === "cache" ? first : changed(body, mode);
		const send = () => {
			response.writeHead(reply.statusCode ?? 502, {
				"content-type": reply.headers["content-type"] ?? "text/plain",
				"content-length": bytes.length,
			});
			response.end(bytes);
		};
		if (mode === "buffer") setTimeout(send, BUFFER_MS);
		else send();
	}

	const server = tls === null ? createServer(answer) : createTlsServer(tls, answer);
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	return {
		url: `${tls === null ? "http" : "https"}://localhost:${(server.address() as AddressInfo).port}`,
		set(next) {
			mode = next;
			kept.clear();
		},
		asked: () => asked,
		close: () =>
			new Promise((done) => {
				server.close(() => done());
				server.closeAllConnections();
			}),
	};
}

function changed(body: Buffer, mode: Mode): Buffer {
	if (mode === "inject") return Buffer.concat([body, Buffer.from("<script src=/ads.js></script>")]);
	if (body.length < 5 || (mode !== "cut" && mode !== "no-trailer")) return body;
	const message = body.subarray(0, 5 + body.readUInt32BE(1));
	if (mode === "no-trailer") return message;
	// The last field of a whole answer is the one that says so, three bytes.
	const cut = Buffer.from(message.subarray(0, -3));
	cut.writeUInt32BE(cut.length - 5, 1);
	return Buffer.concat([cut, body.subarray(message.length)]);
}

function page(response: ServerResponse, status: number): void {
	response.writeHead(status, { "content-type": "text/html; charset=utf-8" }).end(PORTAL);
}
