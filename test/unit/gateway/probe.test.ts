// Specification of how a port that is no node is told by its first bytes.
import { describe, expect, it } from "vitest";
import { failure, peerByFirstBytes, troubleByTlsError } from "../../../src/gateway/cluster/probe.ts";

describe("peerByFirstBytes", () => {
	it.each([
		["an HTTP/1 reply", Buffer.from("HTTP/1.1 400 Bad Request\r\n"), "http1"],
		["a TLS alert", Buffer.from([21, 3, 3, 0, 2, 2, 70]), "tls"],
		["a TLS handshake", Buffer.from([22, 3, 1, 0, 5, 1]), "tls"],
		["an HTTP/2 SETTINGS frame", Buffer.from([0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3]), null],
		["nothing", Buffer.alloc(0), null],
		["an SSH banner", Buffer.from("SSH-2.0-OpenSSH_9.2\r\n"), "garbage"],
		["near miss: 21 without a TLS version", Buffer.from([21, 4, 3, 0, 2]), "garbage"],
		["near miss: a DATA frame first", Buffer.from([0, 0, 6, 0, 0, 0, 0, 0, 0]), "garbage"],
	])("%s", (_name, bytes, kind) => {
		expect(peerByFirstBytes(bytes)).toBe(kind);
	});
});

it("every kind of failure has words of its own", () => {
	const tls = ["untrusted", "name", "expired", "client", "closed", "missing", "failed"] as const;
	const kinds = [
		...(["refused", "name", "unreachable", "no-answer", "http1", "tls", "garbage", "dropped", "not-asked"] as const),
		...tls.map((kind) => `tls-${kind}` as const),
	];
	const reasons = kinds.map((kind) => failure(kind, 2_000)).map((result) => (result.isGood ? "" : result.reason));
	expect(new Set(reasons).size).toBe(kinds.length);
	expect(failure("no-answer", 500)).toMatchObject({ reason: "no answer in 0.5 s" });
});

describe("troubleByTlsError", () => {
	it.each([
		["SELF_SIGNED_CERT_IN_CHAIN", "tls-untrusted"],
		["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "tls-untrusted"],
		["CERT_HAS_EXPIRED", "tls-expired"],
		["CERT_REVOKED", "tls-untrusted"],
		["ERR_TLS_CERT_ALTNAME_INVALID", "tls-name"],
		["ERR_SSL_WRONG_VERSION_NUMBER", "tls-missing"],
		["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "tls-client"],
		["ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE", "tls-client"],
		["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "tls-failed"],
		["ECONNRESET", null],
		["", null],
	])("%s is %s", (code, kind) => {
		expect(troubleByTlsError(code)).toBe(kind);
	});
});
