// Pure. Environment and content -> where nodes come from, and how they may be asked.
import { resolve } from "node:path";
import type { ConfiguredNode, ConfiguredSrv, ConfiguredTls } from "#model/project";
import type { GatewayNode } from "../cluster/snapshot.ts";
import { type AddressRules, DEFAULT_NODE_PORTS, type PortRange } from "./address-rules.ts";
import type { NodeSources } from "./sources.ts";
import type { NodeTls } from "./tls.ts";

export interface NodeSettings {
	/** Paths of files in the file_sd format; `*` may stand in the last part. */
	readonly files: readonly string[];
	/** Ports that nodes of files and of SRV names may have. */
	readonly ports: readonly PortRange[];
	/** Whether nodes on this machine may be asked even where the gateway is open to others. */
	readonly isLoopbackAllowed: boolean;
	/** For nodes whose entry does not say otherwise; null: plaintext. Paths as given, from the working folder. */
	readonly tls: NodeTls | null;
}

/** What each variable means, for `--help`. */
export const NODES_HELP = `COORD_NODES_FILES  files in Prometheus' file_sd format that list further nodes, path,… (* in the last part)
COORD_NODE_PORTS   ports that nodes of files and SRV names may have (default 50051-50099)
COORD_NODE_LOOPBACK
                   allow: nodes on this machine may be asked though the gateway is open to others
COORD_NODE_TLS     on: nodes are asked over TLS unless their entry says otherwise (default off)
COORD_NODE_CA      PEM file of authorities for their certificates (default: those the system trusts)
COORD_NODE_CERT, COORD_NODE_KEY
                   PEM files of the certificate and key shown to nodes that want one`;

/** Settings as the variables say; what is wrong is added to `problems`, one sentence each. */
export function readNodeSettings(read: (name: string) => string | null, problems: string[]): NodeSettings {
	const choice = (name: string, yes: string, no: string): boolean => {
		const value = read(name);
		if (value !== null && value !== yes && value !== no) {
			problems.push(`${name}: expected ${yes} or ${no}, got ${JSON.stringify(value)}`);
		}
		return value === yes;
	};
	const files = (read("COORD_NODES_FILES") ?? "").split(",").flatMap((file) => file.trim() || []);
	for (const file of files) {
		if (/\*.*\//.test(file))
			problems.push(`COORD_NODES_FILES: ${JSON.stringify(file)}: * may stand in the last part only`);
	}
	const tls = {
		ca: read("COORD_NODE_CA"),
		cert: read("COORD_NODE_CERT"),
		key: read("COORD_NODE_KEY"),
		serverName: null,
	};
	const isTls = choice("COORD_NODE_TLS", "on", "off");
	if ((tls.cert === null) !== (tls.key === null)) problems.push("COORD_NODE_CERT and COORD_NODE_KEY belong together");
	if (!isTls && (tls.ca ?? tls.cert ?? tls.key) !== null) {
		problems.push("COORD_NODE_CA, COORD_NODE_CERT and COORD_NODE_KEY need COORD_NODE_TLS=on");
	}
	return {
		files,
		ports: portsOf(read("COORD_NODE_PORTS"), problems),
		isLoopbackAllowed: choice("COORD_NODE_LOOPBACK", "allow", "refuse"),
		tls: isTls ? tls : null,
	};
}

/** All places that nodes come from: what is configured, files of entries relative to `content`, then the files. */
export function nodeSources(
	configured: readonly (ConfiguredNode | ConfiguredSrv)[],
	{ files, tls }: NodeSettings,
	content: string,
): NodeSources {
	const own = (entry: ConfiguredTls | null | undefined): NodeTls | null => {
		if (entry === undefined || entry === null) return entry === null ? null : tls;
		const file = (path: string | undefined) => (path === undefined ? null : resolve(content, path));
		return { ca: file(entry.ca), cert: file(entry.cert), key: file(entry.key), serverName: entry.serverName ?? null };
	};
	return {
		listed: configured.map((entry) =>
			"srv" in entry
				? { srv: entry.srv, tls: own(entry.tls) }
				: { id: entry.id, address: entry.address, isSample: false, tls: own(entry.tls) },
		),
		files,
		filesTls: tls,
	};
}

/** Of the sources, the nodes that are known without asking anybody. */
export function knownNodes({ listed }: NodeSources): GatewayNode[] {
	return listed.flatMap((entry) => ("srv" in entry ? [] : [entry]));
}

/** Which addresses may be asked by a gateway that is, or is not, reached from this machine only. */
export function addressRules({ ports, isLoopbackAllowed }: NodeSettings, isOwnMachineOnly: boolean): AddressRules {
	return { isLoopbackAllowed: isLoopbackAllowed || isOwnMachineOnly, discoveredPorts: ports };
}

/** `50051-50099,6000` → ranges. */
function portsOf(value: string | null, problems: string[]): readonly PortRange[] {
	if (value === null) return DEFAULT_NODE_PORTS;
	return value.split(",").flatMap((part) => {
		const found = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part.trim());
		const from = Number(found?.[1]);
		const to = Number(found?.[2] ?? found?.[1]);
		if (from >= 1 && from <= to && to <= 65_535) return [{ from, to }];
		problems.push(`COORD_NODE_PORTS: expected ports such as 50051-50099,6000, got ${JSON.stringify(part)}`);
		return [];
	});
}
