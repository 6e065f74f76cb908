// What every backing of the store has to keep, as tests. `open` gives another store over the same backing each time.
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { StateStore, StoredReport } from "../../src/gateway/store/store.ts";
import { STORED_MAX_BYTES } from "../../src/gateway/store/store.ts";

export interface Backing {
	/** Another store over it, as another gateway, or the same one started again, would open it. */
	open(): StateStore;
	/** Lets so much of the time pass that leases are judged by. */
	pass(ms: number): void | Promise<void>;
}

const TTL_MS = 9_000;
const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = (stored: { bytes: Uint8Array } | null) =>
	stored === null ? null : new TextDecoder().decode(stored.bytes);

export function report(team: string, sequence: number | bigint, note: string | null = null): StoredReport {
	return {
		team,
		sequence: BigInt(sequence),
		state: "active",
		workingOn: null,
		blockedBy: [],
		note,
		validForMs: 60_000,
		acceptedAt: "2026-11-26T10:00:00.000Z",
	};
}

function noTrouble(error: Error | null): void {
	if (error !== null) throw error;
}

/** Waits until `isSo`; with patience, because some backings look only now and then. */
export async function until(isSo: () => boolean): Promise<void> {
	for (const start = performance.now(); !isSo(); await sleep(5)) {
		if (performance.now() - start > 10_000) throw new Error("not so within 10 s");
	}
}

