// Pure. The conflict log as text for people: by level, teams and story, aligned, coloured only when asked.
import type { Conflict, ConflictLog, Occurrence } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";
import { LEVELS, type Level } from "#model/finding";
import { visible } from "#model/visible";
import { describeAttribution, describeGaps, gapsInShort } from "./evidence.ts";
import { plural } from "./plural.ts";
import { resourceName, type Story, type StoryCommit, tellStories } from "./stories.ts";

export interface TextOptions {
	/** True only on a terminal. */
	readonly isColoured: boolean;
	/** Commits or places listed under a story; the rest are counted. */
	readonly maxOccurrences?: number;
	/** Conflicts listed in a story; the rest are counted. */
	readonly maxConflicts?: number;
	/** Only commits from this instant on were judged (ISO, UTC); null: all were. */
	readonly sinceAt?: string | null;
}

interface Limits {
	readonly occurrences: number;
	readonly conflicts: number;
}

const COLOURS: Record<Level, string> = { error: "\x1b[31m", warning: "\x1b[33m", note: "\x1b[36m" };
const BOLD = "\x1b[1m";

/** A column is not made wider than this for one long entry. */
const COLUMN_WIDTH = 48;

/** The whole log; ends with a newline. */
export function formatLog(log: ConflictLog, options: TextOptions): string {
	const { isColoured, maxOccurrences = 3, maxConflicts = 25, sinceAt = null } = options;
	const paint = (colour: string, text: string) => (isColoured ? `${colour}${text}\x1b[0m` : text);
	const limits = { occurrences: maxOccurrences, conflicts: maxConflicts };
	const open = log.conflicts.filter(isOpen);
	const settled = log.conflicts.length - open.length;
	const window = sinceAt === null ? "" : `, judged from ${sinceAt} on`;
	const lines = [`${describeRepository(log)}${window}`];
	if (!log.repository.complete) {
		lines.push(
			paint(COLOURS.warning, "The history is incomplete: what follows holds for the part that was read."),
			...describeGaps(log).map((gap) => `  - ${gap}`),
		);
	}
	lines.push("");
	for (const level of LEVELS) {
		const stories = tellStories(open.filter((conflict) => conflict.level === level));
		if (stories.length === 0) continue;
		lines.push(paint(COLOURS[level], plural(countConflicts(stories), level)));
		let heading = "";
		for (const story of stories) {
			const own = `${story.code}  ${visible(story.teams)}`;
			if (own !== heading) lines.push(`  ${paint(BOLD, own)}`);
			heading = own;
			lines.push(...formatStory(story, limits).map((line) => `    ${line}`));
		}
		lines.push("");
	}
	for (const { file, conflict } of log.orphanedResolutions) {
		lines.push(`orphaned resolution: ${visible(file)} decides ${visible(conflict)}, which the audit does not find`, "");
	}
	lines.push(summaryLine(log, settled), coverageLine(log));
	return `${lines.join("\n")}\n`;
}

/** Open conflicts by level in one line, e.g. `5 open: 2 errors, 3 notes`. */
export function summaryLine(log: ConflictLog, settled = 0): string {
	const levels = LEVELS.filter((level) => (log.summary.byLevel[level] ?? 0) > 0);
	const counts = levels.map((level) => plural(log.summary.byLevel[level] ?? 0, level)).join(", ");
	const rest = settled === 0 ? "" : `; ${settled} settled by a resolution`;
	if (log.summary.open > 0) return `${log.summary.open} open: ${counts}${rest}${gapsInShort(log)}`;
	return log.repository.complete
		? `no open conflicts in ${plural(log.repository.commits, "commit")}${rest}`
		: `no open conflicts in the part that was read${gapsInShort(log)}${rest}`;
}

function describeRepository(log: ConflictLog): string {
	const { name, head, headAt, refs, commits, changes } = log.repository;
	const names = refs.map((ref) => visible(ref.name)).join(", ");
	return `${visible(name)} at ${head.slice(0, 10)} (${names}, ${headAt}): ${plural(commits, "commit")}, ${plural(changes, "change")}`;
}

function coverageLine({ coverage }: ConflictLog): string {
	return `tracked files: ${coverage.owned} owned, ${coverage.shared} shared, ${coverage.unmatched} without a rule`;
}

function countConflicts(stories: readonly Story[]): number {
	return stories.reduce((sum, story) => sum + story.conflicts.length, 0);
}

function formatStory(story: Story, limits: Limits): string[] {
	const [first, ...others] = story.conflicts;
	const isAlone = others.length === 0;
	const head = isAlone
		? `${first.id}${marks(first)}  ${visible(first.message)}`
		: `${plural(story.conflicts.length, "conflict")}${beginning(story)}: ${visible(first.message)} And ${plural(others.length, "more", "more")} of the kind:`;
	const shown = story.commits.slice(0, limits.occurrences);
	const body = [
		...(isAlone ? ruleLine(first) : listConflicts(story, limits.conflicts)),
		...(isAlone ? formatOccurrences(first.occurrences, limits.occurrences) : formatCommits(shown)),
		...(!isAlone && story.commits.length > shown.length && first.occurrences[0]?.commit !== null
			? [`… and ${story.commits.length - shown.length} more`]
			: []),
		...story.hints.map((hint) => `do: ${visible(hint)}`),
	];
	return [head, ...body.map((line) => `    ${line}`)];
}

