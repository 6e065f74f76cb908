// Edge(http). The server of gRPC's interop cases, by the library and the options our gateway answers with.
import { execFileSync } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Code, ConnectError, type ConnectRouter, type HandlerContext } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { adapterOptions } from "#gateway/edge/server";
import { testService } from "./descriptors.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
/** The large case sends 271,828 bytes; the gateway's own questions are a few. */
const REQUEST_MAX_BYTES = 1024 * 1024;
const ECHOED_HEADER = "x-grpc-test-echo-initial";
const ECHOED_TRAILER = "x-grpc-test-echo-trailing-bin";
const SLOW_HEADER = "x-slow";

export interface InteropServer {
	readonly url: string;
	/** The image of the service's descriptors. */
	readonly image: Uint8Array;
	close(): Promise<void>;
}

/** Starts the server on loopback; what is no RPC is answered by `page`. */
export async function startInteropServer(
	page: (image: Uint8Array, request: IncomingMessage, response: ServerResponse) => void,
): Promise<InteropServer> {
	const image = execFileSync(
		join(ROOT, "node_modules/.bin/buf"),
		["build", import.meta.dirname, "-o", "-#format=binpb", "--as-file-descriptor-set"],
		{ cwd: ROOT },
	);
	const adapter = connectNodeAdapter({
		...adapterOptions,
		readMaxBytes: REQUEST_MAX_BYTES,
		routes: routesOf(image),
		fallback: (request, response) => page(image, request as IncomingMessage, response as ServerResponse),
	});
	const server = createServer(adapter);
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	return {
		url: `http://localhost:${(server.address() as AddressInfo).port}`,
		image,
		close: () =>
			new Promise((done) => {
				server.close(() => done());
				server.closeAllConnections();
			}),
	};
}

function routesOf(image: Uint8Array): (router: ConnectRouter) => void {
	// UnimplementedCall has no handler: what its caller hears is the library's doing.
	const handlers = {
		emptyCall: () => ({}),
		async unaryCall(request: AskedOnce, context: HandlerContext) {
			echo(context);
			// So that a deadline can pass while the answer is being made.
			if (context.requestHeader.has(SLOW_HEADER)) await sleep(3_000, undefined, { ref: false });
			const { code = 0, message = "" } = request.responseStatus ?? {};
			if (code !== 0) throw new ConnectError(message, code as Code);
			return { payload: { body: new Uint8Array(request.responseSize) } };
		},
		async *streamingOutputCall(request: AskedOften) {
			for (const { size } of request.responseParameters) yield { payload: { body: new Uint8Array(size) } };
		},
	};
	return (router) => router.service(testService(image), handlers as never);
}

interface AskedOnce {
	readonly responseSize: number;
	readonly responseStatus?: { readonly code: number; readonly message: string };
}

interface AskedOften {
	readonly responseParameters: readonly { readonly size: number }[];
}

function echo({ requestHeader, responseHeader, responseTrailer }: HandlerContext): void {
	const header = requestHeader.get(ECHOED_HEADER);
	if (header !== null) responseHeader.set(ECHOED_HEADER, header);
	const trailer = requestHeader.get(ECHOED_TRAILER);
	if (trailer !== null) responseTrailer.set(ECHOED_TRAILER, trailer);
}
