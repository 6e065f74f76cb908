// Specification of several gateways over one store: who asks the nodes, what the others show, and what readers may rely on.
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { type Faults, faultyStore, noFaults } from "#test/faulty-store";
import { until } from "#test/store-contract";
import type { Cluster } from "../../../src/gateway/cluster/cluster.ts";
import {
	agedState,
	bytesOfState,
	followedState,
	historyOf,
	type Pace,
	paceAfter,
	stateOfBytes,
} from "../../../src/gateway/cluster/followed.ts";
import { openSharedCluster } from "../../../src/gateway/cluster/lead.ts";
import { openNotices } from "../../../src/gateway/notices.ts";
import { type Memory, memoryStore, newMemory } from "../../../src/gateway/store/memory.ts";
import type { NodeStatus } from "../../../src/model/snapshot.ts";
import type { ClusterState } from "../../../src/wire/map.ts";

const NOW = Date.parse("2026-11-26T10:00:00Z");

/** A state of uptime 1 s, seen 9 s later by this gateway's clock, is seen as quickly as ever. */
const AT_PACE: Pace = { epoch: 5n, quickestMs: 9_000, seenAt: 10_000 };

const node: NodeStatus = {
	id: "n1",
	address: "10.0.0.1:50051",
	state: "serving",
	reason: "",
	ageMs: 100,
	checkedMs: 100,
	latencyMs: 2,
	protocol: null,
	startedAt: null,
	memoryBytes: null,
	memoryUsedPercent: null,
	gpuUtilizationPercent: null,
	chip: null,
	deviceId: null,
	role: null,
	layers: null,
	requestsProcessed: null,
	isSample: false,
};

function stateWith(change: Partial<ClusterState> = {}, nodes: readonly NodeStatus[] = [node]): ClusterState {
	return {
		version: 5_000n,
		epoch: 5n,
		uptimeMs: 1_000,
		notices: [],
		history: { minute: 29_000_000, byNode: Object.fromEntries(nodes.map(({ id }) => [id, Uint8Array.of(2, 0, 4)])) },
		snapshot: {
			version: 1,
			takenAt: new Date(NOW).toISOString().replace(".000Z", "Z"),
			intervalMs: 5_000,
			staleAfterMs: 15_000,
			offlineAfterMs: 300_000,
			nodes: [...nodes],
		},
		...change,
	};
}

describe("a state of another gateway", () => {
	it("comes back from its bytes as it was, its history with it", () => {
		expect(stateOfBytes(bytesOfState(stateWith()))).toEqual(stateWith());
		expect(historyOf(stateWith().history)).toEqual({ minute: 29_000_000, nodes: { n1: "204" } });
	});

	it("bytes that are none, or cut off, are refused", () => {
		const bytes = bytesOfState(stateWith());
		expect(() => stateOfBytes(bytes.subarray(0, bytes.length - 3))).toThrow();
		expect(() => stateOfBytes(new Uint8Array())).toThrow("cut off");
	});

	it("that came while one looked on counts on from when it was seen, whatever the writer's clock says", () => {
		for (const wallMs of [NOW - 3_600_000, NOW, NOW + 3_600_000]) {
			const seen = followedState(stateWith(), 10_000, wallMs, AT_PACE, 9_000);
			const shown = agedState(seen, 12_500, wallMs, []);
			expect(shown.snapshot.nodes[0]).toMatchObject({ ageMs: 2_600, checkedMs: 2_600, latencyMs: 2 });
			expect([shown.uptimeMs, shown.version, shown.epoch]).toEqual([3_500, 5_000n, 5n]);
		}
	});

	it("that was written while this gateway looked away is as old as it is behind its writer's pace", () => {
		// Seen 60 s after the moment it would have been seen at; half a thousandth may be drift.
		const seen = followedState(stateWith(), 70_000, NOW, AT_PACE, 10_000);
		expect(agedState(seen, 70_000, NOW, []).snapshot.nodes[0]?.ageMs).toBe(100 + 60_000 - 30);
	});

	it("the first of another writer may have been written at any time since the last look", () => {
		const seen = followedState(stateWith(), 10_000, NOW, { ...AT_PACE, epoch: 4n }, 1_000);
		expect(agedState(seen, 10_000, NOW, []).snapshot.nodes[0]?.ageMs).toBe(9_100);
	});

	it("a quicker one sets the pace, a slower one leaves it", () => {
		expect(paceAfter(AT_PACE, stateWith(), 9_900)).toEqual({ epoch: 5n, quickestMs: 8_900, seenAt: 9_900 });
		expect(paceAfter(AT_PACE, stateWith(), 10_300).quickestMs).toBeCloseTo(9_000.15);
	});

	it("that lay there already is shown as old: as the wall clock tells, and never as fresh", () => {
		const ageAt = (wallMs: number) =>
			agedState(followedState(stateWith(), 0, wallMs, null, null), 0, wallMs, []).snapshot.nodes[0]?.ageMs;
		expect(ageAt(NOW + 3_600_000)).toBe(3_600_100);
		expect(ageAt(NOW)).toBe(15_101);
		// A writer whose clock is ahead.
		expect(ageAt(NOW - 3_600_000)).toBe(15_101);
	});

	it("of a node that never answered has no age, however long it is followed", () => {
		const silent = { ...node, state: "unknown" as const, ageMs: null, checkedMs: null };
		const shown = agedState(followedState(stateWith({}, [silent]), 0, NOW, null, null), 60_000, NOW, []);
		expect(shown.snapshot.nodes[0]).toMatchObject({ ageMs: null, checkedMs: null });
	});

	it("carries the notices of both gateways, each once", () => {
		const seen = followedState(stateWith({ notices: ["a", "b"] }), 0, NOW, null, null);
		expect(agedState(seen, 0, NOW, ["b", "c"]).notices).toEqual(["a", "b", "c"]);
	});
});

