// Browser view. The cluster's nodes: a card each, or a list where there are many; the layers they hold; their last hour.
import type { ComponentType } from "preact";
import type { ClusterSnapshot } from "#model/snapshot";
import type { ClusterState } from "#wire/map";
import { Announcer, told } from "./announce.tsx";
import type { AtGateway } from "./browser.ts";
import { Contact } from "./Contact.tsx";
import { type Source, sourceOf } from "./contact.ts";
import type { FeedState } from "./feed.ts";
import "./islands.css";
import "./board.css";
import "./node-table.css";
import { LayerStrip } from "./LayerStrip.tsx";
import { layerPicture } from "./layers.ts";
import { NodeCard } from "./NodeCard.tsx";
import type { TableProps } from "./NodeTable.tsx";
import { nodeFacts } from "./node-facts.ts";
import { MOST_CARDS } from "./node-list.ts";
import { SummaryLine } from "./SummaryLine.tsx";
import { nodeStates, showNode } from "./shown-node.ts";

export interface BoardProps extends AtGateway {
	/** What the nodes said when the site was built; null: they were not asked. */
	readonly initial: ClusterSnapshot | null;
}

type Answer = Pick<ClusterState, "snapshot" | "history" | "notices">;

/** A view that lists many nodes by `Table`. */
export function boardBy(Table: ComponentType<TableProps>) {
	return ({ initial }: BoardProps, feed: FeedState<Answer>) => <Board Table={Table} initial={initial} feed={feed} />;
}

function Board({ Table, initial, feed }: BoardProps & { Table: ComponentType<TableProps>; feed: FeedState<Answer> }) {
	const snapshot = feed.held?.answer.snapshot ?? initial;
	const source = sourceOf(feed, snapshot?.takenAt ?? "");
	const states = snapshot && nodeStates(snapshot, source);
	return (
		<div class="live-board not-content">
			{snapshot === null ? (
				<p>The nodes were not asked when this page was built.</p>
			) : (
				<SummaryLine snapshot={snapshot} source={source} />
			)}
			<Contact feed={feed} hasInitial={initial !== null} />
			{snapshot !== null && (
				<Nodes Table={Table} snapshot={snapshot} source={source} history={feed.held?.answer.history ?? null} />
			)}
			<Announcer noun="state" states={told(states, feed)} />
		</div>
	);
}

interface NodesProps {
	readonly Table: ComponentType<TableProps>;
	readonly snapshot: ClusterSnapshot;
	readonly source: Source;
	readonly history: ClusterState["history"];
}

function Nodes({ Table, snapshot, source, history }: NodesProps) {
	const nodes = snapshot.nodes.map((node) => ({ node, shown: showNode(node, snapshot, source) }));
	const layers = nodes.map(({ node, shown }) => ({ layers: node.layers, shown }));
	const isNow = source.kind === "live" && !source.isDoubted && source.sinceMs <= snapshot.staleAfterMs;
	const picture = layerPicture(layers, isNow);
	/** Of the time since the answer there is no data. */
	const missed = source.kind === "live" ? Math.floor(source.sinceMs / 60_000) : 0;
	const historyOf = (id: string) => {
		const bytes = history?.byNode[id];
		return history === null || bytes === undefined ? null : { bytes, minute: history.minute, missed };
	};
	return (
		<>
			{picture !== null && <LayerStrip picture={picture} />}
			{nodes.length > MOST_CARDS ? (
				<Table nodes={nodes} historyOf={historyOf} factsOf={({ node }) => nodeFacts(node, snapshot, source)} />
			) : (
				<ul class="live-cards">
					{nodes.map(({ node, shown }) => (
						<NodeCard
							key={node.id}
							node={node}
							shown={shown}
							facts={nodeFacts(node, snapshot, source)}
							history={historyOf(node.id)}
						/>
					))}
				</ul>
			)}
		</>
	);
}
