// Edge(http). Two listeners over one set of routes: HTTP/1 for pages, gRPC-Web and Connect; HTTP/2 for native gRPC.
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createHttp2Server, type ServerHttp2Session } from "node:http2";
import type { AddressInfo, Server } from "node:net";
import type { ConnectRouter } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { WorldError } from "#model/problem";

export interface Listener {
	readonly port: number;
	/** Lets running replies end, for two seconds at most. */
	close(): Promise<void>;
}

export interface ServerParts {
	readonly routes: (router: ConnectRouter) => void;
	/** Answers a request before the routes see it and gives true, or leaves it alone and gives false. */
	readonly hotPath: (request: IncomingMessage, response: ServerResponse) => boolean;
	/** Answers what is no RPC; null: nothing but RPCs is served. */
	readonly site: ((request: IncomingMessage, response: ServerResponse) => void) | null;
	/** Whether every node was asked once. */
	readonly isReady: () => boolean;
}

/** A request to us is a few bytes. */
const REQUEST_MAX_BYTES = 4 * 1024;
/** Longest deadline a caller may ask for. */
const TIMEOUT_MAX_MS = 60_000;
const CLOSE_MS = 2_000;

export const adapterOptions = { readMaxBytes: REQUEST_MAX_BYTES, maxTimeoutMs: TIMEOUT_MAX_MS, acceptCompression: [] };

/** Listens for pages, gRPC-Web and Connect. Throws WorldError when the port cannot be had. */
export async function listenHttp(host: string, port: number, parts: ServerParts): Promise<Listener> {
	const answerRpc = connectNodeAdapter({ ...adapterOptions, routes: parts.routes, fallback: answerPlain });
	const answer: RequestListener = (request, response) => {
		// Nothing of what is answered here may be kept by a cache on the way; static replies set their own.
		response.setHeader("cache-control", "no-store");
		response.setHeader("x-content-type-options", "nosniff");
		if (!parts.hotPath(request, response)) answerRpc(request, response);
	};
	// Slow senders: headers within 5 s, the whole request within 10 s, looked at every second.
	const server = createServer(
		{ headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 1_000, keepAliveTimeout: 10_000 },
		answer,
	);
	server.maxConnections = 2_000;
	server.maxRequestsPerSocket = 100;
	await listen(server, host, port, "COORD_PORT");
	return {
		port: portOf(server),
		close: () => closeWithin(server, () => server.closeAllConnections()),
	};

	function answerPlain(request: Parameters<typeof answerRpc>[0], response: Parameters<typeof answerRpc>[1]): void {
		const path = request.url?.split("?", 1)[0];
		if (path === "/healthz") endPlain(response as ServerResponse, 200, "ok");
		else if (path === "/readyz") {
			const isReady = parts.isReady();
			endPlain(response as ServerResponse, isReady ? 200 : 503, isReady ? "ok" : "nodes are being asked");
		} else if (parts.site === null) endPlain(response as ServerResponse, 404, "not found");
		else parts.site(request as IncomingMessage, response as ServerResponse);
	}
}

/** Listens for native gRPC, in plaintext HTTP/2. Throws WorldError when the port cannot be had. */
export async function listenGrpc(host: string, port: number, parts: ServerParts): Promise<Listener> {
	const sessions = new Set<ServerHttp2Session>();
	const server = createHttp2Server(
		{ settings: { maxConcurrentStreams: 100, maxHeaderListSize: 16 * 1024 } },
		connectNodeAdapter({ ...adapterOptions, routes: parts.routes }),
	);
	server.maxConnections = 200;
	server.on("session", (session) => {
		sessions.add(session);
		session.setTimeout(10 * 60_000, () => session.close());
		// A peer that breaks the protocol ends its own session; without a listener it would end the process.
		session.on("error", () => session.destroy()).on("close", () => sessions.delete(session));
	});
	await listen(server, host, port, "COORD_GRPC_PORT");
	return {
		port: portOf(server),
		close: () => {
			for (const session of sessions) session.close();
			return closeWithin(server, () => {
				for (const session of sessions) session.destroy();
			});
		},
	};
}

function listen(server: Server, host: string, port: number, setting: string): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, host, port, setting)));
		server.listen(port, host, () => {
			server.removeAllListeners("error");
			resolve();
		});
	});
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number, setting: string): WorldError {
	const choose = `choose another with ${setting}${setting === "COORD_GRPC_PORT" ? ", or turn native gRPC off with COORD_GRPC_PORT=off" : ""}`;
	switch (error.code) {
		case "EADDRINUSE":
			return new WorldError(`port ${port} on ${host} is in use`, `stop what listens there, or ${choose}`, error);
		case "EACCES":
			return new WorldError(`port ${port} on ${host} may not be opened by this user`, choose, error);
		case "EADDRNOTAVAIL":
		case "ENOTFOUND":
			return new WorldError(
				`${host} is no address of this machine`,
				"COORD_HOST names the address to listen on",
				error,
			);
		default:
			return new WorldError(`cannot listen on ${host}:${port}: ${error.message}`, null, error);
	}
}

function closeWithin(server: Server, force: () => void): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(force, CLOSE_MS);
		server.close(() => {
			clearTimeout(timer);
			resolve();
		});
	});
}

function portOf(server: Server): number {
	return (server.address() as AddressInfo).port;
}

function endPlain(response: ServerResponse, status: number, words: string): void {
	response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${words}\n`);
}
