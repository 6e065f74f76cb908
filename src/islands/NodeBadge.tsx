// Browser view. One node's state in a line of text.
import type { ClusterSnapshot } from "#model/snapshot";
import type { ClusterState } from "#wire/map";
import type { AtGateway } from "./browser.ts";
import { clusterFeed } from "./cluster-feed.ts";
import { contactSentence, sourceOf } from "./contact.ts";
import type { FeedState } from "./feed.ts";
import "./islands.css";
import { live } from "./live.tsx";
import { showNode } from "./shown-node.ts";

interface Props extends AtGateway {
	/** As configured. */
	readonly id: string;
	/** The cluster when the site was built, or only this node of it; null: it was not asked. */
	readonly initial: ClusterSnapshot | null;
}

export function badgeView({ id, initial }: Props, feed: FeedState<Pick<ClusterState, "snapshot">>) {
	const snapshot = feed.held?.answer.snapshot ?? initial;
	const node = snapshot?.nodes.find((each) => each.id === id);
	if (snapshot === null || node === undefined) {
		return (
			<span class="live-badge not-content" data-tone="grey">
				<span aria-hidden="true">○</span> {id} unknown:{" "}
				{snapshot === null ? "not asked yet" : "no such node is configured"}
			</span>
		);
	}
	const shown = showNode(node, snapshot, sourceOf(feed, snapshot.takenAt));
	const details = [shown.reason, shown.age, node.isSample ? "sample node" : ""].filter((detail) => detail !== "");
	return (
		<span class="live-badge not-content" data-tone={shown.tone} title={contactSentence(feed, true) ?? undefined}>
			<span aria-hidden="true">{shown.shape}</span> <strong>{id}</strong> <span class="live-state">{shown.word}</span>
			{details.map((detail) => ` · ${detail}`)}
		</span>
	);
}

export default live(clusterFeed, badgeView);
