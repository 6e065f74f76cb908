// Pure. Which of many nodes to show: those that match, worst first, a page at a time.
import type { NodeState } from "#model/age";
import type { NodeStatus } from "#model/snapshot";
import type { ShownNode } from "./shown-node.ts";

/** What a reader asked to see. */
export interface NodeQuery {
	/** Text that a node's id, address, reason, chip, role or own name holds; case does not matter. Empty: any. */
	readonly text: string;
	/** Empty: any. */
	readonly states: readonly NodeState[];
	/** From 1. */
	readonly page: number;
}

export interface ListedNode {
	readonly node: NodeStatus;
	readonly shown: ShownNode;
}

export interface NodePage {
	/** Of nodes that match the text, whatever their state. */
	readonly counts: Readonly<Record<NodeState, number>>;
	/** How many match. */
	readonly total: number;
	/** From 1, within `pages`. */
	readonly page: number;
	readonly pages: number;
	readonly rows: readonly ListedNode[];
}

/** What needs a person comes first. */
export const WORST_FIRST: readonly NodeState[] = ["not-serving", "degraded", "unknown", "serving"];
/** More nodes than this are listed, not shown a card each. */
export const MOST_CARDS = 24;
export const ROWS_PER_PAGE = 50;

export function pageOfNodes(nodes: readonly ListedNode[], query: NodeQuery): NodePage {
	const wanted = query.text.trim().toLowerCase();
	const matching = nodes.filter(({ node, shown }) => {
		const { id, address, chip, role, deviceId } = node;
		return [id, address, shown.reason, chip, role, deviceId].some((text) => text?.toLowerCase().includes(wanted));
	});
	const counts: Record<NodeState, number> = { serving: 0, degraded: 0, "not-serving": 0, unknown: 0 };
	for (const { shown } of matching) counts[shown.state]++;
	const states = query.states.length === 0 ? WORST_FIRST : WORST_FIRST.filter((state) => query.states.includes(state));
	const listed = states.flatMap((state) => matching.filter(({ shown }) => shown.state === state));
	const pages = Math.max(1, Math.ceil(listed.length / ROWS_PER_PAGE));
	const page = Math.min(pages, Math.max(1, query.page));
	return {
		counts,
		total: listed.length,
		page,
		pages,
		rows: listed.slice((page - 1) * ROWS_PER_PAGE, page * ROWS_PER_PAGE),
	};
}

/** The query in an address: `?nodes=mini&state=not-serving,unknown&page=2`. Other parameters are left alone. */
export function queryFromAddress(search: string): NodeQuery {
	const params = new URLSearchParams(search);
	const states = params.get("state")?.split(",") ?? [];
	return {
		text: params.get("nodes") ?? "",
		states: WORST_FIRST.filter((state) => states.includes(state)),
		page: Math.max(1, Number.parseInt(params.get("page") ?? "1", 10) || 1),
	};
}

/** `search` with the query in it; what says nothing is left out. */
export function queryToAddress(query: NodeQuery, search: string): string {
	const params = new URLSearchParams(search);
	const said = {
		nodes: query.text,
		state: query.states.join(","),
		page: query.page === 1 ? "" : String(query.page),
	};
	for (const [name, value] of Object.entries(said)) {
		if (value === "") params.delete(name);
		else params.set(name, value);
	}
	const text = params.toString().replaceAll("%2C", ",");
	return text === "" ? "" : `?${text}`;
}
