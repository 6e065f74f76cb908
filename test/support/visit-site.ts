// Edge(browser). Every page of a built site, opened in Chromium below its base path: what went wrong on each.
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, chromium, type Page } from "playwright";
import { serveStatic } from "#gateway/edge/static";

/** The Chromium of these tests; undefined: there is none, and tests that want one are skipped. */
export const chromiumPath = [process.env["COORD_CHROMIUM"], "/usr/bin/chromium"].find(
	(path) => path !== undefined && path !== "" && existsSync(path),
);

export function openBrowser(): Promise<Browser> {
	return chromium.launch({ executablePath: chromiumPath as string, args: ["--no-sandbox", "--disable-gpu"] });
}

export interface ServedSite {
	/** Address of the site's first page, base path included. */
	readonly url: string;
	close(): Promise<void>;
}

/** Serves a folder below a base path, as a host with sub-paths does: all else is not found. */
export async function serveBelow(dist: string, base: string): Promise<ServedSite> {
	const site = serveStatic(dist);
	const server = createServer((request, response) => {
		const path = request.url ?? "/";
		if (!path.startsWith(base)) return void response.writeHead(404).end();
		request.url = path.slice(base.length - 1);
		site(request, response);
	});
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	const close = () =>
		new Promise<void>((done) => {
			server.close(() => done());
			server.closeAllConnections();
		});
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`, close };
}

/** Opens each address and tells what was not found, refused, run by a hostile text, or wider than the window. */
export async function visit(page: Page, site: ServedSite, addresses: readonly string[]): Promise<string[]> {
	const complaints: string[] = [];
	let at = "";
	const complain = (words: string) => complaints.push(`${at} ${words}`);
	page.on("pageerror", (error) => complain(`threw ${error.message}`));
	page.on("dialog", (dialog) => {
		complain("opened a dialog");
		void dialog.dismiss();
	});
	// No gateway stands behind this server: what only it answers, at the root of its origin, is not there.
	const isLive = (url: string) => url.startsWith(`${new URL(site.url).origin}/coordination.v1.StatusService/`);
	page.on("request", (request) => {
		const url = request.url();
		if (!url.startsWith(site.url) && !url.startsWith("data:") && !isLive(url)) complain(`asked ${url}`);
	});
	page.on("response", (response) => {
		const url = response.url();
		if (response.status() >= 400 && !isLive(url)) complain(`got ${response.status()} for ${url}`);
	});
	await page.addInitScript(() => {
		document.addEventListener("securitypolicyviolation", ({ effectiveDirective, sample, blockedURI }) => {
			const seen = globalThis as unknown as { refused?: string[] };
			seen.refused = [...(seen.refused ?? []), `${effectiveDirective} ${blockedURI} ${sample}`];
		});
	});
	for (const address of addresses) {
		at = address;
		await page.goto(new URL(address.slice(1), site.url).href);
		const found = await page.evaluate(() => {
			for (const details of document.querySelectorAll("main details")) details.setAttribute("open", "");
			const { hacked, refused } = globalThis as unknown as { hacked?: number; refused?: string[] };
			return { hacked, refused: refused ?? [], over: document.documentElement.scrollWidth - window.innerWidth };
		});
		if (found.hacked !== undefined) complain("ran a hostile text");
		if (found.over > 0) complain(`is ${found.over} px wider than the window`);
		for (const one of found.refused) complain(`refused ${one}`);
	}
	return complaints;
}
