// Edge(clock). The store in memory: for one gateway alone, or several in one process. Gone with it.
import {
	isNewer,
	type Lease,
	type PollRight,
	type Reports,
	STORED_MAX_BYTES,
	type StateStore,
	type StoredReport,
	type StoredSnapshot,
} from "./store.ts";

/** What stores in memory share. */
export interface Memory {
	lease: { fence: bigint; mark: number; untilMs: number; ttlMs: number } | null;
	snapshot: StoredSnapshot | null;
	readonly reports: Map<string, StoredReport>;
	readonly snapshotWatchers: Set<(snapshot: StoredSnapshot) => void>;
	readonly reportWatchers: Set<(report: StoredReport) => void>;
	/** Monotonic, ms. */
	readonly now: () => number;
}

export function newMemory(now: () => number = () => performance.now()): Memory {
	return {
		lease: null,
		snapshot: null,
		reports: new Map(),
		snapshotWatchers: new Set(),
		reportWatchers: new Set(),
		now,
	};
}

/** A store over `memory`; stores over the same one see each other. */
export function memoryStore(memory: Memory = newMemory()): StateStore {
	const mine = new Set<() => void>();
	const watchIn = <T>(watchers: Set<(value: T) => void>, see: (value: T) => void, held: readonly T[]) => {
		for (const value of held) queueMicrotask(() => watchers.has(see) && see(value));
		watchers.add(see);
		const stop = () => {
			watchers.delete(see);
			mine.delete(stop);
		};
		mine.add(stop);
		return stop;
	};
	return {
		right: rightIn(memory),
		snapshots: {
			async put(snapshot) {
				if (snapshot.bytes.length > STORED_MAX_BYTES) throw new RangeError("the snapshot is too large");
				if (memory.lease !== null && memory.lease.fence > snapshot.fence) return false;
				if (memory.snapshot !== null && !isNewer(snapshot, memory.snapshot)) return false;
				memory.snapshot = { ...snapshot, bytes: Uint8Array.from(snapshot.bytes) };
				for (const see of memory.snapshotWatchers) see(memory.snapshot);
				return true;
			},
			get: async () => memory.snapshot,
			watch: (see) => watchIn(memory.snapshotWatchers, see, memory.snapshot === null ? [] : [memory.snapshot]),
		},
		reports: reportsIn(memory, watchIn),
		close: async () => {
			for (const stop of mine) stop();
		},
	};
}

function rightIn(memory: Memory): PollRight {
	const holds = (lease: Lease) => memory.lease !== null && memory.lease.fence === lease.fence;
	return {
		async acquire(_owner, ttlMs) {
			const now = memory.now();
			if (memory.lease !== null && memory.lease.untilMs > now) return null;
			const fence = (memory.lease?.fence ?? 0n) + 1n;
			memory.lease = { fence, mark: 1, untilMs: now + ttlMs, ttlMs };
			return { fence, mark: "1" };
		},
		async renew(lease) {
			const held = memory.lease;
			if (held === null || !holds(lease)) return null;
			held.mark += 1;
			held.untilMs = memory.now() + held.ttlMs;
			return { fence: held.fence, mark: String(held.mark) };
		},
		async release(lease) {
			if (memory.lease !== null && holds(lease)) memory.lease.untilMs = Number.NEGATIVE_INFINITY;
		},
	};
}

function reportsIn(
	memory: Memory,
	watchIn: <T>(watchers: Set<(value: T) => void>, see: (value: T) => void, held: readonly T[]) => () => void,
): Reports {
	return {
		async append(report) {
			const last = memory.reports.get(report.team)?.sequence ?? 0n;
			if (report.sequence <= last) return { isAccepted: false, last };
			memory.reports.set(report.team, report);
			for (const see of memory.reportWatchers) see(report);
			return { isAccepted: true, last: report.sequence };
		},
		all: async () => [...memory.reports.values()],
		watch: (see) => watchIn(memory.reportWatchers, see, [...memory.reports.values()]),
	};
}
