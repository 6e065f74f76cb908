// Edge(clock). Monotonic time that goes on while the machine sleeps: what was true before is old when it wakes.
import { uptime } from "node:os";

/** The two clocks are read one after the other, and one tells hundredths of a second: less than this is no sleep. */
const SLEEP_MIN_MS = 1_000;
/** The clock since the machine started is read from a file, so not at every look. */
const LOOK_EVERY_MS = 500;

/**
 * A clock that only goes forward, ms: by the time the machine was awake (`awakeMs`, which stands still in its sleep) and
 * by the time it slept (by which `sinceBootMs` runs ahead of the other). The wall clock has no say.
 */
export function openClock(awakeMs = () => performance.now(), sinceBootMs = machineMs): () => number {
	let lookedAt = awakeMs();
	let aheadMs = sinceBootMs() - lookedAt;
	let sleptMs = 0;
	return () => {
		const now = awakeMs();
		if (now - lookedAt >= LOOK_EVERY_MS) {
			lookedAt = now;
			const grownMs = sinceBootMs() - now - aheadMs;
			if (grownMs >= SLEEP_MIN_MS) {
				sleptMs += grownMs;
				aheadMs += grownMs;
			}
		}
		return now + sleptMs;
	};
}

/** Linux stops the one clock and not the other. Elsewhere both go on, and "since boot" may follow the wall clock. */
function machineMs(): number {
	return process.platform === "linux" ? uptime() * 1_000 : performance.now();
}