export function keepsTheContract(name: string, newBacking: () => Backing): void {
	describe(name, () => {
		let backing: Backing;
		let opened: StateStore[];
		const open = () => {
			const store = backing.open();
			opened.push(store);
			return store;
		};
		beforeEach(() => {
			backing = newBacking();
			opened = [];
		});
		afterEach(async () => {
			for (const store of opened) await store.close();
		});

		describe("the right to poll", () => {
			it("has one holder, until its time is over; the next one's fence is higher", async () => {
				const [a, b] = [open().right, open().right];
				const first = await a.acquire("a", TTL_MS);
				expect(first?.fence).toBeGreaterThan(0n);
				expect(await b.acquire("b", TTL_MS)).toBe(null);
				await backing.pass(TTL_MS - 1);
				expect(await b.acquire("b", TTL_MS)).toBe(null);
				await backing.pass(1);
				const second = await b.acquire("b", TTL_MS);
				expect(second!.fence).toBeGreaterThan(first!.fence);
				expect(await a.acquire("a", TTL_MS)).toBe(null);
			});

			it("stays with who renews it", async () => {
				const [a, b] = [open().right, open().right];
				let lease = (await a.acquire("a", TTL_MS))!;
				const { fence } = lease;
				for (let third = 0; third < 9; third++) {
					expect(await b.acquire("b", TTL_MS)).toBe(null);
					await backing.pass(TTL_MS / 3);
					lease = (await a.renew(lease))!;
					expect(lease.fence).toBe(fence);
				}
			});

			it("is lost by who paused past its time: no renewal brings it back", async () => {
				const [a, b] = [open().right, open().right];
				const lost = (await a.acquire("a", TTL_MS))!;
				await b.acquire("b", TTL_MS);
				await backing.pass(TTL_MS);
				const taken = (await b.acquire("b", TTL_MS))!;
				expect(await a.renew(lost)).toBe(null);
				await a.release(lost);
				expect(await b.renew(taken)).toMatchObject({ fence: taken.fence });
			});

			it("may be renewed late, as long as nobody took it", async () => {
				const [a, b] = [open().right, open().right];
				const lease = (await a.acquire("a", TTL_MS))!;
				await backing.pass(2 * TTL_MS);
				expect(await a.renew(lease)).toMatchObject({ fence: lease.fence });
				expect(await b.acquire("b", TTL_MS)).toBe(null);
			});

			it("given back is free at once, with a higher fence, also after all were closed", async () => {
				const a = open();
				const first = (await a.right.acquire("a", TTL_MS))!;
				await a.right.release(first);
				const second = (await open().right.acquire("b", TTL_MS))!;
				expect(second.fence).toBeGreaterThan(first.fence);
			});

			it("of twenty who ask at once, one gets it", async () => {
				const asked = Array.from({ length: 20 }, (_, index) => open().right.acquire(`gateway-${index}`, TTL_MS));
				expect((await Promise.all(asked)).filter((lease) => lease !== null)).toHaveLength(1);
			});
		});

		describe("the snapshot", () => {
			it("is what was put last, for all; none at first", async () => {
				const [a, b] = [open(), open()];
				expect(await b.snapshots.get()).toBe(null);
				const { fence } = (await a.right.acquire("a", TTL_MS))!;
				expect(await a.snapshots.put({ fence, seq: 1n, bytes: bytes("one") })).toBe(true);
				expect(await a.snapshots.put({ fence, seq: 2n, bytes: bytes("two") })).toBe(true);
				expect(await b.snapshots.get()).toMatchObject({ fence, seq: 2n });
				expect(textOf(await open().snapshots.get())).toBe("two");
			});

			it("never goes back: a seq that is not above the last is dropped", async () => {
				const { right, snapshots } = open();
				const { fence } = (await right.acquire("a", TTL_MS))!;
				await snapshots.put({ fence, seq: 5n, bytes: bytes("five") });
				expect(await snapshots.put({ fence, seq: 5n, bytes: bytes("again") })).toBe(false);
				expect(await snapshots.put({ fence, seq: 4n, bytes: bytes("four") })).toBe(false);
				expect(textOf(await snapshots.get())).toBe("five");
			});

			it("of a lower fence is dropped, as soon as the right was taken again", async () => {
				const [a, b] = [open(), open()];
				const lost = (await a.right.acquire("a", TTL_MS))!;
				await a.snapshots.put({ fence: lost.fence, seq: 1n, bytes: bytes("old") });
				await b.right.acquire("b", TTL_MS);
				await backing.pass(TTL_MS);
				const { fence } = (await b.right.acquire("b", TTL_MS))!;
				expect(await a.snapshots.put({ fence: lost.fence, seq: 2n, bytes: bytes("too late") })).toBe(false);
				expect(textOf(await b.snapshots.get())).toBe("old");
				await b.snapshots.put({ fence, seq: 1n, bytes: bytes("new") });
				expect(await a.snapshots.put({ fence: lost.fence, seq: 3n, bytes: bytes("later still") })).toBe(false);
				expect(textOf(await a.snapshots.get())).toBe("new");
			});

			it("is told to who watches, newer ones only, until the watch ends", async () => {
				const [a, b] = [open(), open()];
				const { fence } = (await a.right.acquire("a", TTL_MS))!;
				await a.snapshots.put({ fence, seq: 1n, bytes: bytes("1") });
				const seen: bigint[] = [];
				const stop = b.snapshots.watch(({ seq }) => seen.push(seq), noTrouble);
				await until(() => seen.includes(1n));
				for (const seq of [2n, 3n]) await a.snapshots.put({ fence, seq, bytes: bytes("x") });
				await until(() => seen.includes(3n));
				expect(seen).toEqual([...new Set(seen)].sort());
				stop();
				await a.snapshots.put({ fence, seq: 4n, bytes: bytes("x") });
				await sleep(60);
				expect(seen).not.toContain(4n);
			});

			it("holds any bytes, and not more than a message may", async () => {
				const { right, snapshots } = open();
				const { fence } = (await right.acquire("a", TTL_MS))!;
				const any = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
				await snapshots.put({ fence, seq: 1n, bytes: any });
				expect(Buffer.compare(Buffer.from((await snapshots.get())!.bytes), Buffer.from(any))).toBe(0);
				const large = new Uint8Array(STORED_MAX_BYTES + 1);
				await expect(snapshots.put({ fence, seq: 2n, bytes: large })).rejects.toThrow("too large");
			});
		});

		describe("reports", () => {
			it("the last of each team lasts, whoever opens the store next", async () => {
				const { reports } = open();
				expect(await reports.all()).toEqual([]);
				await reports.append(report("team-a", 1));
				await reports.append(report("team-b", 7, 'ò \u2028 " \\ 🟢'));
				expect(await reports.append(report("team-a", 9))).toEqual({ isAccepted: true, last: 9n });
				const all = await open().reports.all();
				expect(all).toHaveLength(2);
				expect(all).toEqual(expect.arrayContaining([report("team-a", 9), report("team-b", 7, 'ò \u2028 " \\ 🟢')]));
			});

			it("a sequence not above the last is not accepted, also by another store; the largest there is is kept exactly", async () => {
				const [a, b] = [open().reports, open().reports];
				const largest = (1n << 64n) - 1n;
				await a.append(report("team-a", largest - 1n));
				expect(await b.append(report("team-a", largest - 1n))).toEqual({ isAccepted: false, last: largest - 1n });
				expect(await b.append(report("team-a", largest))).toEqual({ isAccepted: true, last: largest });
				expect(await a.append(report("team-a", 5))).toEqual({ isAccepted: false, last: largest });
			});

			it("of many with one sequence at once, one is accepted, and that is the one that lasts", async () => {
				const stores = [open(), open(), open()];
				for (let sequence = 1; sequence <= 10; sequence++) {
					const outcomes = await Promise.all(
						stores.map(({ reports }, index) => reports.append(report("team-a", sequence, `by ${index}`))),
					);
					const winners = outcomes.flatMap(({ isAccepted }, index) => (isAccepted ? [index] : []));
					expect(winners).toHaveLength(1);
					expect(await open().reports.all()).toEqual([report("team-a", sequence, `by ${winners[0]}`)]);
				}
			});

			it("are told to who watches: those there are, then newer ones", async () => {
				const [a, b] = [open().reports, open().reports];
				await a.append(report("team-a", 1));
				const seen: string[] = [];
				const stop = b.watch(({ team, sequence }) => seen.push(`${team} ${sequence}`), noTrouble);
				await until(() => seen.includes("team-a 1"));
				await a.append(report("team-b", 4));
				await b.append(report("team-a", 2));
				await until(() => seen.includes("team-b 4") && seen.includes("team-a 2"));
				expect(seen).toHaveLength(3);
				stop();
				await a.append(report("team-b", 5));
				await sleep(60);
				expect(seen).toHaveLength(3);
			});
		});
	});
}
