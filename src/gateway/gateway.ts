// Edge. The gateway as one thing: watches the nodes, reads the teams, answers on one origin.
import type { ClusterSnapshot } from "#model/snapshot";
import type { Team } from "#model/team";
import { type ClusterOptions, openCluster } from "./cluster.ts";
import { type Edge, openEdge } from "./edge.ts";
import { DEFAULT_EDGE, type EdgeSettings } from "./edge-settings.ts";
import type { Log } from "./log.ts";
import { openMetrics } from "./metrics.ts";
import { openNotices } from "./notices.ts";
import { startRun } from "./run.ts";
import { serveStatic } from "./static.ts";
import { openTeams } from "./teams.ts";

export { askNodesOnce } from "./cluster.ts";

export interface GatewayOptions extends ClusterOptions {
	readonly host: string;
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
	/** Built site; null: none is served. */
	readonly dist: string | null;
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

/** Starts everything. Throws WorldError when a port cannot be had; nothing is left running then. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
	const run = startRun(Date.now());
	const notices = openNotices();
	const cluster = openCluster(options, run, notices, options.log);
	const teams = openTeams(options.content, options.teams, options.updatedAt, run, options.log);
	const metrics = openMetrics();
	let notReady: string | null = "nodes are being asked";
	let edge: Edge | null = null;
	const close = async () => {
		notReady = "closing";
		await Promise.all([cluster.close(), edge?.close()]);
	};
	try {
		edge = await openEdge({
			...options,
			settings: options.edge ?? DEFAULT_EDGE,
			held: { cluster, teams, conflicts: null },
			site: options.dist === null ? null : serveStatic(options.dist),
			notReady: () => notReady,
			metrics,
			sources: { cluster: () => cluster.state().snapshot, openConflicts: () => null },
		});
		// Only now: a gateway that cannot listen leaves the nodes alone and says one thing only.
		const ready = cluster.start().then(() => {
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
}

/** A host a browser can open: the name of this machine for loopback and for "every address". */
function shownHost(host: string): string {
	if (["127.0.0.1", "0.0.0.0", "::", "::1"].includes(host)) return "localhost";
	return host.includes(":") ? `[${host}]` : host;
}
