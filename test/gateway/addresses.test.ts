// No way of spelling an address leads to one that may not be asked: a real socket counts who comes.
import { connect, createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSampleNodes } from "#scripts/sample/nodes";
import type { ProbeResult } from "../../src/gateway/cluster/probe.ts";
import { askNodesOnce } from "../../src/gateway/gateway.ts";
import { type Lookup, openNames } from "../../src/gateway/nodes/names.ts";
import { ON_LOOPBACK, openTestNode } from "./node-support.ts";
import { gatewayOver } from "./support.ts";

const OPEN = { ...ON_LOOPBACK, isLoopbackAllowed: false };

/** Each leads to this machine, or to an address that is refused always, for one resolver or another. */
const SPELLINGS = [
	..."127.0.0.1 127.1 127.0.1 127.0.0.2 127.255.255.254 127.00.0.1 0177.0.0.1 0177.1 017700000001".split(" "),
	..."0x7f000001 0x7f.1 0x7F.0x0.0x0.0x1 0x7f.0.0.01 2130706433 2130706434 127.0.0.1. 127.1.".split(" "),
	..."localhost LOCALHOST LocalHost localhost. LOCALHOST. ip6-localhost localhost.localdomain a.localhost".split(" "),
	..."0 0.0.0.0 0x0 00000000000 0.0 0.1 0.0.0.1".split(" "),
	..."[::1] ::1 0:0:0:0:0:0:0:1 0000::0001 ::ffff:127.0.0.1 ::FFFF:127.0.0.1 ::ffff:7f00:1 ::ffff:7f00:0001".split(" "),
	..."0:0:0:0:0:ffff:127.0.0.1 ::127.0.0.1 ::7f00:1 64:ff9b::127.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: :: 0:0:0:0:0:0:0:0".split(
		" ",
	),
	..."::ffff:0.0.0.0 ::1%lo ::1%1 fe80::1%lo fe80::1 169.254.169.254 0xa9fea9fe 2852039166 0251.0376.0251.0376".split(
		" ",
	),
	..."::ffff:169.254.169.254 ::ffff:a9fe:a9fe 169.254.169.254. fd00:ec2::254 224.0.0.1 255.255.255.255 ff02::1".split(
		" ",
	),
	..."unix:/tmp/x.sock unix-abstract:x dns:localhost ipv4:127.0.0.1 ipv6:[::1] passthrough:localhost 127.0.0.1%00".split(
		" ",
	),
	..."127.0.0.1@example.invalid ⑯⑨.254.169.254 １２７.0.0.1 localhost%2f 127。0。0。1".split(" "),
];

