// Edge(http). What every request to the site's port passes, in this order: the name it was called by, the method, whether
// the gateway lives, which origin asks, whether there is room. Only then is it read.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Observer } from "../observer.ts";
import { answerPreflight, corsHeaders } from "./cors.ts";
import { isKnownHost } from "./hosts.ts";
import type { Overload } from "./overload.ts";
import { endPlain, shed } from "./refusals.ts";

export type Handle = (request: IncomingMessage, response: ServerResponse) => void;

export interface FrontParts {
	/** Names it answers to; null: any. */
	readonly hosts: ReadonlySet<string> | null;
	readonly origins: readonly string[];
	readonly overload: Overload;
	readonly observer: Observer;
	/** Answers the operator's paths and gives true; they are never turned away for load. */
	readonly operate: (request: IncomingMessage, response: ServerResponse, path: string) => boolean;
	/** Answers from stored bytes and gives true, or leaves the request alone. */
	readonly hotPath: (request: IncomingMessage, response: ServerResponse) => boolean;
	/** Answers everything else. */
	readonly rest: Handle;
}

/** Larger than anything that is read to the end; what lies between is refused in the terms of its protocol. */
const BODY_MAX_BYTES = 64 * 1024;
const METHODS = "GET, HEAD, POST, OPTIONS";

export function front({ hosts, origins, overload, observer, operate, hotPath, rest }: FrontParts): Handle {
	return (request, response) => {
		const { headers, method = "" } = request;
		const { url, host } = target(request);
		request.url = url;
		if (hosts !== null && !isKnownHost(hosts, host)) {
			const words = "this gateway does not go by that name; COORD_PUBLIC_HOSTS lists further names of it";
			return endPlain(response, 421, words, { connection: "close" });
		}
		const path = pathOf(url);
		if (method === "OPTIONS") return preflight(request, response, path);
		if (method !== "GET" && method !== "HEAD" && method !== "POST") {
			return endPlain(response, 405, "method not allowed", { allow: METHODS, connection: "close" });
		}
		if (operate(request, response, path)) return;
		// Also for what is turned away: a page may read why.
		if (origins.length > 0) {
			for (const [name, value] of Object.entries(corsHeaders(origins, path, headers.origin))) {
				response.setHeader(name, value);
			}
		}
		// Refused before they can take the room of those who mean well.
		if (isPacked(headers["content-encoding"])) {
			return endPlain(response, 415, "requests are read as they are, not compressed", { connection: "close" });
		}
		if (Number(headers["content-length"] ?? 0) > BODY_MAX_BYTES) {
			return endPlain(response, 413, "no request is that large", { connection: "close" });
		}
		if (!overload.admit(costOf(request))) {
			observer.shed();
			return shed(request, response);
		}
		if (hotPath(request, response)) return;
		// Only once it was read: who sends slowly must not take the room of those who wait.
		request.once("end", () => {
			if (!response.writableEnded) response.once("close", overload.enter());
		});
		// Nothing of what is answered here may be kept by a cache on the way; static replies set their own.
		response.setHeader("cache-control", "no-store");
		response.setHeader("x-content-type-options", "nosniff");
		rest(request, response);
	};

	function preflight(request: IncomingMessage, response: ServerResponse, path: string): void {
		const { headers } = request;
		if (headers["access-control-request-method"] === undefined) {
			endPlain(response, 405, "method not allowed", { allow: METHODS });
			return;
		}
		const answer = answerPreflight(origins, {
			path,
			origin: headers.origin,
			method: headers["access-control-request-method"],
			isToPrivateNetwork: headers["access-control-request-private-network"] === "true",
		});
		if ("refusal" in answer) endPlain(response, 403, answer.refusal, { vary: "origin" });
		else response.writeHead(204, { ...answer.headers, "cache-control": "no-store" }).end();
	}
}

/** Beside a stored answer: what the general router and the files of the site take, as measured. */
function costOf({ method, headers, url = "" }: IncomingMessage): number {
	if (method === "POST") return headers["content-type"] === "application/grpc-web+proto" ? 1 : 10;
	return url.startsWith("/live/") ? 1 : 2;
}

/** A proxy may ask with the whole address, whose name then stands for the header's (RFC 9112, 3.2.2). */
function target({ url = "/", headers }: IncomingMessage): { url: string; host: string | undefined } {
	const [, host, path] = /^http:\/\/([^/?#]+)(.*)$/i.exec(url) ?? [];
	if (host === undefined || path === undefined) return { url, host: headers.host };
	return { url: path.startsWith("/") ? path : `/${path}`, host };
}

function pathOf(url: string): string {
	const at = url.indexOf("?");
	return at < 0 ? url : url.slice(0, at);
}

function isPacked(encoding: string | undefined): boolean {
	return encoding !== undefined && encoding !== "" && encoding.toLowerCase() !== "identity";
}
