// Edge(clock). Several gateways over one store: the one that has the right to poll asks the nodes and shares what it finds, the others show that.
import { visible } from "#model/visible";
import type { ClusterState } from "#wire/map";
import type { Log } from "../log.ts";
import type { Notices } from "../notices.ts";
import { type Run, startRun } from "../run.ts";
import type { StateStore, StoredSnapshot } from "../store/store.ts";
import { shortReason, within } from "../store/trouble.ts";
import type { Cluster } from "./cluster.ts";
import {
	agedState,
	bytesOfState,
	type Followed,
	followedState,
	historyOf,
	type Pace,
	paceAfter,
	stateOfBytes,
} from "./followed.ts";
import type { HistoryJson } from "./history.ts";
import { holdRight, TTL_MS } from "./right.ts";
import type { GatewayNode } from "./snapshot.ts";

export interface SharedOptions {
	readonly store: StateStore;
	/** This gateway, for people who look into the store. */
	readonly owner: string;
	/** A cluster of this gateway's own, that asks nobody until it is started. */
	readonly open: (run: Run, history: HistoryJson | null) => Cluster;
	readonly notices: Notices;
	readonly log: Log;
	readonly ttlMs?: number;
	/** How often what is known is shared. */
	readonly putEveryMs?: number;
}

const PUT_EVERY_MS = 1_000;

/** A cluster of this gateway's own: the one it polls, or polled last; at first one that asked nobody. */
interface Own {
	readonly cluster: Cluster;
	readonly epoch: bigint;
	/** Each node was asked once. */
	isReady: boolean;
	/** The right it is polled by; null: it is polled no more, and only shown until another gateway says something. */
	fence: bigint | null;
}

/**
 * The cluster as all gateways over the store show it. Its (epoch, version) only rises, whoever polls: who takes the right
 * begins an epoch above all that the store knows of. A store that cannot be reached ends nothing: who polled polls on, who
 * followed shows what it saw last, and both say so.
 */
