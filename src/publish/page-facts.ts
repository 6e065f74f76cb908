// Pure. A built page read as a browser reads it: what runs in it, what it points at, which places it has.
import { type DefaultTreeAdapterTypes, parse } from "parse5";

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** One address written in a page. */
export interface Reference {
	/** As it is written, e.g. `../rules/#x`. */
	readonly address: string;
	/** Element and attribute it stands in, e.g. `a[href]`. */
	readonly where: string;
	/** `link`: somebody may follow it. `load`: the browser fetches it to show the page. `name`: it only names something. */
	readonly use: "link" | "load" | "name";
	/** Line and column of the element in the built page, from 1. */
	readonly line: number;
	readonly column: number;
}

export interface PageFacts {
	/** Texts of scripts that stand in the page and would run, in order, each once. */
	readonly scripts: readonly string[];
	/** Texts of style elements, in order, each once. */
	readonly styles: readonly string[];
	/** Values of style attributes, in order, each once. */
	readonly styleAttributes: readonly string[];
	/** Attributes that are scripts (`onclick`): no policy of hashes lets them run. */
	readonly handlers: readonly string[];
	readonly references: readonly Reference[];
	/** Every id, and every name of an old-style anchor. */
	readonly places: ReadonlySet<string>;
	/** Where in the text a policy takes effect before anything runs, and still leaves the character set in front. */
	readonly policyOffset: number;
}

/** Types of script that a browser runs; every other one is data to it. */
const RUNS =
	/^(module|importmap|speculationrules|(text|application)\/((x-)?(java|ecma)script|jscript|livescript)[\d.]*)?$/i;

/** Relations of a `<link>` that make the browser fetch or connect. */
const LOADS =
	/(^|\s)(stylesheet|icon|apple-touch-icon|mask-icon|manifest|preload|modulepreload|prefetch|preconnect|dns-prefetch)(\s|$)/i;

const LOADED: Readonly<Record<string, readonly string[]>> = {
	script: ["src", "href", "xlink:href"],
	img: ["src", "srcset"],
	source: ["src", "srcset"],
	video: ["src", "poster"],
	audio: ["src"],
	track: ["src"],
	embed: ["src"],
	iframe: ["src"],
	object: ["data"],
	input: ["src"],
	image: ["href", "xlink:href"],
	use: ["href", "xlink:href"],
	feimage: ["href", "xlink:href"],
	"astro-island": ["component-url", "renderer-url", "before-hydration-url"],
};

const FOLLOWED: Readonly<Record<string, readonly string[]>> = {
	a: ["href", "xlink:href"],
	area: ["href"],
	form: ["action"],
	button: ["formaction"],
	input: ["formaction"],
};

/** Of a name that a page gives: every object has a `constructor` of its own accord. */
function own(names: typeof LOADED, name: string): readonly string[] | undefined {
	return Object.hasOwn(names, name) ? names[name] : undefined;
}

