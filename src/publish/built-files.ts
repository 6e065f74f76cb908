// Edge(fs). The built site as files, read into what the checker looks at.
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { BuiltSite } from "./links.ts";
import { addressesInStyles, type PageFacts, type Reference, readPage } from "./page-facts.ts";
import { referencesInText } from "./text-references.ts";

/** Every file below a folder, by its path from there with `/`, sorted. */
export async function listFiles(dist: string): Promise<string[]> {
	const entries = await readdir(dist, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => relative(dist, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
		.sort();
}

/** Of a page: what it refers to, its styles' addresses too, and the places that can be referred to. */
export type LinkFacts = Pick<PageFacts, "references" | "places">;

/** Of all that was read of a page, what `checkLinks` needs. */
export function linkFacts({ references, places, styles }: PageFacts): LinkFacts {
	return { references: [...references, ...styles.flatMap(loadedBy)], places };
}

/**
 * Reads a built site for `checkLinks`. `base` and `origin`: what it was built for. `known`: facts of pages that need not
 * be read again, by their files.
 */
export async function readBuiltSite(
	dist: string,
	base: string,
	origin: string | null,
	known: ReadonlyMap<string, LinkFacts> = new Map(),
): Promise<BuiltSite> {
	const files = await listFiles(dist);
	const pages = new Map<string, LinkFacts>();
	const others = new Map<string, readonly Reference[]>();
	for (const file of files) {
		// The search engine's own parts know each other by other means.
		if (file.startsWith("pagefind/")) continue;
		if (/\.html$/.test(file)) {
			pages.set(addressOf(file), known.get(file) ?? linkFacts(readPage(await readFile(join(dist, file), "utf8"))));
		} else if (file.endsWith(".css")) others.set(file, loadedBy(await readFile(join(dist, file), "utf8")));
		else if (/\.(txt|md|xml|json)$/.test(file))
			others.set(file, referencesInText(file, await readFile(join(dist, file), "utf8")));
	}
	return { pages, files: new Set(files), others, base: withSlashes(base), origin };
}

/** Address of a page by its file: `teams/index.html` is `/teams/`. */
function addressOf(file: string): string {
	return `/${file.replace(/(^|\/)index\.html$/, "$1")}`;
}

function loadedBy(css: string): Reference[] {
	return addressesInStyles(css).map((address) => ({ address, where: "url()", use: "load", line: 1, column: 1 }));
}

function withSlashes(base: string): string {
	return `/${base}/`.replace(/\/+/g, "/");
}
