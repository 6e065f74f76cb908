// Edge(clock). The gateway's figures in Prometheus' words. Series are bounded: none is named by what a caller sends.
import { readdirSync } from "node:fs";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { ClusterSnapshot } from "#model/snapshot";
import type { Observer } from "../observer.ts";

/** What is looked up when somebody asks for the figures. */
export interface MetricSources {
	cluster(): ClusterSnapshot;
	/** Open conflicts by level; null: not known. */
	openConflicts(): { readonly errors: number; readonly warnings: number; readonly notes: number } | null;
	/** Connections there are, by listener. */
	connections(): Readonly<Record<string, number>>;
	lagMs(): number;
}

export interface Metrics {
	readonly observer: Observer;
	readonly contentType: string;
	/** The figures as text; worked out at most once a second, however many ask. */
	text(sources: MetricSources): Promise<string>;
}

/** With more nodes than this, only how many are in each state is told: a series for each costs every scrape. */
const MOST_NODE_SERIES = 500;
const TEXT_KEPT_MS = 1_000;
const STATES = ["serving", "degraded", "not-serving", "unknown"] as const;
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

export function openMetrics(): Metrics {
	const register = new Registry();
	const registers = [register];
	const gauge = (name: string, help: string, ...labelNames: string[]) =>
		new Gauge({ name, help, registers, labelNames });
	const counter = (name: string, help: string, ...labelNames: string[]) =>
		new Counter({ name, help, registers, labelNames });

	const call = ["grpc_service", "grpc_method"];
	const handled = counter("grpc_server_handled_total", "Calls that ended, by code.", ...call, "grpc_code");
	const handling = new Histogram({
		name: "grpc_server_handling_seconds",
		help: "From a request read to its answer handed on.",
		labelNames: call,
		buckets: SECONDS,
		registers,
	});
	const polls = new Histogram({
		name: "coordination_poll_duration_seconds",
		help: "Questions to nodes, from send to end.",
		buckets: SECONDS,
		registers,
	});
	const pollFailures = counter("coordination_poll_failures_total", "Questions without a good answer, by kind.", "code");
	const inflight = gauge("coordination_inflight_polls", "Questions to nodes under way.");
	const reports = counter("coordination_reports_total", "Teams' reports judged, by code.", "code");
	const sheds = counter("coordination_sheds_total", "Requests turned away unread because the gateway was behind.");
	const refused = counter("coordination_connections_refused_total", "Connections refused, by limit.", "limit");

	const nodes = gauge("coordination_nodes", "Nodes in each state.", "state");
	const nodeUp = gauge("coordination_node_up", `1: serving or degraded. Up to ${MOST_NODE_SERIES} nodes.`, "node");
	const age = gauge("coordination_snapshot_age_seconds", "Since the node asked longest ago was asked.");
	const conflicts = gauge("coordination_conflicts_open", "Open conflicts, by level.", "level");
	const connections = gauge("coordination_connections", "Connections there are.", "listener");
	const lag = gauge("nodejs_eventloop_lag_seconds", "How late a timer came.");
	const cpu = gauge("process_cpu_seconds_total", "Processor time of the process.");
	const memory = gauge("process_resident_memory_bytes", "Resident memory of the process.");
	const files = gauge("process_open_fds", "Open file descriptors.");

	// Looking a series up by its labels takes longer than counting; there are as many as methods have codes.
	const series = new Map<string, { ended: Counter.Internal; lasted: Histogram.Internal<string> }>();
	const seriesOf = (service: string, method: string, code: string) => {
		const key = `${service}/${method} ${code}`;
		const found = series.get(key) ?? {
			ended: handled.labels(service, method, code),
			lasted: handling.labels(service, method),
		};
		series.set(key, found);
		return found;
	};

	const look = (sources: MetricSources) => {
		const snapshot = sources.cluster();
		for (const state of STATES) nodes.set({ state }, snapshot.nodes.filter((node) => node.state === state).length);
		nodeUp.reset();
		if (snapshot.nodes.length <= MOST_NODE_SERIES) {
			for (const { id, state } of snapshot.nodes) {
				nodeUp.set({ node: id }, state === "serving" || state === "degraded" ? 1 : 0);
			}
		}
		age.set(Math.max(0, ...snapshot.nodes.map(({ checkedMs }) => checkedMs ?? 0)) / 1_000);
		conflicts.reset();
		const open = sources.openConflicts();
		if (open !== null) {
			conflicts.set({ level: "error" }, open.errors);
			conflicts.set({ level: "warning" }, open.warnings);
			conflicts.set({ level: "note" }, open.notes);
		}
		for (const [listener, count] of Object.entries(sources.connections())) connections.set({ listener }, count);
		lag.set(sources.lagMs() / 1_000);
		const { user, system } = process.cpuUsage();
		cpu.set((user + system) / 1e6);
		memory.set(process.memoryUsage.rss());
		const descriptors = countFiles();
		if (descriptors !== null) files.set(descriptors);
	};

	let kept: { text: Promise<string>; at: number } | null = null;
	return {
		contentType: register.contentType,
		text(sources) {
			if (kept === null || performance.now() - kept.at >= TEXT_KEPT_MS) {
				look(sources);
				kept = { text: register.metrics(), at: performance.now() };
			}
			return kept.text;
		},
		observer: {
			probeStarted: () => inflight.inc(),
			probeEnded(elapsedMs, failure) {
				inflight.dec();
				polls.observe(elapsedMs / 1_000);
				if (failure !== null) pollFailures.inc({ code: failure });
			},
			reportJudged: (code) => reports.inc({ code }),
			callEnded(service, method, code, elapsedMs) {
				const { ended, lasted } = seriesOf(service, method, code);
				ended.inc();
				lasted.observe(elapsedMs / 1_000);
			},
			shed: () => sheds.inc(),
			connectionRefused: (limit) => refused.inc({ limit }),
		},
	};
}

/** Null where the system has no /proc. */
function countFiles(): number | null {
	try {
		return readdirSync("/proc/self/fd").length;
	} catch {
		return null;
	}
}
