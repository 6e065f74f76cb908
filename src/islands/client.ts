// Edge(net). Asks the gateway over gRPC-Web, binary, by the official client; proves each reply before it is believed.
import { create, type DescMessage, fromBinary, type MessageShape, toBinary } from "@bufbuild/protobuf";
import { GrpcWebClientBase, MethodDescriptor, MethodType, type RpcError } from "grpc-web";
import {
	GetClusterRequestSchema,
	GetClusterResponseSchema,
	GetTeamsRequestSchema,
	GetTeamsResponseSchema,
} from "#wire/gen/coordination/v1/status_pb.js";
import { type ClusterState, clusterFromWire } from "#wire/map";
import { type TeamsState, teamsFromWire } from "#wire/map-teams";
import { NoAnswerError } from "./poll.ts";

const SERVICE = "/coordination.v1.StatusService/";

/**
 * Why there is no usable answer. `unreachable`: no gateway answered (down, refused, timed out, or something
 * that is not one). `altered`: an answer came that cannot be believed. `refused`: the gateway said no.
 */
export type FailureKind = "unreachable" | "altered" | "refused";

export interface StatusClient {
	/** `held` is what this reader has; the reply may refer to it. Rejects with RpcError, ReplyError or a parse error. */
	getCluster(held: ClusterState | null, signal: AbortSignal): Promise<ClusterState>;
	getTeams(held: TeamsState | null, signal: AbortSignal): Promise<TeamsState>;
}

/** `host` is an origin without a slash at its end; `deadlineMs` is sent along, so that the gateway gives up too. */
export function createStatusClient(host: string, deadlineMs: number): StatusClient {
	const base = new GrpcWebClientBase({ format: "binary" });

	async function ask<Q extends DescMessage, R extends DescMessage>(
		method: string,
		request: Q,
		response: R,
		held: { version: bigint } | null,
		signal: AbortSignal,
	): Promise<MessageShape<R>> {
		const path = SERVICE + method;
		// The two constructors are read by no unary call. The reply stays bytes here: parsed below, a reply
		// that is no message of ours is told apart from what the transport says.
		const descriptor = new MethodDescriptor<Uint8Array, Uint8Array>(
			path,
			MethodType.UNARY,
			Uint8Array,
			Uint8Array,
			same,
			same,
		);
		const body = toBinary(request, create(request, { knownVersion: held?.version ?? 0n } as never));
		// A deadline that is over already would be dropped by the library, and the call never end.
		const deadline = String(Date.now() + Math.max(1, deadlineMs));
		// grpc-web 2.1.1 takes `signal` here, though its types lack the argument; its `thenableCall`, whose types
		// have it, does not exist (grpc/grpc-web issue 1533).
		const call = base.unaryCall as unknown as (...args: unknown[]) => Promise<Uint8Array>;
		const bytes = await call.call(base, host + path, body, { deadline }, descriptor, { signal });
		return fromBinary(response, bytes);
	}

	return {
		getCluster: async (held, signal) =>
			clusterFromWire(await ask("GetCluster", GetClusterRequestSchema, GetClusterResponseSchema, held, signal), held),
		getTeams: async (held, signal) =>
			teamsFromWire(await ask("GetTeams", GetTeamsRequestSchema, GetTeamsResponseSchema, held, signal), held),
	};
}

function same(bytes: Uint8Array): Uint8Array {
	return bytes;
}

const CANCELLED = 1;
const UNKNOWN = 2;
const DEADLINE_EXCEEDED = 4;
const UNIMPLEMENTED = 12;
const UNAVAILABLE = 14;

/**
 * What a failed call means. Code 2 is what the library says of everything that was no gRPC-Web reply (gateway
 * down, refused, a page of a proxy), and any code may stand for an HTTP status, which its message then names:
 * a 404 of a plain file server is no "not found" of ours.
 */
export function failureKind(error: unknown): FailureKind {
	if (error instanceof NoAnswerError) return "unreachable";
	// ReplyError, or bytes that do not parse.
	if (!isRpcError(error)) return "altered";
	if (/http status code/i.test(error.message)) return "unreachable";
	return [CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, UNAVAILABLE].includes(error.code)
		? "unreachable"
		: "refused";
}

function isRpcError(error: unknown): error is RpcError {
	return error instanceof Error && typeof (error as { code?: unknown }).code === "number";
}
