// Browser view. The cluster's nodes: a card each, or one line.
import type { ClusterSnapshot, NodeStatus } from "#model/snapshot";
import type { ClusterState } from "#wire/map";
import { Announcer, told } from "./announce.tsx";
import { Breakable } from "./breakable.tsx";
import { type AtGateway, clusterFeed } from "./browser.ts";
import { agoWords, contactSentence, type Source, sourceOf } from "./contact.ts";
import type { FeedState } from "./feed.ts";
import "./islands.css";
import { live } from "./live.tsx";
import { countWords, nodeFacts, nodeStates, showNode } from "./shown-node.ts";

interface Props extends AtGateway {
	/** What the nodes said when the site was built; null: they were not asked. */
	readonly initial: ClusterSnapshot | null;
	/** One line instead of a card for each node. */
	readonly compact?: boolean;
}

export function clusterView({ initial, compact = false }: Props, feed: FeedState<Pick<ClusterState, "snapshot">>) {
	const snapshot = feed.held?.answer.snapshot ?? initial;
	const sentence = contactSentence(feed, initial !== null);
	const source = sourceOf(feed, snapshot?.takenAt ?? "");
	const states = snapshot && nodeStates(snapshot, source);
	return (
		<div class="live-board not-content">
			{snapshot === null ? (
				<p>The nodes were not asked when this page was built.</p>
			) : (
				<Board snapshot={snapshot} source={source} compact={compact} />
			)}
			{sentence !== null && <p class="live-sentence">{sentence}</p>}
			<Announcer noun="state" states={told(states, feed)} />
		</div>
	);
}

export default live(clusterFeed, clusterView);

function Board({ snapshot, source, compact }: { snapshot: ClusterSnapshot; source: Source; compact: boolean }) {
	if (snapshot.nodes.length === 0) return <p>No nodes are configured.</p>;
	return (
		<>
			<p class="live-line">
				{countWords(snapshot, source)}
				{source.kind === "live" && ` · as of ${agoWords(source.sinceMs, source.hasSlept)}`}
			</p>
			{!compact && (
				<ul class="live-cards">
					{snapshot.nodes.map((node) => (
						<Card key={node.id} node={node} snapshot={snapshot} source={source} />
					))}
				</ul>
			)}
		</>
	);
}

function Card({ node, snapshot, source }: { node: NodeStatus; snapshot: ClusterSnapshot; source: Source }) {
	const shown = showNode(node, snapshot, source);
	return (
		<li class="live-card" data-tone={shown.tone}>
			<p class="live-head">
				<strong>{node.id}</strong> {node.address !== node.id && <code>{node.address}</code>}
				{node.isSample && <span class="live-tag">sample node</span>}
			</p>
			<p class="live-state">
				<span aria-hidden="true">{shown.shape}</span> {shown.word}
			</p>
			{shown.reason !== "" && <p>{shown.reason}</p>}
			{shown.age !== "" && <p class="live-age">{shown.age}</p>}
			<dl class="live-facts" data-old={shown.isOld ? "" : undefined}>
				{nodeFacts(node, snapshot, source).map(([label, value]) => (
					<div key={label}>
						<dt>{label}</dt>
						<dd>
							<Breakable text={value} after="." />
							{label === "Memory" && node.memoryUsedPercent !== null && (
								<meter min={0} max={100} value={node.memoryUsedPercent} aria-hidden="true" />
							)}
						</dd>
					</div>
				))}
			</dl>
		</li>
	);
}
