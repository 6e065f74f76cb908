// Pure. Environment -> typed settings of the gateway; everything that is wrong is said at once.
import { UsageError } from "#model/problem";
import { type ConfiguredNode, type ConfiguredSrv, nodeAddress, type Project, srvName } from "#model/project";
import { EDGE_HELP, type EdgeSettings, readEdge } from "./edge/edge-settings.ts";
import { NODES_HELP, type NodeSettings, readNodeSettings } from "./nodes/node-settings.ts";
import type { StateOptions } from "./state.ts";

export interface GatewaySettings {
	readonly nodes: readonly (ConfiguredNode | ConfiguredSrv)[];
	/** Where further nodes come from, and how all of them may be asked. */
	readonly watching: NodeSettings;
	readonly host: string;
	/** Site, gRPC-Web and Connect (HTTP/1). */
	readonly port: number;
	/** Native gRPC (HTTP/2 in plaintext), which needs a port of its own; null: off. */
	readonly grpcPort: number | null;
	readonly intervalMs: number;
	readonly staleAfterMs: number;
	readonly offlineAfterMs: number;
	/** Longest any call to a node may take. */
	readonly deadlineMs: number;
	/** Folder of the built site. */
	readonly dist: string;
	/** Whether the repository is read again as it moves; `incomplete`: also a shallow or damaged clone. */
	readonly liveAudit: LiveAudit;
	/** Where reports and tokens are kept; shared, where it was named. */
	readonly state: StateOptions;
	readonly edge: EdgeSettings;
}

const LIVE_AUDITS = ["on", "incomplete", "off"] as const;
export type LiveAudit = (typeof LIVE_AUDITS)[number];

/** What an entry of a typed list starts with that is a name to be looked up in DNS. */
const SRV = "srv:";

type Environment = Readonly<Record<string, string | undefined>>;

export const DEFAULT_PORT = 4321;
export const DEFAULT_DEADLINE_MS = 2_000;
const DEFAULT_STATE = ".state";

/** What each variable means, for `--help`. */
export const SETTINGS_HELP = `COORD_CONTENT      folder of the content (default ./content)
COORD_NODES        nodes to ask, host:port or srv:_name._tcp.domain,… (default: cluster.nodes of the content)
${NODES_HELP}
COORD_HOST         address to listen on (default 127.0.0.1)
COORD_PORT         port of the site, gRPC-Web and Connect (default ${DEFAULT_PORT})
COORD_GRPC_PORT    port of native gRPC, or off (default: COORD_PORT + 1)
COORD_INTERVAL_MS  how often a node is asked (default: cluster.intervalMs of the content)
COORD_DEADLINE_MS  longest wait for a node's answer (default ${DEFAULT_DEADLINE_MS}, at most the interval)
COORD_DIST         folder of the built site (default ./dist)
COORD_REPO         repository that is read again as it moves (default: repository.path of the content)
COORD_LIVE_AUDIT   on (default), incomplete (a shallow or damaged clone is read as far as it goes), or off
COORD_STATE        folder of reports, tokens and what gateways share. Where it is named, gateways on it ask the nodes in one
                   place and a restart goes on from what was known (default: ${DEFAULT_STATE}, for reports and tokens alone)
${EDGE_HELP}`;

/**
 * Settings from the environment, over what the content says of the cluster. An empty variable counts as not
 * set. Throws one UsageError that names every variable that is wrong.
 */
export function readSettings(env: Environment, cluster: Project["cluster"]): GatewaySettings {
	const problems: string[] = [];
	const port = numberOf(env, "COORD_PORT", 0, 65_535, problems) ?? DEFAULT_PORT;
	const intervalMs = numberOf(env, "COORD_INTERVAL_MS", 500, 3_600_000, problems) ?? cluster.intervalMs;
	const wanted = numberOf(env, "COORD_DEADLINE_MS", 50, 60_000, problems);
	if (wanted !== null && wanted > intervalMs) {
		problems.push(`COORD_DEADLINE_MS: ${wanted} is longer than the interval of ${intervalMs}`);
	}
	const settings: GatewaySettings = {
		nodes: nodesOf(env, problems) ?? cluster.nodes,
		watching: readNodeSettings((name) => text(env, name), problems),
		host: text(env, "COORD_HOST") ?? "127.0.0.1",
		port,
		grpcPort: grpcPortOf(env, port, problems),
		intervalMs,
		staleAfterMs: cluster.staleAfterMs,
		offlineAfterMs: cluster.offlineAfterMs,
		deadlineMs: wanted ?? Math.min(DEFAULT_DEADLINE_MS, intervalMs),
		dist: text(env, "COORD_DIST") ?? "dist",
		liveAudit: liveAuditOf(env, problems),
		state: stateOf(env),
		edge: readEdge(
			(name) => text(env, name),
			(name, min, max) => numberOf(env, name, min, max, problems),
			problems,
		),
	};
	if (problems.length > 0) {
		throw new UsageError(problems.join("\n"), "npm run gateway -- --help lists the settings");
	}
	return settings;
}

