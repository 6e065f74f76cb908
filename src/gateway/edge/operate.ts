// Edge(http). The paths by which a gateway is operated: does it live, is it ready, what are its figures.
import type { IncomingMessage, ServerResponse } from "node:http";
import { endPlain } from "./refusals.ts";

export interface OperateParts {
	/** Null: ready. Else why not, in words. */
	readonly notReady: () => string | null;
	/** The figures, as text of this type; null: they are not to be had here. */
	readonly metrics: { readonly contentType: string; text(): Promise<string> } | null;
}

type Answer = (request: IncomingMessage, response: ServerResponse, path: string) => boolean;

/** Answers /healthz (no node is asked), /readyz and, to callers on this machine, /metrics; false for other paths. */
export function operate({ notReady, metrics }: OperateParts): Answer {
	return (request, response, path) => {
		if (path === "/healthz") endPlain(response, 200, "ok");
		else if (path === "/readyz") {
			const reason = notReady();
			endPlain(response, reason === null ? 200 : 503, reason ?? "ok");
		} else if (path === "/metrics" && metrics !== null) {
			if (isFromHere(request)) void sendMetrics(response, metrics);
			else endPlain(response, 403, "figures are for this machine; COORD_METRICS_PORT opens a port for them");
		} else return false;
		return true;
	};
}

/** Answers /metrics and /healthz to anybody, for a port of its own. */
export function serveMetrics(metrics: NonNullable<OperateParts["metrics"]>) {
	return (request: IncomingMessage, response: ServerResponse): void => {
		const path = request.url?.split("?", 1)[0];
		if (request.method !== "GET" && request.method !== "HEAD") {
			endPlain(response, 405, "method not allowed", { allow: "GET, HEAD", connection: "close" });
		} else if (path === "/metrics") void sendMetrics(response, metrics);
		else if (path === "/healthz") endPlain(response, 200, "ok");
		else endPlain(response, 404, "not found");
	};
}

/** A proxy on this machine calls from here too, for anybody: what it adds to a request tells. */
function isFromHere({ socket, headers }: IncomingMessage): boolean {
	const address = socket.remoteAddress ?? "";
	const isLoopback = address === "::1" || /^(::ffff:)?127\./.test(address);
	return isLoopback && !["forwarded", "x-forwarded-for", "x-real-ip", "via"].some((name) => name in headers);
}

async function sendMetrics(response: ServerResponse, metrics: NonNullable<OperateParts["metrics"]>): Promise<void> {
	const text = await metrics.text();
	response.writeHead(200, { "content-type": metrics.contentType, "cache-control": "no-store" }).end(text);
}
