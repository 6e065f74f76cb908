// Edge(clock). Holds what is known of all nodes and the version readers compare; asks through the poller.
import type { ClusterSnapshot } from "#model/snapshot";
import { type ClusterState, visibleKey } from "#wire/map";
import type { Log } from "./log.ts";
import type { Notices } from "./notices.ts";
import { gate, MAX_IN_FLIGHT, type PollOptions, startPolling } from "./poll.ts";
import type { Run } from "./run.ts";
import {
	type GatewayNode,
	isDoubtful,
	type Moment,
	type NodeRecord,
	newRecord,
	nodeStatus,
	reduceProbe,
} from "./snapshot.ts";
import { openNode } from "./upstream.ts";

export interface ClusterOptions {
	readonly nodes: readonly GatewayNode[];
	readonly intervalMs: number;
	readonly staleAfterMs: number;
	readonly offlineAfterMs: number;
	/** Longest any call to a node may take. */
	readonly deadlineMs: number;
}

export interface Cluster {
	/** What is known now, ages as of now. */
	state(): ClusterState;
	/** Starts asking; resolves when every node was asked once. */
	start(): Promise<void>;
	/** Stops asking and lets all connections go. */
	close(): Promise<void>;
}

/** A cluster of which nothing is known until `start`. */
export function openCluster(options: ClusterOptions, run: Run, notices: Notices, log: Log): Cluster {
	const stop = new AbortController();
	const clients = options.nodes.map((node) => openNode(node.address, options.deadlineMs));
	const records = options.nodes.map(newRecord);
	const keys = records.map((record) => visibleKey(nodeStatus(record, 0)));
	let version = run.firstVersion;

	let ended: Promise<void> = Promise.resolve();
	const polling: PollOptions = {
		count: clients.length,
		intervalMs: options.intervalMs,
		signal: stop.signal,
		ask: (index, signal) => clients[index]!.ask(signal),
		take: (index, result) => {
			const before = records[index]!;
			const after = reduceProbe(before, result, now());
			records[index] = after;
			const key = visibleKey(nodeStatus(after, 0));
			if (key !== keys[index]) version += 1n;
			keys[index] = key;
			const message = changeLine(before, after);
			if (message !== null) log({ level: "info", event: "node-state", message });
			return isDoubtful(after);
		},
	};

	return {
		state: () => ({
			version,
			epoch: run.epoch,
			uptimeMs: run.uptimeMs(),
			notices: notices.of("nodes", "store"),
			history: null,
			snapshot: snapshotOf(records, options),
		}),
		start() {
			const poller = startPolling(polling);
			ended = poller.ended;
			return poller.firstRound;
		},
		async close() {
			stop.abort();
			await ended;
			for (const client of clients) client.close();
		},
	};
}

/** Asks every node once, for the state a built page shows until it is live. A node that fails is `unknown`, with the reason. */
export async function askNodesOnce(options: ClusterOptions): Promise<ClusterSnapshot> {
	const enter = gate(MAX_IN_FLIGHT);
	const { signal } = new AbortController();
	const records = await Promise.all(
		options.nodes.map(async (node) => {
			const leave = await enter();
			const client = openNode(node.address, options.deadlineMs);
			try {
				return reduceProbe(newRecord(node), await client.ask(signal), now());
			} finally {
				client.close();
				leave();
			}
		}),
	);
	return snapshotOf(records, options);
}

function now(): Moment {
	return { monotonicMs: performance.now(), wallMs: Date.now() };
}

function snapshotOf(records: readonly NodeRecord[], options: ClusterOptions): ClusterSnapshot {
	const { monotonicMs, wallMs } = now();
	return {
		version: 1,
		takenAt: new Date(wallMs).toISOString(),
		intervalMs: options.intervalMs,
		staleAfterMs: options.staleAfterMs,
		offlineAfterMs: options.offlineAfterMs,
		nodes: records.map((record) => nodeStatus(record, monotonicMs)),
	};
}

function changeLine(before: NodeRecord, after: NodeRecord): string | null {
	const [was, is] = [nodeStatus(before, 0), nodeStatus(after, 0)];
	if (was.state === is.state && was.reason === is.reason) return null;
	return `node ${is.id} (${is.address}): ${was.state} -> ${is.state}${is.reason === "" ? "" : `, ${is.reason}`}`;
}
