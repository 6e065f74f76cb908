// Lists of nodes that move while the gateway runs: files, SRV names, and what a reader sees of it.
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSampleNodes } from "#scripts/sample/nodes";
import { openCluster } from "../../src/gateway/cluster/cluster.ts";
import type { GatewayNode } from "../../src/gateway/cluster/snapshot.ts";
import type { LogEvent } from "../../src/gateway/log.ts";
import { type NodeSources, readNodeSources, watchNodeSources } from "../../src/gateway/nodes/sources.ts";
import { systemSrv } from "../../src/gateway/nodes/srv.ts";
import { openNotices } from "../../src/gateway/notices.ts";
import { startRun } from "../../src/gateway/run.ts";
import { type DnsServer, startDnsServer } from "../support/dns-server.ts";
import { startHangingPeer } from "../support/fault-peers.ts";
import { ON_LOOPBACK } from "./node-support.ts";
import { gatewayOver, INTERVAL_MS, waitUntil } from "./support.ts";

const folders: string[] = [];
function folder(): string {
	const path = mkdtempSync(join(tmpdir(), "node-lists-"));
	folders.push(path);
	return path;
}
afterAll(() => {
	for (const path of folders) rmSync(path, { recursive: true, force: true });
});

/** Watches sources; keeps what they said. */
function watching(sources: Partial<NodeSources>, edges: Parameters<typeof watchNodeSources>[4] = {}) {
	const notices = openNotices();
	const events: LogEvent[] = [];
	const lists: (readonly GatewayNode[])[] = [];
	const all = { listed: [], files: [], filesTls: null, ...sources };
	const watched = watchNodeSources(
		all,
		notices,
		(event) => events.push(event),
		(nodes) => lists.push(nodes),
		{ lookEveryMs: 300, ...edges },
	);
	return {
		...watched,
		events,
		lists,
		ids: () => (lists.at(-1) ?? []).map(({ id }) => id).join(" "),
		notices: () => notices.of("nodes"),
	};
}

const json = (...addresses: string[]) => JSON.stringify(addresses.map((address) => ({ targets: [address] })));

describe("files", () => {
	it("are read at the start and followed: changed, replaced, added by pattern", async () => {
		const at = folder();
		writeFileSync(join(at, "one.json"), json("a:1"));
		writeFileSync(join(at, "not-ours.txt"), "x");
		const seen = watching({ files: [join(at, "*.json")] });
		await seen.ready;
		expect(seen.ids()).toBe("a:1");
		writeFileSync(join(at, "one.json"), json("a:1", "b:1"));
		await waitUntil(() => seen.ids() === "a:1 b:1", seen.ids);
		writeFileSync(join(at, "new.tmp"), json("c:1"));
		renameSync(join(at, "new.tmp"), join(at, "one.json"));
		await waitUntil(() => seen.ids() === "c:1", seen.ids);
		writeFileSync(join(at, "two.json"), json("d:1"));
		await waitUntil(() => seen.ids() === "c:1 d:1", seen.ids);
		expect(seen.notices()).toEqual([]);
		seen.close();
	});

	it("half written, broken or gone: the last good list stays, a notice and the log say so, and end when it is well", async () => {
		const at = folder();
		const file = join(at, "nodes.json");
		writeFileSync(file, json("a:1"));
		const seen = watching({ files: [file] });
		await seen.ready;
		writeFileSync(file, '[\n{"targets": ["a:1"]},\n{"targets": "b:1"}]');
		await waitUntil(() => seen.notices().length === 1, seen.notices);
		expect(seen.notices()[0]).toMatch(
			/^nodes\.json cannot be read since \d\d:\d\d:\d\d UTC: line 3: expected targets, a list of host:port; the list of nodes is the last good one$/,
		);
		rmSync(file);
		await waitUntil(() => seen.notices()[0]?.includes("it is not there") === true, seen.notices);
		expect(seen.ids()).toBe("a:1");
		writeFileSync(file, "[]");
		await waitUntil(() => seen.ids() === "" && seen.notices().length === 0, seen.notices);
		expect(seen.events.map(({ event, level }) => `${event} ${level}`)).toEqual([
			"nodes-file info",
			"nodes-file warn",
			"nodes-file warn",
			"nodes-file info",
		]);
		seen.close();
	});

	it("a file that was never there is told of, and taken once it comes, also in a folder made later", async () => {
		const at = folder();
		const file = join(at, "later", "nodes.yaml");
		const seen = watching({ files: [file] });
		await seen.ready;
		expect(seen.notices()[0]).toMatch(/^nodes\.yaml cannot be read since .*: it is not there; it gave no nodes yet$/);
		mkdirSync(join(at, "later"));
		writeFileSync(file, "- targets: [a:1]\n");
		await waitUntil(() => seen.ids() === "a:1", seen.ids);
		expect(seen.notices()).toEqual([]);
		seen.close();
	});

	it("one that is being written is not read half", async () => {
		const file = join(folder(), "nodes.yaml");
		const whole = ["a:1", "b:1", "c:1", "d:1"].map((address) => `- targets: ['${address}']\n`);
		writeFileSync(file, whole.join(""));
		const seen = watching({ files: [file] });
		await seen.ready;
		// Each state in between is valid YAML with fewer nodes.
		writeFileSync(file, "");
		for (const line of whole) {
			writeFileSync(file, line, { flag: "a" });
			await new Promise((resolve) => setTimeout(resolve, 30));
		}
		await new Promise((resolve) => setTimeout(resolve, 800));
		expect(new Set(seen.lists.map((list) => list.length))).toEqual(new Set([4]));
		seen.close();
	});

	it("a folder is no file", async () => {
		const at = folder();
		mkdirSync(join(at, "nodes.json"));
		const seen = watching({ files: [join(at, "nodes.json")] });
		await seen.ready;
		expect(seen.notices()[0]).toContain("it is no file; it gave no nodes yet");
		seen.close();
	});

	it("a node listed twice is told of once", async () => {
		const at = folder();
		writeFileSync(join(at, "1.json"), json("a:1", "b:1"));
		writeFileSync(join(at, "2.json"), json("b:1"));
		const seen = watching({ files: [join(at, "*.json")] });
		await seen.ready;
		expect(seen.ids()).toBe("a:1 b:1");
		expect(seen.notices()).toEqual(["listed twice, by id or address: b:1; what was listed first counts"]);
		seen.close();
	});

	it("read once, as a build does: nodes, and what could not be read", async () => {
		const at = folder();
		writeFileSync(join(at, "1.json"), json("a:1"));
		writeFileSync(join(at, "2.json"), "[");
		const { nodes, problems } = await readNodeSources({ listed: [], files: [join(at, "*.json")], filesTls: null });
		expect(nodes).toEqual([{ id: "a:1", address: "a:1", isSample: false, isDiscovered: true, tls: null }]);
		expect(problems).toEqual([expect.stringMatching(/2\.json: line 1: /)]);
	});
});