describe("a gateway that is open to others", () => {
	let server: Server;
	let port: number;
	let dials = 0;

	beforeAll(async () => {
		server = createServer((socket) => {
			dials += 1;
			socket.on("error", () => undefined).destroy();
		});
		// Every address of this machine, of both families.
		await new Promise<void>((resolve) => server.listen(0, "::", resolve));
		port = (server.address() as { port: number }).port;
	});

	afterAll(() => new Promise((resolve) => server.close(resolve)));

	async function ask(host: string, rules = OPEN, look?: Lookup): Promise<ProbeResult> {
		const node = openTestNode(`${host}:${port}`, 400, { rules, names: openNames(look) });
		const result = await node.ask(new AbortController().signal);
		node.close();
		return result;
	}

	it(`dials none of ${SPELLINGS.length} spellings, and says why`, async () => {
		expect(SPELLINGS.length).toBeGreaterThan(60);
		const before = dials;
		const results = await Promise.all(SPELLINGS.map(async (host) => ({ host, result: await ask(host) })));
		for (const { host, result } of results) {
			expect(result, host).toMatchObject({ isGood: false, kind: expect.stringMatching(/^(not-asked|name)$/) });
		}
		expect(dials - before).toBe(0);
	}, 60_000);

	it("the same spellings do lead here where this machine may be asked, so the count counts", async () => {
		const before = dials;
		for (const host of ["127.0.0.1", "::1", "localhost", "2130706433", "0x7f.1", "::ffff:127.0.0.1"]) {
			await ask(host, ON_LOOPBACK);
		}
		// Each is dialled once by the question, and looked at afterwards.
		expect(dials - before).toBeGreaterThanOrEqual(6);
	});

	it("the whole gateway, and the build, keep to it: the node is listed as unknown, with the reason", async () => {
		const before = dials;
		const nodes = [{ id: "n", address: `127.0.0.1:${port}`, isSample: false }];
		const expected = {
			id: "n",
			state: "unknown",
			reason: expect.stringContaining("not asked: 127.0.0.1"),
			checkedMs: null,
		};
		const gateway = await gatewayOver({}, { nodes, host: "0.0.0.0" });
		await gateway.ready;
		expect(gateway.cluster().nodes).toMatchObject([expected]);
		await gateway.close();
		const limits = { intervalMs: 5_000, staleAfterMs: 15_000, offlineAfterMs: 300_000, deadlineMs: 400 };
		expect((await askNodesOnce({ ...limits, nodes })).nodes).toMatchObject([expected]);
		expect(dials - before).toBe(0);
	});

	it("an address a stub resolver gives is judged as any other", async () => {
		const before = dials;
		expect(await ask("node.test", OPEN, async () => ["127.0.0.1"])).toMatchObject({
			reason:
				"not asked: 127.0.0.1 is this machine itself, and the gateway is open to others (COORD_NODE_LOOPBACK=allow)",
		});
		expect(await ask("node.test", ON_LOOPBACK, async () => ["169.254.169.254"])).toMatchObject({
			reason: "not asked: 169.254.169.254 is a link-local address",
		});
		expect(dials - before).toBe(0);
	});

	it("a resolver that changes its answer between check and dial is asked only once", async () => {
		const before = dials;
		let lookups = 0;
		// 192.0.2.1 is set aside for documentation (RFC 5737): allowed, and nobody there.
		const rebinding = async () => (lookups++ === 0 ? ["192.0.2.1"] : ["127.0.0.1"]);
		const node = openTestNode(`node.test:${port}`, 300, { rules: OPEN, names: openNames(rebinding) });
		for (let index = 0; index < 4; index += 1) await node.ask(new AbortController().signal);
		node.close();
		expect(lookups).toBe(1);
		expect(dials - before).toBe(0);
	});

	it("a name that moved is followed; one in use stays while the name still stands for it, in whatever order", async () => {
		let addresses: readonly string[] = ["127.0.0.2", "127.0.0.3"];
		const names = { addressesOf: async () => addresses, doubt: () => undefined };
		const sample = await startSampleNodes([0]);
		const seen: string[] = [];
		// Stands before the node, and tells by which address it was reached.
		const before = createServer((socket) => {
			seen.push(socket.localAddress?.replace("::ffff:", "") ?? "");
			const node = connect(Number(sample.addresses[0]!.split(":")[1]), "127.0.0.1");
			for (const end of [socket, node]) end.on("error", () => undefined);
			socket.pipe(node).pipe(socket);
		});
		await new Promise<void>((resolve) => before.listen(0, "0.0.0.0", resolve));
		const { port: at } = before.address() as { port: number };
		const node = openTestNode(`node.test:${at}`, 2_000, { names });
		const next = async () => expect(await node.ask(new AbortController().signal)).toMatchObject({ isGood: true });
		await next();
		addresses = ["127.0.0.3", "127.0.0.2"];
		await next();
		expect(seen).toEqual(["127.0.0.2"]);
		addresses = ["127.0.0.3"];
		await next();
		expect(seen).toEqual(["127.0.0.2", "127.0.0.3"]);
		node.close();
		await sample.close();
		await new Promise((resolve) => before.close(resolve));
	});

	it("of several addresses only those allowed are dialled", async () => {
		const before = dials;
		const mixed = async () => ["169.254.169.254", "fe80::1", "127.0.0.1"];
		expect(await ask("node.test", ON_LOOPBACK, mixed)).toMatchObject({ kind: "dropped" });
		expect(dials - before).toBeGreaterThanOrEqual(1);
	});

	it("a discovered node's port must be one of those allowed; a sample node may be here", async () => {
		const before = dials;
		const rules = { isLoopbackAllowed: true, discoveredPorts: [{ from: 50_051, to: 50_099 }] };
		const found = openTestNode({ address: `127.0.0.1:${port}`, isDiscovered: true }, 400, { rules });
		expect(await found.ask(new AbortController().signal)).toMatchObject({
			reason: `not asked: port ${port} is outside COORD_NODE_PORTS (50051-50099)`,
		});
		found.close();
		expect(dials - before).toBe(0);
		const sample = openTestNode({ address: `127.0.0.1:${port}`, isSample: true }, 400, { rules: OPEN });
		expect(await sample.ask(new AbortController().signal)).toMatchObject({ kind: "dropped" });
		sample.close();
	});
});
