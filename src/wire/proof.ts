// Pure. What must be true of every reply before a word of it is believed, and the plain values replies are made of.
import { type Timestamp, timestampFromMs } from "@bufbuild/protobuf/wkt";

/** The reply format this reader and this gateway speak (`schema` of every reply). */
export const REPLY_SCHEMA = 1;

/**
 * A reply that must be thrown away: cut off, of another format, or at odds with itself. The message says
 * which, in words for people. The state held before stays good.
 */
export class ReplyError extends Error {
	override readonly name = "ReplyError";
}

/** What every reply says of itself, beside what it is about. */
export interface ReplyStamp {
	readonly version: bigint;
	/** The gateway's run; only rises. Replies of a lower one come from a gateway that is gone. */
	readonly epoch: bigint;
	/** The gateway's monotonic clock, ms since the epoch began, as of the reply: orders replies of one epoch. */
	readonly uptimeMs: number;
	/** Sentences about what the gateway cannot do as it should. */
	readonly notices: readonly string[];
}

/** The same of a reply about what git shows. */
export interface GitStamp extends ReplyStamp {
	/** Wall clock of the gateway, ISO. */
	readonly generatedAt: string;
	/** Since the gateway last saw that what is derived is as the repository has it, ms; null: it does not look. */
	readonly derivedAgeMs: number | null;
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

/** What a reply says of itself. A gateway that knows no epochs (0) is older than any that does. */
export function stampFromWire(reply: {
	readonly version: bigint;
	readonly epoch: bigint;
	readonly uptimeMs: bigint;
	readonly notices: readonly string[];
}): ReplyStamp {
	const { version, epoch, uptimeMs, notices } = reply;
	return { version, epoch, uptimeMs: wholeFromWire(uptimeMs) ?? 0, notices: [...notices] };
}

/** What a reply about git says of itself. Throws ReplyError where it has no date. */
export function gitStampFromWire(
	reply: Parameters<typeof stampFromWire>[0] & {
		readonly generatedAt?: Timestamp | undefined;
		readonly derivedAgeMs?: bigint | undefined;
	},
): GitStamp {
	return {
		...stampFromWire(reply),
		generatedAt: requiredInstant(reply.generatedAt, "date"),
		derivedAgeMs: wholeFromWire(reply.derivedAgeMs),
	};
}

/** What is in every reply about git, `unchanged` or not; `complete` with it, so it comes last. */
export function gitTailToWire({ generatedAt, uptimeMs, derivedAgeMs }: GitStamp) {
	return {
		generatedAt: timestampFromMs(Date.parse(generatedAt)),
		uptimeMs: wholeToWire(uptimeMs),
		...(derivedAgeMs === null ? {} : { derivedAgeMs: wholeToWire(derivedAgeMs) }),
		complete: true,
	};
}

export function wholeToWire(value: number): bigint {
	return BigInt(Math.max(0, Math.round(value)));
}

/** The model's word for a wire value; `otherwise` where this reader has no word for it. */
export function wordFor<Word extends string>(words: Record<Word, number>, wire: number, otherwise: Word): Word {
	const found = Object.entries(words).find(([, value]) => value === wire);
	return found === undefined ? otherwise : (found[0] as Word);
}
