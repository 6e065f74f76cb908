// Pure. What a node says of itself, in words; what it never said reads `unknown`, never 0.
import type { ClusterSnapshot, NodeStatus } from "#model/snapshot";
import type { Source } from "./contact.ts";
import { showNode } from "./shown-node.ts";
import { bytesWords, durationWords, instantWords, rangeWords } from "./words.ts";

/** What a node says of itself, label beside value; what it never said reads `unknown`, never 0. */
export function nodeFacts(
	node: NodeStatus,
	snapshot: ClusterSnapshot,
	source: Source,
): [label: string, value: string][] {
	const { gpuUtilizationPercent, layers } = node;
	return [
		["Latency", latencyWords(node)],
		["Uptime", uptimeWords(node, snapshot, source)],
		["Memory", memoryWords(node)],
		["GPU", gpuUtilizationPercent === null ? UNKNOWN : `${Math.round(gpuUtilizationPercent)} %`],
		["Chip", node.chip ?? UNKNOWN],
		["Role", node.role ?? UNKNOWN],
		["Layers", layers === null ? UNKNOWN : rangeWords(layers)],
		["Protocol", node.protocol ?? UNKNOWN],
	];
}

const UNKNOWN = "unknown";

/** Round trip of the last good answer: `2.3 ms`, `140 ms`. */
export function latencyWords({ latencyMs }: NodeStatus): string {
	if (latencyMs === null) return UNKNOWN;
	return `${latencyMs < 10 ? Math.round(latencyMs * 10) / 10 : Math.round(latencyMs)} ms`;
}

/** Counted between two instants of the gateway's clock, so that the reader's own need not be right. */
function uptimeWords(node: NodeStatus, snapshot: ClusterSnapshot, source: Source): string {
	if (node.startedAt === null) return UNKNOWN;
	const ranMs = Date.parse(snapshot.takenAt) - Date.parse(node.startedAt);
	const isCurrent = source.kind === "live" && !showNode(node, snapshot, source).isOld;
	return isCurrent && ranMs >= 0 ? durationWords(ranMs + source.sinceMs) : `started ${instantWords(node.startedAt)}`;
}

export function memoryWords({ memoryBytes, memoryUsedPercent }: NodeStatus): string {
	if (memoryUsedPercent === null) return memoryBytes === null ? UNKNOWN : `${bytesWords(memoryBytes)}, use unknown`;
	const used = `${Math.round(memoryUsedPercent)} %`;
	return memoryBytes === null ? `${used} used` : `${used} of ${bytesWords(memoryBytes)}`;
}
