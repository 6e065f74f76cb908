// Pure. What the islands start from: the state known when the site was built.
import type { ClusterSnapshot, NodeStatus } from "#model/snapshot";
import { teamHref } from "./links.ts";
import type { Site } from "./site.ts";

/**
 * The cluster as it was at build time. Nodes nobody asked are listed as *unknown* with that reason: a
 * configured node is never left out.
 */
export function clusterAtBuild({
	catalog,
	cluster,
	builtAt,
}: Pick<Site, "catalog" | "cluster" | "builtAt">): ClusterSnapshot {
	if (cluster !== null) return cluster;
	const { intervalMs, staleAfterMs, offlineAfterMs, nodes } = catalog.project.cluster;
	return {
		version: 1,
		takenAt: builtAt,
		intervalMs,
		staleAfterMs,
		offlineAfterMs,
		// Those behind a DNS name are not known without asking.
		nodes: nodes.flatMap((node) => ("srv" in node ? [] : [notAsked(node.id, node.address)])),
	};
}

function notAsked(id: string, address: string): NodeStatus {
	return {
		id,
		address,
		state: "unknown",
		reason: "not asked at build time",
		ageMs: null,
		checkedMs: null,
		latencyMs: null,
		protocol: null,
		startedAt: null,
		memoryBytes: null,
		memoryUsedPercent: null,
		gpuUtilizationPercent: null,
		chip: null,
		deviceId: null,
		role: null,
		layers: null,
		requestsProcessed: null,
		isSample: false,
	};
}

/** Address of each team's page, by id. */
export function teamLinks({ catalog }: Pick<Site, "catalog">): Record<string, string> {
	return Object.fromEntries(catalog.teams.map((team) => [team.id, teamHref(team.id)]));
}