function beginning(story: Story): string {
	const commit = story.conflicts[0].occurrences.at(-1)?.commit ?? null;
	return commit === null ? "" : ` that began with ${commit.slice(0, 10)}`;
}

/** What sets a conflict apart from a plain open one. */
function marks(conflict: Conflict): string {
	const state = conflict.state === "open" ? [] : [conflict.state];
	const episode = conflict.episode === 1 ? [] : [`episode ${conflict.episode}${since(conflict.firstEpisode ?? null)}`];
	const all = [...state, ...episode];
	return all.length === 0 ? "" : `  [${all.join(", ")}]`;
}

function since(firstEpisode: string | null): string {
	return firstEpisode === null ? "" : ` after ${visible(firstEpisode)}`;
}

function ruleLine({ rule }: Conflict): string[] {
	return rule === null ? [] : [`rule: ${visible(rule.pattern)} in ${visible(rule.file)}`];
}

function listConflicts({ conflicts }: Story, limit: number): string[] {
	const shown = conflicts.slice(0, limit);
	const rows = shown.map((conflict) => {
		const { occurrences, resource } = conflict;
		const commits = new Set(occurrences.map((occurrence) => occurrence.commit)).size;
		const [latest] = occurrences;
		const name = visible(resourceName(resource));
		const place = latest?.commit === null ? placeOf(latest) : "";
		return [
			`${conflict.id}${marks(conflict)}`,
			latest?.change ?? "",
			name,
			place === name ? "" : place,
			...(latest?.commit === null ? [] : [ruleLine(conflict).join("")]),
			commits > 1 ? `in ${plural(commits, "commit")}` : "",
		];
	});
	return [
		...align(rows),
		...(conflicts.length > shown.length ? [`… and ${conflicts.length - shown.length} more conflicts`] : []),
	];
}

/** The commits of a story over several resources, which are listed above them. */
function formatCommits(commits: readonly StoryCommit[]): string[] {
	return align(
		commits.flatMap(({ occurrence, occurrences }) =>
			occurrence.commit === null
				? []
				: [[...commitFacts(occurrence), plural(occurrences.length, "path"), ...authorFacts(occurrence)]],
		),
	);
}

function formatOccurrences(occurrences: readonly Occurrence[], limit: number): string[] {
	const shown = occurrences.slice(0, limit);
	const more = occurrences.length - shown.length;
	const rows = shown.map((occurrence) => {
		if (occurrence.commit === null) return [placeOf(occurrence), visible(occurrence.detail ?? "")];
		const { change, path, previousPath } = occurrence;
		const from = previousPath === null ? "" : ` (from ${visible(previousPath)})`;
		const what = path === null ? "the whole commit" : `${change ?? ""} ${visible(path)}${from}`;
		return [...commitFacts(occurrence), what, ...authorFacts(occurrence)];
	});
	return [...align(rows), ...(more > 0 ? [`… and ${more} more`] : [])];
}

function placeOf({ path, location }: Occurrence): string {
	const place = visible(path ?? "");
	return location.line > 0 ? `${place}:${location.line}` : place;
}

function commitFacts({ commit, authoredAt }: Occurrence): string[] {
	return [commit?.slice(0, 10) ?? "", authoredAt?.slice(0, 10) ?? ""];
}

function authorFacts({ subject, author, attribution }: Occurrence): string[] {
	return [
		`“${visible(subject ?? "")}”`,
		`by ${visible(author?.name ?? "")} <${visible(author?.email ?? "")}>`,
		attribution === null ? "" : describeAttribution(attribution),
	];
}

/** Rows as lines whose columns begin at the same place; what is empty in every row takes none. */
function align(rows: readonly (readonly string[])[]): string[] {
	const columns = Math.max(0, ...rows.map((row) => row.length));
	const widths = Array.from({ length: columns }, (_, at) =>
		Math.max(0, ...rows.map((row) => widthOf(row[at] ?? "")).filter((width) => width <= COLUMN_WIDTH)),
	);
	const used = Array.from({ length: columns }, (_, at) => rows.some((row) => (row[at] ?? "") !== ""));
	return rows.map((row) =>
		row
			.flatMap((cell, at) => (used[at] ? [cell + " ".repeat(Math.max(0, (widths[at] ?? 0) - widthOf(cell)))] : []))
			.join("  ")
			.trimEnd(),
	);
}

function widthOf(text: string): number {
	return Array.from(text).length;
}
