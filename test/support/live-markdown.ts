// Pure. What GitHub-flavoured Markdown would do: its elements, and what GitHub links by itself in plain text.
import { createRequire } from "node:module";
import { parseHTML } from "linkedom";

interface Parser {
	markdownToHtml(source: string, options: object): { html: string };
}

/** The parser that Astro renders Markdown with: CommonMark and GFM, autolinks included. Not ours, so asked for through Astro. */
const parser: Promise<Parser> = import(createRequire(import.meta.resolve("astro")).resolve("satteri"));

export interface LiveMarkdown {
	/** Names of all elements in order, code spans left out. */
	readonly elements: readonly string[];
	/** Attributes anything carries: a link, an image, a check box would. */
	readonly attributes: readonly string[];
	/** Mentions, references and addresses in text that is no code, which GitHub makes links of. */
	readonly references: readonly string[];
}

const REFERENCE =
	/@[A-Za-z0-9]|#\d|\bGH-\d|\b[A-Z]+-\d|https?:|www\.|\b[0-9a-f]{7,64}\b|:[a-z0-9_+-]+:|\[\[|[<>[\]*_~`|\\$]/gi;

/** Renders Markdown as GitHub would and lists what is alive in it. */
export async function readLive(markdown: string): Promise<LiveMarkdown> {
	const { markdownToHtml } = await parser;
	const { html } = markdownToHtml(markdown, { features: { gfm: true, frontmatter: false, math: true } });
	const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
	const all = [...document.body.querySelectorAll("*")].filter((element) => element.localName !== "code");
	const attributes = [...document.body.querySelectorAll("*")].flatMap((element) => [...element.attributes]);
	for (const element of document.body.querySelectorAll("code")) element.remove();
	return {
		elements: all.map((element) => element.localName),
		attributes: attributes.map(({ name, value }) => `${name}=${value}`),
		references: document.body.textContent?.match(REFERENCE) ?? [],
	};
}
