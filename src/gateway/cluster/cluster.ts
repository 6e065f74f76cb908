// Edge(clock). Holds what is known of all nodes and the version readers compare; asks through the poller.
import type { ClusterSnapshot } from "#model/snapshot";
import { type ClusterHistory, type ClusterState, visibleKey } from "#wire/map";
import { openClock } from "../clock.ts";
import type { Log } from "../log.ts";
import { type AddressRules, DEFAULT_NODE_PORTS } from "../nodes/address-rules.ts";
import { type Lookup, openNames } from "../nodes/names.ts";
import { openTlsFiles } from "../nodes/tls.ts";
import type { Notices } from "../notices.ts";
import { noObserver, type Observer } from "../observer.ts";
import type { Run } from "../run.ts";
import { type HistoryJson, openHistory } from "./history.ts";
import { openLanes } from "./lanes.ts";
import { openPoller, type Watch } from "./poll.ts";
import type { ProbeResult } from "./probe.ts";
import {
	type GatewayNode,
	isDoubtful,
	type Moment,
	type NodeRecord,
	newRecord,
	nodeStatus,
	reduceProbe,
} from "./snapshot.ts";
import { type NodeClient, type NodeEdges, openNode } from "./upstream.ts";

export interface ClusterOptions {
	readonly nodes: readonly GatewayNode[];
	readonly intervalMs: number;
	readonly staleAfterMs: number;
	readonly offlineAfterMs: number;
	/** Longest wait for a node's answer. */
	readonly deadlineMs: number;
	/** Which addresses may be asked; absent: none on this machine. */
	readonly rules?: AddressRules;
	/** How host names are resolved; absent: as the system does. */
	readonly lookup?: Lookup;
	/** The last hour as it was when the gateway before this one ended. */
	readonly history?: HistoryJson | null;
}

export interface Cluster {
	/** What is known now, ages as of now. */
	state(): ClusterState;
	/** Starts asking; resolves when every node was asked once. */
	start(): Promise<void>;
	/**
	 * Replaces the list. A node of the same id, address and settings keeps its record and its connection, a new one is
	 * unknown, one that is gone is left. Resolves when every new one was asked once.
	 */
	setNodes(nodes: readonly GatewayNode[]): Promise<void>;
	/** The last hour, to be kept for the next run. */
	exportHistory(): HistoryJson;
	/** Stops asking and lets all connections go. */
	close(): Promise<void>;
}

/** One node while it is on the list. */
interface Held {
	readonly node: GatewayNode;
	readonly client: NodeClient;
	record: NodeRecord;
	key: string;
	watch: Watch | null;
}

const MINUTE_MS = 60_000;
/** How often, at least two intervals apart, it is looked whether the questions keep their moments. */
const PACE_MIN_MS = 1_000;

/** The strictest rules: what a gateway that is open to others may ask. */
const STRICT: AddressRules = { isLoopbackAllowed: false, discoveredPorts: DEFAULT_NODE_PORTS };

