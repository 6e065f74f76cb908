// Specification of holding the right to poll: by one's own clock, through stores that fail, linger and hang.
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { type Faults, faultyStore, noFaults } from "#test/faulty-store";
import { temporaryFolder } from "#test/make-repo";
import { until } from "#test/store-contract";
import { type HeldRight, holdRight } from "../../../src/gateway/cluster/right.ts";
import { fileStore } from "../../../src/gateway/store/file.ts";
import { memoryStore, newMemory } from "../../../src/gateway/store/memory.ts";
import type { StateStore } from "../../../src/gateway/store/store.ts";
import { within } from "../../../src/gateway/store/trouble.ts";

const TTL_MS = 450;

const open: HeldRight[] = [];
afterEach(async () => {
	await Promise.all(open.splice(0).map((right) => right.close()));
});

/** A gateway's hold on the right, whose clock can be set apart from the machine's. */
function gateway(store: StateStore, ttlMs = TTL_MS) {
	const seen = { gained: [] as bigint[], losses: 0, troubles: [] as (string | null)[], aheadMs: 0 };
	const held = holdRight({
		right: store.right,
		owner: "test",
		ttlMs,
		onGain: ({ fence }) => seen.gained.push(fence),
		onLoss: () => {
			seen.losses += 1;
		},
		onTrouble: (error) => seen.troubles.push(error?.message ?? null),
		now: () => performance.now() + seen.aheadMs,
	});
	open.push(held);
	return Object.assign(seen, { held, close: () => held.close() });
}

describe("the right to poll", () => {
	it("is taken at once, held through many times to live, and given back when the gateway ends", async () => {
		const memory = newMemory();
		const a = gateway(memoryStore(memory), 2 * TTL_MS);
		await until(() => a.gained.length === 1);
		const b = gateway(memoryStore(memory), 2 * TTL_MS);
		await sleep(3 * TTL_MS);
		expect([a.gained, a.losses, b.gained]).toEqual([[1n], 0, []]);
		await a.close();
		await until(() => b.gained.length === 1);
		expect(b.gained).toEqual([2n]);
		expect(a.held.writable()).toBe(null);
	});

	it("lets nothing be written past two thirds of its time, by the holder's own clock", async () => {
		const faults = noFaults();
		const a = gateway(faultyStore(memoryStore(), faults), 9_000);
		await until(() => a.gained.length === 1);
		a.aheadMs += 5_900;
		expect(a.held.writable()).toMatchObject({ fence: 1n });
		a.aheadMs += 200;
		expect(a.held.writable()).toBe(null);
	});

	it("of a gateway that was frozen past its time is another's, and what it writes is dropped", async () => {
		let now = 0;
		const memory = newMemory(() => now);
		const [a, b] = [memoryStore(memory), memoryStore(memory)];
		// The loop of a frozen process asks nothing: here it simply is not there.
		const frozen = (await a.right.acquire("a", 9_000))!;
		now += 9_000;
		const next = (await b.right.acquire("b", 9_000))!;
		await b.snapshots.put({ fence: next.fence, seq: 1n, bytes: new Uint8Array() });
		expect(await a.snapshots.put({ fence: frozen.fence, seq: 99n, bytes: new Uint8Array() })).toBe(false);
		expect(await a.right.renew(frozen)).toBe(null);
	});

	it("is not lost because the store is down; nothing is written meanwhile, and it goes on after", async () => {
		const faults = noFaults();
		const a = gateway(faultyStore(memoryStore(), faults));
		await until(() => a.gained.length === 1);
		faults.isDown = true;
		await until(() => a.troubles.length > 0 && a.held.writable() === null);
		expect(a.losses).toBe(0);
		faults.isDown = false;
		await until(() => a.held.writable() !== null);
		expect([a.gained, a.losses, a.troubles.at(-1)]).toEqual([[1n], 0, null]);
	});

	it("is lost when the store that is back says that another has it", async () => {
		const [memory, faults] = [newMemory(), noFaults()];
		const a = gateway(faultyStore(memoryStore(memory), faults));
		await until(() => a.gained.length === 1);
		faults.isHanging = true;
		const b = gateway(memoryStore(memory));
		await until(() => b.gained.length === 1);
		// No moment at which both may write: whoever has it no more stopped before it was free.
		expect(a.held.writable()).toBe(null);
		faults.isHanging = false;
		await until(() => a.losses === 1);
		expect(b.gained).toEqual([2n]);
	});
});

/** Random numbers by a seed (mulberry32), so that a run can be had again. */
function randomBy(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

describe.each([
	["in memory", () => memoryBacking()],
	["in files", () => fileBacking()],
])("three gateways over a store %s that fails one call in four and lingers", (_name, newBacking) => {
	it("write each (fence, seq) once, never backwards, and go on once it is well", async () => {
		const backing = newBacking();
		const accepted: string[] = [];
		const seen: [bigint, bigint][] = [];
		const random = randomBy(20_261_126);
		const faults: Faults[] = [noFaults(), noFaults(), noFaults()];
		const stores = faults.map((fault) => faultyStore(backing(), fault, random));
		const reader = backing();
		const stop = reader.snapshots.watch(
			({ fence, seq }) => seen.push([fence, seq]),
			() => undefined,
		);
		for (const fault of faults) Object.assign(fault, { before: 0.125, after: 0.125, delayMs: 20 });
		const gateways = stores.map((store) => ({ ...gateway(store), store }));
		const seqs = new Map<bigint, bigint>();
		const write = async ({ held, store }: (typeof gateways)[number]) => {
			const lease = held.writable();
			if (lease === null) return false;
			const seq = (seqs.get(lease.fence) ?? 0n) + 1n;
			seqs.set(lease.fence, seq);
			const put = store.snapshots.put({ fence: lease.fence, seq, bytes: new Uint8Array(8) });
			const isAccepted = await within(put, 100).catch(() => null);
			if (isAccepted === true) accepted.push(`${lease.fence} ${seq}`);
			return isAccepted === true;
		};
		const isEnough = (forMs: number) => forMs > 20_000 || (forMs > 1_000 && accepted.length > 10);
		for (const start = performance.now(); !isEnough(performance.now() - start); await sleep(5)) {
			await Promise.all(gateways.map(write));
			// Now and then one hangs for longer than its lease lives.
			const fault = faults[Math.floor(random() * 3)]!;
			if (random() < 0.02) fault.isHanging = !fault.isHanging;
		}
		for (const fault of faults) Object.assign(fault, noFaults());
		let isWritten = false;
		while (!isWritten) {
			isWritten = (await Promise.all(gateways.map(write))).includes(true);
			await sleep(5);
		}
		const last = await reader.snapshots.get();
		await until(() => seen.at(-1)?.[0] === last?.fence && seen.at(-1)?.[1] === last?.seq);
		stop();

		expect(accepted.length).toBeGreaterThan(10);
		expect(new Set(accepted).size).toBe(accepted.length);
		for (const [index, [fence, seq]] of seen.entries()) {
			const [beforeFence, beforeSeq] = seen[index - 1] ?? [0n, 0n];
			expect(fence > beforeFence || (fence === beforeFence && seq > beforeSeq)).toBe(true);
		}
	}, 30_000);
});

function memoryBacking(): () => StateStore {
	const memory = newMemory();
	return () => memoryStore(memory);
}

function fileBacking(): () => StateStore {
	const folder = `${temporaryFolder()}/state`;
	return () => fileStore(folder, { lookEveryMs: 10 });
}