const TTL_MS = 600;
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
	await Promise.all(open.splice(0).map((gateway) => gateway.close()));
});

/** A gateway over `memory` whose own cluster says who polls, and asks nobody. */
function gateway(name: string, memory: Memory, faults: Faults = noFaults()) {
	const notices = openNotices();
	const seen = { polling: 0, opened: [] as { epoch: bigint; history: unknown; nodes: readonly unknown[] }[] };
	const shared = openSharedCluster({
		store: faultyStore(memoryStore(memory), faults),
		owner: name,
		notices,
		log: () => undefined,
		ttlMs: TTL_MS,
		putEveryMs: 20,
		open(run, history): Cluster {
			const own = { epoch: run.epoch, history, nodes: [] as readonly unknown[] };
			seen.opened.push(own);
			let isPolling = false;
			return {
				state: () => ({
					...stateWith({ epoch: run.epoch, uptimeMs: run.uptimeMs(), notices: notices.of("store") }),
					version: run.firstVersion + BigInt(notices.revision()),
					snapshot: { ...stateWith().snapshot, nodes: [{ ...node, reason: isPolling ? `asked by ${name}` : "" }] },
				}),
				async start() {
					isPolling = true;
					seen.polling += 1;
				},
				async setNodes(nodes) {
					own.nodes = nodes;
				},
				exportHistory: () => ({ minute: 0, nodes: {} }),
				async close() {
					if (isPolling) seen.polling -= 1;
					isPolling = false;
				},
			};
		},
	});
	open.push(shared);
	void shared.start();
	const shows = () => shared.state().snapshot.nodes[0]?.reason;
	return Object.assign(seen, { shared, shows, faults, notices });
}

