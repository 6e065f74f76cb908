// Edge(http). What open pages ask again and again, over gRPC-Web and by GET, from stored bytes.
import type { IncomingMessage, ServerResponse } from "node:http";
import { Code, ConnectError } from "@connectrpc/connect";
import { StatusService } from "#wire/gen/coordination/v1/status_pb.js";
import type { Log } from "../log.ts";
import type { Observer } from "../observer.ts";
import { payloadOf, trailer } from "./frame.ts";
import { openQuestions, type Question } from "./questions.ts";
import type { Held } from "./routes.ts";
import { codeName, rpcFailure } from "./rpc-failure.ts";
import { type StoredBody, storedBody } from "./stored.ts";

const REQUEST_MAX_BYTES = 4 * 1024;
const CONTENT_TYPE = "application/grpc-web+proto";
/** A cache on the way may hand on a good answer for two seconds, and for ten more while it asks anew. A browser keeps none. */
const GOOD = "public, max-age=0, s-maxage=2, stale-while-revalidate=10";
const NEVER = "no-store";

type Handler = (request: IncomingMessage, response: ServerResponse) => boolean;
type Answer = StoredBody | Promise<StoredBody>;

/**
 * A handler that answers such requests and gives true, or leaves a request untouched and gives false: the
 * general router then answers it. What it answers is what the router would, tested against it.
 */
export function hotPath(held: Held, observer: Observer, log: Log): Handler {
	const questions = openQuestions(held);
	const byPath = new Map(questions.map((question) => [question.path, question]));
	const byLivePath = new Map(questions.map((question) => [question.livePath, question]));
	const reply = (request: IncomingMessage, response: ServerResponse, { method }: Question, ask: () => Answer) => {
		const startedAt = performance.now();
		const say = (body: StoredBody, code: Code | 0) => {
			send(request, response, body, code);
			observer.callEnded(StatusService.typeName, method, nameOf(code), performance.now() - startedAt);
		};
		const fail = (error: unknown) => {
			const { code, rawMessage } = rpcFailure(error, method, log);
			say(storedBody(trailer(code, rawMessage)), code);
		};
		try {
			const answer = ask();
			if (answer instanceof Promise) answer.then((body) => say(body, 0), fail);
			else say(answer, 0);
		} catch (error) {
			fail(error);
		}
	};

	return (request, response) => {
		const { method, headers, url = "" } = request;
		if (method === "GET" || method === "HEAD") {
			if (!url.startsWith("/live/")) return false;
			const [path, query] = cut(url);
			const question = byLivePath.get(path);
			if (question === undefined) return false;
			reply(request, response, question, () => question.answerQuery(new URLSearchParams(query)));
			return true;
		}
		const question = method === "POST" && headers["content-type"] === CONTENT_TYPE ? byPath.get(url) : undefined;
		if (question === undefined || (headers["grpc-encoding"] ?? "identity") !== "identity") return false;
		readBody(request, (body) => {
			// What is left of a body too large is not waited for.
			if (body === null) response.setHeader("connection", "close");
			reply(request, response, question, () => question.answer(messageOf(body, question)));
		});
		return true;
	};
}

function messageOf(body: Buffer | null, { method }: Question): Buffer {
	if (body === null) throw new ConnectError("the request is too large", Code.ResourceExhausted);
	const payload = payloadOf(body);
	if (payload === null) throw new ConnectError(`the request is no ${method}Request`, Code.InvalidArgument);
	return payload;
}

function send(request: IncomingMessage, response: ServerResponse, body: StoredBody, code: Code | 0): void {
	if (response.destroyed) return;
	const packed = acceptsGzip(request.headers["accept-encoding"]) ? body.gzip() : null;
	const bytes = packed ?? body.plain;
	const isPublic = code === 0 && request.headers.authorization === undefined;
	response.writeHead(request.method === "POST" ? 200 : httpStatus(code), [
		...["content-type", CONTENT_TYPE, "content-length", String(bytes.length)],
		...["cache-control", isPublic ? GOOD : NEVER, "x-content-type-options", "nosniff"],
		...(packed === null ? [] : ["content-encoding", "gzip"]),
		// Sent with what is not packed too, or a cache would hand the packed answer to who cannot read it.
		...["vary", varyWith(response)],
	]);
	response.end(request.method === "HEAD" ? undefined : bytes);
}

/** `vary` of a reply that may be packed, with what was set of it before. */
function varyWith(response: ServerResponse): string {
	const before = response.getHeader("vary");
	return before === undefined ? "accept-encoding" : `${before}, accept-encoding`;
}

/** Over gRPC-Web a failure travels as 200; whoever GETs, and every cache, reads the status. */
function httpStatus(code: Code | 0): number {
	switch (code) {
		case 0:
			return 200;
		case Code.InvalidArgument:
			return 400;
		case Code.Internal:
			return 500;
		default:
			return 503;
	}
}

function nameOf(code: Code | 0): string {
	return code === 0 ? "OK" : codeName(code);
}

/** Whether an `accept-encoding` takes gzip; one that is absent asks for the plain bytes. */
export function acceptsGzip(header: string | string[] | undefined): boolean {
	if (typeof header !== "string") return false;
	// Readers are browsers, and most send the very same.
	if (header !== lastAccepted.header) lastAccepted = { header, isGzip: offersGzip(header) };
	return lastAccepted.isGzip;
}

let lastAccepted = { header: "", isGzip: false };

function offersGzip(header: string): boolean {
	const offered = header.split(",").map((part) =>
		part
			.trim()
			.toLowerCase()
			.split(/\s*;\s*/),
	);
	const found = offered.find(([coding]) => coding === "gzip") ?? offered.find(([coding]) => coding === "*");
	return found !== undefined && !found.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
}

/** Path and query of a request's target, as written. */
function cut(url: string): [path: string, query: string] {
	const at = url.indexOf("?");
	return at < 0 ? [url, ""] : [url.slice(0, at), url.slice(at + 1)];
}

/** Calls back once with the whole body, or null for one that is too large. A body cut off calls nothing back. */
function readBody(request: IncomingMessage, done: (body: Buffer | null) => void): void {
	if (Number(request.headers["content-length"] ?? 0) > REQUEST_MAX_BYTES) {
		done(null);
		return;
	}
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
