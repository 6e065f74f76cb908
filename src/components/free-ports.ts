// Pure. Which ports a new service may take: neither registered nor bound by anything the audit found.
import type { Port } from "#model/agreement";

export interface PortRange {
	/** Both included. */
	readonly from: number;
	readonly to: number;
}

/** One port that something uses. */
export interface BoundPort {
	readonly protocol: Port["protocol"];
	readonly port: number;
}

/**
 * Ports a service may be given: below, a system wants root for them (IANA's system ports); from 32768 on, Linux hands them
 * out itself to whoever asks for any (ip_local_port_range), so that a service can find its own taken.
 */
export const SERVICE_PORTS: PortRange = { from: 1_024, to: 32_767 };

/** The port of a resource such as `port:tcp/8100`; null: it is none. */
export function portOf(resource: string): BoundPort | null {
	const found = /^port:(tcp|udp)\/(\d{1,5})$/.exec(resource);
	return found === null ? null : { protocol: found[1] as Port["protocol"], port: Number(found[2]) };
}

/** What lies between the ports in use, within `SERVICE_PORTS`; in order. */
export function freeRanges(
	protocol: Port["protocol"],
	registered: readonly Port[],
	bound: readonly BoundPort[],
): PortRange[] {
	const taken = [
		...registered.filter((one) => one.protocol === protocol),
		...bound.filter((one) => one.protocol === protocol).map(({ port }) => ({ from: port, to: port })),
	].sort((a, b) => a.from - b.from);
	const free: PortRange[] = [];
	let next = SERVICE_PORTS.from;
	for (const { from, to } of taken) {
		if (from > next) free.push({ from: next, to: Math.min(from - 1, SERVICE_PORTS.to) });
		next = Math.max(next, to + 1);
		if (next > SERVICE_PORTS.to) return free;
	}
	return [...free, { from: next, to: SERVICE_PORTS.to }];
}

export interface Proposal {
	readonly team: string;
	readonly port: number;
	/** The team's own entry that it comes after; null: the team has none. */
	readonly after: Port | null;
}

/**
 * A port for the next service of each team: the first free one above the team's own highest, or above everybody's, so
 * that what belongs together lies together. No two teams are told the same one. A team for which nothing is left is left out.
 */
export function proposePorts(
	teams: readonly string[],
	protocol: Port["protocol"],
	registered: readonly Port[],
	bound: readonly BoundPort[],
): Proposal[] {
	const free = freeRanges(protocol, registered, bound);
	const own = registered.filter((one) => one.protocol === protocol && one.to < SERVICE_PORTS.to);
	const proposed = new Set<number>();
	return teams.flatMap((team) => {
		const after = highest(own.filter(({ owner }) => owner === team));
		const above = (after ?? highest(own))?.to ?? USUAL_BEFORE;
		const port = firstAbove(free, above, proposed) ?? firstAbove(free, 0, proposed);
		if (port === null) return [];
		proposed.add(port);
		return [{ team, port, after }];
	});
}

/** Where nobody has registered any: from 8000 on, as services usually are. */
const USUAL_BEFORE = 7_999;

function highest(ports: readonly Port[]): Port | null {
	return ports.reduce<Port | null>((best, one) => (best === null || one.to > best.to ? one : best), null);
}

function firstAbove(free: readonly PortRange[], above: number, not: ReadonlySet<number>): number | null {
	for (const { from, to } of free) {
		for (let port = Math.max(from, above + 1); port <= to; port++) if (!not.has(port)) return port;
	}
	return null;
}
