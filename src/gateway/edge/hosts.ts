// Pure. By which names the gateway may be called. A page of a stranger can give its own name this machine's address
// (DNS rebinding) and would then be of one origin with a gateway that answers to any name.

/** Addresses and names that only this machine can mean. */
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/**
 * The names, without ports and in lower case, a gateway answers to; null: to any. One on loopback, or one told its
 * public names, knows them all; one on another address that was told none cannot know how it is called.
 */
export function knownHosts(
	host: string,
	publicHosts: readonly string[],
	origins: readonly string[],
): ReadonlySet<string> | null {
	if (!isLoopback(host) && publicHosts.length === 0) return null;
	const own = host.includes(":") ? `[${host}]` : host;
	const ofOrigins = origins.map((origin) => new URL(origin).hostname);
	return new Set([...LOOPBACK, own, ...publicHosts, ...ofOrigins].map((name) => name.toLowerCase()));
}

/** Whether a Host header names one of `known`; its port says nothing, a dot at the end of the name neither. */
export function isKnownHost(known: ReadonlySet<string>, header: string | undefined): boolean {
	if (header === undefined) return false;
	return known.has(header) || known.has(header.replace(/:\d*$/, "").replace(/\.$/, "").toLowerCase());
}

/** Whether an address to listen on is reached from this machine only. */
export function isLoopback(host: string): boolean {
	return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
