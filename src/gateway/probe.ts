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
 * health nothing is known; `node-error`: the node itself says it is not well; `stopped`: we stopped asking.
 */
export type FailureKind =
	| "refused"
	| "name"
	| "unreachable"
	| "no-answer"
	| "http1"
	| "tls"
	| "garbage"
	| "dropped"
	| "wrong-service"
	| "node-error"
	| "stopped";

export type ProbeResult =
	| {
			readonly isGood: true;
			readonly protocol: Protocol;
			/** Round trip of the health call alone. */
			readonly latencyMs: number;
			readonly vitals: Vitals;
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
