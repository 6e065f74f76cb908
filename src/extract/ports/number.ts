// Pure. What is a port: a number in range, under a name that says so, or at the end of an address.

/** A port that stands somewhere in a text. */
export interface Placed {
	readonly port: number;
	/** Offset of the number, or of what holds it. */
	readonly at: number;
}

/** A decimal port from 1 to 65535, as people write one (`8_100` in Python too); null: it is none. 0 asks for any port. */
export function portOf(text: string): number | null {
	if (!/^[1-9][0-9_]{0,6}$/.test(text)) return null;
	const port = Number(text.replaceAll("_", ""));
	return port <= 65_535 ? port : null;
}

/** Words that make of a port something else than a number to listen on. */
const OTHER_PORTS: ReadonlySet<string> = new Set(
	"view serial usb com midi air sea parallel hdmi switch input output min max base start first last".split(" "),
);

/** `port`, `PORT`, `api_port`, `grpcPort`, `--metrics-port`; not `report`, `port_timeout`, `viewport`, `base_port`. */
export function isPortName(name: string): boolean {
	const words = wordsOf(name);
	return words.at(-1) === "port" && !words.some((word) => OTHER_PORTS.has(word));
}

/** Whether it names the own port of what runs, not that of a peer: `port`, `API_PORT`, `http_port`; not `redis_port`. */
export function isOwnPortName(name: string): boolean {
	return isPortName(name) && wordsOf(name).every((word) => OWN_WORDS.has(word));
}

const OWN_WORDS: ReadonlySet<string> = new Set(
	"port server http https api grpc rest web app listen listening bind service metrics health dashboard ui".split(" "),
);

function wordsOf(name: string): string[] {
	return name
		.slice(0, 100)
		.replace(/([a-z0-9])([A-Z])/g, "$1_$2")
		.toLowerCase()
		.split(/[^a-z0-9]+/)
		.filter((word) => word !== "");
}

/**
 * Addresses with a port in free text: URLs, and `host:port` where the host is an IP, `localhost` or a local name. A bare
 * name is no host: `app.py:120` is a line, `redis:7` an image.
 */
export function addressesIn(text: string): Placed[] {
	const found: Placed[] = [];
	for (const match of text.matchAll(ADDRESS)) {
		const digits = match[1] as string;
		const port = portOf(digits);
		if (port !== null) found.push({ port, at: match.index + match[0].length - digits.length });
	}
	return found;
}

const HOST = String.raw`(?:localhost|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[[0-9a-fA-F:.]{2,45}\]|\[::\]|[A-Za-z0-9_-]{1,63}\.(?:local|lan|internal|localdomain))`;
const IN_URL = String.raw`[a-z][a-z0-9+]{1,15}:\/\/(?:[^\s\/:@"'<>]{1,64}(?::[^\s\/:@"'<>]{0,64})?@)?[^\s\/:@"'<>]{1,100}`;
const ADDRESS = new RegExp(String.raw`(?<![\w.:-])(?:${HOST}|${IN_URL}):(\d{2,5})(?![\d.:\w])`, "g");

/** The port of a text that is an address as a whole: `[::]:50051`, `:8000`, `*:8080`, `0.0.0.0:80`, `tcp://*:5555`. */
export function portOfAddress(text: string): number | null {
	const match = /^(?:[a-z][a-z0-9+]{1,15}:\/\/)?[^\s/:]{0,100}(?:\[[0-9a-fA-F:.]{0,45}\])?:(\d{1,5})\/?$/.exec(text);
	return match === null ? null : portOf(match[1] as string);
}

/** The number of the line at an offset, from 1; offsets may come in any order. */
export function lineIndex(text: string): (at: number) => number {
	const starts = [0];
	for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
	return (at) => {
		let [low, high] = [0, starts.length - 1];
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((starts[middle] as number) <= at) low = middle;
			else high = middle - 1;
		}
		return low + 1;
	};
}
