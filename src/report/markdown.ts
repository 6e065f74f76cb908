// Pure. The conflict log as a comment on a pull request: worst first, within GitHub's length, inert.
import type { ConflictLog, Occurrence } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";
import { LEVELS } from "#model/finding";
import { findingWords } from "./codes.ts";
import { describeAttribution, describeGaps } from "./evidence.ts";
import { code, inert } from "./inert.ts";
import { plural } from "./plural.ts";
import { resourceName, type Story, tellStories } from "./stories.ts";

export interface MarkdownOptions {
	/** Only commits from this instant on were judged (ISO, UTC); null: all were. */
	readonly sinceAt?: string | null;
	/** Characters (UTF-16 units) of the whole; GitHub refuses a longer comment. At least 16,384. */
	readonly maxCharacters?: number;
}

/** GitHub: "body is too long (maximum is 65536 characters)". */
const MAX_CHARACTERS = 65_536;
/** Stories of a level that stand open; the rest are folded away. */
const UNFOLDED = 10;
/** Commits, resources, gaps and the like listed in one place; the rest are counted. */
const LISTED = 10;
const COMMITS = 3;

/** Finds the comment again: who posts the next one can replace it. */
const MARKER = "<!-- coordination-audit -->";

/** The whole comment; ends with a newline. */
export function formatMarkdown(log: ConflictLog, options: MarkdownOptions = {}): string {
	const { sinceAt = null, maxCharacters = MAX_CHARACTERS } = options;
	const open = log.conflicts.filter(isOpen);
	const head = [MARKER, `## Coordination audit: ${headline(log, sinceAt)}`, ...incomplete(log), audited(log, sinceAt)];
	const foot = [...orphans(log), coverage(log)];
	const room =
		maxCharacters - [...head, ...foot, cutSentence(open.length, open.length), DETAILS_END, ""].join("\n\n").length;
	const { blocks, told } = tellWithin(tellStories(open), room);
	const cut = told < open.length ? [cutSentence(open.length - told, open.length)] : [];
	return `${[...head, ...blocks, ...cut, ...foot].join("\n\n")}\n`;
}

const DETAILS_END = "</details>";

/** Stories as blocks, worst first, until `room` characters are full; and how many conflicts they tell. */
function tellWithin(stories: readonly Story[], room: number): { blocks: string[]; told: number } {
	const blocks: string[] = [];
	let left = room;
	let told = 0;
	for (const level of LEVELS) {
		const own = stories.filter((story) => story.level === level);
		for (const [index, story] of own.entries()) {
			const opening = [
				...(index === 0 ? [`### ${plural(countConflicts(own), level)}`] : []),
				...(index === UNFOLDED ? [detailsStart(countConflicts(own.slice(UNFOLDED)), level)] : []),
			];
			const block = [...opening, tellStory(story)];
			left -= block.join("\n\n").length + 2;
			if (left < 0) {
				if (index > UNFOLDED) blocks.push(DETAILS_END);
				return { blocks, told };
			}
			blocks.push(...block);
			told += story.conflicts.length;
		}
		if (own.length > UNFOLDED) {
			blocks.push(DETAILS_END);
			left -= DETAILS_END.length + 2;
		}
	}
	return { blocks, told };
}

function detailsStart(count: number, level: string): string {
	return `<details><summary>${plural(count, `more ${level}`)}</summary>`;
}

function countConflicts(stories: readonly Story[]): number {
	return stories.reduce((sum, story) => sum + story.conflicts.length, 0);
}

/** Never says that there are none where not all was read. */
function headline({ summary, conflicts, repository }: ConflictLog, sinceAt: string | null): string {
	const counts = LEVELS.filter((level) => (summary.byLevel[level] ?? 0) > 0)
		.map((level) => plural(summary.byLevel[level] ?? 0, level))
		.join(", ");
	const settled = conflicts.filter((conflict) => !isOpen(conflict)).length;
	const rest = settled === 0 ? "" : `, ${settled} settled by a resolution`;
	if (summary.open > 0) return `${counts}${rest}${repository.complete ? "" : ", and not all was read"}`;
	if (!repository.complete) return `nothing found in the part that was read${rest}`;
	const window = sinceAt === null ? "" : ` judged from ${inert(sinceAt)} on`;
	return `no open conflicts in ${plural(repository.commits, "commit")}${window}${rest}`;
}

function incomplete(log: ConflictLog): string[] {
	const gaps = describeGaps(log);
	if (gaps.length === 0) return [];
	return [
		[
			"**The history was not read whole.** What stands here holds for the part that was read; the rest may hold more.",
			"",
			...listed(gaps, LISTED, "gap").map((gap) => `- not read: ${inert(gap)}`),
		].join("\n"),
	];
}

