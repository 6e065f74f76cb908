// Edge(net). Asks the gateway over gRPC-Web, binary, by the official client; proves each reply before it is believed.
import { type DescMessage, fromBinary, type MessageShape } from "@bufbuild/protobuf";
import { GrpcWebClientBase, MethodDescriptor, MethodType, type RpcError } from "grpc-web";
import { NoAnswerError } from "./poll.ts";

const SERVICE = "/coordination.v1.StatusService/";

/**
 * Why there is no usable answer. `unreachable`: nobody answered (down, not allowed to ask, timed out). `foreign`:
 * something answered that is no gateway (a page, a plain file server, a proxy's error). `altered`: a gateway's answer
 * that cannot be believed. `refused`: the gateway said no. `blocked`: the browser will not let this page ask at all.
 */
export type FailureKind = "unreachable" | "foreign" | "altered" | "refused" | "blocked";

export interface Failure {
	readonly kind: FailureKind;
	/** The gateway's own words, where it refused; else empty. */
	readonly words: string;
}

/** One question: the method's name, the bytes of its request, what its reply is. Rejects with RpcError or a parse error. */
export type Ask = <R extends DescMessage>(
	method: string,
	body: Uint8Array,
	response: R,
	signal: AbortSignal,
) => Promise<MessageShape<R>>;

/** The browser refuses the question before it is sent: a page of https may not ask over http. */
export class BlockedError extends Error {
	override readonly name = "BlockedError";
}

/** `host` is an origin without a slash at its end; `deadlineMs` is sent along, so that the gateway gives up too. */
export function createAsk(host: string, deadlineMs: number): Ask {
	const base = new GrpcWebClientBase({ format: "binary" });

	return async (method, body, response, signal) => {
		if (isMixed(location.protocol, host)) throw new BlockedError("http from a page of https");
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
		// A deadline that is over already would be dropped by the library, and the call never end.
		const deadline = String(Date.now() + Math.max(1, deadlineMs));
		// grpc-web 2.1.1 takes `signal` here, though its types lack the argument; its `thenableCall`, whose types
		// have it, does not exist (grpc/grpc-web issue 1533).
		const call = base.unaryCall as unknown as (...args: unknown[]) => Promise<Uint8Array>;
		const bytes = await call.call(base, host + path, body, { deadline }, descriptor, { signal });
		return fromBinary(response, bytes);
	};
}

/** Whether an origin is this machine's own: reached without any network, and as good as https to browsers. */
export function isThisMachine(origin: string): boolean {
	return /^https?:\/\/(localhost|127\.[\d.]+|\[::1\])(:|$)/i.test(origin);
}

/** Whether browsers refuse what a page of this protocol asks there. */
export function isMixed(pageProtocol: string, host: string): boolean {
	return pageProtocol === "https:" && /^http:/i.test(host) && !isThisMachine(host);
}

function same(bytes: Uint8Array): Uint8Array {
	return bytes;
}

const CANCELLED = 1;
const UNKNOWN = 2;
const DEADLINE_EXCEEDED = 4;
const RESOURCE_EXHAUSTED = 8;
const INTERNAL = 13;
const UNAVAILABLE = 14;

/**
 * What a failed call means. The library has one code, 2, for all that was no whole gRPC-Web reply, and any code may
 * stand for an HTTP status: only its words tell them apart. Status 0 is a browser that got no answer it may show; a
 * content type that is not ours, or a status of 400 and more, is somebody else's answer; and a frame or a trailer that
 * is missing is a reply of ours that was changed on the way.
 */
export function failureOf(error: unknown): Failure {
	const kind = failureKind(error);
	return { kind, words: kind === "refused" && isRpcError(error) ? error.message : "" };
}

export function failureKind(error: unknown): FailureKind {
	if (error instanceof NoAnswerError) return "unreachable";
	if (error instanceof BlockedError) return "blocked";
	// ReplyError, or bytes that do not parse.
	if (!isRpcError(error)) return "altered";
	const { code, message } = error;
	if (/http status code: 0/i.test(message)) return "unreachable";
	if (/http status code|content-type/i.test(message)) return "foreign";
	if (code === UNKNOWN || code === INTERNAL || (code === RESOURCE_EXHAUSTED && /max receive/i.test(message))) {
		return "altered";
	}
	return [CANCELLED, DEADLINE_EXCEEDED, UNAVAILABLE].includes(code) ? "unreachable" : "refused";
}

function isRpcError(error: unknown): error is RpcError {
	return error instanceof Error && typeof (error as { code?: unknown }).code === "number";
}
