// Edge(fs, http). The built site as files: fixed types, safe paths, headers that keep a page to this origin.
//
// Not sirv: its 3.0.2 ends the process on one request with `Range: bytes=5-2`, and on a file that is removed
// between its look and its read, which a rebuild under a running gateway does.
import { type FileHandle, open, realpath } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";

const TYPES: Readonly<Record<string, string>> = {
	".html": "text/html; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".js": "text/javascript; charset=utf-8",
	".mjs": "text/javascript; charset=utf-8",
	".json": "application/json; charset=utf-8",
	".txt": "text/plain; charset=utf-8",
	".xml": "application/xml; charset=utf-8",
	".svg": "image/svg+xml",
	".png": "image/png",
	".jpg": "image/jpeg",
	".jpeg": "image/jpeg",
	".webp": "image/webp",
	".avif": "image/avif",
	".gif": "image/gif",
	".ico": "image/x-icon",
	".woff": "font/woff",
	".woff2": "font/woff2",
	".wasm": "application/wasm",
	".webmanifest": "application/manifest+json",
};

/**
 * Sent with every static reply. `unsafe-inline`: the pages' small scripts for theme and tabs stand in the
 * HTML; a page's own stricter policy, where it has one, holds beside this. `wasm-unsafe-eval`: the search.
 */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
	"content-security-policy": [
		"default-src 'self'",
		"script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'",
		"style-src 'self' 'unsafe-inline'",
		"img-src 'self' data:",
		"font-src 'self' data:",
		"object-src 'none'",
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
	].join("; "),
	"x-content-type-options": "nosniff",
	"x-frame-options": "DENY",
	"referrer-policy": "same-origin",
	"cross-origin-opener-policy": "same-origin",
};

/** A handler for the folder of a built site. Always ends the response; never rejects. */
export function serveStatic(dist: string): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
	const root = resolve(dist);
	return async (request, response) => {
		for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
		if (request.method !== "GET" && request.method !== "HEAD") {
			response.setHeader("allow", "GET, HEAD");
			return endPlain(response, 405, "method not allowed");
		}
		const path = pathOf(request.url ?? "/");
		const found = path === null ? null : await openPath(root, path);
		if (found !== null && "redirect" in found) {
			response.setHeader("location", found.redirect);
			return endPlain(response, 301, "moved");
		}
		if (found !== null) return send(request, response, 200, found);
		const missing = await openFile(root, join(root, "404.html"));
		if (missing === null) return endPlain(response, 404, "not found");
		return send(request, response, 404, missing);
	};
}

interface Found {
	readonly handle: FileHandle;
	readonly file: string;
	readonly size: number;
	readonly mtimeMs: number;
}

/** The decoded path of a request target; null: not one a site has (bad encoding, NUL, dot files, back-slashes). */
function pathOf(target: string): string | null {
	// Not `new URL`: "//host/x" would be taken for another host.
	const raw = target.split(/[?#]/, 1)[0] ?? "/";
	if (!raw.startsWith("/")) return null;
	let path: string;
	try {
		path = decodeURIComponent(raw);
	} catch {
		return null;
	}
	const isOdd = path.includes("\0") || path.includes("\\") || path.split("/").some((part) => part.startsWith("."));
	return isOdd ? null : path;
}

async function openPath(root: string, path: string): Promise<Found | { redirect: string } | null> {
	if (path.endsWith("/")) return openFile(root, join(root, path, "index.html"));
	const file = await openFile(root, join(root, path));
	if (file !== null) return file;
	const page = await openFile(root, join(root, path, "index.html"));
	if (page === null) return null;
	await page.handle.close();
	// Pages link relatively to their folder; leading slashes are folded so that no "//host" can come of it.
	return { redirect: encodeURI(`/${path.replace(/^\/+/, "")}/`) };
}

/** Opens a plain file inside the root, links followed; null: there is none. */
async function openFile(root: string, wanted: string): Promise<Found | null> {
	let handle: FileHandle | null = null;
	try {
		const [base, file] = await Promise.all([realpath(root), realpath(wanted)]);
		if (!file.startsWith(base + sep)) return null;
		handle = await open(file, "r");
		const stats = await handle.stat();
		if (!stats.isFile()) {
			await handle.close();
			return null;
		}
		return { handle, file, size: stats.size, mtimeMs: stats.mtimeMs };
	} catch (error) {
		await handle?.close();
		const code = (error as NodeJS.ErrnoException).code ?? "";
		if (["ENOENT", "ENOTDIR", "EACCES", "EISDIR", "ENAMETOOLONG", "ELOOP"].includes(code)) return null;
		throw error;
	}
}

async function send(request: IncomingMessage, response: ServerResponse, status: number, found: Found): Promise<void> {
	const tag = `W/"${found.size.toString(36)}-${Math.round(found.mtimeMs).toString(36)}"`;
	response.setHeader("content-type", TYPES[extname(found.file)] ?? "application/octet-stream");
	response.setHeader("etag", tag);
	// Names under _astro carry a hash of their content; everything else may change with the next build.
	const isHashed = found.file.includes(`${sep}_astro${sep}`);
	response.setHeader("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
	if (status === 200 && request.headers["if-none-match"] === tag) {
		await found.handle.close();
		response.writeHead(304).end();
		return;
	}
	response.writeHead(status, { "content-length": found.size });
	if (request.method === "HEAD" || found.size === 0) {
		await found.handle.close();
		response.end();
		return;
	}
	// Exactly the announced bytes, also of a file that grows meanwhile; the stream closes the handle.
	const bytes = found.handle.createReadStream({ start: 0, end: found.size - 1 });
	// A reader that went away, or a file cut short: the connection ends, so nobody takes a part for the whole.
	await pipeline(bytes, response).catch(() => response.destroy());
}

function endPlain(response: ServerResponse, status: number, words: string): void {
	response.setHeader("content-type", "text/plain; charset=utf-8");
	response.setHeader("cache-control", "no-store");
	response.writeHead(status).end(`${words}\n`);
}
