// Edge(clock). The questions every open page asks again and again, each with its stored answers.
import { fromBinary } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import {
	GetClusterRequestSchema,
	GetClusterResponseSchema,
	GetConflictsRequestSchema,
	GetConflictsResponseSchema,
	GetTeamsRequestSchema,
	GetTeamsResponseSchema,
	StatusService,
} from "#wire/gen/coordination/v1/status_pb.js";
import { type ClusterState, clusterParts, wantsHistory } from "#wire/map";
import { conflictsParts } from "#wire/map-conflicts";
import { teamsParts } from "#wire/map-teams";
import { type Held, readConflicts } from "./routes.ts";
import { type StoredAnswers, type StoredBody, storeAnswers } from "./stored.ts";

export interface Question {
	/** As in the .proto. */
	readonly method: string;
	/** Where it is asked by POST, over gRPC-Web. */
	readonly path: string;
	/** Where the same is asked by GET. */
	readonly livePath: string;
	/** The answer to a request's message, or to the same in a query. Throws ConnectError for what is no request. */
	answer(payload: Uint8Array): StoredBody | Promise<StoredBody>;
	answerQuery(query: URLSearchParams): StoredBody | Promise<StoredBody>;
}

/** Baselines whose answers are kept: pages of the last few builds. */
const BASELINES_KEPT = 8;

export function openQuestions(held: Held): readonly Question[] {
	const cluster = storeAnswers(() => held.cluster.state(), GetClusterResponseSchema, {
		...clusterParts,
		extra: (state: ClusterState, minute) =>
			wantsHistory(state, minute) ? { key: state.history?.minute ?? 0, part: () => clusterParts.history(state) } : null,
	});
	const teams = storeAnswers(() => held.teams.state(), GetTeamsResponseSchema, teamsParts);
	const conflicts = keepFew((baseline) =>
		storeAnswers(() => readConflicts(held, baseline), GetConflictsResponseSchema, conflictsParts),
	);
	return [
		{
			...named("getCluster", "/live/cluster"),
			answer(payload) {
				const { knownVersion, knownMinute } = readRequest("GetClusterRequest", () =>
					fromBinary(GetClusterRequestSchema, payload),
				);
				return cluster(knownVersion, knownMinute === undefined ? null : Number(knownMinute));
			},
			answerQuery: (query) => cluster(numberIn(query, "known") ?? 0n, numberOf(numberIn(query, "minute"))),
		},
		{
			...named("getTeams", "/live/teams"),
			answer: (payload) =>
				teams(readRequest("GetTeamsRequest", () => fromBinary(GetTeamsRequestSchema, payload)).knownVersion, null),
			answerQuery: (query) => teams(numberIn(query, "known") ?? 0n, null),
		},
		{
			...named("getConflicts", "/live/conflicts"),
			answer(payload) {
				const { knownVersion, baseline } = readRequest("GetConflictsRequest", () =>
					fromBinary(GetConflictsRequestSchema, payload),
				);
				return conflicts(baseline)(knownVersion, null);
			},
			answerQuery: (query) => conflicts(query.get("baseline") ?? "")(numberIn(query, "known") ?? 0n, null),
		},
	];
}

function named(method: "getCluster" | "getTeams" | "getConflicts", livePath: string) {
	const { name } = StatusService.method[method];
	return { method: name, path: `/${StatusService.typeName}/${name}`, livePath };
}

function readRequest<Request>(name: string, read: () => Request): Request {
	try {
		return read();
	} catch {
		throw new ConnectError(`the request is no ${name}`, Code.InvalidArgument);
	}
}

/** A number of a query, up to what a uint64 holds; null: not given. */
function numberIn(query: URLSearchParams, name: string): bigint | null {
	const text = query.get(name);
	if (text === null) return null;
	const number = /^\d{1,20}$/.test(text) ? BigInt(text) : -1n;
	if (number >= 0n && number < 1n << 64n) return number;
	throw new ConnectError(`${name} is no number of a version`, Code.InvalidArgument);
}

function numberOf(value: bigint | null): number | null {
	return value === null ? null : Number(value);
}

/** Answers by baseline; the one asked for least lately goes first. */
function keepFew(open: (baseline: string) => StoredAnswers): (baseline: string) => StoredAnswers {
	const kept = new Map<string, StoredAnswers>();
	return (baseline) => {
		const answers = kept.get(baseline) ?? open(baseline);
		kept.delete(baseline);
		kept.set(baseline, answers);
		for (const oldest of kept.keys()) {
			if (kept.size <= BASELINES_KEPT) break;
			kept.delete(oldest);
		}
		return answers;
	};
}