/** A cluster of which nothing is known until `start`. */
export function openCluster(
	options: ClusterOptions,
	run: Run,
	notices: Notices,
	log: Log,
	observer: Observer = noObserver,
): Cluster {
	const edges = edgesOf(options);
	const poller = openPoller({ intervalMs: options.intervalMs });
	// Minutes count on from the wall clock at the start, by the monotonic one: a clock that is set moves no strip.
	const startedAt = now();
	const minute = () => Math.floor((startedAt.wallMs + now().monotonicMs - startedAt.monotonicMs) / MINUTE_MS);
	const history = openHistory(options.history ?? null, minute());
	let shown: { minute: number; held: readonly Held[]; history: ClusterHistory | null } | null = null;
	let changes = 0;
	let isAsking = false;
	let held: readonly Held[] = options.nodes.map((node) => hold(node));
	const pace = setInterval(() => tellPace(), Math.max(2 * options.intervalMs, PACE_MIN_MS));
	pace.unref();

	function hold(node: GatewayNode): Held {
		const record = newRecord(node);
		return { node, client: openNode(node, edges), record, key: keyOf(record), watch: null };
	}

	function ask(one: Held): Promise<void> {
		one.watch = poller.watch({
			key: one.node.id,
			ask: (signal) => observed(observer, one.client.ask(signal)),
			take: (result) => {
				const before = one.record;
				one.record = reduceProbe(before, result, now());
				const key = keyOf(one.record);
				if (key !== one.key) changes += 1;
				one.key = key;
				note(before, one.record);
				tellChange(log, before, one.record);
				return isDoubtful(one.record);
			},
		});
		return one.watch.first;
	}

	/** Both states were shown within this minute. One that may not be asked has no data. */
	function note(before: NodeRecord, after: NodeRecord): void {
		if (after.checkedAt === before.checkedAt) return;
		if (before.checkedAt !== null) history.note(before.node.id, minute(), nodeStatus(before, 0).state);
		history.note(after.node.id, minute(), nodeStatus(after, 0).state);
	}

	/** More nodes than can be asked in an interval are asked less often; that must not stay between the lines. */
	function tellPace(): void {
		const lateMs = poller.takeLatenessMs();
		const isLate = lateMs > options.intervalMs / 2;
		// In steps of two, so that the sentence stays while it is about as true.
		const shownS = 2 ** Math.ceil(Math.log2(lateMs / 1000));
		const every = options.intervalMs / 1000;
		if (isLate) {
			const sentence = `${held.length} nodes cannot all be asked every ${every} s here: some are asked up to ${shownS} s late; a longer cluster.intervalMs is kept better`;
			notices.set("nodes", "pace", sentence);
		} else if (lateMs < options.intervalMs / 4) notices.set("nodes", "pace", null);
	}

	/** The strips, made once for each whole minute and list. */
	function historyNow(): ClusterHistory | null {
		const last = minute() - 1;
		if (shown?.minute !== last || shown.held !== held) shown = { minute: last, held, history: history.until(last) };
		return shown.history;
	}

	return {
		state: () => ({
			// Notices are part of what a version stands for, and both only rise.
			version: run.firstVersion + BigInt(changes + notices.revision()),
			epoch: run.epoch,
			uptimeMs: run.uptimeMs(),
			notices: notices.of("nodes", "store"),
			history: historyNow(),
			snapshot: snapshotOf(
				held.map(({ record }) => record),
				options,
			),
		}),
		async start() {
			isAsking = true;
			await Promise.all(held.map(ask));
		},
		async setNodes(nodes) {
			const known = new Map(held.map((one) => [settingsOf(one.node), one]));
			const next = nodes.map((node) => known.get(settingsOf(node)) ?? hold(node));
			const gone = held.filter((one) => !next.includes(one));
			const added = next.filter((one) => !held.includes(one));
			if (gone.length === 0 && added.length === 0 && next.every((one, index) => one === held[index])) return;
			held = next;
			changes += 1;
			history.keep(new Set(nodes.map(({ id }) => id)));
			for (const one of gone) {
				tellList(log, "node-removed", one.node);
				void leave(one);
			}
			for (const one of added) tellList(log, "node-added", one.node);
			if (isAsking) await Promise.all(added.map(ask));
		},
		exportHistory: () => history.toJson(minute()),
		async close() {
			isAsking = false;
			clearInterval(pace);
			await Promise.all(held.map(leave));
		},
	};
}

/** Asks every node once, for the state a built page shows until it is live. A node that fails is `unknown`, with the reason. */
export async function askNodesOnce(options: ClusterOptions): Promise<ClusterSnapshot> {
	const lanes = openLanes();
	const edges = edgesOf(options);
	const { signal } = new AbortController();
	const records = await Promise.all(
		options.nodes.map(async (node) => {
			const leavePlace = await lanes.enter();
			const client = openNode(node, edges);
			try {
				return reduceProbe(newRecord(node), await client.ask(signal), now());
			} finally {
				client.close();
				leavePlace();
			}
		}),
	);
	return snapshotOf(records, options);
}

async function observed(observer: Observer, question: Promise<ProbeResult>): Promise<ProbeResult> {
	const sentAt = performance.now();
	observer.probeStarted();
	const result = await question;
	observer.probeEnded(performance.now() - sentAt, result.isGood ? null : result.kind);
	return result;
}

function edgesOf({ deadlineMs, rules = STRICT, lookup }: ClusterOptions): NodeEdges {
	return { deadlineMs, rules, names: openNames(lookup), tls: openTlsFiles() };
}

async function leave({ watch, client }: Held): Promise<void> {
	const stopped = watch?.stop();
	client.close();
	await stopped;
}

/** One for the process: it may be read at any moment, and remembers how long the machine slept. */
const clock = openClock();

function now(): Moment {
	return { monotonicMs: clock(), wallMs: Date.now() };
}

function keyOf(record: NodeRecord): string {
	return visibleKey(nodeStatus(record, 0));
}

function settingsOf({ id, address, isSample, tls = null, isDiscovered = false }: GatewayNode): string {
	return JSON.stringify([id, address, isSample, tls, isDiscovered]);
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

function tellChange(log: Log, before: NodeRecord, after: NodeRecord): void {
	const [was, is] = [nodeStatus(before, 0), nodeStatus(after, 0)];
	if (was.state === is.state && was.reason === is.reason) return;
	log({
		level: "info",
		event: "node-state",
		message: `node ${is.id} (${is.address}): ${was.state} -> ${is.state}${is.reason === "" ? "" : `, ${is.reason}`}`,
		fields: { id: is.id, address: is.address, from: was.state, to: is.state, reason: is.reason },
	});
}

function tellList(log: Log, event: "node-added" | "node-removed", { id, address }: GatewayNode): void {
	const message = `node ${id} (${address}) ${event === "node-added" ? "is on the list now" : "is no longer on the list"}`;
	log({ level: "info", event, message, fields: { id, address } });
}
