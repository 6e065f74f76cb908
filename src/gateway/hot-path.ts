// Edge(http). GetCluster over gRPC-Web, the one question every open page asks again and again, from stored bytes.
import type { IncomingMessage, ServerResponse } from "node:http";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import {
	GetClusterRequestSchema,
	type GetClusterResponse,
	GetClusterResponseSchema,
	StatusService,
} from "#wire/gen/coordination/v1/status_pb.js";
import { type ClusterState, clusterParts } from "#wire/map";

const PATH = `/${StatusService.typeName}/${StatusService.method.getCluster.name}`;
const CONTENT_TYPE = "application/grpc-web+proto";
const REQUEST_MAX_BYTES = 4 * 1024;
/** Ages are as of `generated_at`; readers who ask within this time share one set of them. */
const TAIL_MS = 100;

const INVALID_ARGUMENT = 3;
const RESOURCE_EXHAUSTED = 8;

/**
 * A handler that answers such requests and gives true, or leaves a request untouched and gives false: the
 * general router then answers it. What it answers is what the router would, tested against it.
 */
export function clusterHotPath(cluster: {
	state(): ClusterState;
}): (request: IncomingMessage, response: ServerResponse) => boolean {
	const bodyFor = storedReplies(cluster);
	return (request, response) => {
		const { method, url, headers } = request;
		const isOurs = method === "POST" && url === PATH && headers["content-type"] === CONTENT_TYPE;
		if (!isOurs || (headers["grpc-encoding"] ?? "identity") !== "identity") return false;
		readBody(request, (body) => {
			const known = body === null ? null : knownVersion(body);
			response.setHeader("content-type", CONTENT_TYPE);
			if (body === null) response.setHeader("connection", "close");
			const reply =
				body === null
					? trailer(RESOURCE_EXHAUSTED, "the request is too large")
					: known === null
						? trailer(INVALID_ARGUMENT, "the request is no GetClusterRequest")
						: bodyFor(known);
			response.setHeader("content-length", reply.length);
			response.end(reply);
		});
		return true;
	};
}

/** The body for a reader that holds version `known`. */
function storedReplies(cluster: { state(): ClusterState }): (known: bigint) => Buffer {
	let version: bigint | null = null;
	let heads: { whole: Uint8Array; unchanged: Uint8Array } | null = null;
	let tail: Uint8Array = new Uint8Array();
	let bodies: { whole?: Buffer; unchanged?: Buffer } = {};
	let madeAt = Number.NEGATIVE_INFINITY;
	return (known) => {
		// Head and tail are made of one state, so their counts and versions belong together.
		if (heads === null || performance.now() - madeAt >= TAIL_MS) {
			const state = cluster.state();
			madeAt = performance.now();
			tail = bytesOf(clusterParts.tail(state));
			bodies = {};
			if (heads === null || state.version !== version) {
				version = state.version;
				heads = {
					whole: bytesOf(clusterParts.wholeHead(state)),
					unchanged: bytesOf(clusterParts.unchangedHead(state)),
				};
			}
		}
		const kind = known === version ? "unchanged" : "whole";
		const body = bodies[kind] ?? Buffer.concat([frame(0, heads[kind], tail), trailer(0)]);
		bodies[kind] = body;
		return body;
	};
}

function bytesOf(message: GetClusterResponse): Uint8Array {
	return toBinary(GetClusterResponseSchema, message);
}

/** Calls back once with the whole body, or null for one that is too large. A body cut off calls nothing back. */
function readBody(request: IncomingMessage, done: (body: Buffer | null) => void): void {
	const chunks: Buffer[] = [];
	let size = 0;
	const take = (chunk: Buffer) => {
		size += chunk.length;
		chunks.push(chunk);
		if (size <= REQUEST_MAX_BYTES) return;
		request.off("data", take).off("end", end).resume();
		done(null);
	};
	const end = () => done(Buffer.concat(chunks));
	request.on("data", take).once("end", end);
}

/** The version a request names; null: the body is not one uncompressed frame holding a GetClusterRequest. */
function knownVersion(body: Buffer): bigint | null {
	if (body.length < 5 || body[0] !== 0 || body.readUInt32BE(1) !== body.length - 5) return null;
	try {
		return fromBinary(GetClusterRequestSchema, body.subarray(5)).knownVersion;
	} catch {
		return null;
	}
}

/** A gRPC-Web frame: a byte of flags, the length, the parts. */
function frame(flags: number, ...parts: readonly Uint8Array[]): Buffer {
	const prefix = Buffer.alloc(5);
	prefix[0] = flags;
	prefix.writeUInt32BE(
		parts.reduce((sum, part) => sum + part.length, 0),
		1,
	);
	return Buffer.concat([prefix, ...parts]);
}

function trailer(code: number, message = ""): Buffer {
	const lines = [`grpc-status: ${code}`, ...(message === "" ? [] : [`grpc-message: ${encodeURIComponent(message)}`])];
	return frame(0x80, Buffer.from(lines.map((line) => `${line}\r\n`).join("")));
}
