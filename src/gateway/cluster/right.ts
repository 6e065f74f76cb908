// Edge(clock). Holds the right to poll for as long as it can be had, and knows by its own clock when it may no longer write.
import { setTimeout as sleep } from "node:timers/promises";
import type { Lease, PollRight } from "../store/store.ts";
import { within } from "../store/trouble.ts";

export interface RightOptions {
	readonly right: PollRight;
	/** Who asks, for people who look into the store. */
	readonly owner: string;
	readonly ttlMs: number;
	/** The right was taken. Renewals wait for nothing this does. */
	readonly onGain: (lease: Lease) => void;
	/** Another took it. */
	readonly onLoss: () => void;
	/** The store does not answer (null: it does again). Nothing is lost by that alone: nobody can say that another took it. */
	readonly onTrouble: (error: Error | null) => void;
	/** Monotonic, ms. */
	readonly now?: () => number;
}

export interface HeldRight {
	/** The lease under which may be written now; null: none, or one that may be over before the writing is. */
	writable(): Lease | null;
	/** Gives the right back and asks for it no more. */
	close(): Promise<void>;
}

export const TTL_MS = 9_000;

/** Of a time to live: renewed after a third; past two thirds nothing is written any more, since others may soon hold the right. */
const RENEW_AFTER = 1 / 3;
const WRITE_UNTIL = 2 / 3;
/** Others ask so often: they see the last renewal and the end of its time each late by as much, and have the right that much later. */
const ASK_EVERY = 1 / 36;

/** Asks for the right at once, and from then on whenever it is not held. */
export function holdRight(options: RightOptions): HeldRight {
	const { right, owner, ttlMs, onGain, onLoss, onTrouble } = options;
	const now = options.now ?? (() => performance.now());
	const stop = new AbortController();
	let held: { lease: Lease; renewedAt: number } | null = null;
	let isTroubled = false;

	/** One question to the store. The time a lease runs from is that before the question: never later than the store's. */
	async function ask(): Promise<void> {
		const askedAt = now();
		try {
			if (held === null) {
				const lease = await within(right.acquire(owner, ttlMs), ttlMs * RENEW_AFTER);
				if (lease !== null) {
					held = { lease, renewedAt: askedAt };
					if (!stop.signal.aborted) onGain(lease);
				}
			} else {
				const lease = await within(right.renew(held.lease), ttlMs * RENEW_AFTER);
				held = lease === null ? null : { lease, renewedAt: askedAt };
				if (lease === null && !stop.signal.aborted) onLoss();
			}
			if (isTroubled) onTrouble(null);
			isTroubled = false;
		} catch (error) {
			isTroubled = true;
			onTrouble(error as Error);
		}
	}

	const loop = (async () => {
		while (!stop.signal.aborted) {
			await ask();
			const pause = held === null || isTroubled ? ASK_EVERY : RENEW_AFTER;
			await sleep(ttlMs * pause, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
		}
	})();

	return {
		writable: () => (held !== null && now() - held.renewedAt < ttlMs * WRITE_UNTIL ? held.lease : null),
		async close() {
			stop.abort();
			await loop;
			if (held === null) return;
			const { lease } = held;
			held = null;
			// Not given back, it is free after its time to live: nothing that a gateway that ends should wait for.
			await within(right.release(lease), ttlMs * RENEW_AFTER).catch((error: Error) => onTrouble(error));
		},
	};
}