export function openSharedCluster(options: SharedOptions): Cluster {
	const { store, owner, open, notices, log, ttlMs = TTL_MS, putEveryMs = PUT_EVERY_MS } = options;
	// Nothing is known yet, and whatever any gateway says is newer.
	let own: Own = openOwn(startRun(1), null, null);
	/** The fence of the right while it is held. */
	let holds: bigint | null = null;
	let followed: Followed | null = null;
	let pace: Pace | null = null;
	/** When a snapshot was last seen, of whomever. */
	let lastSeenAt: number | null = null;
	let nodes: readonly GatewayNode[] | null = null;
	let putting: NodeJS.Timeout | null = null;
	let seq = 0n;
	let right: ReturnType<typeof holdRight> | null = null;
	let stopWatching: (() => void) | null = null;
	const started = Promise.withResolvers<void>();

	const troubles = new Map<"polling" | "following" | "sharing", Error>();

	function openOwn(run: Run, history: HistoryJson | null, fence: bigint | null): Own {
		return { cluster: open(run, history), epoch: run.epoch, isReady: false, fence };
	}

	function tell(part: "polling" | "following" | "sharing", error: Error | null): void {
		if (error === null) troubles.delete(part);
		else {
			if (troubles.get(part)?.message !== error.message) {
				log({ level: "error", event: "store", message: `the store that gateways share: ${error.message}` });
			}
			troubles.set(part, error);
		}
		const [first] = troubles.values();
		const means = own.fence === null ? "what it said last is shown" : "what this gateway finds is not shared";
		const why = first === undefined ? "" : visible(shortReason(first));
		const sentence = first === undefined ? null : `the store that gateways share cannot be used (${why}): ${means}`;
		notices.set("store", "shared", sentence);
	}

	/** Begins to poll, above every epoch known of. What was followed stays shown until each node was asked once. */
	async function lead(fence: bigint): Promise<void> {
		holds = fence;
		const last = await newest();
		// Lost again meanwhile.
		if (holds !== fence) return;
		const run = startRun(Date.now(), max(last?.epoch ?? 0n, followed?.state.epoch ?? 0n, own.epoch));
		const before = own;
		const mine = openOwn(run, historyOf((last ?? followed?.state)?.history ?? null), fence);
		own = mine;
		seq = 0n;
		const message = `this gateway asks the nodes (fence ${fence}, epoch ${run.epoch})`;
		log({ level: "info", event: "leading", message });
		if (nodes !== null) await mine.cluster.setNodes(nodes);
		await Promise.all([before.cluster.close(), mine.cluster.start()]);
		if (mine.fence === null) return;
		mine.isReady = true;
		started.resolve();
		await put();
	}

	/** The state that was shared last, from the store itself; null: none, or none that can be read. */
	async function newest(): Promise<ClusterState | null> {
		try {
			const stored = await within(store.snapshots.get(), ttlMs / 3);
			return stored === null ? null : stateOfBytes(stored.bytes);
		} catch (error) {
			log({ level: "warn", event: "store", message: `the last snapshot cannot be read: ${(error as Error).message}` });
			return null;
		}
	}

	function follow(): void {
		holds = null;
		if (own.fence === null) return;
		own.fence = null;
		tell("sharing", null);
		log({ level: "info", event: "following", message: "another gateway asks the nodes; what it finds is shown" });
		void own.cluster.close();
	}

	function see(snapshot: StoredSnapshot): void {
		const seenAt = performance.now();
		const before = lastSeenAt;
		lastSeenAt = seenAt;
		if (own.fence !== null && snapshot.fence > own.fence) follow();
		try {
			// What this gateway wrote itself it knows better.
			const state = snapshot.fence === own.fence ? null : stateOfBytes(snapshot.bytes);
			tell("following", null);
			if (state === null || state.epoch < (followed?.state.epoch ?? 0n)) return;
			followed = followedState(state, seenAt, Date.now(), pace, before);
			pace = paceAfter(pace, state, seenAt);
			if (before !== null) started.resolve();
		} catch (error) {
			tell("following", error as Error);
		}
	}

	async function put(): Promise<void> {
		const lease = right?.writable() ?? null;
		if (lease === null || !own.isReady || own.fence !== lease.fence) return;
		seq += 1n;
		try {
			const bytes = bytesOfState(own.cluster.state());
			// Not accepted: another holds the right by now, and the next renewal says so.
			await within(store.snapshots.put({ fence: lease.fence, seq, bytes }), ttlMs / 3);
			tell("sharing", null);
		} catch (error) {
			tell("sharing", error as Error);
		}
	}

	function putLoop(): void {
		putting = setTimeout(() => void put().finally(() => putting !== null && putLoop()), putEveryMs);
		putting.unref();
	}

	return {
		state() {
			const isOwn = own.isReady && own.epoch >= (followed?.state.epoch ?? 0n);
			if (isOwn || followed === null) return own.cluster.state();
			return agedState(followed, performance.now(), Date.now(), notices.of("store"));
		},
		start() {
			stopWatching = store.snapshots.watch(see, (error) => tell("following", error));
			right = holdRight({
				right: store.right,
				owner,
				ttlMs,
				onGain: ({ fence }) => void lead(fence),
				onLoss: follow,
				onTrouble: (error) => tell("polling", error),
			});
			putLoop();
			return started.promise;
		},
		async setNodes(list) {
			nodes = list;
			await own.cluster.setNodes(list);
		},
		exportHistory: () => own.cluster.exportHistory(),
		async close() {
			if (putting !== null) clearTimeout(putting);
			putting = null;
			stopWatching?.();
			// The last state, so that who polls next goes on from it at once.
			await put();
			await right?.close();
			await own.cluster.close();
			started.resolve();
		},
	};
}

function max(...values: bigint[]): bigint {
	return values.reduce((highest, value) => (value > highest ? value : highest));
}
