// Edge. The gateway as one thing: watches the nodes, reads the teams, answers on one origin.
import type { ClusterSnapshot } from "#model/snapshot";
import type { Team } from "#model/team";
import { type ClusterOptions, openCluster } from "./cluster.ts";
import { clusterHotPath } from "./hot-path.ts";
import type { Log } from "./log.ts";
import { openNotices } from "./notices.ts";
import { statusRoutes } from "./routes.ts";
import { startRun } from "./run.ts";
import { type Listener, listenGrpc, listenHttp, type ServerParts } from "./server.ts";
import { serveStatic } from "./static.ts";
import { openTeams } from "./teams.ts";

export { askNodesOnce } from "./cluster.ts";

export interface GatewayOptions extends ClusterOptions {
	readonly host: string;
	/** 0: any free port. */
	readonly port: number;
	/** Null: no native gRPC. */
	readonly grpcPort: number | null;
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
	let isReady = false;
	const teams = openTeams(options.content, options.teams, options.updatedAt, run, options.log);
	const parts: ServerParts = {
		routes: statusRoutes({ cluster, teams }),
		hotPath: clusterHotPath(cluster),
		site: options.dist === null ? null : serveStatic(options.dist),
		isReady: () => isReady,
	};
	const listeners: Listener[] = [];
	const close = async () => {
		await Promise.all([cluster.close(), ...listeners.map((listener) => listener.close())]);
	};
	try {
		const http = await listenHttp(options.host, options.port, parts);
		listeners.push(http);
		const grpc = options.grpcPort === null ? null : await listenGrpc(options.host, options.grpcPort, parts);
		if (grpc !== null) listeners.push(grpc);
		// Only now: a gateway that cannot listen leaves the nodes alone and says one thing only.
		const ready = cluster.start().then(() => {
			isReady = true;
		});
		return {
			url: `http://${shownHost(options.host)}:${http.port}`,
			grpcUrl: grpc === null ? null : `${shownHost(options.host)}:${grpc.port}`,
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
