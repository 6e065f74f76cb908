// Edge. The gateway as one thing: watches the nodes, reads the teams, answers on one origin.
import type { ClusterSnapshot } from "#model/snapshot";
import type { Team } from "#model/team";
import { type ClusterOptions, openCluster } from "./cluster/cluster.ts";
import type { GatewayNode } from "./cluster/snapshot.ts";
import { type Edge, openEdge } from "./edge/edge.ts";
import { DEFAULT_EDGE, type EdgeSettings } from "./edge/edge-settings.ts";
import { isLoopback } from "./edge/hosts.ts";
import { openMetrics } from "./edge/metrics.ts";
import { serveStatic } from "./edge/static.ts";
import type { Log } from "./log.ts";
import { DEFAULT_NODE_PORTS } from "./nodes/address-rules.ts";
import { type NodeSources, watchNodeSources } from "./nodes/sources.ts";
import type { AskSrv } from "./nodes/srv.ts";
import { type Notices, openNotices } from "./notices.ts";
import type { Observer } from "./observer.ts";
import { openBaselines } from "./repository/baselines.ts";
import { openConflicts } from "./repository/conflicts.ts";
import { openEvidence } from "./repository/evidence.ts";
import type { LiveRepository } from "./repository/live-repository.ts";
import { openTeams } from "./repository/teams.ts";
import { type Run, startRun } from "./run.ts";
import { openState, type State, type StateOptions } from "./state.ts";

export { askNodesOnce } from "./cluster/cluster.ts";

export interface GatewayOptions extends ClusterOptions {
	readonly host: string;
	/** Where nodes come from at run time; absent: the nodes are those of the options, for good. */
	readonly sources?: NodeSources;
	/** How SRV names are asked for; absent: as the system does. */
	readonly askSrv?: AskSrv;
	/** 0: any free port. */
	readonly port: number;
	/** Null: no native gRPC. */
	readonly grpcPort: number | null;
	/** Who may read, and how much of it; absent: the defaults. */
	readonly edge?: EdgeSettings;
	/** Content folder, where the audit writes activity.json and conflict-log.json. */
	readonly content: string;
	readonly teams: readonly Team[];
	/** When the guide was last said to be up to date (ISO, UTC); null: it does not say. */
	readonly updatedAt: string | null;
	/** The repository as it is now, which is closed with the gateway; absent or null: nobody watches it. */
	readonly live?: LiveRepository | null;
	/** Where reports and tokens are kept; absent or null: nowhere, and no report is taken. */
	readonly state?: StateOptions | null;
	/** Built site; null: none is served. */
	readonly dist: string | null;
	/** Origin its pages ask in place of this gateway (`cluster.gateway`); absent or null: they ask this one. */
	readonly pagesAsk?: string | null;
	/** Told of each change of a node's state and each thing that could not be read. */
	readonly log: Log;
}

export interface Gateway {
	/** Address of site, gRPC-Web and Connect, e.g. `http://localhost:4321`. */
	readonly url: string;
	/** host:port of native gRPC; null: off. */
	readonly grpcUrl: string | null;
	/** Address of /metrics where it has a port of its own. */
	readonly metricsUrl: string | null;
	/** Resolves when every node was asked once. */
	readonly ready: Promise<void>;
	/** What is known of the nodes now. */
	cluster(): ClusterSnapshot;
	/** Stops listening and asking; running replies get two seconds. */
	close(): Promise<void>;
}

/** Starts everything. Throws WorldError when a port or what is kept cannot be had; nothing is left running then. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
	const run = startRun(Date.now());
	const notices = openNotices();
	const rules = options.rules ?? { isLoopbackAllowed: isLoopback(options.host), discoveredPorts: DEFAULT_NODE_PORTS };
	const metrics = openMetrics();
	const state = await stateOf(options, run, notices, metrics.observer);
	const cluster = state.cluster(
		{
			open: (run, history) =>
				openCluster(
					{ ...options, rules, history: history ?? options.history ?? null },
					run,
					notices,
					options.log,
					metrics.observer,
				),
			notices,
			log: options.log,
		},
		run,
	);
	let watched: ReturnType<typeof watchNodeSources> | null = null;
	const evidence = openEvidence({ ...options, live: options.live ?? null, notices });
	const conflicts = openConflicts(evidence, openBaselines(options.dist, options.log), notices, run);
	const teams = openTeams(evidence, state.reports, notices, run);
	let notReady: string | null = "nodes are being asked";
	let edge: Edge | null = null;
	const close = async () => {
		notReady = "closing";
		watched?.close();
		await Promise.all([cluster.close(), edge?.close(), options.live?.close()]);
		await state.close();
	};
	try {
		edge = await openEdge({
			...options,
			settings: options.edge ?? DEFAULT_EDGE,
			held: { cluster, teams, conflicts, reports: state.reports },
			site: options.dist === null ? null : serveStatic(options.dist, options.pagesAsk),
			notReady: () => notReady,
			metrics,
			sources: { cluster: () => cluster.state().snapshot, openConflicts: conflicts.open },
		});
		// Only now: a gateway that cannot listen leaves the nodes alone and says one thing only.
		const ready = Promise.all([cluster.start(), watchSources()]).then(() => {
			if (notReady !== "closing") notReady = null;
		});
		const host = shownHost(options.host);
		return {
			url: `http://${host}:${edge.port}`,
			grpcUrl: edge.grpcPort === null ? null : `${host}:${edge.grpcPort}`,
			metricsUrl: edge.metricsPort === null ? null : `http://${host}:${edge.metricsPort}/metrics`,
			ready,
			cluster: () => cluster.state().snapshot,
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}

	/** Resolves when every source was read once, and every node it gave was asked once. */
	async function watchSources(): Promise<void> {
		if (options.sources === undefined) return;
		let asked: Promise<unknown> = Promise.resolve();
		const take = (nodes: readonly GatewayNode[]) => {
			asked = Promise.all([asked, cluster.setNodes(nodes)]);
		};
		const edges = options.askSrv === undefined ? {} : { askSrv: options.askSrv };
		watched = watchNodeSources(options.sources, notices, options.log, take, edges);
		await watched.ready;
		await asked;
	}
}

async function stateOf(options: GatewayOptions, run: Run, notices: Notices, observer: Observer): Promise<State> {
	const teams = options.teams.map(({ id }) => id);
	try {
		return await openState(options.state ?? null, { teams, run, notices, log: options.log, observer });
	} catch (error) {
		await options.live?.close();
		throw error;
	}
}

/** A host a browser can open: the name of this machine for loopback and for "every address". */
function shownHost(host: string): string {
	if (["127.0.0.1", "0.0.0.0", "::", "::1"].includes(host)) return "localhost";
	return host.includes(":") ? `[${host}]` : host;
}
