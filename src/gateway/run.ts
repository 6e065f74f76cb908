// Edge(clock). One run of the gateway: what its replies are stamped with, so that readers can order them.
import { performance } from "node:perf_hooks";

export interface Run {
	/** Names this run; rises with each start, also after a wall clock that was set back if `above` is given. */
	readonly epoch: bigint;
	/** The first of the versions its replies count up from. */
	readonly firstVersion: bigint;
	/** Monotonic, ms since the run began. */
	uptimeMs(): number;
	/** What `uptimeMs` was, or will be, at a moment of `performance.now()`. */
	uptimeOf(monotonicMs: number): number;
}

/**
 * Starts a run. Epoch and versions begin at the wall clock, in ms and µs, far ahead of what a run can count up to;
 * `above` is the highest epoch known of (a store's), over which this one goes in any case.
 */
export function startRun(wallMs: number, above = 0n): Run {
	const startedAt = performance.now();
	const byClock = BigInt(Math.floor(wallMs));
	const epoch = byClock > above ? byClock : above + 1n;
	return {
		epoch,
		firstVersion: epoch * 1000n,
		uptimeMs: () => performance.now() - startedAt,
		uptimeOf: (monotonicMs) => monotonicMs - startedAt,
	};
}
