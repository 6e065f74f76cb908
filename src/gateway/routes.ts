// Edge(rpc). StatusService's methods over what the gateway holds.
import { Code, ConnectError, type ConnectRouter } from "@connectrpc/connect";
import { WorldError } from "#model/problem";
import { StatusService } from "#wire/gen/coordination/v1/status_pb.js";
import { type ClusterState, clusterToWire } from "#wire/map";
import { teamsToWire } from "#wire/map-teams";
import type { TeamsReader } from "./teams.ts";

export interface Held {
	readonly cluster: { state(): ClusterState };
	readonly teams: TeamsReader;
}

/** Registers StatusService. GetTeams fails with FAILED_PRECONDITION while no audit was ever read. */
export function statusRoutes({ cluster, teams }: Held): (router: ConnectRouter) => void {
	return (router) => {
		router.service(StatusService, {
			getCluster: ({ knownVersion, knownMinute }) =>
				clusterToWire(cluster.state(), knownVersion, knownMinute === undefined ? null : Number(knownMinute)),
			async getTeams({ knownVersion }) {
				const state = await teams.state().catch((error: unknown) => {
					if (!(error instanceof WorldError)) throw error;
					throw new ConnectError(error.message, Code.FailedPrecondition, undefined, undefined, error);
				});
				return teamsToWire(state, knownVersion);
			},
		});
	};
}
