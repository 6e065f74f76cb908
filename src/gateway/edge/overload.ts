// Edge(clock). Turns requests away while the gateway is behind, so that nodes are asked on time and who is answered is
// answered soon. What harms is lateness (a loop that is busy and on time harms nobody), so lateness is what is measured,
// by a timer that tells how much later than asked for it came. Fewer requests are let in until it comes on time again, but
// never fewer than what is promised to be answered: a machine that is slow for other reasons is no reason to refuse them.

export interface Overload {
	/** Whether a request that costs `cost` (a stored answer: 1) may be answered. */
	admit(cost: number): boolean;
	/** A request was read whole and waits for its answer; call what it gives once, when that is over. */
	enter(): () => void;
	/** Lateness at the last look, ms. */
	lagMs(): number;
	close(): void;
}

/** How often lateness is looked at. */
const LOOK_MS = 50;
/** Later than this, twice in a row, is behind; less than half is on time. */
export const LATE_MS = 50;
/** Later than this once is behind: by then many wait. */
export const VERY_LATE_MS = 250;
/** Requests that may wait for an answer at once. */
export const MAX_WAITING = 256;
/** What is let in whatever the lateness, a second: 2,000 pages that ask every 5 s. */
export const PROMISED = 400;
/** More than this is no limit. */
const CEILING = 20_000;
const SHRINK = 0.7;
/** From what is promised back to no limit in some 22 looks, little more than a second. */
const GROW = 1.2;
/** What may come at once after a quiet time; a page and all its files must fit. */
const BURST = 300;

/** How the load stands. `limit`: what is let in a second; Infinity: everything. */
export interface Load {
	readonly limit: number;
	readonly lagMs: number;
}

/** The load after a look that came `lagMs` late, in a time when `rate` was let in a second. */
export function lookAt(load: Load, lagMs: number, rate: number): Load {
	if (lagMs > VERY_LATE_MS || (lagMs > LATE_MS && load.lagMs > LATE_MS)) {
		return { limit: Math.max(PROMISED, SHRINK * Math.min(load.limit, rate)), lagMs };
	}
	const limit = lagMs < LATE_MS / 2 ? load.limit * GROW : load.limit;
	return { limit: limit > CEILING ? Number.POSITIVE_INFINITY : limit, lagMs };
}

export function watchOverload(): Overload {
	let load: Load = { limit: Number.POSITIVE_INFINITY, lagMs: 0 };
	let lookedAt = performance.now();
	let admitted = 0;
	let room = BURST;
	let waiting = 0;
	const timer = setInterval(() => {
		const elapsedMs = performance.now() - lookedAt;
		lookedAt += elapsedMs;
		load = lookAt(load, Math.max(0, elapsedMs - LOOK_MS), (admitted * 1_000) / elapsedMs);
		admitted = 0;
		room = Math.min(BURST, room + (load.limit * elapsedMs) / 1_000);
	}, LOOK_MS).unref();
	return {
		admit(cost) {
			if (waiting >= MAX_WAITING) return false;
			if (load.limit !== Number.POSITIVE_INFINITY) {
				if (room < cost) return false;
				room -= cost;
			}
			admitted += cost;
			return true;
		},
		enter() {
			waiting += 1;
			return () => {
				waiting -= 1;
			};
		},
		lagMs: () => load.lagMs,
		close: () => clearInterval(timer),
	};
}
