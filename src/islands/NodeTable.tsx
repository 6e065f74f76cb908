// Browser view. Many nodes: worst first, filtered by text and state, a page at a time; what is asked for stands in the address.
import { Component } from "preact";
import type { NodeState } from "#model/age";
import type { HistoryProps } from "./HistoryStrip.tsx";
import { NodeRow } from "./NodeCard.tsx";
import {
	type ListedNode,
	type NodeQuery,
	pageOfNodes,
	queryFromAddress,
	queryToAddress,
	WORST_FIRST,
} from "./node-list.ts";
import { STATE_SHAPES, STATE_WORDS } from "./shown-node.ts";

export interface TableProps {
	readonly nodes: readonly ListedNode[];
	factsOf(listed: ListedNode): readonly (readonly [string, string])[];
	historyOf(id: string): HistoryProps | null;
}

interface State {
	readonly query: NodeQuery;
	/** Ids of rows that are opened. */
	readonly open: ReadonlySet<string>;
}

export default class NodeTable extends Component<TableProps, State> {
	override state: State = { query: queryFromAddress(""), open: new Set() };

	override componentDidMount() {
		this.setState({ query: queryFromAddress(location.search) });
	}

	private ask(change: Partial<NodeQuery>) {
		const query = { ...this.state.query, page: 1, ...change };
		this.setState({ query });
		history.replaceState(
			history.state,
			"",
			`${location.pathname}${queryToAddress(query, location.search)}${location.hash}`,
		);
	}

	private toggle(state: NodeState) {
		const { states } = this.state.query;
		this.ask({ states: states.includes(state) ? states.filter((each) => each !== state) : [...states, state] });
	}

	private opened(id: string, isOpen: boolean) {
		if (this.state.open.has(id) === isOpen) return;
		const open = new Set(this.state.open);
		if (isOpen) open.add(id);
		else open.delete(id);
		this.setState({ open });
	}

	override render({ nodes, factsOf, historyOf }: TableProps, { query, open }: State) {
		const { counts, total, page, pages, rows } = pageOfNodes(nodes, query);
		return (
			<div class="live-many">
				<search class="live-filter">
					<input
						type="search"
						aria-label="Show nodes whose name, address, reason, chip or role holds"
						placeholder="Filter nodes"
						value={query.text}
						onInput={(event) => this.ask({ text: event.currentTarget.value })}
					/>
					{WORST_FIRST.map((state) => (
						<button
							key={state}
							type="button"
							class="live-chip"
							data-state={state}
							aria-pressed={query.states.includes(state)}
							onClick={() => this.toggle(state)}
						>
							<span aria-hidden="true">{STATE_SHAPES[state]}</span> {STATE_WORDS[state]} <b>{counts[state]}</b>
						</button>
					))}
				</search>
				<div class="live-columns" aria-hidden="true">
					<span>Node</span>
					<span>State</span>
					<span>Last seen, why</span>
					<span>Latency</span>
					<span>Memory</span>
					<span>Layers</span>
					<span>Last hour</span>
				</div>
				{rows.length === 0 && <p>No node matches.</p>}
				<ul class="live-rows">
					{rows.map((listed) => (
						<NodeRow
							key={listed.node.id}
							{...listed}
							history={historyOf(listed.node.id)}
							facts={open.has(listed.node.id) ? factsOf(listed) : null}
							onToggle={(isOpen) => this.opened(listed.node.id, isOpen)}
						/>
					))}
				</ul>
				<nav class="live-pager" aria-label="Pages of nodes">
					<button type="button" disabled={page === 1} onClick={() => this.ask({ page: page - 1 })}>
						Previous
					</button>
					<span>
						{total === nodes.length ? `${total} nodes` : `${total} of ${nodes.length} nodes`}, page {page} of {pages}
					</span>
					<button type="button" disabled={page === pages} onClick={() => this.ask({ page: page + 1 })}>
						Next
					</button>
				</nav>
			</div>
		);
	}
}
