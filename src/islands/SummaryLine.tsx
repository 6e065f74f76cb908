// Browser view. The cluster in one line.
import type { ClusterSnapshot } from "#model/snapshot";
import { agoWords, type Source } from "./contact.ts";
import { countWords } from "./shown-node.ts";

export function SummaryLine({ snapshot, source }: { snapshot: ClusterSnapshot; source: Source }) {
	if (snapshot.nodes.length === 0) return <p>No nodes are configured.</p>;
	return (
		<p class="live-line">
			{countWords(snapshot, source)}
			{source.kind === "live" && ` · as of ${agoWords(source.sinceMs, source.hasSlept)}`}
		</p>
	);
}
