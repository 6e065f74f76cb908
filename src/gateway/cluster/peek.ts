// Edge(net). Looks at what a port says to an HTTP/2 opening: grpc-js has one word for all that is no gRPC.
import { connect, isIP, type Socket } from "node:net";
import { checkServerIdentity, connect as connectTls, type SecureContext } from "node:tls";
import { type FailureKind, peerByFirstBytes, troubleByTlsError } from "./probe.ts";

/** A resolved address, which was found to be allowed. */
interface Place {
	readonly ip: string;
	readonly port: number;
}

/** The HTTP/2 connection preface followed by an empty SETTINGS frame: what every gRPC client opens with. */
const OPENING = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0", "latin1");

/**
 * Kind of server at an address asked in plaintext, or null where it does not tell. At most `timeoutMs` for each of
 * its two looks. Never throws; sends nothing but openings.
 */
export async function peekPeer(place: Place, timeoutMs: number): Promise<FailureKind | null> {
	const first = await firstBytes(place, timeoutMs);
	if (first !== null) return peerByFirstBytes(first);
	// Some TLS servers (gRPC's own among them) close without a word on plaintext: offer them what they wait for.
	return (await speaksTls(place, timeoutMs)) ? "tls" : null;
}

/**
 * What stands in the way of a secure connection, by the words of the handshake itself; null: it does not tell. A
 * server that wants a client certificate says so only after the handshake, or just closes then, so the opening is sent
 * and its answer read.
 */
export function peekSecure(
	{ ip, port }: Place,
	{ context, name }: { readonly context: SecureContext; readonly name: string },
	timeoutMs: number,
): Promise<FailureKind | null> {
	return new Promise((resolve) => {
		const socket = connectTls({
			host: ip,
			port,
			secureContext: context,
			ALPNProtocols: ["h2"],
			...(isIP(name) === 0 ? { servername: name } : {}),
			checkServerIdentity: (_host, certificate) => checkServerIdentity(name, certificate),
		});
		let isSecure = false;
		const finish = finishOnce(socket, resolve);
		socket.setTimeout(timeoutMs, () => finish(null));
		socket.once("secureConnect", () => {
			isSecure = true;
			socket.write(OPENING);
		});
		socket.once("data", (bytes: Buffer) => finish(peerByFirstBytes(bytes)));
		const closed = () => (isSecure ? "tls-closed" : null);
		socket.on("error", (error: NodeJS.ErrnoException) => finish(troubleByTlsError(error.code ?? "") ?? closed()));
		socket.once("close", () => finish(closed()));
	});
}

function firstBytes({ ip, port }: Place, timeoutMs: number): Promise<Uint8Array | null> {
	return new Promise((resolve) => {
		const socket = connect({ host: ip, port });
		const finish = finishOnce(socket, resolve);
		socket.setTimeout(timeoutMs, () => finish(null));
		socket.once("connect", () => socket.write(OPENING));
		socket.once("data", finish);
		socket.on("error", () => finish(null)).once("close", () => finish(null));
	});
}

function speaksTls({ ip, port }: Place, timeoutMs: number): Promise<boolean> {
	return new Promise((resolve) => {
		// Any certificate will do: nothing is sent, only the fact of a handshake is wanted.
		const socket = connectTls({ host: ip, port, ALPNProtocols: ["h2"], rejectUnauthorized: false });
		const finish = finishOnce(socket, resolve);
		socket.setTimeout(timeoutMs, () => finish(false));
		socket.once("secureConnect", () => finish(true));
		// An alert is TLS too: the peer refuses our offer, in the language asked about.
		socket.on("error", (error: NodeJS.ErrnoException) => finish(/_ALERT_/.test(error.code ?? "")));
		socket.once("close", () => finish(false));
	});
}

/** Ends a look with the first thing that was learnt; what the closing socket says after it teaches nothing. */
function finishOnce<Result>(socket: Socket, resolve: (result: Result) => void): (result: Result) => void {
	return (result) => {
		resolve(result);
		socket.destroy();
	};
}