describe("SRV names, asked of a real DNS server", () => {
	let dns: DnsServer;
	beforeAll(async () => {
		dns = await startDnsServer();
	});
	afterAll(() => dns.close());

	it("give nodes by priority, follow the answers, and keep the last good list through every failure", async () => {
		dns.answer([
			{ name: "Mini2.example.org", port: 50_052, priority: 20 },
			{ name: "mini1.example.org", port: 50_051, priority: 10 },
		]);
		const listed = [{ srv: "_mlx._tcp.example.org", tls: null }];
		const seen = watching({ listed }, { askSrv: systemSrv([dns.address]), askEveryMs: 100 });
		await seen.ready;
		expect(seen.ids()).toBe("mini1.example.org:50051 mini2.example.org:50052");
		dns.answer([{ name: "mini3.example.org", port: 50_053 }]);
		await waitUntil(() => seen.ids() === "mini3.example.org:50053", seen.ids);
		for (const [failure, words] of [
			[{ rcode: 3 }, "DNS knows no such name"],
			[{ rcode: 2 }, "DNS does not answer (ESERVFAIL)"],
			[[], "the name has no SRV records"],
		] as const) {
			dns.answer(failure);
			await waitUntil(() => seen.notices()[0]?.includes(words) === true, seen.notices);
			expect(seen.notices()[0]).toMatch(/^_mlx\._tcp\.example\.org cannot be read since /);
			expect(seen.ids()).toBe("mini3.example.org:50053");
		}
		// A target of "." says in so many words that there is no such service.
		dns.answer([{ name: ".", port: 0 }]);
		await waitUntil(() => seen.ids() === "" && seen.notices().length === 0, seen.notices);
		seen.close();
	});

	it("a server that says nothing: told of, and nothing else waits for it", async () => {
		dns.answer("silence");
		const before = dns.questions();
		const listed = [{ srv: "_mlx._tcp.example.org", tls: null }];
		const quick = systemSrv([dns.address]);
		const askSrv = (name: string) =>
			Promise.race([
				quick(name),
				new Promise<never>((_resolve, reject) =>
					setTimeout(() => reject(Object.assign(new Error(), { code: "ETIMEOUT" })), 300),
				),
			]);
		const seen = watching({ listed }, { askSrv, askEveryMs: 100 });
		await seen.ready;
		expect(dns.questions()).toBeGreaterThan(before);
		expect(seen.notices()[0]).toContain("DNS does not answer (ETIMEOUT); it gave no nodes yet");
		seen.close();
	});
});

