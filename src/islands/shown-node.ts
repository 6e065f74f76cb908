// Pure. A node's status in the words, the tone and the shape it is shown in, as of now.
import { judgeNode, type NodeState } from "#model/age";
import type { ClusterSnapshot, NodeStatus } from "#model/snapshot";
import { agoWords, builtWords, type Source } from "./contact.ts";
import { counted } from "./words.ts";

/** `good`, `warn` and `bad` are claims about now; whatever is not known to be true now is `grey`. */
type Tone = "good" | "warn" | "bad" | "grey";

export interface ShownNode {
	readonly id: string;
	/** As judged now. */
	readonly state: NodeState;
	readonly tone: Tone;
	/** Stands beside the word, so that colour is never alone. */
	readonly shape: string;
	/** `serving`; of what is not known to be true now: `was serving`. */
	readonly word: string;
	/** Empty when there is nothing to add. */
	readonly reason: string;
	/** `last seen 42 s ago`, `when this page was built, …`. Empty for what was unknown then. */
	readonly age: string;
	/** The values are last known, not current. */
	readonly isOld: boolean;
}

export const STATE_SHAPES: Record<NodeState, string> = {
	serving: "●",
	degraded: "▲",
	"not-serving": "■",
	unknown: "○",
};
const TONES: Record<NodeState, Tone> = { serving: "good", degraded: "warn", "not-serving": "bad", unknown: "grey" };
export const STATE_WORDS: Record<NodeState, string> = {
	serving: "serving",
	degraded: "degraded",
	"not-serving": "not serving",
	unknown: "unknown",
};

/** `snapshot` is the one the node stands in. */
export function showNode(node: NodeStatus, snapshot: ClusterSnapshot, source: Source): ShownNode {
	const { id, reason } = node;
	if (source.kind === "build") {
		// Unknown is unknown, whenever it was.
		const isUnknown = node.state === "unknown";
		return {
			id,
			state: node.state,
			tone: "grey",
			shape: STATE_SHAPES[node.state],
			word: isUnknown ? STATE_WORDS.unknown : `was ${STATE_WORDS[node.state]}`,
			reason,
			age: isUnknown ? "" : builtWords(source, false),
			isOld: true,
		};
	}
	const judged = judgeNode(node, source.sinceMs, snapshot);
	const { state } = judged;
	const isOld = judged.isStale || source.isDoubted;
	// A node that was asked just now and kept silent: its values are old, the knowledge that it is silent is not.
	const isSilentNow =
		state === "not-serving" &&
		!source.isDoubted &&
		node.checkedMs !== null &&
		node.checkedMs + source.sinceMs <= snapshot.staleAfterMs;
	const isPast = isOld && !isSilentNow && state !== "unknown";
	return {
		id,
		state,
		tone: isPast ? "grey" : TONES[state],
		shape: STATE_SHAPES[state],
		word: isPast ? `was ${STATE_WORDS[state]}` : STATE_WORDS[state],
		reason: judged.reason,
		age: judged.ageMs === null ? "never seen" : `last seen ${agoWords(judged.ageMs, source.hasSlept)}`,
		isOld,
	};
}

/** The state of each node, as it is told when it changes. */
export function nodeStates(snapshot: ClusterSnapshot, source: Source): Record<string, string> {
	return Object.fromEntries(
		snapshot.nodes.map((node) => {
			const { word, reason } = showNode(node, snapshot, source);
			return [node.id, reason === "" ? word : `${word}, ${reason}`];
		}),
	);
}

/** `2 of 3 nodes serving · 1 unknown`. At build time: `2 of 3 nodes serving when this page was built, …`. */
export function countWords(snapshot: ClusterSnapshot, source: Source): string {
	const total = snapshot.nodes.length;
	const isBuild = source.kind === "build";
	if (isBuild && snapshot.nodes.every((node) => node.checkedMs === null)) {
		return `${counted(total, "node")}, not asked when this page was built`;
	}
	const counts = new Map<string, number>();
	for (const node of snapshot.nodes) {
		const word = isBuild ? STATE_WORDS[node.state] : showNode(node, snapshot, source).word;
		counts.set(word, (counts.get(word) ?? 0) + 1);
	}
	const isPast = !counts.has("serving") && counts.has("was serving");
	const first = isPast ? "was serving" : "serving";
	const verb = isPast ? (counts.get(first) === 1 ? "was serving" : "were serving") : "serving";
	const others = [...counts].filter(([word]) => word !== first).map(([word, count]) => `${count} ${word}`);
	const head = `${counts.get(first) ?? 0} of ${total} ${total === 1 ? "node" : "nodes"} ${verb}`;
	return [isBuild ? `${head} ${builtWords(source, true)}` : head, ...others].join(" · ");
}
