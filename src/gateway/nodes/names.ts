// Edge(dns). Host names -> addresses, each asked again now and then; what was found last stays good when DNS fails.
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";

/** All addresses of a host; rejects when there are none, or nobody answers. */
export type Lookup = (host: string) => Promise<readonly string[]>;

export interface Names {
	/**
	 * The addresses of a host as last found; waits for a name never found before, at most `waitMs`, and shortly for
	 * one that was looked up long ago.
	 * Null: nothing is known of it. An address stands for itself.
	 */
	addressesOf(host: string, waitMs: number): Promise<readonly string[] | null>;
	/** What a host led to did not answer: it is looked up again at the next question, if it was not just now. */
	doubt(host: string): void;
}

/**
 * A question finds that it is time and still uses what is known, the next one uses what was found: with a question every
 * 5 s, a change is followed at most 25 s after it happened.
 */
const LOOK_AGAIN_MS = 15_000;
/** Where questions are rarer, one older than this waits for the lookup, but not for long: DNS may hang. */
const OLD_MS = 30_000;
const OLD_WAIT_MS = 500;
const LOOK_AGAIN_IN_DOUBT_MS = 5_000;
/**
 * The system's lookups block one of Node's four threads each: files need some too, and a name may hang for long. Names
 * that failed before wait for each other only.
 */
const LOOKUPS_AT_ONCE = 3;
const FAILED_AT_ONCE = 1;
/** Names nobody asked for in this time are forgotten. */
const FORGET_MS = 600_000;

interface Entry {
	addresses: readonly string[] | null;
	lookedAt: number;
	usedAt: number;
	isDoubted: boolean;
	looking: Promise<void> | null;
}

/** The names of one gateway. The system's own lookup by default: it knows /etc/hosts and .local. */
export function openNames(look: Lookup = systemLookup, now: () => number = () => performance.now()): Names {
	const entries = new Map<string, Entry>();
	const lines = { fresh: lineOf(LOOKUPS_AT_ONCE - FAILED_AT_ONCE), failed: lineOf(FAILED_AT_ONCE) };

	function refresh(host: string, entry: Entry): Promise<void> {
		entry.isDoubted = false;
		const hasFailed = entry.addresses === null && Number.isFinite(entry.lookedAt);
		entry.looking ??= new Promise<void>((done) => {
			lines[hasFailed ? "failed" : "fresh"](async () => {
				const found = await look(host).catch(() => null);
				// A lookup that fails, or finds nothing, says nothing about where the node is.
				const addresses = (found ?? []).filter((address) => isIP(address) !== 0);
				if (addresses.length > 0) entry.addresses = addresses;
				entry.lookedAt = now();
				entry.looking = null;
				done();
			});
		});
		return entry.looking;
	}

	function entryOf(host: string): Entry {
		const known = entries.get(host);
		if (known !== undefined) return known;
		for (const [name, { usedAt }] of entries) if (now() - usedAt > FORGET_MS) entries.delete(name);
		const entry = {
			addresses: null,
			lookedAt: Number.NEGATIVE_INFINITY,
			usedAt: now(),
			isDoubted: false,
			looking: null,
		};
		entries.set(host, entry);
		return entry;
	}

	return {
		async addressesOf(host, waitMs) {
			if (isIP(host) !== 0) return [host];
			const entry = entryOf(host);
			entry.usedAt = now();
			const againAfter = entry.isDoubted ? LOOK_AGAIN_IN_DOUBT_MS : LOOK_AGAIN_MS;
			const isDue = entry.addresses === null || now() - entry.lookedAt >= againAfter;
			const looking = isDue ? refresh(host, entry) : entry.looking;
			const isOld = now() - entry.lookedAt >= OLD_MS;
			if (looking !== null && entry.addresses === null) await within(looking, waitMs);
			else if (looking !== null && isOld) await within(looking, Math.min(waitMs, OLD_WAIT_MS));
			return entry.addresses;
		},
		doubt(host) {
			const entry = entries.get(host);
			if (entry !== undefined) entry.isDoubted = true;
		},
	};
}

/** Runs `limit` pieces of work at a time, in the order they came; they must not reject. */
function lineOf(limit: number): (work: () => Promise<void>) => void {
	const line: (() => Promise<void>)[] = [];
	let running = 0;
	const next = () => {
		const work = running < limit ? line.shift() : undefined;
		if (work === undefined) return;
		running += 1;
		work().finally(() => {
			running -= 1;
			next();
		});
	};
	return (work) => {
		line.push(work);
		next();
	};
}

async function systemLookup(host: string): Promise<readonly string[]> {
	return (await lookup(host, { all: true })).map(({ address }) => address);
}

async function within(work: Promise<void>, waitMs: number): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<void>((resolve) => {
		timer = setTimeout(resolve, waitMs);
	});
	await Promise.race([work, late]);
	clearTimeout(timer);
}
