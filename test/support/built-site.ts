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

/** The text of a page's main part, without scripts and styles. */
export function mainText(page: BuiltPage): string {
	const main = page.document.querySelector("main");
	for (const hidden of main?.querySelectorAll("script, style, template") ?? []) hidden.remove();
	return main?.textContent ?? "";
}
