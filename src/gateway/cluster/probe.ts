// Pure. The outcome of asking one node once, and the words for each way it can fail.
import type { Profile, Vitals } from "./facts.ts";

/** The protocols a node may speak, in the order they are tried. */
export const PROTOCOLS = [
	"mlx_distributed.DistributedInference",
	"mlx_inference.InferenceService",
	"grpc.health.v1.Health",
] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/**
 * Why there was no good answer. `wrong-service`: a gRPC server that offers none of the protocols, of whose
 * health nothing is known; `node-error`: the node itself says it is not well; `stopped`: we stopped asking;
 * `not-asked`: it may not be asked, or not as the settings say; the detail says why.
 */
export type FailureKind =
	| "refused"
	| "name"
	| "unreachable"
	| "no-answer"
	| "http1"
	| "tls"
	| "tls-untrusted"
	| "tls-name"
	| "tls-expired"
	| "tls-client"
	| "tls-closed"
	| "tls-missing"
	| "tls-failed"
	| "garbage"
	| "dropped"
	| "wrong-service"
	| "node-error"
	| "stopped"
	| "not-asked";

export type ProbeResult =
	| {
			readonly isGood: true;
			readonly protocol: Protocol;
			/** Round trip of the health call alone. */
			readonly latencyMs: number;
			readonly vitals: Vitals;
			/** Since the health answer came, ms, where something else was asked after it. */
			readonly heldMs?: number;
			/** Null: not asked this time, or not answered. What was known stays good. */
			readonly profile: Profile | null;
	  }
	| { readonly isGood: false; readonly kind: FailureKind; readonly reason: string };

/** A failure in words for people; `detail` is the node's own text where it gave one. */
export function failure(kind: FailureKind, deadlineMs: number, detail: string | null = null): ProbeResult {
	return { isGood: false, kind, reason: reasonFor(kind, deadlineMs, detail) };
}

function reasonFor(kind: FailureKind, deadlineMs: number, detail: string | null): string {
	switch (kind) {
		case "refused":
			return "connection refused";
		case "name":
			return "host name not found";
		case "unreachable":
			return "host not reachable";
		case "no-answer":
			return `no answer in ${deadlineMs / 1000} s`;
		case "http1":
			return "bad reply: a web server (HTTP/1) answers at this port, not a gRPC node";
		case "tls":
			return "bad reply: the port speaks TLS; nodes are asked in plaintext";
		case "tls-untrusted":
			return "TLS: the node's certificate is not signed by a trusted authority";
		case "tls-name":
			return "TLS: the node's certificate is for another name";
		case "tls-expired":
			return "TLS: the node's certificate is not valid now (expired, or not valid yet)";
		case "tls-client":
			return "TLS: the node wants a client certificate that it trusts";
		case "tls-closed":
			return "TLS: the node closes right after the handshake, as one does that wants a client certificate it trusts";
		case "tls-missing":
			return "TLS: the port speaks plaintext; this node is to be asked over TLS";
		case "tls-failed":
			return "TLS: node and gateway have no version or cipher in common";
		case "garbage":
			return "bad reply: what answers at this port is not gRPC";
		case "dropped":
			return "the connection was dropped";
		case "wrong-service":
			return "a gRPC server that offers no health service known here";
		case "node-error":
			return `the node reports: ${detail ?? "not healthy"}`;
		case "stopped":
			return "no longer asked";
		case "not-asked":
			return `not asked: ${detail ?? "the settings do not allow it"}`;
	}
}

/**
 * What kind of server a port has by the first bytes it sends to somebody who opens with the HTTP/2 preface;
 * null: nothing that tells (it closed, or said nothing).
 */
export function peerByFirstBytes(bytes: Uint8Array): FailureKind | null {
	if (bytes.length === 0) return null;
	if (new TextDecoder("latin1").decode(bytes.subarray(0, 5)) === "HTTP/") return "http1";
	// A TLS record: alert (21) or handshake (22), major version 3.
	if ((bytes[0] === 21 || bytes[0] === 22) && bytes[1] === 3) return "tls";
	// An HTTP/2 frame header: SETTINGS (type 4) on stream 0 must come first. Then it was gRPC after all.
	if (bytes.length >= 9 && bytes[3] === 4 && bytes.subarray(5, 9).every((byte) => byte === 0)) return null;
	return "garbage";
}

/** What an error of a TLS handshake says about the node; null: nothing in particular. Codes are Node's and OpenSSL's. */
export function troubleByTlsError(code: string): FailureKind | null {
	if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return "tls-name";
	if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID") return "tls-expired";
	if (/^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|INVALID_CA|ERR_TLS_CERT_)/.test(code)) return "tls-untrusted";
	// What OpenSSL makes of bytes that are no TLS record.
	if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNEXPECTED_MESSAGE|BAD_RECORD_TYPE/.test(code)) {
		return "tls-missing";
	}
	if (/ALERT_(CERTIFICATE|BAD_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|UNSUPPORTED_CERTIFICATE)/.test(code)) {
		return "tls-client";
	}
	return code.startsWith("ERR_SSL_") ? "tls-failed" : null;
}
