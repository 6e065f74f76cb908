// Pure. The ways an answer to GetCluster can be wrong on its way to a page, as bytes and headers.
import { gzipSync } from "node:zlib";
import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { type GetClusterResponse, GetClusterResponseSchema, NodeState } from "#wire/gen/coordination/v1/status_pb.js";

export interface Shape {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Uint8Array;
	/** The connection is cut after so many bytes of the body, though more were promised. */
	readonly cutAfter?: number;
}

type Fields = Exclude<MessageInitShape<typeof GetClusterResponseSchema>, GetClusterResponse>;

/** A whole reply about one serving node, with `change` on top. */
function reply(id: string, change: Fields = {}): Uint8Array {
	const fields: Fields = {
		schema: 1,
		version: 7n,
		epoch: 1n,
		count: 1,
		generatedAt: { seconds: 1_790_000_000n },
		nodes: [{ id, address: "127.0.0.1:50051", state: NodeState.SERVING }],
		readings: [{ ageMs: 100n, checkedMs: 100n }],
		intervalMs: 5_000,
		staleAfterMs: 15_000,
		offlineAfterMs: 300_000,
		complete: true,
	};
	return toBinary(GetClusterResponseSchema, create(GetClusterResponseSchema, { ...fields, ...change }));
}

function frame(flags: number, payload: Uint8Array, length = payload.length): Buffer {
	const head = Buffer.alloc(5);
	head[0] = flags;
	head.writeUInt32BE(length, 1);
	return Buffer.concat([head, payload]);
}

const trailer = (text: string) => frame(0x80, Buffer.from(text));
const OK = trailer("grpc-status: 0\r\n");
const WHOLE = reply("one");

const grpcWeb = (...parts: Uint8Array[]): Shape => ({
	status: 200,
	headers: { "content-type": "application/grpc-web+proto" },
	body: Buffer.concat(parts),
});
const html = (status: number): Shape => ({
	status,
	headers: { "content-type": "text/html" },
	body: Buffer.from("<html><title>Sign in</title>Welcome to the hotel</html>"),
});
const typed = (contentType: string): Shape => ({
	...grpcWeb(frame(0, WHOLE), OK),
	headers: { "content-type": contentType },
});

/** `complete` is the last field a gateway writes: three bytes, so without them the reply is cut at its very end. */
const CUT = WHOLE.subarray(0, -3);

export const SHAPES: Readonly<Record<string, Shape>> = {
	whole: grpcWeb(frame(0, WHOLE), OK),
	"whole-without-trailer": grpcWeb(frame(0, WHOLE)),
	"cut-without-trailer": grpcWeb(frame(0, CUT)),
	"cut-before-its-last-field": grpcWeb(frame(0, CUT), OK),
	"cut-in-the-middle": grpcWeb(frame(0, WHOLE.subarray(0, 20)), OK),
	"two-messages": grpcWeb(frame(0, reply("first")), frame(0, reply("second")), OK),
	"whole-then-cut": grpcWeb(frame(0, WHOLE), frame(0, CUT), OK),
	"trailers-only": grpcWeb(OK),
	"trailers-only-in-headers": {
		...grpcWeb(),
		headers: { "content-type": "application/grpc-web+proto", "grpc-status": "0" },
	},
	"truncated-frame": grpcWeb(frame(0, WHOLE).subarray(0, 30)),
	"connection-cut": { ...grpcWeb(frame(0, WHOLE), OK), cutAfter: 40 },
	"empty-body": grpcWeb(),
	"html-200": html(200),
	"html-200-as-grpc-web": { ...html(200), headers: { "content-type": "application/grpc-web+proto" } },
	"html-404": html(404),
	"html-429": html(429),
	"html-502": html(502),
	"text-plain": typed("text/plain"),
	json: { status: 200, headers: { "content-type": "application/json" }, body: Buffer.from('{"complete":true}') },
	"compressed-flag": grpcWeb(frame(1, gzipSync(WHOLE)), OK),
	"compressed-flag-on-plain-bytes": grpcWeb(frame(1, WHOLE), OK),
	"length-too-long": grpcWeb(frame(0, WHOLE, WHOLE.length + 400), OK),
	"length-too-short": grpcWeb(frame(0, WHOLE, WHOLE.length - 3), OK),
	"length-of-4-gib": grpcWeb(frame(0, WHOLE, 0xffffffff), OK),
	"junk-after-the-trailer": grpcWeb(frame(0, WHOLE), OK, Buffer.from("<script src=//ads></script>")),
	"junk-before-the-frame": grpcWeb(Buffer.from("<!-- proxied -->"), frame(0, WHOLE), OK),
	"error-with-utf-8": grpcWeb(trailer("grpc-status: 9\r\ngrpc-message: na%C3%AFve%20100%25\r\n")),
	"error-after-a-message": grpcWeb(frame(0, WHOLE), trailer("grpc-status: 14\r\ngrpc-message: gone\r\n")),
	"bad-status-text": grpcWeb(frame(0, WHOLE), trailer("grpc-status: fine\r\n")),
	"no-complete-field": grpcWeb(frame(0, reply("one", { complete: false })), OK),
	"fewer-nodes-than-counted": grpcWeb(frame(0, reply("one", { count: 2 })), OK),
	"fewer-readings-than-nodes": grpcWeb(frame(0, reply("one", { readings: [] })), OK),
	"unchanged-to-a-reader-that-holds-nothing": grpcWeb(frame(0, reply("one", { unchanged: true, nodes: [] })), OK),
	"another-format": grpcWeb(frame(0, reply("one", { schema: 2 })), OK),
	"no-protobuf": grpcWeb(frame(0, Buffer.from("Welcome to the hotel")), OK),
	"empty-message": grpcWeb(frame(0, new Uint8Array()), OK),
};
