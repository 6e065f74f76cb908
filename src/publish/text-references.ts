// Pure. What files for machines point at: lists of links in Markdown, feeds and site maps, JSON.
import type { Reference } from "./page-facts.ts";

/** Fields of JSON that hold an address of this site where they hold one at all. */
const ADDRESS_FIELDS = new Set(["url", "href", "page", "html_url", "home_page_url", "feed_url", "schema", "$schema"]);

/** The references of a text by the kind its name tells. Throws where what is called JSON is none. */
export function referencesInText(file: string, text: string): Reference[] {
	if (file.endsWith(".json")) return ofJson(file, text);
	const found = file.endsWith(".xml")
		? text.matchAll(/<(?:loc|link|guid|url)>\s*([^<\s]+)\s*<|\s(?:href|url)="([^"]+)"/g)
		: withoutCode(text).matchAll(/(?<!\\)\]\(([^()\s]+)\)/g);
	let [line, lineStart] = [1, 0];
	return [...found].map((match) => {
		for (
			let end = text.indexOf("\n", lineStart);
			end !== -1 && end < match.index;
			end = text.indexOf("\n", lineStart)
		) {
			line++;
			lineStart = end + 1;
		}
		const address = unescapeXml(match[1] ?? match[2] ?? "");
		return { address, where: "link", use: "link", line, column: match.index - lineStart + 1 };
	});
}

/** Markdown with blanks in place of code, fenced or within a line: what looks like a link there is none. */
function withoutCode(text: string): string {
	const blank = (found: string) => found.replace(/[^\n]/g, " ");
	return text
		.replace(/^ {0,3}(`{3,}|~{3,})[\s\S]*?(?:^ {0,3}\1|$(?![\s\S]))/gm, blank)
		.replace(/(?<!`)(`+)(?!`).*?[^`]\1(?!`)/g, blank);
}

function ofJson(file: string, text: string): Reference[] {
	const found: Reference[] = [];
	try {
		JSON.parse(text, (key, value: unknown) => {
			if (typeof value === "string" && ADDRESS_FIELDS.has(key) && /^(https?:)?\//.test(value))
				found.push({ address: value, where: key, use: "link", line: 1, column: 1 });
			return value;
		});
	} catch (cause) {
		throw new Error(`${file} was built, but is no JSON`, { cause });
	}
	return found;
}

const ENTITIES: Readonly<Record<string, string>> = {
	"&amp;": "&",
	"&lt;": "<",
	"&gt;": ">",
	"&quot;": '"',
	"&apos;": "'",
};

function unescapeXml(text: string): string {
	return text.replace(/&(amp|lt|gt|quot|apos);/g, (entity) => ENTITIES[entity] ?? entity);
}