describe("gateways over one store", () => {
	it("one asks the nodes, the other shows what it finds, with its epoch and version", async () => {
		const memory = newMemory();
		const a = gateway("a", memory);
		await until(() => a.shows() === "asked by a");
		const b = gateway("b", memory);
		await until(() => b.shows() === "asked by a");
		expect([a.polling, b.polling]).toEqual([1, 0]);
		const [ofA, ofB] = [a.shared.state(), b.shared.state()];
		expect([ofB.epoch, ofB.version]).toEqual([ofA.epoch, ofA.version]);
		expect(ofB.uptimeMs).toBeLessThanOrEqual(ofA.uptimeMs + 1);
		expect(ofB.notices).toEqual([]);
	});

	it("when the one ends, the other goes on at once, in a higher epoch and with the history so far", async () => {
		const memory = newMemory();
		const a = gateway("a", memory);
		await until(() => a.shows() === "asked by a");
		const b = gateway("b", memory);
		await until(() => b.shows() === "asked by a");
		const before = b.shared.state();
		await a.shared.close();
		await until(() => b.shows() === "asked by b");
		const after = b.shared.state();
		expect(after.epoch).toBeGreaterThan(before.epoch);
		expect(after.version).toBeGreaterThan(before.version);
		expect(b.opened.at(-1)?.history).toEqual({ minute: 29_000_000, nodes: { n1: "204" } });
		expect([a.polling, b.polling]).toEqual([0, 1]);
	});

	it("readers of both see (epoch, version) only rise, through a frozen leader and its return", async () => {
		const memory = newMemory();
		const a = gateway("a", memory);
		await until(() => a.shows() === "asked by a");
		const b = gateway("b", memory);
		await until(() => b.shows() === "asked by a");
		let highest = { epoch: 0n, version: 0n };
		/** As the islands do: what is older than what is held is thrown away. */
		const read = ({ shared }: typeof a) => {
			const { epoch, version } = shared.state();
			const isOlder = epoch < highest.epoch || (epoch === highest.epoch && version < highest.version);
			if (!isOlder) highest = { epoch, version };
			return !isOlder;
		};
		a.faults.isHanging = true;
		await until(() => read(b) && b.shows() === "asked by b");
		// What the old leader still says is older: no reader takes it.
		expect(read(a)).toBe(false);
		a.faults.isHanging = false;
		await until(() => a.shows() === "asked by b");
		expect(read(a)).toBe(true);
		await until(() => a.polling === 0);
		expect(b.polling).toBe(1);
	});

	it("with the store down, who asks goes on and who follows shows what it saw, older and older; both say so", async () => {
		const memory = newMemory();
		const a = gateway("a", memory);
		await until(() => a.shows() === "asked by a");
		const b = gateway("b", memory);
		await until(() => b.shows() === "asked by a");
		for (const { faults } of [a, b]) faults.isDown = true;
		await until(() => a.notices.of("store").length > 0 && b.notices.of("store").length > 0);
		expect(a.shared.state().notices).toEqual([
			"the store that gateways share cannot be used (the store is down): what this gateway finds is not shared",
		]);
		expect(b.shared.state().notices).toEqual([
			"the store that gateways share cannot be used (the store is down): what it said last is shown",
		]);
		const ageOf = () => b.shared.state().snapshot.nodes[0]?.ageMs ?? 0;
		const before = ageOf();
		await sleep(2 * TTL_MS);
		expect(ageOf()).toBeGreaterThanOrEqual(before + 2 * TTL_MS - 5);
		expect([a.polling, b.polling]).toEqual([1, 0]);
		for (const { faults } of [a, b]) faults.isDown = false;
		await until(() => a.notices.of("store").length === 0 && b.notices.of("store").length === 0);
		// One of the two asks, and what it finds is shown by both again.
		await until(() => ageOf() < before + TTL_MS && a.shows() === b.shows());
	});

	it("a gateway that starts beside a dead one shows its last state as old, then asks itself, above its epoch", async () => {
		const memory = newMemory();
		const dead = memoryStore(memory);
		const { fence } = (await dead.right.acquire("dead", TTL_MS))!;
		// A gateway whose wall clock ran ahead: its epoch is above what ours would be.
		const epoch = BigInt(Date.now() + 3_600_000);
		const state = stateWith({ epoch, version: epoch * 1000n });
		await dead.snapshots.put({ fence, seq: 1n, bytes: bytesOfState(state) });
		const b = gateway("b", memory);
		await until(() => b.shared.state().epoch === epoch);
		expect(b.shared.state().snapshot.nodes[0]?.ageMs).toBeGreaterThan(15_000);
		await until(() => b.shows() === "asked by b");
		expect(b.shared.state().epoch).toBeGreaterThan(epoch);
	});

	it("the list of nodes it has been given is what it asks once it may", async () => {
		const memory = newMemory();
		const a = gateway("a", memory);
		await until(() => a.polling === 1);
		const b = gateway("b", memory);
		await b.shared.setNodes([{ id: "n9", address: "10.0.0.9:50051", isSample: false }]);
		await a.shared.close();
		await until(() => b.polling === 1);
		expect(b.opened.at(-1)?.nodes).toEqual([{ id: "n9", address: "10.0.0.9:50051", isSample: false }]);
	});

	it("a snapshot that nobody can read is said, and replaced by who asks next", async () => {
		const memory = newMemory();
		const dead = memoryStore(memory);
		const { fence } = (await dead.right.acquire("dead", TTL_MS))!;
		await dead.snapshots.put({ fence, seq: 1n, bytes: Uint8Array.of(1, 2, 3) });
		const b = gateway("b", memory);
		await until(() => b.notices.of("store").length > 0);
		await until(() => b.shows() === "asked by b" && b.notices.of("store").length === 0);
	});
});
