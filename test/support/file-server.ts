// Edge(network). A plain file server, as static hosts are: files below a base path, `index.html` of folders, 404.html.
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

export interface FileServer {
	readonly origin: string;
	close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
	".html": "text/html; charset=utf-8",
	".js": "text/javascript",
	".css": "text/css",
	".json": "application/json",
	".svg": "image/svg+xml",
	".wasm": "application/wasm",
};

/** Serves `dist` below `base` on a free port of this machine. */
export async function serveFiles(dist: string, base: string): Promise<FileServer> {
	const server = createServer((request, response) => {
		const { pathname } = new URL(request.url ?? "/", "http://localhost");
		const missing = () =>
			response.writeHead(404, { "content-type": TYPES[".html"] }).end(readFileSync(join(dist, "404.html")));
		if (!pathname.startsWith(base) || request.method !== "GET") return missing();
		const path = join(dist, normalize(decodeURIComponent(pathname.slice(base.length))));
		if (!path.startsWith(dist) || !existsSync(path)) return missing();
		const isFolder = statSync(path).isDirectory();
		if (isFolder && !pathname.endsWith("/")) {
			return response.writeHead(301, { location: `${pathname}/` }).end();
		}
		const file = isFolder ? join(path, "index.html") : path;
		if (!existsSync(file)) return missing();
		response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
		return response.end(readFileSync(file));
	});
	await new Promise<void>((done) => server.listen(0, "localhost", done));
	return {
		origin: `http://localhost:${(server.address() as AddressInfo).port}`,
		close: () =>
			new Promise((done) => {
				server.closeAllConnections();
				server.close(() => done());
			}),
	};
}
