// Edge(rpc). StatusService's methods over what the gateway holds.
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type ConnectRouter } from "@connectrpc/connect";
import { WorldError } from "#model/problem";
import { StatusService } from "#wire/gen/coordination/v1/status_pb.js";
import { type ClusterState, clusterToWire } from "#wire/map";
import { type ConflictsState, conflictsToWire } from "#wire/map-conflicts";
import { type TeamsState, teamsToWire } from "#wire/map-teams";
import { REPLY_SCHEMA } from "#wire/proof";
import type { Log } from "../log.ts";
import type { ReportDesk } from "../reports/reports.ts";
import { bearerToken } from "../reports/tokens.ts";
import { rpcFailure } from "./rpc-failure.ts";

/** What the gateway holds, to be read. A state that cannot be had throws WorldError, which readers see as FAILED_PRECONDITION. */
export interface Held {
	readonly cluster: { state(): ClusterState };
	readonly teams: { state(): TeamsState | Promise<TeamsState> };
	/** `baseline` as in GetConflictsRequest; null: nothing is audited. */
	readonly conflicts: { state(baseline: string): ConflictsState | Promise<ConflictsState> } | null;
	/** Null or absent: no reports are taken. */
	readonly reports?: Pick<ReportDesk, "take"> | null;
}

/** The largest report within its limits (18 texts of 280 characters, each of up to 4 bytes) is some 20 KB. */
const REPORT_MAX_BYTES = 24 * 1024;

/** Registers StatusService. GetTeams and GetConflicts fail with FAILED_PRECONDITION while no audit was ever read. */
export function statusRoutes(held: Held, log: Log): (router: ConnectRouter) => void {
	return (router) => {
		router.service(StatusService, {
			getCluster: ({ knownVersion, knownMinute }) =>
				guarded("GetCluster", log, () =>
					clusterToWire(held.cluster.state(), knownVersion, knownMinute === undefined ? null : Number(knownMinute)),
				),
			getTeams: ({ knownVersion }) =>
				guarded("GetTeams", log, async () => teamsToWire(await held.teams.state(), knownVersion)),
			getConflicts: ({ knownVersion, baseline }) =>
				guarded("GetConflicts", log, async () => conflictsToWire(await readConflicts(held, baseline), knownVersion)),
		});
		router.rpc(
			StatusService.method.reportTeam,
			(report, { requestHeader }) =>
				guarded("ReportTeam", log, async () => {
					if (!held.reports) throw new ConnectError("reports are not taken here", Code.Unimplemented);
					const accepted = await held.reports.take(report, bearerToken(requestHeader.get("authorization")));
					return {
						schema: REPLY_SCHEMA,
						sequence: accepted.sequence,
						acceptedAt: timestampFromMs(Date.parse(accepted.acceptedAt)),
						validForMs: BigInt(accepted.validForMs),
						complete: true,
					};
				}),
			{ readMaxBytes: REPORT_MAX_BYTES },
		);
	};
}

/** Refuses a baseline that no log can have: what is kept by it must not grow with what callers make up. */
export function readConflicts({ conflicts }: Held, baseline: string): ConflictsState | Promise<ConflictsState> {
	if (!/^([0-9a-f]{64})?$/.test(baseline)) {
		throw new ConnectError("the baseline is no sha256 in hex", Code.InvalidArgument);
	}
	if (conflicts === null) throw new WorldError("there is no audit to read", "npm run audit");
	return conflicts.state(baseline);
}

async function guarded<Reply>(method: string, log: Log, answer: () => Reply | Promise<Reply>): Promise<Reply> {
	try {
		return await answer();
	} catch (error) {
		throw rpcFailure(error, method, log);
	}
}
