// Edge(fs). The built site as data: its pages, their text, their links.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseHTML } from "linkedom";

const DIST = process.env["COORD_DIST"] ?? "dist";

export interface BuiltPage {
	/** Address of the page, e.g. `/teams/team-a/`. */
	readonly address: string;
	readonly document: Document;
}

/** Every HTML page of the site in a folder, by address. */
export function builtPages(dist = DIST): BuiltPage[] {
	return readdirSync(dist, { recursive: true, encoding: "utf8" })
		.filter((file) => file.endsWith(".html"))
		.map((file) => ({
			address: `/${file.replaceAll("\\", "/").replace(/(^|\/)index\.html$/, "$1")}`,
			document: parseHTML(readFileSync(join(dist, file), "utf8")).document as unknown as Document,
		}))
		.sort((a, b) => (a.address < b.address ? -1 : 1));
}

/** Files of the site that are no pages, by address. */
export function builtFiles(dist = DIST): Set<string> {
	return new Set(
		readdirSync(dist, { recursive: true, encoding: "utf8" }).map((file) => `/${file.replaceAll("\\", "/")}`),
	);
}

/** The text of a page's main part, without scripts and styles. */
export function mainText(page: BuiltPage): string {
	const main = page.document.querySelector("main");
	for (const hidden of main?.querySelectorAll("script, style, template") ?? []) hidden.remove();
	return main?.textContent ?? "";
}

/** Links of the pages to this site that lead nowhere: `page -> target`. `base` is the sub-path the site was built for. */
export function deadLinks(
	pages: readonly BuiltPage[],
	files: ReadonlySet<string>,
	base = "/",
): { seen: number; dead: string[] } {
	const byAddress = new Map(pages.map((page) => [page.address, page]));
	const dead: string[] = [];
	let seen = 0;
	for (const page of pages) {
		for (const link of page.document.querySelectorAll("a[href]")) {
			const from = `http://site${base.replace(/\/$/, "")}${page.address}`;
			const target = new URL(link.getAttribute("href") as string, from);
			if (target.host !== "site") continue;
			seen++;
			const address = target.pathname.startsWith(base) ? `/${target.pathname.slice(base.length)}` : null;
			const found = address === null ? undefined : byAddress.get(address);
			const isThere = found !== undefined || (address !== null && files.has(address));
			const id = decodeURIComponent(target.hash.slice(1));
			const isPlace = id === "" || (found !== undefined && found.document.getElementById(id) !== null);
			if (!isThere || !isPlace) dead.push(`${page.address} -> ${target.pathname}${target.hash}`);
		}
	}
	return { seen, dead };
}
