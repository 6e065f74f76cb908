// Edge(rpc). StatusService's methods over what the gateway holds.
import { Code, ConnectError, type ConnectRouter } from "@connectrpc/connect";
import { WorldError } from "#model/problem";
import { StatusService } from "#wire/gen/coordination/v1/status_pb.js";
import { type ClusterState, clusterToWire, clusterUnchangedToWire } from "#wire/map";
import { teamsToWire, teamsUnchangedToWire } from "#wire/map-teams";
import type { TeamsReader } from "./teams.ts";

export interface Held {
	readonly cluster: { state(): ClusterState };
	readonly teams: TeamsReader;
}

/** Registers StatusService. GetTeams fails with FAILED_PRECONDITION while no audit was ever read. */
export function statusRoutes({ cluster, teams }: Held): (router: ConnectRouter) => void {
	return (router) => {
		router.service(StatusService, {
			getCluster({ knownVersion }) {
				const state = cluster.state();
				return knownVersion === state.version ? clusterUnchangedToWire(state) : clusterToWire(state);
			},
			async getTeams({ knownVersion }) {
				const state = await teams.state().catch((error: unknown) => {
					if (!(error instanceof WorldError)) throw error;
					throw new ConnectError(error.message, Code.FailedPrecondition, undefined, undefined, error);
				});
				return knownVersion === state.version ? teamsUnchangedToWire(state) : teamsToWire(state);
			},
		});
	};
}