function audited({ repository }: ConflictLog, sinceAt: string | null): string {
	const { name, head, headAt, refs, commits, changes } = repository;
	const names = listed(
		refs.map((ref) => ref.name),
		LISTED,
		"ref",
	);
	const window = sinceAt === null ? "" : `, judged from ${code(sinceAt)} on`;
	return `Read: ${code(name)} at ${code(head.slice(0, 10))} (${names.map(code).join(", ")}; ${code(headAt)}), ${plural(commits, "commit")}, ${plural(changes, "change")}${window}.`;
}

function tellStory(story: Story): string {
	const [first, ...others] = story.conflicts;
	const began = first.occurrences.at(-1)?.commit ?? null;
	const count =
		others.length === 0
			? ""
			: `${plural(story.conflicts.length, "conflict")}${began === null ? "" : ` that began with ${code(began.slice(0, 10))}`}: `;
	const more = others.length === 0 ? ` ${code(first.id)}${marks(first)}` : ` And ${others.length} more of the kind.`;
	const lines = [
		`**${findingWords[story.code].title}** (${inert(story.teams)}): ${count}${inert(first.message)}${more}`,
		...(others.length === 0 ? [] : [`which: ${which(story)}`]),
		...howWeKnow(story),
		...(first.rule === null || others.length > 0
			? []
			: [`rule: ${code(first.rule.pattern)} in ${code(first.rule.file)}`]),
		...listed(story.hints, COMMITS, "hint").map((hint) => `to do: ${inert(hint)}`),
	];
	return lines.map((line, index) => `${index === 0 ? "- " : "  - "}${line}`).join("\n");
}

function marks({ state, episode, firstEpisode }: Story["conflicts"][number]): string {
	const words = [
		...(state === "open" ? [] : [state]),
		...(episode === 1 ? [] : [`episode ${episode}${firstEpisode === undefined ? "" : ` after ${code(firstEpisode)}`}`]),
	];
	return words.length === 0 ? "" : ` (${words.join(", ")})`;
}

function which({ conflicts }: Story): string {
	const shown = conflicts
		.slice(0, LISTED)
		.map((conflict) => `${code(resourceName(conflict.resource))} ${code(conflict.id)}${marks(conflict)}`);
	const more = conflicts.length - shown.length;
	return `${shown.join(", ")}${more > 0 ? `, and ${more} more` : ""}`;
}

/** The commits with the evidence for their team; for the tree, the places. */
function howWeKnow({ commits }: Story): string[] {
	const shown = commits.slice(0, COMMITS).map(({ occurrence, occurrences }) => {
		if (occurrence.commit === null) return `how we know: at the head, ${code(placeOf(occurrence))}`;
		const { commit, authoredAt, subject, author, attribution } = occurrence;
		const paths = occurrence.path === null ? "" : `, ${pathsOf(occurrences)}`;
		const evidence = attribution === null ? "" : `: ${inert(describeAttribution(attribution))}`;
		return `how we know: commit ${code(commit.slice(0, 10))} of ${authoredAt?.slice(0, 10) ?? ""}, ${code(subject ?? "")} by ${code(`${author?.name ?? ""} <${author?.email ?? ""}>`)}${paths}${evidence}`;
	});
	const more = commits.length - shown.length;
	const what = commits[0]?.occurrence.commit === null ? "place" : "commit";
	return more > 0 ? [...shown, `and ${plural(more, `more ${what}`)}`] : shown;
}

function pathsOf(occurrences: readonly Occurrence[]): string {
	const [first] = occurrences;
	if (occurrences.length > 1 || first === undefined) return plural(occurrences.length, "path");
	const from = first.previousPath === null ? "" : ` from ${code(first.previousPath)}`;
	return `${CHANGES[first.change ?? "M"]} ${code(first.path ?? "")}${from}`;
}

const CHANGES = { A: "added", M: "changed", D: "deleted", T: "changed the type of" } as const;

function placeOf({ path, location }: Occurrence): string {
	return location.line > 0 ? `${path ?? ""}:${location.line}` : (path ?? "");
}

function orphans({ orphanedResolutions }: ConflictLog): string[] {
	const lines = orphanedResolutions
		.slice(0, LISTED)
		.map(
			({ file, conflict }) =>
				`- orphaned resolution: ${code(file)} decides ${code(conflict)}, which the audit does not find`,
		);
	const more = orphanedResolutions.length - lines.length;
	if (more > 0) lines.push(`- and ${plural(more, "more orphaned resolution")}`);
	return lines.length === 0 ? [] : [lines.join("\n")];
}

function coverage({ coverage: { owned, shared, unmatched } }: ConflictLog): string {
	return `Tracked files: ${owned} owned, ${shared} shared, ${unmatched} without a rule.`;
}

function cutSentence(left: number, all: number): string {
	return `**Cut here:** ${left} of ${all} open conflicts do not fit into a comment, the least grave. The conflict log holds them all.`;
}

/** The first of them, and in the place of the rest their number. */
function listed(texts: readonly string[], limit: number, what: string): string[] {
	const more = texts.length - limit;
	return more > 0 ? [...texts.slice(0, limit), `and ${plural(more, `more ${what}`)}`] : [...texts];
}
