// Edge(clock). A loop per node: asks at once, then at moments of its own, however many come and go beside it.
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Lanes, openLanes } from "./lanes.ts";
import type { ProbeResult } from "./probe.ts";

/** Timers may fire a little early; a moment this close has come, and is not waited for a second time. */
const EARLY_MS = 5;
/** Largest delay added to a moment, as a share of the interval. */
const JITTER = 0.04;

export interface PollTarget {
	/** Decides the target's moments within the interval: the same for the same key, on every start. */
	readonly key: string;
	/** Asks once; must always resolve. */
	readonly ask: (signal: AbortSignal) => Promise<ProbeResult>;
	/** Takes the result; true when the next question should come after half the interval. */
	readonly take: (result: ProbeResult) => boolean;
}

export interface PollOptions {
	readonly intervalMs: number;
	readonly lanes?: Lanes;
	readonly clock?: Clock;
	/** 0 to 1, evenly: where within the jitter a question comes. */
	readonly random?: () => number;
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

export interface Watch {
	/** Resolves when the target was asked once, or is no longer to be asked. */
	readonly first: Promise<void>;
	/** Ends the loop and the question under way; resolves when both have ended. */
	stop(): Promise<void>;
}

export interface Poller {
	/** Starts the target's loop. */
	watch(target: PollTarget): Watch;
	/** The latest any question came after its moment, ms, since this was last asked; first questions do not count. */
	takeLatenessMs(): number;
}

/**
 * A poller without targets. A target is asked at once when it is added, within the lanes' limits; from then on at
 * its own moment of each interval, which its key decides, so that questions spread evenly and stay where they are
 * whoever comes and goes. A little jitter keeps it from falling into step with what the node, or another gateway, does
 * by the clock. A moment that passed while the question before it ran or waited is left out: with more nodes than this
 * machine can ask in an interval, the interval grows.
 */
export function openPoller({
	intervalMs,
	lanes = openLanes(),
	clock = machineClock,
	random = Math.random,
}: PollOptions) {
	const startedAt = clock.now();
	let latenessMs = 0;

	async function askOnce({ ask, take }: PollTarget, signal: AbortSignal): Promise<boolean> {
		const leave = await lanes.enter();
		try {
			if (signal.aborted) return false;
			return take(await ask(signal));
		} finally {
			leave();
		}
	}

	async function loop(target: PollTarget, first: Promise<boolean>, signal: AbortSignal): Promise<void> {
		const offset = shareOf(target.key) * intervalMs;
		let isDoubtful = await first;
		while (!signal.aborted) {
			const now = clock.now() - startedAt;
			// Only ever later than the moment, or the same one would be found again after it.
			const moment = nextTick(now + EARLY_MS, offset, isDoubtful ? intervalMs / 2 : intervalMs);
			const due = moment + random() * JITTER * intervalMs;
			// Only an abort rejects, and the loop's condition sees that.
			await clock.sleep(due - now, signal).catch(() => undefined);
			if (signal.aborted) return;
			isDoubtful = await askOnce(
				{
					...target,
					ask: (stop) => {
						latenessMs = Math.max(latenessMs, clock.now() - startedAt - due);
						return target.ask(stop);
					},
				},
				signal,
			);
		}
	}

	const poller: Poller = {
		watch(target) {
			const stop = new AbortController();
			const first = askOnce(target, stop.signal);
			const ended = loop(target, first, stop.signal);
			return {
				first: first.then(() => undefined),
				stop: () => {
					stop.abort();
					return ended;
				},
			};
		},
		takeLatenessMs() {
			const taken = latenessMs;
			latenessMs = 0;
			return taken;
		},
	};
	return poller;
}

/** The next moment after `now` on the grid offset, offset + step, …; moments that passed meanwhile are skipped. */
export function nextTick(now: number, offset: number, step: number): number {
	return offset + (Math.floor((now - offset) / step) + 1) * step;
}

/** Where within an interval a key's moment lies, 0 to 1: as evenly spread as a hash, as Prometheus does it. */
export function shareOf(key: string): number {
	return createHash("sha256").update(key).digest().readUInt32BE(0) / 2 ** 32;
}
