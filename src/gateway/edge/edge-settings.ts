// Pure. Environment -> settings of the gateway's edge: who may read, under which names, how much of it.
export interface EdgeSettings {
	/** Origins of other sites whose pages may read, as browsers write them. */
	readonly origins: readonly string[];
	/** Further names it is called by, in lower case, without ports. */
	readonly publicHosts: readonly string[];
	/** Most connections to the port of the site, in all and from one address. */
	readonly connections: number;
	readonly connectionsPerAddress: number;
	/** Port of /metrics; null: on the site's port, for this machine only. */
	readonly metricsPort: number | null;
	/** Null: as the command that starts it sees fit. */
	readonly logFormat: LogFormat | null;
}

/** `json`: a line of JSON for each event · `text`: words. */
export type LogFormat = "json" | "text";

export const DEFAULT_EDGE: EdgeSettings = {
	origins: [],
	publicHosts: [],
	connections: 2_000,
	connectionsPerAddress: 50,
	metricsPort: null,
	logFormat: null,
};

/** What each variable means, for `--help`. */
export const EDGE_HELP = `COORD_ORIGINS      other sites whose pages may read, https://host[:port],… (default: none)
COORD_PUBLIC_HOSTS names it is called by through a proxy, host,… (default: only names of this machine)
COORD_CONNECTIONS  most connections at once (default ${DEFAULT_EDGE.connections})
COORD_CONNECTIONS_PER_ADDRESS
                   of them from one address (default ${DEFAULT_EDGE.connectionsPerAddress}); behind a proxy all come from the proxy's
COORD_METRICS_PORT port of /metrics (default: on COORD_PORT, for this machine only)
COORD_LOG          json or text (default: json for npm run gateway, text for npm start)`;

/** A variable's value, trimmed; null: not set. */
export type Read = (name: string) => string | null;
/** A whole number of a variable; null: not set, or wrong, which is then among the problems. */
export type ReadNumber = (name: string, min: number, max: number) => number | null;

/** Settings as the variables say, else as in `defaults`; what is wrong is added to `problems`, one sentence each. */
export function readEdge(
	read: Read,
	readNumber: ReadNumber,
	problems: string[],
	defaults = DEFAULT_EDGE,
): EdgeSettings {
	const list = (name: string) => (read(name) ?? "").split(",").flatMap((part) => part.trim() || []);
	const connections = readNumber("COORD_CONNECTIONS", 1, 100_000) ?? defaults.connections;
	const log = read("COORD_LOG");
	if (log !== null && log !== "json" && log !== "text") {
		problems.push(`COORD_LOG: expected json or text, got ${JSON.stringify(log)}`);
	}
	return {
		origins: list("COORD_ORIGINS").flatMap((origin) => originOf(origin, problems)),
		publicHosts: list("COORD_PUBLIC_HOSTS").flatMap((host) => hostOf(host, problems)),
		connections,
		connectionsPerAddress:
			readNumber("COORD_CONNECTIONS_PER_ADDRESS", 1, 100_000) ?? Math.min(connections, defaults.connectionsPerAddress),
		metricsPort: readNumber("COORD_METRICS_PORT", 0, 65_535) ?? defaults.metricsPort,
		logFormat: log === "json" || log === "text" ? log : defaults.logFormat,
	};
}

function originOf(text: string, problems: string[]): string[] {
	if (text === "*") {
		problems.push("COORD_ORIGINS: * would let every page anyone visits read the live status; name each origin");
		return [];
	}
	const url = URL.canParse(text) ? new URL(text) : null;
	if (url !== null && /^https?:$/.test(url.protocol) && url.origin === text) return [text];
	const near = url !== null && /^https?:$/.test(url.protocol) ? `; did you mean ${url.origin}?` : "";
	problems.push(`COORD_ORIGINS: expected https://host or https://host:port, got ${JSON.stringify(text)}${near}`);
	return [];
}

function hostOf(text: string, problems: string[]): string[] {
	const name = text.toLowerCase();
	const isName = /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/.test(name) || /^\[[0-9a-f:.]+\]$/.test(name);
	if (isName) return [name];
	problems.push(`COORD_PUBLIC_HOSTS: expected a name or address without port, got ${JSON.stringify(text)}`);
	return [];
}
