// Edge(http). The listeners: HTTP/1 for pages, gRPC-Web and Connect, and for figures; what is common to all.
import { createServer } from "node:http";
import type { AddressInfo, Server } from "node:net";
import { WorldError } from "#model/problem";
import type { Observer } from "../observer.ts";
import { type ConnectionLimits, limitConnections } from "./connections.ts";
import type { Handle } from "./front.ts";

export interface Listener {
	readonly port: number;
	/** Connections there are. */
	open(): number;
	/** Lets running replies end, for two seconds at most. */
	close(): Promise<void>;
}

/** A request to us is a few bytes. */
const REQUEST_MAX_BYTES = 4 * 1024;
/** Longest deadline a caller may ask for. */
const TIMEOUT_MAX_MS = 60_000;
const CLOSE_MS = 2_000;
/** Cookies of everything else on this host come along, so not less. */
const HEADERS_MAX_BYTES = 16 * 1024;

export const adapterOptions = { readMaxBytes: REQUEST_MAX_BYTES, maxTimeoutMs: TIMEOUT_MAX_MS, acceptCompression: [] };

/**
 * Listens over HTTP/1. Throws WorldError when the port cannot be had; `setting` is the variable that names it.
 * Slow senders: headers within 5 s, the whole request within 10 s, looked at every second. A page that polls asks again
 * within the 10 s its connection is kept.
 */
export async function listenHttp(
	host: string,
	port: number,
	handle: Handle,
	limits: ConnectionLimits,
	observer: Observer,
	setting = "COORD_PORT",
): Promise<Listener> {
	const server = createServer(
		{
			headersTimeout: 5_000,
			requestTimeout: 10_000,
			connectionsCheckingInterval: 1_000,
			keepAliveTimeout: 10_000,
			maxHeaderSize: HEADERS_MAX_BYTES,
		},
		handle,
	);
	server.maxRequestsPerSocket = 100;
	const { open } = limitConnections(server, limits, observer);
	await listen(server, host, port, setting);
	return { port: portOf(server), open, close: () => closeWithin(server, () => server.closeAllConnections()) };
}

export function listen(server: Server, host: string, port: number, setting: string): Promise<void> {
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

/** Stops taking connections; calls `force` for what is still there after two seconds. */
export function closeWithin(server: Server, force: () => void): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(force, CLOSE_MS);
		server.close(() => {
			clearTimeout(timer);
			resolve();
		});
	});
}

export function portOf(server: Server): number {
	return (server.address() as AddressInfo).port;
}
