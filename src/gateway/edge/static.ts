// Edge(fs, http). The built site as files, by `send`, with headers that keep a page to this origin.
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, resolve, sep } from "node:path";
import send from "send";

/**
 * Sent with every static reply: the frame around each page's own, stricter policy, which lists its scripts by hash; hence
 * `unsafe-inline` here. What only a header can say is `frame-ancestors`. `wasm-unsafe-eval`: the search. `connect-src` is
 * told where pages ask a gateway elsewhere; else `default-src` holds.
 */
function securityHeaders(gateway: string | null): Readonly<Record<string, string>> {
	return {
		"content-security-policy": [
			"default-src 'self'",
			"script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'",
			"style-src 'self' 'unsafe-inline'",
			"img-src 'self' data:",
			"font-src 'self'",
			...(gateway === null ? [] : [`connect-src 'self' ${gateway}`]),
			"object-src 'none'",
			"base-uri 'none'",
			"form-action 'self'",
			"frame-ancestors 'none'",
		].join("; "),
		"x-content-type-options": "nosniff",
		"x-frame-options": "DENY",
		"referrer-policy": "same-origin",
		"cross-origin-opener-policy": "same-origin",
	};
}

/**
 * A handler for the folder of a built site; a path it does not have gets its 404 page. Always ends the response.
 * `gateway`: origin of a gateway elsewhere that the pages ask (`cluster.gateway`); null: they ask where they came from.
 */
export function serveStatic(
	dist: string,
	gateway: string | null = null,
): (request: IncomingMessage, response: ServerResponse) => void {
	const root = resolve(dist);
	const headers = Object.entries(securityHeaders(gateway));
	// Pages are small and whole: ranges are not offered, so a malformed one cannot matter.
	const options = { root, acceptRanges: false, cacheControl: false, dotfiles: "ignore" as const };
	return (request, response) => {
		for (const [name, value] of headers) response.setHeader(name, value);
		if (request.method !== "GET" && request.method !== "HEAD") {
			response.setHeader("allow", "GET, HEAD");
			return endPlain(response, 405, "method not allowed");
		}
		// Not `new URL`: "//host/x" would be taken for another host.
		const path = (request.url ?? "/").split(/[?#]/, 1)[0] ?? "/";
		send(request, path, options)
			.on("headers", setHeaders)
			.on("error", (error: { status?: number }) => {
				// A file that cannot be read is ours to mend; anything else asked for is simply not there.
				if ((error.status ?? 500) >= 500) return endPlain(response, 500, "the file could not be read");
				response.statusCode = 404;
				send(request, "/404.html", options)
					.on("headers", setHeaders)
					.on("error", () => endPlain(response, 404, "not found"))
					.pipe(response);
			})
			.pipe(response);
	};
}

/**
 * Names under _astro carry a hash of their content; everything else may change with the next build. What has no ending, as
 * CODEOWNERS, is text to be read, not a file to be saved.
 */
function setHeaders(response: ServerResponse, file: string): void {
	const isHashed = file.includes(`${sep}_astro${sep}`);
	if (extname(file) === "") response.setHeader("content-type", "text/plain; charset=utf-8");
	response.setHeader("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
}

function endPlain(response: ServerResponse, status: number, words: string): void {
	response.setHeader("content-type", "text/plain; charset=utf-8");
	response.setHeader("cache-control", "no-store");
	response.writeHead(status).end(`${words}\n`);
}
