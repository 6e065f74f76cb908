// Pure. What gateways keep and share: the snapshot, the teams' reports, the right to poll. One store for one set of nodes.
import type { TeamState } from "#model/team";

/*
 * Written so that NATS JetStream KV can stand behind it: every write is a compare-and-set on one key, nothing relies on a
 * message that something expired, and values stay below 1 MiB. Every call may be slow, and may fail. A write that failed may
 * have happened all the same; the next reading tells. test/support/store-contract.ts is what every backing has to pass.
 */

/** Largest snapshot or report a store takes: what a message of NATS holds, less room for headers. */
export const STORED_MAX_BYTES = 1024 * 1024 - 4096;

export interface StateStore {
	readonly right: PollRight;
	readonly snapshots: Snapshots;
	readonly reports: Reports;
	/** Ends all watches. Releases nothing. */
	close(): Promise<void>;
}

/** The right to poll, of which there is one. */
export interface PollRight {
	/**
	 * Takes the right for `ttlMs`, or gives null while another may hold it: one that was given back, or not renewed for its
	 * whole time as this store saw it on its own clock. To be called again and again: nothing tells that it is free.
	 */
	acquire(owner: string, ttlMs: number): Promise<Lease | null>;
	/** The same right for another `ttlMs`; null: another took it. */
	renew(lease: Lease): Promise<Lease | null>;
	/** Gives it back, so that others need not wait. Nothing happens where another took it. */
	release(lease: Lease): Promise<void>;
}

export interface Lease {
	/** Rises each time the right is taken, never falls: who holds a higher one came later. */
	readonly fence: bigint;
	/** The backing's own mark of this renewal. */
	readonly mark: string;
}

export interface Snapshots {
	/**
	 * Keeps a snapshot, unless one of a higher (fence, seq), or of the same, was kept, or the right was taken with a higher
	 * fence: false, then. A fence has one holder, who counts `seq` up.
	 */
	put(snapshot: StoredSnapshot): Promise<boolean>;
	/** The one of the highest (fence, seq); null: none was ever kept. */
	get(): Promise<StoredSnapshot | null>;
	/** Calls `see` with the newest and each newer one as it comes; some may be left out, none comes twice. */
	watch(see: (snapshot: StoredSnapshot) => void, trouble: OnTrouble): StopWatching;
}

export interface StoredSnapshot {
	readonly fence: bigint;
	readonly seq: bigint;
	readonly bytes: Uint8Array;
}

export interface Reports {
	/**
	 * Makes a report last. Not accepted when its sequence is not above the last one of its team, whoever took that; once
	 * this resolves with true, the report outlives the process.
	 */
	append(report: StoredReport): Promise<Appended>;
	/** The last report of each team. */
	all(): Promise<readonly StoredReport[]>;
	/** Calls `see` with the last report of each team and each newer one, whoever took it. */
	watch(see: (report: StoredReport) => void, trouble: OnTrouble): StopWatching;
}

export interface Appended {
	readonly isAccepted: boolean;
	/** The last sequence of the team now. */
	readonly last: bigint;
}

/** A report as it was accepted. */
export interface StoredReport {
	readonly team: string;
	readonly sequence: bigint;
	readonly state: TeamState;
	readonly workingOn: string | null;
	readonly blockedBy: readonly string[];
	readonly note: string | null;
	readonly validForMs: number;
	/** Wall clock of the gateway that took it, ISO with milliseconds. */
	readonly acceptedAt: string;
}

export type StopWatching = () => void;

/** Called when the store cannot be watched, and with null once it can again. */
export type OnTrouble = (error: Error | null) => void;

/** Whether a snapshot comes after another in the one order all gateways agree on. */
export function isNewer(one: Pick<StoredSnapshot, "fence" | "seq">, other: Pick<StoredSnapshot, "fence" | "seq">) {
	return one.fence > other.fence || (one.fence === other.fence && one.seq > other.seq);
}
