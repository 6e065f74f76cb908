// Edge(net). The cluster's nodes, as the gateway says.
import { GetClusterResponseSchema } from "#wire/gen/coordination/v1/status_pb.js";
import { type ClusterState, clusterFromWire } from "#wire/map";
import { type AtGateway, feedOf } from "./browser.ts";
import type { Ask } from "./client.ts";
import type { Feed } from "./feed.ts";
import { clusterRequest } from "./requests.ts";

/** `held` is what this reader has; the reply may refer to it. Rejects as `ask`, and with ReplyError. */
export async function askCluster(ask: Ask, held: ClusterState | null, signal: AbortSignal): Promise<ClusterState> {
	return clusterFromWire(await ask("GetCluster", clusterRequest(held), GetClusterResponseSchema, signal), held);
}

export function clusterFeed({ gateway = null }: AtGateway): Feed<ClusterState> {
	return feedOf<ClusterState>("cluster", gateway, (ask) => ({
		ask: (held, signal) => askCluster(ask, held, signal),
		intervalMs: ({ snapshot }) => snapshot.intervalMs,
	}));
}
