// Edge(clock). Callers over HTTP/2 that open streams only to reset them: a connection that does is cut, and so that the next
// one does not begin anew, their address may not come back for a while.

export interface ResetLimit {
	/** A stream was reset by its caller; true: that was one too many. */
	reset(address: string): boolean;
	isBlocked(address: string): boolean;
}

/** So many at once, so many a second after that: a caller whose deadlines run out resets too, a few at a time. */
const BURST = 100;
const PER_SECOND = 10;
const BLOCKED_MS = 10_000;
/** Addresses that are remembered; more than can be connected at once. */
const MOST_ADDRESSES = 1_000;

export function limitResets(nowMs: () => number = () => performance.now()): ResetLimit {
	const byAddress = new Map<string, { room: number; at: number; blockedUntil: number }>();
	return {
		reset(address) {
			const now = nowMs();
			const seen = byAddress.get(address) ?? { room: BURST, at: now, blockedUntil: 0 };
			// The one heard of longest ago is forgotten first.
			byAddress.delete(address);
			byAddress.set(address, seen);
			for (const oldest of byAddress.keys()) {
				if (byAddress.size <= MOST_ADDRESSES) break;
				byAddress.delete(oldest);
			}
			seen.room = Math.min(BURST, seen.room + ((now - seen.at) * PER_SECOND) / 1_000) - 1;
			seen.at = now;
			if (seen.room >= 0) return false;
			seen.blockedUntil = now + BLOCKED_MS;
			return true;
		},
		isBlocked: (address) => (byAddress.get(address)?.blockedUntil ?? 0) > nowMs(),
	};
}
