// Edge(dns). The nodes behind a DNS SRV name, asked for again and again; an answer that fails keeps the last good list.
import { NODATA, NOTFOUND, Resolver } from "node:dns/promises";
import { nodeAddress } from "#model/project";
import type { FoundNode } from "./file-sd.ts";

/** One record of an SRV name (RFC 2782). */
export interface SrvRecord {
	readonly name: string;
	readonly port: number;
	readonly priority: number;
	readonly weight: number;
}

/** The records of an SRV name; rejects when there are none, or nobody answers. */
export type AskSrv = (name: string) => Promise<readonly SrvRecord[]>;

/** What is known of one SRV name. */
export interface SrvState {
	readonly name: string;
	/** The last good list; null: there never was one. */
	readonly nodes: readonly FoundNode[] | null;
	/** Why it cannot be had now; null: it can. */
	readonly problem: string | null;
}

const ASK_EVERY_MS = 30_000;

/** Asks the servers of the system's settings (or `servers`), each for two seconds, twice. */
export function systemSrv(servers: readonly string[] = []): AskSrv {
	const resolver = new Resolver({ timeout: 2_000, tries: 2 });
	if (servers.length > 0) resolver.setServers(servers);
	return (name) => resolver.resolveSrv(name);
}

/** Asks for each name now and every 30 s; `onChange` gets the state of all, in order, when any of it changed. */
export function watchSrv(
	names: readonly string[],
	ask: AskSrv,
	onChange: (states: readonly SrvState[]) => void,
	askEveryMs = ASK_EVERY_MS,
): { readonly ready: Promise<void>; close(): void } {
	let states: SrvState[] = names.map((name) => ({ name, nodes: null, problem: null }));
	let isClosed = false;
	let isAsking = false;
	const round = async () => {
		if (isAsking) return;
		isAsking = true;
		const next = await Promise.all(states.map((state) => askOnce(state, ask)));
		isAsking = false;
		if (isClosed || JSON.stringify(next) === JSON.stringify(states)) return;
		states = next;
		onChange(states);
	};
	const timer = names.length === 0 ? undefined : setInterval(round, askEveryMs);
	return {
		ready: round(),
		close() {
			isClosed = true;
			clearInterval(timer);
		},
	};
}

/** What is known of a name after asking once more. */
export async function askOnce(before: Pick<SrvState, "name" | "nodes">, ask: AskSrv): Promise<SrvState> {
	const { name } = before;
	try {
		return { name, nodes: nodesOf(await ask(name)), problem: null };
	} catch (error) {
		return { name, nodes: before.nodes, problem: wordsFor((error as NodeJS.ErrnoException).code) };
	}
}

/** By priority, then by name: servers give their records in another order each time. A target of "." says "none". */
function nodesOf(records: readonly SrvRecord[]): FoundNode[] {
	const sorted = records
		.map(({ name, port, priority }) => ({ priority, address: `${name.replace(/\.$/, "").toLowerCase()}:${port}` }))
		.filter(({ address }) => nodeAddress.safeParse(address).success)
		.sort((a, b) => a.priority - b.priority || (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
	return sorted.map(({ address }) => ({ id: address, address }));
}

function wordsFor(code: string | undefined): string {
	if (code === NOTFOUND) return "DNS knows no such name";
	if (code === NODATA) return "the name has no SRV records";
	return `DNS does not answer (${code ?? "unknown error"})`;
}
