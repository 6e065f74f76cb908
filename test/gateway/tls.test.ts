// Nodes in Python over TLS and mTLS: what each way of going wrong is called, and that names are checked.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ProbeResult } from "../../src/gateway/cluster/probe.ts";
import { openNames } from "../../src/gateway/nodes/names.ts";
import { type NodeTls, openTlsFiles } from "../../src/gateway/nodes/tls.ts";
import { type Authority, makeAuthority, type Pair } from "../support/certificates.ts";
import { startClosingPeer, startGarbagePeer, startHangingPeer, startHttp1Peer } from "../support/fault-peers.ts";
import { type PythonNode, pythonMissing, startPythonNode } from "../support/python-node.ts";
import { openTestNode } from "./node-support.ts";

const missing = pythonMissing();
const DEADLINE_MS = 2_000;

describe.skipIf(missing !== null)(`nodes over TLS${missing === null ? "" : ` (skipped: ${missing})`}`, () => {
	const folder = mkdtempSync(join(tmpdir(), "node-tls-"));
	let ours: Authority;
	let theirs: Authority;
	let named: Pair;
	let client: Pair;
	let stranger: Pair;
	let node: PythonNode;
	let byAddress: PythonNode;
	let expired: PythonNode;
	let mutual: PythonNode;
	let plain: PythonNode;

	beforeAll(async () => {
		[ours, theirs] = await Promise.all([makeAuthority(folder, "ours"), makeAuthority(folder, "theirs")]);
		named = await ours.sign("mini1", "DNS:mini1.test");
		const [numbered, old] = [await ours.sign("numbered", "IP:127.0.0.1"), await ours.sign("old", "DNS:mini1.test", -1)];
		client = await ours.sign("gateway", "DNS:gateway.test");
		stranger = await theirs.sign("stranger", "DNS:gateway.test");
		const start = ({ cert, key }: Pair, ...more: string[]) => startPythonNode("distributed", 0, [cert, key, ...more]);
		[node, byAddress, expired, mutual, plain] = await Promise.all([
			start(named),
			start(numbered),
			start(old),
			start(named, ours.cert),
			startPythonNode("distributed"),
		]);
	}, 60_000);

	afterAll(async () => {
		await Promise.all([node, byAddress, expired, mutual, plain].map((one) => one?.close()));
		rmSync(folder, { recursive: true, force: true });
	});

	const none: NodeTls = { ca: null, cert: null, key: null, serverName: null };
	/** Asks as mini1.test, which a resolver of ours knows; or by the address itself. */
	async function ask(port: number, tls: Partial<NodeTls> | null, host = "mini1.test"): Promise<ProbeResult> {
		const names = openNames(async (name) => (name.endsWith(".test") ? ["127.0.0.1"] : []));
		const settings = { address: `${host}:${port}`, tls: tls === null ? null : { ...none, ...tls } };
		const asked = openTestNode(settings, DEADLINE_MS, { names });
		const result = await asked.ask(new AbortController().signal);
		asked.close();
		return result;
	}

	it("a trusted certificate for the node's name is good, though its address is what is dialled", async () => {
		expect(await ask(node.port, { ca: ours.cert })).toMatchObject({ isGood: true, profile: { chip: "Apple M4" } });
	});

	it("a certificate for the address itself is good where the node has no name", async () => {
		expect(await ask(byAddress.port, { ca: ours.cert }, "127.0.0.1")).toMatchObject({ isGood: true });
	});

	it("a name of the certificate may be given where the host is called otherwise", async () => {
		expect(await ask(node.port, { ca: ours.cert, serverName: "mini1.test" }, "127.0.0.1")).toMatchObject({
			isGood: true,
		});
	});

	it("mTLS: a client certificate of the right authority is let in", async () => {
		expect(await ask(mutual.port, { ca: ours.cert, ...client })).toMatchObject({ isGood: true });
	});

	it.each([
		["another authority", () => ask(node.port, { ca: theirs.cert }), "tls-untrusted"],
		["the system's authorities only", () => ask(node.port, {}), "tls-untrusted"],
		["another name", () => ask(node.port, { ca: ours.cert }, "mini2.test"), "tls-name"],
		["another name given", () => ask(node.port, { ca: ours.cert, serverName: "mini2.test" }), "tls-name"],
		["an address the certificate is not for", () => ask(node.port, { ca: ours.cert }, "127.0.0.1"), "tls-name"],
		["an expired certificate", () => ask(expired.port, { ca: ours.cert }), "tls-expired"],
		["mTLS without a client certificate", () => ask(mutual.port, { ca: ours.cert }), "tls-closed"],
		["mTLS with a stranger's", () => ask(mutual.port, { ca: ours.cert, ...stranger }), "tls-closed"],
		["a plaintext node asked over TLS", () => ask(plain.port, { ca: ours.cert }), "tls-missing"],
		["a TLS node asked in plaintext", () => ask(node.port, null), "tls"],
	])("%s has a reason of its own", async (_name, asked, kind) => {
		expect(await asked()).toMatchObject({ isGood: false, kind });
	});

	it.each([
		["a web server", startHttp1Peer, "tls-missing"],
		["garbage", startGarbagePeer, "tls-missing"],
		["one that closes at once", startClosingPeer, "dropped"],
		["one that hangs", startHangingPeer, "no-answer"],
	])("%s asked over TLS", async (_name, start, kind) => {
		const peer = await start();
		expect(await ask(Number(peer.address.split(":")[1]), { ca: ours.cert })).toMatchObject({ isGood: false, kind });
		await peer.close();
	});

	it("a node that says with an alert that it wants a client certificate", async () => {
		const pair = { cert: readFileSync(named.cert), key: readFileSync(named.key), ca: readFileSync(ours.cert) };
		const server = createServer({ ...pair, requestCert: true, ALPNProtocols: ["h2"] }).on(
			"tlsClientError",
			() => undefined,
		);
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		const { port } = server.address() as { port: number };
		expect(await ask(port, { ca: ours.cert })).toMatchObject({ isGood: false, kind: "tls-client" });
		await new Promise((resolve) => server.close(resolve));
	});

	it("a node that speaks old TLS only", async () => {
		const pair = { cert: readFileSync(named.cert), key: readFileSync(named.key) };
		const old = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
		const server = createServer({ ...pair, ...old }).on("tlsClientError", () => undefined);
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		const { port } = server.address() as { port: number };
		expect(await ask(port, { ca: ours.cert })).toMatchObject({ isGood: false, kind: "tls-failed" });
		await new Promise((resolve) => server.close(resolve));
	});

	it("files that cannot be read, or hold no certificate, are named; nothing of what is in them is", async () => {
		const secret = join(folder, "secret.pem");
		writeFileSync(secret, "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");
		expect(await ask(node.port, { ca: join(folder, "none.pem") })).toMatchObject({
			kind: "not-asked",
			reason: "not asked: none.pem cannot be read (ENOENT)",
		});
		const result = await ask(node.port, { ca: ours.cert, cert: client.cert, key: secret });
		expect(result).toMatchObject({
			kind: "not-asked",
			reason: expect.stringContaining("secret.pem: no usable certificate"),
		});
		expect(JSON.stringify(result)).not.toContain("c2VjcmV0");
		expect(JSON.stringify(result)).not.toContain(folder);
	});

	it("one context serves all that name the same files, until one of them changes", async () => {
		let now = 0;
		const files = openTlsFiles(() => now);
		const ca = join(folder, "moving.pem");
		const contextNow = async () => {
			const reply = await files.contextFor({ ...none, ca });
			return "context" in reply ? reply.context : reply.trouble;
		};
		expect(await contextNow()).toBe("moving.pem cannot be read (ENOENT)");
		copyFileSync(ours.cert, ca);
		now = 5_000;
		const [first, second] = await Promise.all([contextNow(), contextNow()]);
		expect(first).toBe(second);
		now = 10_000;
		expect(await contextNow()).toBe(first);
		copyFileSync(theirs.cert, ca);
		now = 14_999;
		expect(await contextNow()).toBe(first);
		now = 15_000;
		expect(await contextNow()).not.toBe(first);
	});

	it("nobody called a method that changes state", () => {
		expect([node, byAddress, expired, mutual, plain].flatMap(({ changes }) => changes)).toEqual([]);
	});
});
