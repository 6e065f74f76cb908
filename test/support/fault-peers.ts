// Edge(net). Servers that are no gRPC node, one for each way a configured address can be wrong. All on loopback.
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";

export interface Peer {
	/** host:port */
	readonly address: string;
	close(): Promise<void>;
}

/** A web server: what stands on a node's `api_port`. */
export function startHttp1Peer(): Promise<Peer> {
	return listen(createHttpServer((_request, response) => response.end("<html>hello</html>")));
}

/** A TLS server (pre-shared key, so no certificate has to be made). */
export function startTlsPeer(): Promise<Peer> {
	return listen(
		createTlsServer({
			ciphers: "PSK",
			maxVersion: "TLSv1.2",
			pskCallback: () => Buffer.alloc(16, 1),
		}).on("tlsClientError", () => undefined),
	);
}

/** Answers whatever it hears with bytes of no protocol at all. */
export function startGarbagePeer(): Promise<Peer> {
	return listen(createServer((socket) => socket.on("data", () => socket.write(Buffer.alloc(64, 0xa7)))));
}

/** Accepts the connection and never says a word. */
export function startHangingPeer(): Promise<Peer> {
	return listen(createServer((socket) => socket.resume()));
}

/** Closes every connection at once. */
export function startClosingPeer(): Promise<Peer> {
	return listen(createServer((socket) => socket.destroy()));
}

async function listen(server: Server): Promise<Peer> {
	const sockets = new Set<Socket>();
	server.on("connection", (socket: Socket) => {
		sockets.add(socket);
		socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
	});
	await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
	return {
		address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				for (const socket of sockets) socket.destroy();
			}),
	};
}