/**
 * Nodes from a list as typed: `host:port,srv:_name._tcp.domain`; the address is the id. Throws one UsageError naming
 * every address that does not parse, and every one given twice. `source` is where it was typed, for the message.
 */
export function parseNodes(list: string, source: string): (ConfiguredNode | ConfiguredSrv)[] {
	const problems: string[] = [];
	const nodes = readNodes(list, source, problems);
	if (problems.length > 0) throw new UsageError(problems.join("\n"));
	return nodes;
}

function readNodes(list: string, source: string, problems: string[]): (ConfiguredNode | ConfiguredSrv)[] {
	const addresses = list.split(",").map((address) => address.trim());
	const seen = new Set<string>();
	for (const address of addresses) {
		const result = address.startsWith(SRV)
			? srvName.safeParse(address.slice(SRV.length))
			: nodeAddress.safeParse(address);
		if (!result.success) {
			problems.push(`${source}: ${JSON.stringify(address)}: ${result.error.issues[0]?.message ?? "not an address"}`);
		} else if (seen.has(address)) {
			problems.push(`${source}: ${JSON.stringify(address)}: given twice`);
		}
		seen.add(address);
	}
	return addresses.map((address) =>
		address.startsWith(SRV) ? { srv: address.slice(SRV.length) } : { id: address, address },
	);
}

function nodesOf(env: Environment, problems: string[]): (ConfiguredNode | ConfiguredSrv)[] | null {
	const list = text(env, "COORD_NODES");
	return list === null ? null : readNodes(list, "COORD_NODES", problems);
}

function grpcPortOf(env: Environment, port: number, problems: string[]): number | null {
	if (text(env, "COORD_GRPC_PORT") === "off") return null;
	const wanted = numberOf(env, "COORD_GRPC_PORT", 0, 65_535, problems, "a port from 0 to 65535, or off");
	if (wanted !== null && wanted !== 0 && wanted === port) {
		problems.push(`COORD_GRPC_PORT: ${wanted} is COORD_PORT already; native gRPC needs a port of its own`);
	}
	if (wanted !== null) return wanted;
	// Port 0 asks the system for any free port, so the second one is any free port too.
	if (port === 0) return 0;
	if (port === 65_535) {
		problems.push("COORD_GRPC_PORT: there is no port after 65535; name one, or off");
		return null;
	}
	return port + 1;
}

function liveAuditOf(env: Environment, problems: string[]): LiveAudit {
	const value = text(env, "COORD_LIVE_AUDIT") ?? "on";
	const found = LIVE_AUDITS.find((one) => one === value);
	if (found !== undefined) return found;
	problems.push(`COORD_LIVE_AUDIT: expected ${LIVE_AUDITS.join(", ")}, got ${JSON.stringify(value)}`);
	return "on";
}

/** The state folder, for the gateway and for `npm run report`. */
export function stateOf(env: Environment): StateOptions {
	const folder = text(env, "COORD_STATE");
	return { folder: folder ?? DEFAULT_STATE, isShared: folder !== null };
}

function text(env: Environment, name: string): string | null {
	const value = env[name]?.trim();
	return value === undefined || value === "" ? null : value;
}

function numberOf(
	env: Environment,
	name: string,
	min: number,
	max: number,
	problems: string[],
	expected = `a whole number from ${min} to ${max}`,
): number | null {
	const value = text(env, name);
	if (value === null) return null;
	const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
	if (number >= min && number <= max) return number;
	problems.push(`${name}: expected ${expected}, got ${JSON.stringify(value)}`);
	return null;
}
