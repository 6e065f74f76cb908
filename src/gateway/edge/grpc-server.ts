// Edge(http2). The listener of native gRPC, in plaintext HTTP/2, which needs a port of its own.
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Http2ServerRequest, type Http2ServerResponse, type ServerHttp2Session } from "node:http2";
import type { Server } from "node:net";
import type { ConnectRouter, Interceptor } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import type { Observer } from "../observer.ts";
import { addressGroup, limitConnections } from "./connections.ts";
import type { Overload } from "./overload.ts";
import { shed } from "./refusals.ts";
import { limitResets } from "./reset-limit.ts";
import { adapterOptions, closeWithin, type Listener, listen, portOf } from "./server.ts";

/** Callers are few and each holds one connection for all its calls. */
const LIMITS = { total: 200, perAddress: 50 };
/** A caller says its settings first of all; one that says nothing is none. */
const GREETING_MS = 5_000;
const IDLE_MS = 10 * 60_000;
/** Every call here is one small message each way. */
const CALL_MS = 30_000;

/** Beside a stored answer of the other port. */
const ROUTED_COST = 10;

export interface GrpcParts {
	readonly routes: (router: ConnectRouter) => void;
	readonly interceptors: Interceptor[];
	readonly overload: Overload;
	readonly observer: Observer;
}

/** Listens for native gRPC. Throws WorldError when the port cannot be had. */
export async function listenGrpc(host: string, port: number, parts: GrpcParts): Promise<Listener> {
	const { routes, interceptors, overload, observer } = parts;
	const sessions = new Set<ServerHttp2Session>();
	const answer = connectNodeAdapter({ ...adapterOptions, routes, interceptors });
	const server = createServer(
		{
			settings: { maxConcurrentStreams: 100, maxHeaderListSize: 16 * 1024 },
			maxHeaderListPairs: 64,
			maxSessionMemory: 4,
			maxSessionInvalidFrames: 100,
			// Streams that are opened and reset at once (CVE-2023-44487): so many at a time, then so many a second.
			streamResetBurst: 50,
			streamResetRate: 10,
		},
		(request: Http2ServerRequest, response: Http2ServerResponse) => {
			response.stream?.once("error", () => undefined);
			// What is reset in the same breath is gone by then, and costs no more than its stream.
			setImmediate(() => {
				if (response.stream === undefined || response.stream.destroyed) return;
				if (overload.admit(ROUTED_COST)) return answer(request, response);
				observer.shed();
				shed(request as unknown as IncomingMessage, response as unknown as ServerResponse);
			});
		},
	);
	const { open } = limitConnections(server as unknown as Server, LIMITS, observer);
	const resets = limitResets();
	server.on("session", (session) => {
		const address = addressGroup(session.socket?.remoteAddress ?? "");
		if (resets.isBlocked(address)) {
			observer.connectionRefused("address");
			session.on("error", () => undefined).destroy();
			return;
		}
		sessions.add(session);
		const greeting = setTimeout(() => session.destroy(), GREETING_MS);
		session.once("remoteSettings", () => clearTimeout(greeting));
		session.setTimeout(IDLE_MS, () => session.close());
		session.on("stream", (stream) => {
			const limit = setTimeout(() => stream.close(), CALL_MS);
			stream.once("close", () => clearTimeout(limit));
			stream.once("aborted", () => {
				if (resets.reset(address)) session.destroy();
			});
		});
		session.on("close", () => {
			clearTimeout(greeting);
			sessions.delete(session);
		});
		// A peer that breaks the protocol ends its own session; without a listener it would end the process.
		session.on("error", () => session.destroy());
	});
	await listen(server, host, port, "COORD_GRPC_PORT");
	return {
		port: portOf(server),
		open,
		close: () => {
			for (const session of sessions) session.close();
			return closeWithin(server, () => {
				for (const session of sessions) session.destroy();
			});
		},
	};
}
