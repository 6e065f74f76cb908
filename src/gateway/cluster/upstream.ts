// Edge(grpc). Asks one node how it is. Always gives a result, never throws; calls read-only methods only.
import { status } from "@grpc/grpc-js";
import { type AddressRules, refusedAddress, refusedPort, splitAddress } from "../nodes/address-rules.ts";
import type { Names } from "../nodes/names.ts";
import type { TlsFiles } from "../nodes/tls.ts";
import { type Channel, type Destination, openChannel } from "./channel.ts";
import { label } from "./facts.ts";
import { peekPeer, peekSecure } from "./peek.ts";
import { type FailureKind, failure, PROTOCOLS, type ProbeResult, type Protocol } from "./probe.ts";
import { healthOf, profileOf } from "./protocols.ts";
import type { GatewayNode } from "./snapshot.ts";

/** A connection to one node that remembers which protocol it speaks. */
export interface NodeClient {
	/** One question: it ends little after the deadline, or little after twice that where more is asked of a node that is well. */
	ask(signal: AbortSignal): Promise<ProbeResult>;
	close(): void;
}

/** What all clients of a gateway share. */
export interface NodeEdges {
	/** Longest wait for an answer, counted from the send. */
	readonly deadlineMs: number;
	readonly rules: AddressRules;
	readonly names: Names;
	readonly tls: TlsFiles;
}

/**
 * Unanswered questions in a row after which a connection is taken for dead and replaced, and after how many more each
 * time again. Not sooner: where packets get lost, a new connection has the worse chances.
 */
const SILENCES_TO_REPLACE = 3;
const SILENCES_TO_REPLACE_AGAIN = 2;
/** A look at a port that gave no gRPC answer: at least this long, however little is left of the deadline. */
const PEEK_MIN_MS = 100;

interface Connection {
	readonly to: Destination;
	readonly channel: Channel;
	hasProfile: boolean;
}

