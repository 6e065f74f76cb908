// Pure. What must be true of every reply before a word of it is believed, and the plain values replies are made of.
import type { Timestamp } from "@bufbuild/protobuf/wkt";

/** The reply format this reader and this gateway speak (`schema` of every reply). */
export const REPLY_SCHEMA = 1;

/**
 * A reply that must be thrown away: cut off, of another format, or at odds with itself. The message says
 * which, in words for people. The state held before stays good.
 */
export class ReplyError extends Error {
	override readonly name = "ReplyError";
}

interface Proof {
	readonly schema: number;
	readonly version: bigint;
	readonly count: number;
	readonly unchanged: boolean;
	readonly complete: boolean;
}

/**
 * Throws ReplyError unless the reply is whole: `items` is how many it carries, `held` what the reader had
 * before (null: nothing), which is what `unchanged` refers to.
 */
export function proveWhole(
	reply: Proof,
	items: number,
	held: { readonly version: bigint; readonly count: number } | null,
): void {
	// An empty body decodes to all defaults, so `complete` is asked first: "cut off" is then the true word.
	if (!reply.complete) throw new ReplyError("the reply was cut off");
	if (reply.schema !== REPLY_SCHEMA) {
		throw new ReplyError(`the reply has format ${reply.schema}, this page reads ${REPLY_SCHEMA}`);
	}
	if (!reply.unchanged) {
		if (items !== reply.count) throw new ReplyError(`the reply holds ${items} of ${reply.count} items`);
		return;
	}
	if (items !== 0) throw new ReplyError(`the reply says "unchanged" and holds ${items} items`);
	if (held === null || held.version !== reply.version || held.count !== reply.count) {
		throw new ReplyError(`the reply says "unchanged" about a state this reader does not hold`);
	}
}

/** ISO instant of a timestamp, without a fraction where it is whole seconds; null: absent or no date at all. */
export function instantFromWire(timestamp: Timestamp | undefined): string | null {
	if (timestamp === undefined) return null;
	const date = new Date(Number(timestamp.seconds) * 1000 + Math.round(timestamp.nanos / 1e6));
	return Number.isNaN(date.getTime()) ? null : date.toISOString().replace(".000Z", "Z");
}

/** The same for an instant that must be there; `what` names it in the ReplyError. */
export function requiredInstant(timestamp: Timestamp | undefined, what: string): string {
	const instant = instantFromWire(timestamp);
	if (instant === null) throw new ReplyError(`the reply has no ${what}`);
	return instant;
}

/** A count or byte size; null: absent, or too large to be exact in JavaScript. */
export function wholeFromWire(value: bigint | undefined): number | null {
	if (value === undefined || value > BigInt(Number.MAX_SAFE_INTEGER)) return null;
	return Number(value);
}

/** A measured value from 0 to `max`; anything else is no measurement and reads as unknown (null). */
export function measureFromWire(value: number | undefined, max: number): number | null {
	return value !== undefined && value >= 0 && value <= max ? value : null;
}
