// Pure. A page of the guide (MDX) as Markdown: embeds become text from data, links lead where they lead on the page.
import { type EmbedData, type EmbedProps, embeds } from "./embeds.ts";

export interface GuidePage {
	readonly title: string;
	/** Address of the page. */
	readonly address: string;
	/** MDX without its front matter. */
	readonly body: string;
}

const TAG = /<([A-Z][A-Za-z0-9]*)((?:\s+[A-Za-z-]+(?:=(?:"[^"]*"|'[^']*'|\{[^}]*\}))?)*)\s*\/>/g;
const ATTRIBUTE = /([A-Za-z-]+)=(?:"([^"]*)"|'([^']*)')/g;
const FENCE = /^\s*(`{3,}|~{3,})/;

/** The page below a heading of the second level; its own headings go one level down. Code blocks stay as they are. */
export function guideMarkdown({ title, address, body }: GuidePage, data: EmbedData): string {
	let fence: string | null = null;
	const lines = body.split("\n").flatMap((line): string[] => {
		const mark = FENCE.exec(line)?.[1] ?? null;
		if (fence !== null) {
			if (mark?.startsWith(fence) === true) fence = null;
			return [line];
		}
		if (mark !== null) {
			fence = mark;
			return [line];
		}
		if (/^(import|export)\s/.test(line)) return [];
		return withEmbeds(line.replace(/^#{1,5} /, "#$&"), address, data);
	});
	const text = lines
		.join("\n")
		.replace(/\n{3,}/g, "\n\n")
		.trim();
	return `## ${title}\n\nPage: ${address}\n\n${text}`;
}

function withEmbeds(line: string, address: string, data: EmbedData): string[] {
	const found = [...line.matchAll(TAG)];
	if (found.length === 0) return [withLinks(line, address)];
	const rest = withLinks(line.replace(TAG, ""), address).trim();
	return [
		...(rest === "" ? [] : [rest]),
		...found.flatMap(([, name = "", attributes = ""]) => embed(name, attributes, address, data)),
	];
}

function embed(name: string, attributes: string, address: string, data: EmbedData): string[] {
	const tell = Object.hasOwn(embeds, name) ? embeds[name] : undefined;
	if (tell === undefined)
		return [
			"",
			`(Shown on the page itself: ${name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase()}, ${address})`,
			"",
		];
	const props: EmbedProps = Object.fromEntries(
		[...attributes.matchAll(ATTRIBUTE)].map(([, key = "", double, single]) => [key, double ?? single ?? ""]),
	);
	return ["", ...tell(data, props), ""];
}

/** Links of Markdown that count from the page's own place, as addresses that hold anywhere. */
function withLinks(line: string, address: string): string {
	return line.replace(/\]\(([^()\s]+)\)/g, (_all, target: string) => `](${resolve(target, address)})`);
}

const NOWHERE = "http://site.invalid";

function resolve(target: string, address: string): string {
	if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return target;
	const found = new URL(target, new URL(address, NOWHERE));
	return found.origin === NOWHERE ? `${found.pathname}${found.search}${found.hash}` : found.href;
}
