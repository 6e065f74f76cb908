// Pure. Which addresses a node may have: judged after the name was resolved, in whatever way they are spelled.
import { BlockList, isIP } from "node:net";

export interface PortRange {
	readonly from: number;
	readonly to: number;
}

export interface AddressRules {
	/** Nodes on this machine itself: allowed where the gateway, too, is reached from this machine only. */
	readonly isLoopbackAllowed: boolean;
	/** Ports of nodes that were found in a file or through DNS. What the operator typed may have any. */
	readonly discoveredPorts: readonly PortRange[];
}

/** Ports that nodes have unless somebody chose others. */
export const DEFAULT_NODE_PORTS: readonly PortRange[] = [{ from: 50_051, to: 50_099 }];

/** Never asked, by what they are: nothing there is a node, and much there answers to whoever is on the machine. */
const REFUSED: readonly (readonly [what: string, list: BlockList])[] = [
	["the unspecified address", listOf(["0.0.0.0", 8], ["::", 128])],
	["a link-local address", listOf(["169.254.0.0", 16], ["fe80::", 10])],
	// Amazon's, Google's, Azure's, Alibaba's, Oracle's: where a machine asks for its own keys.
	[
		"a cloud's metadata address",
		listOf(
			["fd00:ec2::254", 128],
			["fd20:ce::254", 128],
			["168.63.129.16", 32],
			["100.100.100.200", 32],
			["192.0.0.192", 32],
		),
	],
	["a multicast address", listOf(["224.0.0.0", 4], ["ff00::", 8])],
	["the broadcast address", listOf(["255.255.255.255", 32])],
	["a reserved address", listOf(["240.0.0.0", 4])],
];
const LOOPBACK = listOf(["127.0.0.0", 8], ["::1", 128]);

/** Why a resolved address may not be asked, in words; null: it may. Anything that is no plain IP address may not. */
export function refusedAddress(address: string, rules: Pick<AddressRules, "isLoopbackAllowed">): string | null {
	const family = isIP(address);
	if (family === 0 || address.includes("%")) return `${address} is no IP address`;
	const inside = family === 6 ? embeddedV4(address) : null;
	if (inside !== null) {
		const why = refusedAddress(inside, rules);
		return why === null ? null : `${address} stands for ${why}`;
	}
	const found = REFUSED.find(([, list]) => list.check(address, family === 6 ? "ipv6" : "ipv4"));
	if (found !== undefined) return `${address} is ${found[0]}`;
	if (!rules.isLoopbackAllowed && LOOPBACK.check(address, family === 6 ? "ipv6" : "ipv4")) {
		return `${address} is this machine itself, and the gateway is open to others (COORD_NODE_LOOPBACK=allow)`;
	}
	return null;
}

/** Why a discovered node's port may not be asked, in words; null: it may. */
export function refusedPort(port: number, ranges: readonly PortRange[]): string | null {
	if (ranges.some(({ from, to }) => from <= port && port <= to)) return null;
	const shown = ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
	return `port ${port} is outside COORD_NODE_PORTS (${shown})`;
}

/** `host:port` → its parts, brackets of IPv6 taken off. */
export function splitAddress(address: string): { host: string; port: number } {
	const cut = address.lastIndexOf(":");
	return { host: address.slice(0, cut).replace(/^\[|\]$/g, ""), port: Number(address.slice(cut + 1)) };
}

/**
 * The IPv4 address that an IPv6 address leads to (mapped, compatible, translated, NAT64, 6to4, Teredo, ISATAP), so
 * that it is judged by what it reaches; null: it is none of these.
 */
function embeddedV4(address: string): string | null {
	const g = groupsOf(address);
	const last = [g[6]!, g[7]!];
	const isZero = (from: number, to: number) => g.slice(from, to).every((group) => group === 0);
	if (isZero(0, 5) && g[5] === 0xffff) return dotted(last);
	// :: and ::1 are addresses of their own.
	if (isZero(0, 6) && (g[6] !== 0 || g[7]! > 1)) return dotted(last);
	if (isZero(0, 4) && g[4] === 0xffff && g[5] === 0) return dotted(last);
	if (g[0] === 0x64 && g[1] === 0xff9b && (g[2] === 1 || isZero(2, 6))) return dotted(last);
	if (g[0] === 0x2002) return dotted([g[1]!, g[2]!]);
	if (g[0] === 0x2001 && g[1] === 0) return dotted(last.map((group) => group ^ 0xffff));
	if ((g[4] === 0 || g[4] === 0x200) && g[5] === 0x5efe) return dotted(last);
	return null;
}

/** The eight groups of a valid IPv6 address. */
function groupsOf(address: string): number[] {
	const plain = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_all, ...parts: string[]) => {
		const [a, b, c, d] = parts.slice(0, 4).map(Number);
		return `${(a! * 256 + b!).toString(16)}:${(c! * 256 + d!).toString(16)}`;
	});
	const [head = "", tail] = plain.split("::");
	const read = (text: string) => (text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16)));
	if (tail === undefined) return read(head);
	const [before, after] = [read(head), read(tail)];
	return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function dotted(groups: readonly number[]): string {
	return groups.flatMap((group) => [group >> 8, group & 0xff]).join(".");
}

function listOf(...subnets: readonly (readonly [address: string, prefix: number])[]): BlockList {
	const list = new BlockList();
	for (const [address, prefix] of subnets) list.addSubnet(address, prefix, address.includes(":") ? "ipv6" : "ipv4");
	return list;
}
