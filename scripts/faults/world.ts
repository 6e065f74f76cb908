// Edge(processes). A gateway over well nodes of its own, for faults that concern it as a whole; all is ended with the body.

import { WorldError } from "#model/problem";
import { type PythonNode, startPythonNode } from "#test/python-node";
import { type GatewayOptions, type GatewayProcess, type NamedNode, startGatewayProcess } from "./gateway-process.ts";
import type { Random } from "./random.ts";
import type { RowHead, Run } from "./row.ts";
import { isGreen, type Seen, type Watch, watchGateway } from "./watch.ts";

/** A fault that needs a gateway, or a browser, of its own; its runs come one after the other. */
export interface OwnRow extends RowHead {
	/** Why it cannot be run on this machine; null: it can. */
	missing(): string | null;
	/** What takes much of the machine and must be done before anything is measured. */
	prepare?(say: (text: string) => void): Promise<unknown>;
	measure(runs: number, random: Random, say: (text: string) => void): Promise<readonly Run[]>;
}

export interface World {
	readonly gateway: GatewayProcess;
	readonly watch: Watch;
	readonly nodes: readonly PythonNode[];
	readonly ids: readonly string[];
}

const START_MS = 30_000;

/** `namesOf` gives the nodes as the gateway is told them; else they are `node 1` and so on. */
export async function inWorld<Result>(
	nodeCount: number,
	body: (world: World) => Promise<Result>,
	options: Omit<GatewayOptions, "nodes"> = {},
	namesOf = (nodes: readonly PythonNode[]): NamedNode[] =>
		nodes.map(({ address }, index) => ({ id: `node ${index + 1}`, address })),
): Promise<Result> {
	const closing: (() => Promise<void>)[] = [];
	try {
		const nodes: PythonNode[] = [];
		for (let number = 0; number < nodeCount; number++) {
			const node = await startPythonNode(number % 2 === 0 ? "distributed" : "inference");
			closing.push(() => node.close());
			nodes.push(node);
		}
		const named = namesOf(nodes);
		const gateway = await startGatewayProcess({ nodes: named, ...options });
		closing.push(gateway.close);
		const watch = watchGateway(gateway.url);
		closing.push(async () => watch.close());
		const ids = named.map(({ id }) => id);
		const started = await untilAll(watch, ids, (seen) => seen.state === "serving" && isGreen(seen), START_MS);
		if (started === null)
			throw new WorldError(`well nodes did not come to serve:\n${gateway.lines.slice(-10).join("\n")}`);
		return await body({ gateway, watch, nodes, ids });
	} finally {
		for (const close of closing.reverse()) await close();
	}
}

/** How long until it is so of all of them, ms; null: not within `withinMs`. */
export async function untilAll(
	watch: Watch,
	ids: readonly string[],
	isSo: (seen: Seen) => boolean,
	withinMs: number,
): Promise<number | null> {
	const times = await Promise.all(ids.map((id) => watch.until(id, isSo, withinMs)));
	return times.every((time) => time !== null) ? Math.max(...times) : null;
}
