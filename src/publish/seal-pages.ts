// Edge(build). Astro integration: after the pages are built, each gets a security policy of its own.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { listFiles } from "./built-files.ts";
import { readPage } from "./page-facts.ts";
import { sealPage } from "./security-policy.ts";

/** `gateway` tells the origin of a gateway elsewhere, which pages may then ask; null: only where they came from. */
export function sealPages(gateway: () => Promise<string | null>): AstroIntegration {
	return {
		name: "security-policy",
		hooks: {
			"astro:build:done": async ({ dir, logger }) => {
				const started = performance.now();
				const pages = await sealFolder(fileURLToPath(dir), await gateway());
				logger.info(`${pages} pages in ${Math.round(performance.now() - started)} ms`);
			},
		},
	};
}

/** Seals every page of a folder; returns how many there are. Throws where a page holds script that could never run. */
export async function sealFolder(dist: string, gateway: string | null): Promise<number> {
	const pages = (await listFiles(dist)).filter((file) => file.endsWith(".html"));
	for (const file of pages) {
		const path = join(dist, file);
		const html = await readFile(path, "utf8");
		const facts = readPage(html);
		if (facts.handlers.length > 0) {
			throw new Error(
				`${file} holds script in attributes, which the policy forbids: ${facts.handlers.join(", ")}\n` +
					"    hint: bind it in a <script> or in an island",
			);
		}
		await writeFile(path, sealPage(html, facts, gateway));
	}
	return pages.length;
}