/** Reads one page. Never throws: a browser makes something of any text, and so does this. */
export function readPage(html: string): PageFacts {
	const scripts = new Set<string>();
	const styles = new Set<string>();
	const styleAttributes = new Set<string>();
	const handlers: string[] = [];
	const references: Reference[] = [];
	const places = new Set<string>();
	// Without script the browser reads what stands in <noscript>, and its styles need leave too.
	const document = parse(html, { sourceCodeLocationInfo: true, scriptingEnabled: false });
	let firstRun = html.length;
	// A loop, not a function that calls itself: hostile nesting must not end the build.
	const open: Node[] = [document];
	for (let node = open.pop(); node !== undefined; node = open.pop()) {
		if ("tagName" in node) {
			if (/^(script|style|link)$/.test(node.tagName)) firstRun = Math.min(firstRun, startOf(node) ?? firstRun);
			readElement(node);
		}
		if ("content" in node) open.push(node.content);
		if ("childNodes" in node) for (let at = node.childNodes.length; at > 0; ) open.push(node.childNodes[--at] as Node);
	}
	return {
		scripts: [...scripts],
		styles: [...styles],
		styleAttributes: [...styleAttributes],
		handlers,
		references,
		places,
		policyOffset: policyOffset(document, firstRun),
	};

	function readElement(element: Element): void {
		const { tagName } = element;
		const attributes = new Map(
			element.attrs.map(({ name, prefix, value }) => [prefix ? `${prefix}:${name}` : name, value]),
		);
		const place = element.sourceCodeLocation;
		const refer = (name: string, address: string, use: Reference["use"]) =>
			references.push({
				address,
				where: `${tagName}[${name}]`,
				use,
				line: place?.startLine ?? 1,
				column: place?.startCol ?? 1,
			});
		if (tagName === "script" && !attributes.has("src") && RUNS.test(attributes.get("type")?.trim() ?? ""))
			scripts.add(textOf(element));
		if (tagName === "style") styles.add(textOf(element));
		for (const [name, value] of attributes) {
			if (name === "style") styleAttributes.add(value);
			if (name.startsWith("on")) handlers.push(`${tagName}[${name}]`);
			if (name === "id" || (name === "name" && tagName === "a")) places.add(value);
		}
		const each = (names: readonly string[] | undefined, use: Reference["use"]) => {
			for (const name of names ?? []) {
				const value = attributes.get(name);
				if (value === undefined) continue;
				for (const address of name === "srcset" ? candidates(value) : [value]) refer(name, address, use);
			}
		};
		each(own(LOADED, tagName.toLowerCase()), "load");
		each(own(FOLLOWED, tagName), "link");
		const href = attributes.get("href");
		if (tagName === "link" && href !== undefined)
			refer("href", href, LOADS.test(attributes.get("rel") ?? "") ? "load" : "name");
		const shown = attributes.get("content");
		if (
			tagName === "meta" &&
			shown !== undefined &&
			/^(og|twitter):(image|url)$/.test(attributes.get("property") ?? attributes.get("name") ?? "")
		)
			refer("content", shown, "name");
	}
}

/** After the character set, which must stand in the first 1,024 bytes, unless something might run before that. */
function policyOffset(document: DefaultTreeAdapterTypes.Document, firstRun: number): number {
	const doctype = document.childNodes.find((node) => node.nodeName === "#documentType");
	const html = document.childNodes.find((node): node is Element => node.nodeName === "html");
	const head = html?.childNodes.find((node): node is Element => node.nodeName === "head");
	const charset = head?.childNodes.find(
		(node): node is Element => node.nodeName === "meta" && "attrs" in node && node.attrs[0]?.name === "charset",
	);
	const afterCharset = charset?.sourceCodeLocation?.endOffset;
	if (afterCharset !== undefined && afterCharset <= firstRun) return afterCharset;
	return (
		head?.sourceCodeLocation?.startTag?.endOffset ??
		html?.sourceCodeLocation?.startTag?.endOffset ??
		doctype?.sourceCodeLocation?.endOffset ??
		0
	);
}

const startOf = (element: Element) => element.sourceCodeLocation?.startOffset;

const textOf = (element: Element) => element.childNodes.map((node) => ("value" in node ? node.value : "")).join("");

/** The addresses of a `srcset`: what stands before the white space of each candidate. */
function candidates(srcset: string): string[] {
	return [...srcset.matchAll(/[\s,]*(\S*[^\s,])(?:\s[^,]*)?(?:,|$)/g)].map((match) => match[1] as string);
}

/** Addresses that a style sheet has the browser fetch: `@import` and `url()`, comments apart. */
export function addressesInStyles(css: string): string[] {
	const bare = css.replace(/\/\*[\s\S]*?\*\//g, "");
	const found = bare.matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')/g);
	return [...found].map((match) => match.slice(1).find((part) => part !== undefined) ?? "");
}
