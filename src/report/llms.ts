// Pure. /llms.txt (a map of the site for language models) and /llms-full.txt (its text), as llmstxt.org asks for them.
import type { Catalog } from "#model/catalog";
import type { Conflict, ConflictLog } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";
import { SAMPLE_REPOSITORY_NAME } from "#model/sample";
import { contractBlock, instant } from "./agreements.ts";
import { findingWords } from "./codes.ts";
import { type EmbedData, keyLines, openCounts, ownership, portLines, sharedPaths } from "./embeds.ts";
import { describeGaps } from "./evidence.ts";
import { type GuidePage, guideMarkdown } from "./guide.ts";
import { code, inert } from "./inert.ts";
import { tellStories } from "./stories.ts";

export interface LlmsLink {
	readonly label: string;
	readonly address: string;
	readonly text: string;
}

export interface LlmsSection {
	readonly title: string;
	readonly links: readonly LlmsLink[];
}

type Log = Pick<ConflictLog, "repository" | "summary" | "conflicts">;

/** The map: title, summary, what was audited, and sections of links with a line each. */
export function formatLlms(catalog: Catalog, log: Log, sections: readonly LlmsSection[]): string {
	const parts = [
		head(catalog, log),
		...sections
			.filter(({ links }) => links.length > 0)
			.map(({ title, links }) =>
				[
					`## ${title}`,
					"",
					...links.map(({ label, address, text }) => `- [${linkText(label)}](${address}): ${inert(text)}`),
				].join("\n"),
			),
	];
	return `${parts.join("\n\n")}\n`;
}

/** What would end a link's text, or begin markup in it. */
function linkText(label: string): string {
	return inert(label).replace(/[[\]]/g, "");
}

/** Title, summary, and how old and whole that is. */
function head({ project, teams }: Catalog, log: Log): string {
	const { name, headAt } = log.repository;
	const gaps = describeGaps(log);
	const names = teams.map((team) => inert(team.name)).join(", ");
	return [
		`# ${inert(project.name)}: coordination`,
		"",
		`> ${project.description === null ? `Rules, contracts and conflicts of independent teams in one repository: ${names}.` : inert(project.description)}`,
		"",
		`Who may change which file, what teams promise each other, and where their work collides. Made from typed rules and from the git history of ${code(name)} up to ${instant(headAt)}.`,
		...(name === SAMPLE_REPOSITORY_NAME ? ["", "This is the product's built-in sample, not a project of yours."] : []),
		"",
		openCounts(log),
		...gaps.slice(0, 3).map((gap) => `Not read: ${inert(gap)}`),
	].join("\n");
}

/** Where a reader finds all of a part that was cut. */
export interface WholeParts {
	readonly rules: string;
	readonly contracts: string;
	readonly namespaces: string;
	readonly ports: string;
	readonly conflicts: string;
	readonly guide: string;
}

/** Characters of each part; the whole stays below their sum and some hundred more. */
const ROOM = { guide: 200_000, rules: 60_000, contracts: 40_000, keys: 20_000, ports: 10_000, conflicts: 70_000 };

/** The site's text: guide, rules, contracts, keys, ports, open conflicts. What does not fit is counted, never dropped unsaid. */
export function formatLlmsFull(
	data: EmbedData & { readonly log: Log },
	guide: readonly GuidePage[],
	whole: WholeParts,
): string {
	const { catalog, log } = data;
	const none = log.repository.complete ? "None." : "None in the part that was read.";
	const open = tellStories(log.conflicts.filter(isOpen)).flatMap((story) => story.conflicts);
	const parts = [
		[head(catalog, log)],
		within(
			guide.map((page) => guideMarkdown(page, data)),
			ROOM.guide,
			"pages of the guide",
			whole.guide,
			"\n\n",
		),
		["## Ownership rules", ...within(ownership(catalog), ROOM.rules, "lines", whole.rules)],
		["## Shared paths", ...within(sharedPaths(catalog), ROOM.rules, "lines", whole.rules)],
		[
			"## Contracts",
			...(catalog.contracts.length === 0 ? ["No team promises anything."] : []),
			...within(
				catalog.contracts.map((one) => contractBlock(catalog, one, "###").join("\n")),
				ROOM.contracts,
				"contracts",
				whole.contracts,
				"\n\n",
			),
		],
		["## Configuration keys", ...within(keyLines(catalog), ROOM.keys, "lines", whole.namespaces)],
		["## Ports", ...within(portLines(catalog), ROOM.ports, "lines", whole.ports)],
		[
			"## Open conflicts",
			...(open.length === 0 ? [none] : within(open.map(conflictItem), ROOM.conflicts, "conflicts", whole.conflicts)),
		],
	];
	return `${parts
		.flat()
		.filter((part) => part !== "")
		.join("\n\n")}\n`;
}

function conflictItem({ id, level, code: kind, state, message, hint }: Conflict): string {
	const decided = state === "open" ? "" : `, ${state}`;
	return `- ${level} ${code(id)}${decided}, ${findingWords[kind].title}: ${inert(message)} To do: ${inert(hint)}`;
}

/** As many of the texts as fit, joined; and in the place of the rest a sentence that counts them. */
function within(texts: readonly string[], room: number, what: string, whole: string, join = "\n"): string[] {
	if (texts.length === 0) return [];
	let left = room;
	let kept = 0;
	for (const text of texts) {
		left -= text.length + join.length;
		if (left < 0) break;
		kept++;
	}
	const shown = texts.slice(0, kept).join(join);
	if (kept === texts.length) return [shown];
	return [
		shown,
		`**Cut here:** ${texts.length - kept} of ${texts.length} ${what} do not fit; all of them are at ${whole}`,
	];
}
