// Edge(net). Looks at what a port says to an HTTP/2 opening: grpc-js has one word for all that is no gRPC.
import { connect } from "node:net";
import { connect as connectTls } from "node:tls";
import { type FailureKind, peerByFirstBytes } from "./probe.ts";

/** The HTTP/2 connection preface followed by an empty SETTINGS frame: what every gRPC client opens with. */
const OPENING = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0", "latin1");

/**
 * Kind of server at the address, or null where it does not tell. At most `timeoutMs` for each of its two
 * looks. Never throws; sends nothing but openings.
 */
export async function peekPeer(host: string, port: number, timeoutMs: number): Promise<FailureKind | null> {
	const first = await firstBytes(host, port, timeoutMs);
	if (first !== null) return peerByFirstBytes(first);
	// Some TLS servers (gRPC's own among them) close without a word on plaintext: offer them what they wait for.
	return (await speaksTls(host, port, timeoutMs)) ? "tls" : null;
}

function firstBytes(host: string, port: number, timeoutMs: number): Promise<Uint8Array | null> {
	return new Promise((resolve) => {
		const socket = connect({ host, port });
		const finish = (bytes: Uint8Array | null) => {
			socket.destroy();
			resolve(bytes);
		};
		socket.setTimeout(timeoutMs, () => finish(null));
		socket.once("connect", () => socket.write(OPENING));
		socket.once("data", finish);
		socket.on("error", () => finish(null)).once("close", () => finish(null));
	});
}

function speaksTls(host: string, port: number, timeoutMs: number): Promise<boolean> {
	return new Promise((resolve) => {
		// Any certificate will do: nothing is sent, only the fact of a handshake is wanted.
		const socket = connectTls({ host, port, ALPNProtocols: ["h2"], rejectUnauthorized: false });
		const finish = (isTls: boolean) => {
			socket.destroy();
			resolve(isTls);
		};
		socket.setTimeout(timeoutMs, () => finish(false));
		socket.once("secureConnect", () => finish(true));
		// An alert is TLS too: the peer refuses our offer, in the language asked about.
		socket.on("error", (error: NodeJS.ErrnoException) => finish(/_ALERT_/.test(error.code ?? "")));
		socket.once("close", () => finish(false));
	});
}
