// Edge(clock). Turns requests away while the gateway is behind, so that nodes are asked on time and who is answered is
// answered soon. What harms is lateness: a busy loop that is on time harms nobody, so lateness is what is measured, by a
// timer that says how much later than asked for it came. One long pause (a collection of garbage) is no overload.

export interface Overload {
	/** Whether the next request may be answered. */
	admit(): boolean;
	/** A request was read whole and waits for its answer; call what it gives once, when that is over. */
	enter(): () => void;
	/** Lateness at the last look, ms. */
	lagMs(): number;
	close(): void;
}

/** How often lateness is looked at. */
const LOOK_MS = 50;
/** Later than this, twice in a row, is behind; earlier than half of it is on time. */
export const LATE_MS = 50;
/** Requests that may wait for an answer at once. */
export const MAX_WAITING = 256;

/** How the load stands. `share`: of the requests, how many are answered, 0 to 1. */
export interface Load {
	readonly share: number;
	readonly lagMs: number;
}

const LEAST_SHARE = 0.02;
const SHRINK = 0.6;
/** From the least share back to all in some 25 looks, little more than a second. */
const GROW = 0.04;

/** The load after a look that came `lagMs` late. */
export function lookAt(load: Load, lagMs: number): Load {
	const isBehind = lagMs > LATE_MS && load.lagMs > LATE_MS;
	if (isBehind) return { share: Math.max(LEAST_SHARE, load.share * SHRINK), lagMs };
	if (lagMs < LATE_MS / 2) return { share: Math.min(1, load.share + GROW), lagMs };
	return { share: load.share, lagMs };
}

export function watchOverload(): Overload {
	let load: Load = { share: 1, lagMs: 0 };
	let dueAt = performance.now() + LOOK_MS;
	let waiting = 0;
	/** Carries fractions over, so that a share of 0.3 answers every third request or so, not a lucky third. */
	let credit = 0;
	const timer = setInterval(() => {
		const now = performance.now();
		load = lookAt(load, Math.max(0, now - dueAt));
		dueAt = now + LOOK_MS;
	}, LOOK_MS).unref();
	return {
		admit() {
			if (waiting >= MAX_WAITING) return false;
			if (load.share === 1) return true;
			credit += load.share;
			if (credit < 1) return false;
			credit -= 1;
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
