// A store that fails and lingers as it is told to: before a write happens, after it did, or never answering at all.
import { setTimeout as sleep } from "node:timers/promises";
import type { StateStore } from "../../src/gateway/store/store.ts";

export interface Faults {
	/** Out of 1: how many calls fail before they did anything, and how many after they did it. */
	before: number;
	after: number;
	/** Longest a call lingers, ms. */
	delayMs: number;
	/** Nothing answers, watches tell so. */
	isDown: boolean;
	/** Nothing answers, and nothing is said. */
	isHanging: boolean;
}

/** `store` with faults, drawn by `random` (0 to below 1). */
export function faultyStore(store: StateStore, faults: Faults, random: () => number = Math.random): StateStore {
	const call = async <T>(work: () => Promise<T>): Promise<T> => {
		if (faults.isHanging) return new Promise(() => undefined);
		if (faults.isDown) throw new Error("the store is down");
		if (faults.delayMs > 0) await sleep(random() * faults.delayMs);
		if (random() < faults.before) throw new Error("the store failed before");
		const result = await work();
		if (random() < faults.after) throw new Error("the store failed after");
		return result;
	};
	/** A watch of the store's own, which notices within a moment that it is down. */
	const watch = <T>(
		begin: (see: (value: T) => void, trouble: (error: Error | null) => void) => () => void,
		see: (value: T) => void,
		trouble: (error: Error | null) => void,
	) => {
		let wasDown = false;
		let missed: T[] = [];
		const timer = setInterval(() => {
			if (wasDown === faults.isDown) return;
			wasDown = faults.isDown;
			trouble(wasDown ? new Error("the store is down") : null);
			if (!wasDown) for (const value of missed.splice(0)) see(value);
		}, 10);
		const stop = begin((value) => {
			if (faults.isDown || faults.isHanging) missed = [...missed, value];
			else see(value);
		}, trouble);
		return () => {
			clearInterval(timer);
			stop();
		};
	};
	const { right, snapshots, reports } = store;
	return {
		right: {
			acquire: (owner, ttlMs) => call(() => right.acquire(owner, ttlMs)),
			renew: (lease) => call(() => right.renew(lease)),
			release: (lease) => call(() => right.release(lease)),
		},
		snapshots: {
			put: (snapshot) => call(() => snapshots.put(snapshot)),
			get: () => call(() => snapshots.get()),
			watch: (see, trouble) => watch(snapshots.watch, see, trouble),
		},
		reports: {
			append: (report) => call(() => reports.append(report)),
			all: () => call(() => reports.all()),
			watch: (see, trouble) => watch(reports.watch, see, trouble),
		},
		close: () => store.close(),
	};
}

export const noFaults = (): Faults => ({ before: 0, after: 0, delayMs: 0, isDown: false, isHanging: false });
