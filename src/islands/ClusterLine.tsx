// Browser view. The cluster in one line, for pages that are about something else.
import type { ClusterSnapshot } from "#model/snapshot";
import type { ClusterState } from "#wire/map";
import { Announcer, told } from "./announce.tsx";
import type { AtGateway } from "./browser.ts";
import { Contact } from "./Contact.tsx";
import { clusterFeed } from "./cluster-feed.ts";
import { sourceOf } from "./contact.ts";
import type { FeedState } from "./feed.ts";
import "./islands.css";
import { live } from "./live.tsx";
import { SummaryLine } from "./SummaryLine.tsx";
import { nodeStates } from "./shown-node.ts";

interface Props extends AtGateway {
	readonly initial: ClusterSnapshot | null;
}

export function lineView({ initial }: Props, feed: FeedState<Pick<ClusterState, "snapshot" | "notices">>) {
	const snapshot = feed.held?.answer.snapshot ?? initial;
	if (snapshot === null)
		return <p class="live-board not-content">The nodes were not asked when this page was built.</p>;
	const source = sourceOf(feed, snapshot.takenAt);
	return (
		<div class="live-board not-content">
			<SummaryLine snapshot={snapshot} source={source} />
			<Contact feed={feed} hasInitial={initial !== null} />
			<Announcer noun="state" states={told(nodeStates(snapshot, source), feed)} />
		</div>
	);
}

export default live(clusterFeed, lineView);
