// Browser. The same questions to one gateway by the site's own client (grpc-web) and by a second one (connect-web).
import { createClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { createAsk } from "#islands/client.ts";
import { askCluster } from "#islands/cluster-feed.ts";
import { askTeams } from "#islands/git-feeds.ts";
import { StatusService } from "#wire/gen/coordination/v1/status_pb.js";
import { type ClusterState, clusterFromWire } from "#wire/map";
import { type TeamsState, teamsFromWire } from "#wire/map-teams";

export interface Readings {
	/** As JSON, bigints as digits. */
	readonly [question: string]: string;
}

const official = createAsk(location.origin, 5_000);
const second = createClient(StatusService, createGrpcWebTransport({ baseUrl: location.origin, useBinaryFormat: true }));
const { signal } = new AbortController();

async function readByOfficial(): Promise<Readings> {
	const cluster = await askCluster(official, null, signal);
	return readings(cluster, await askCluster(official, cluster, signal), await askTeams(official, null, signal));
}

async function readBySecond(): Promise<Readings> {
	const cluster = clusterFromWire(await second.getCluster({ knownMinute: 0n }), null);
	const again = await second.getCluster({ knownVersion: cluster.version });
	return {
		...readings(cluster, clusterFromWire(again, cluster), teamsFromWire(await second.getTeams({}), null)),
		// That the short reply was one.
		unchanged: String(again.unchanged && again.nodes.length === 0 && again.readings.length === again.count),
	};
}

/** Without what moves between two questions: ages, latency, load, and the moments of the answers. */
function readings(cluster: ClusterState, again: ClusterState, teams: TeamsState): Readings {
	const steady = ({ snapshot, uptimeMs, ...stamp }: ClusterState) => ({
		...stamp,
		nodes: snapshot.nodes.map(({ id, address, state, reason, protocol, startedAt, chip, memoryBytes, layers }) => ({
			...{ id, address, state, reason, protocol, startedAt, chip, memoryBytes, layers },
		})),
		limits: [snapshot.intervalMs, snapshot.staleAfterMs, snapshot.offlineAfterMs],
	});
	const { generatedAt, uptimeMs, derivedAgeMs, ...team } = teams;
	return { cluster: text(steady(cluster)), again: text(steady(again)), teams: text(team) };
}

function text(value: unknown): string {
	return JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? item.toString() : item));
}

Object.assign(globalThis, { readByOfficial, readBySecond });