/** A client for a node; resolves its name and connects at the first question. */
export function openNode(node: GatewayNode, { deadlineMs, rules, names, tls }: NodeEdges): NodeClient {
	const { host, port } = splitAddress(node.address);
	let connection: Connection | null = null;
	let protocols: readonly Protocol[] = PROTOCOLS;
	let lastUptime: number | null = null;
	let silences = 0;
	let isClosed = false;

	const disconnect = () => {
		connection?.channel.close();
		connection = null;
	};

	/** The addresses that may be asked, the one in use first; or why none may. */
	const route = async (): Promise<readonly string[] | ProbeResult> => {
		const badPort = node.isDiscovered ? refusedPort(port, rules.discoveredPorts) : null;
		if (badPort !== null) return failure("not-asked", deadlineMs, badPort);
		const found = await names.addressesOf(host, deadlineMs);
		if (found === null) return failure("name", deadlineMs);
		// Sample nodes are ours, and always on this machine.
		const judged = node.isSample ? { isLoopbackAllowed: true } : rules;
		const allowed = found.filter((address) => refusedAddress(address, judged) === null);
		const inUse = connection?.to.ip;
		if (allowed.length === 0) return failure("not-asked", deadlineMs, refusedAddress(found[0]!, judged));
		return inUse !== undefined && allowed.includes(inUse)
			? [inUse, ...allowed.filter((address) => address !== inUse)]
			: allowed;
	};

	/** The connection to an address: the one there is, or a new one. A failure where certificates cannot be read. */
	const connect = async (ip: string): Promise<Connection | ProbeResult> => {
		if (connection?.to.ip === ip) return connection;
		disconnect();
		const secure = node.tls ? await tls.contextFor(node.tls) : null;
		if (secure !== null && "trouble" in secure) return failure("not-asked", deadlineMs, secure.trouble);
		if (isClosed) return failure("stopped", deadlineMs);
		const name = node.tls?.serverName ?? host;
		const to = { ip, port, authority: node.address, secure: secure === null ? null : { ...secure, name } };
		connection = { to, channel: openChannel(to), hasProfile: false };
		return connection;
	};

	/** A channel that failed is thrown away: the next question connects at once and waits for no back-off. */
	const giveUp = (code: number) => {
		if (code === status.UNAVAILABLE) disconnect();
		if (code === status.UNAVAILABLE || code === status.DEADLINE_EXCEEDED) names.doubt(host);
		if (code !== status.DEADLINE_EXCEEDED) return;
		silences += 1;
		if (silences < SILENCES_TO_REPLACE) return;
		disconnect();
		silences = SILENCES_TO_REPLACE - SILENCES_TO_REPLACE_AGAIN;
	};

	/** Asks over one connection; what is left of the deadline holds for all protocols tried. */
	const askOver = async (via: Connection, endsAt: number, signal: AbortSignal): Promise<ProbeResult> => {
		for (const candidate of protocols) {
			const health = await healthOf(via.channel, candidate, Math.max(1, endsAt - performance.now()), signal);
			if (!health.isOk && health.code === status.UNIMPLEMENTED) {
				// Tried last from now on: a slow node would use up each question's time with what it does not speak.
				protocols = [...protocols.filter((other) => other !== candidate), candidate];
				continue;
			}
			if (!health.isOk) {
				giveUp(health.code);
				const leftMs = Math.max(PEEK_MIN_MS, endsAt - performance.now());
				return failureOf(health.code, health.details, via.to, leftMs, deadlineMs);
			}
			const answeredAt = performance.now();
			silences = 0;
			const vitals = health.message;
			if (vitals.trouble !== null) return failure("node-error", deadlineMs, vitals.trouble);
			// Less uptime than before: another process answers on what looks like the same connection.
			if (lastUptime !== null && vitals.uptimeSeconds !== null && vitals.uptimeSeconds < lastUptime)
				via.hasProfile = false;
			lastUptime = vitals.uptimeSeconds;
			const asked = via.hasProfile ? null : await profileOf(via.channel, candidate, deadlineMs, signal);
			if (asked !== null && (asked.isOk || asked.code === status.UNIMPLEMENTED)) via.hasProfile = true;
			const profile = asked?.isOk ? asked.message : null;
			const heldMs = performance.now() - answeredAt;
			return { isGood: true, protocol: candidate, latencyMs: health.elapsedMs, heldMs, vitals, profile };
		}
		return failure("wrong-service", deadlineMs);
	};

	return {
		async ask(signal) {
			const addresses = await route();
			if ("isGood" in addresses) {
				disconnect();
				return addresses;
			}
			const endsAt = performance.now() + deadlineMs;
			let result: ProbeResult = failure("stopped", deadlineMs);
			for (const ip of addresses) {
				if (isClosed || signal.aborted) return failure("stopped", deadlineMs);
				const via = await connect(ip);
				if ("isGood" in via) return via;
				result = await askOver(via, endsAt, signal);
				// A name may stand for several addresses, of which the node listens on some: localhost does.
				const isNowhere = !result.isGood && (result.kind === "refused" || result.kind === "unreachable");
				if (!isNowhere || performance.now() >= endsAt) return result;
			}
			return result;
		},
		close() {
			isClosed = true;
			disconnect();
		},
	};
}

/** What a gRPC code and grpc-js's words mean here; looks at the port itself where they do not tell. */
async function failureOf(
	code: number,
	details: string,
	to: Destination,
	leftMs: number,
	deadlineMs: number,
): Promise<ProbeResult> {
	const kindOf = async (): Promise<FailureKind> => {
		switch (code) {
			case status.DEADLINE_EXCEEDED:
				return "no-answer";
			case status.INTERNAL:
			case status.RESOURCE_EXHAUSTED:
				// A reply that does not parse, or is larger than any node's.
				return "garbage";
			case status.UNAVAILABLE: {
				if (details.includes("ECONNREFUSED")) return "refused";
				if (/EHOSTUNREACH|ENETUNREACH|ETIMEDOUT/.test(details)) return "unreachable";
				const look = to.secure === null ? peekPeer(to, leftMs) : peekSecure(to, to.secure, leftMs);
				return (await look) ?? "dropped";
			}
			case status.CANCELLED:
				return details === "stopped" ? "stopped" : "node-error";
			default:
				return "node-error";
		}
	};
	return failure(await kindOf(), deadlineMs, label(details));
}
