// Pure. How old a reply was when it came: the gateway's clock held against the page's, both monotonic.

/** What the replies of one run of the gateway have taught about its clock. */
export interface GatewayClock {
	readonly epoch: bigint;
	/** Where the gateway's clock began, on the page's: the least seen of (received − uptime), ms. */
	readonly beganMs: number;
	readonly receivedAtMs: number;
	/** The last reply's (received − uptime), and how many before it had the same. */
	readonly lastMs: number;
	readonly same: number;
}

/** Two clocks may run this much apart, ms a ms; what drifts is no lag. */
const DRIFT = 0.0002;
/** A lag beyond what any cache gives a page that asks every minute at least, ms… */
const MOST_LAG_MS = 120_000;
/** … which stays the same, within this, ms, … */
const SAME_MS = 1000;
/** … over this many new replies in a row is no lag: the gateway's machine slept, and its clock stood still. */
const STEADY = 5;

/**
 * The clock after one more reply, and the moment the reply was made, on the page's clock. The quickest reply of a run
 * is taken to have come at once; what a later one lags beyond it, it was kept on the way, by a cache that may be seconds
 * or hours behind. That a cache always lagged cannot be seen from here; each reply it gives twice is not news anyway.
 */
export function noteReply(
	clock: GatewayClock | null,
	{ epoch, uptimeMs }: { readonly epoch: bigint; readonly uptimeMs: number },
	receivedAtMs: number,
): { clock: GatewayClock; asOfMs: number } {
	const lastMs = receivedAtMs - uptimeMs;
	if (clock === null || clock.epoch !== epoch) {
		return { clock: { epoch, beganMs: lastMs, receivedAtMs, lastMs, same: 0 }, asOfMs: receivedAtMs };
	}
	const drifted = clock.beganMs + (receivedAtMs - clock.receivedAtMs) * DRIFT;
	const same = Math.abs(lastMs - clock.lastMs) <= SAME_MS ? clock.same + 1 : 0;
	const stoodStill = same >= STEADY && lastMs - drifted > MOST_LAG_MS;
	const beganMs = stoodStill ? lastMs : Math.min(drifted, lastMs);
	return { clock: { epoch, beganMs, receivedAtMs, lastMs, same }, asOfMs: beganMs + uptimeMs };
}
