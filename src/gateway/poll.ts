// Edge(clock). A loop per node: asks at once, then at moments of its own; never more in flight than the limit.
import { setTimeout as sleep } from "node:timers/promises";
import type { ProbeResult } from "./probe.ts";

/** Questions in flight at one time, over all nodes: more would wait for each other's replies on a small machine. */
export const MAX_IN_FLIGHT = 64;

/** Timers may fire a little early; a moment this close has come, and is not waited for a second time. */
const EARLY_MS = 5;

export interface PollOptions {
	readonly count: number;
	readonly intervalMs: number;
	/** Asks node `index`; must always resolve. */
	readonly ask: (index: number, signal: AbortSignal) => Promise<ProbeResult>;
	/** Takes the result; true when the next question should come after half the interval. */
	readonly take: (index: number, result: ProbeResult) => boolean;
	readonly signal: AbortSignal;
	readonly maxInFlight?: number;
	readonly clock?: Clock;
}

/** Monotonic time, ms, and waiting in it; `sleep` rejects when the signal aborts. */
export interface Clock {
	now(): number;
	sleep(ms: number, signal: AbortSignal): Promise<void>;
}

const machineClock: Clock = {
	now: () => performance.now(),
	sleep: (ms, signal) => sleep(ms, undefined, { signal }),
};

export interface Poller {
	/** Resolves when every node was asked once. */
	readonly firstRound: Promise<void>;
	/** Resolves when all loops have ended, after the signal aborted. */
	readonly ended: Promise<void>;
}

/**
 * Starts all loops. Node i of n has its moments at i/n of the interval, so questions spread evenly and the
 * same on every start; only the first round comes at once, within the in-flight limit.
 */
export function startPolling(options: PollOptions): Poller {
	const { count, intervalMs, signal } = options;
	const clock = options.clock ?? machineClock;
	const startedAt = clock.now();
	const enter = gate(options.maxInFlight ?? MAX_IN_FLIGHT);
	const firsts: Promise<void>[] = [];
	const loops: Promise<void>[] = [];
	for (let index = 0; index < count; index += 1) {
		const askOnce = async (): Promise<boolean> => {
			const leave = await enter();
			try {
				if (signal.aborted) return false;
				const result = await options.ask(index, signal);
				return options.take(index, result);
			} finally {
				leave();
			}
		};
		const first = askOnce();
		firsts.push(first.then(() => undefined));
		loops.push(
			loop(first, askOnce, (isDoubtful) => {
				const now = clock.now() - startedAt;
				const step = isDoubtful ? intervalMs / 2 : intervalMs;
				return nextTick(now + EARLY_MS, (index / count) * intervalMs, step) - now;
			}),
		);
	}
	return { firstRound: Promise.all(firsts).then(() => undefined), ended: Promise.all(loops).then(() => undefined) };

	async function loop(
		first: Promise<boolean>,
		askOnce: () => Promise<boolean>,
		delay: (isDoubtful: boolean) => number,
	): Promise<void> {
		let isDoubtful = await first;
		while (!signal.aborted) {
			// Only an abort rejects, and the loop's condition sees that.
			await clock.sleep(delay(isDoubtful), signal).catch(() => undefined);
			if (signal.aborted) return;
			isDoubtful = await askOnce();
		}
	}
}

/** The next moment after `now` on the grid offset, offset + step, …; moments that passed meanwhile are skipped. */
export function nextTick(now: number, offset: number, step: number): number {
	return offset + (Math.floor((now - offset) / step) + 1) * step;
}

/** Lets `limit` callers in; the others wait in line. `enter` resolves to the function that leaves. */
export function gate(limit: number): () => Promise<() => void> {
	let inside = 0;
	const line: (() => void)[] = [];
	const leave = () => {
		const next = line.shift();
		if (next === undefined) inside -= 1;
		else next();
	};
	return async () => {
		if (inside < limit) inside += 1;
		else await new Promise<void>((resolve) => line.push(resolve));
		return leave;
	};
}