describe("a cluster whose list is replaced", () => {
	it("keeps the record of nodes that stay, starts new ones unknown, leaves those that go", async () => {
		const sample = await startSampleNodes([0, 0]);
		const [a, b] = sample.addresses.map((address, index) => ({ id: `n${index}`, address, isSample: false }));
		const events: LogEvent[] = [];
		const notices = openNotices();
		const options = {
			intervalMs: 400,
			staleAfterMs: 1_200,
			offlineAfterMs: 60_000,
			deadlineMs: 400,
			rules: ON_LOOPBACK,
		};
		const cluster = openCluster({ ...options, nodes: [a!] }, startRun(Date.now()), notices, (event) =>
			events.push(event),
		);
		await cluster.start();
		const nodes = () => cluster.state().snapshot.nodes;
		const version = () => cluster.state().version;
		expect(nodes()).toMatchObject([{ id: "n0", state: "serving" }]);

		let before = version();
		const added = cluster.setNodes([b!, a!]);
		expect(version()).toBe(before + 1n);
		expect(nodes()).toMatchObject([
			{ id: "n1", state: "unknown", reason: "not asked yet" },
			{ id: "n0", state: "serving" },
		]);
		await added;
		expect(nodes()).toMatchObject([{ state: "serving" }, { state: "serving" }]);

		before = version();
		await cluster.setNodes([{ ...b! }, { ...a! }]);
		expect(version()).toBe(before);

		// Another address is another node, whatever it is called.
		await cluster.setNodes([{ ...a!, address: b!.address }]);
		expect(nodes()).toMatchObject([{ id: "n0", address: b!.address, state: "serving" }]);
		expect(version()).toBeGreaterThan(before);

		before = version();
		notices.set("nodes", "x", "a file cannot be read");
		expect(version()).toBe(before + 1n);
		expect(cluster.state().notices).toEqual(["a file cannot be read"]);

		await cluster.setNodes([]);
		expect(nodes()).toEqual([]);
		const told = events.filter(({ event }) => event !== "node-state");
		expect(told.map(({ event, fields }) => `${event} ${fields?.["id"]}`)).toEqual([
			"node-added n1",
			"node-removed n1",
			"node-removed n0",
			"node-added n0",
			"node-removed n0",
		]);
		await cluster.close();
		await sample.close();
	});

	it("says so where there are more nodes than can be asked in an interval, and no longer where there are not", async () => {
		const hung = await startHangingPeer();
		const nodes = Array.from({ length: 200 }, (_, index) => ({
			id: `n${index}`,
			address: hung.address,
			isSample: false,
		}));
		const notices = openNotices();
		// 200 hung nodes every 200 ms are 1,000 questions a second; 64 young ones for 250 ms each make 256.
		const limits = { intervalMs: 200, staleAfterMs: 600, offlineAfterMs: 60_000, deadlineMs: 200, rules: ON_LOOPBACK };
		const cluster = openCluster({ ...limits, nodes }, startRun(Date.now()), notices, () => undefined);
		void cluster.start();
		const said = () => notices.of("nodes");
		await waitUntil(() => said().length === 1, said);
		expect(said()[0]).toMatch(/^200 nodes cannot all be asked every 0\.2 s here: some are asked up to [\d.]+ s late; /);
		await cluster.setNodes(nodes.slice(0, 1));
		await waitUntil(() => said().length === 0, said);
		await cluster.close();
		await hung.close();
	});

	it("gives its history to the next run", async () => {
		const sample = await startSampleNodes([0]);
		const node = { id: "n", address: sample.addresses[0]!, isSample: false };
		const options = {
			intervalMs: 400,
			staleAfterMs: 1_200,
			offlineAfterMs: 60_000,
			deadlineMs: 400,
			rules: ON_LOOPBACK,
		};
		const open = (change: object) =>
			openCluster({ ...options, nodes: [node], ...change }, startRun(Date.now()), openNotices(), () => undefined);
		const first = open({});
		await first.start();
		const kept = first.exportHistory();
		await first.close();
		// A minute may have passed since.
		expect(kept.nodes["n"]).toMatch(/^20?$/);
		// As if it were from ten minutes ago.
		const second = open({ history: { ...kept, minute: kept.minute - 10, nodes: { n: "423" } } });
		const { history } = second.state();
		const last = Math.floor(Date.now() / 60_000) - 1;
		expect([last, last - 1]).toContain(history?.minute);
		expect([...(history?.byNode["n"] ?? [])].slice(0, 4)).toEqual([4, 2, 3, 0]);
		expect(history?.byNode["n"]?.length).toBeGreaterThanOrEqual(12);
		await second.close();
		await sample.close();
	});
});

describe("a gateway", () => {
	it("is ready when every source was read and every node asked; follows its file; says what it cannot read", async () => {
		const sample = await startSampleNodes([0, 0]);
		const file = join(folder(), "nodes.json");
		writeFileSync(file, json(sample.addresses[0]!));
		const sources = { listed: [], files: [file], filesTls: null };
		const gateway = await gatewayOver({}, { sources, rules: ON_LOOPBACK });
		await gateway.ready;
		expect(gateway.cluster().nodes).toMatchObject([{ id: sample.addresses[0], state: "serving" }]);
		writeFileSync(file, json(...sample.addresses));
		await waitUntil(
			() => gateway.cluster().nodes.filter(({ state }) => state === "serving").length === 2,
			gateway.cluster,
		);
		writeFileSync(file, "[");
		await waitUntil(
			() => gateway.lines.some((line) => line.includes("the list of nodes is the last good one")),
			gateway.cluster,
		);
		expect(gateway.cluster().nodes).toHaveLength(2);
		expect(gateway.cluster().nodes.every(({ ageMs }) => ageMs !== null && ageMs < 5 * INTERVAL_MS)).toBe(true);
		await gateway.close();
		await sample.close();
	});
});
