// Pure. Orders the log for readers: conflicts of one story are one row, rows come worst first, 100 a page.
import type { Conflict, Occurrence } from "#model/conflict-log";
import { isDated, isOpen } from "#model/conflict-state";
import type { Level } from "#model/finding";
import { findingSource, LEVELS } from "#model/finding";
import { storyKey } from "#report/stories";
import { list } from "./words.ts";

/** Where a row is listed: open conflicts by level, then those that are decided. */
export const SECTIONS = [...LEVELS, "closed"] as const;
export type Section = (typeof SECTIONS)[number];

/**
 * Conflicts that share code, actor, owner, teams and first commit: one thing that happened, over several resources. They
 * share level and openness too, so that the numbers of a section are those of its conflicts.
 */
export interface ConflictRow {
	readonly section: Section;
	readonly level: Level;
	readonly code: Conflict["code"];
	readonly actor: string | null;
	readonly owner: string | null;
	/** Teams concerned, sorted. */
	readonly teams: readonly string[];
	readonly firstAt: string;
	readonly lastAt: string;
	/** At least one; in the log's order. */
	readonly conflicts: readonly Conflict[];
	/** A long story is cut into parts; `{ number: 1, of: 1 }` when it is not. */
	readonly part: { readonly number: number; readonly of: number };
}

export interface ConflictPage {
	/** From 1. */
	readonly number: number;
	readonly rows: readonly ConflictRow[];
}

/** A page ends at whichever comes first, so that it stays light whatever the log holds. */
export const ROWS_PER_PAGE = 100;
export const CONFLICTS_PER_PAGE = 300;
/** A row of more conflicts than this is cut into parts. */
export const CONFLICTS_PER_ROW = 25;

/** Rows in reading order: sections in order, within one the newest first. */
export function conflictRows(conflicts: readonly Conflict[]): ConflictRow[] {
	const groups = new Map<string, Conflict[]>();
	for (const conflict of conflicts) {
		const key = storyKey(conflict);
		const group = groups.get(key);
		if (group) group.push(conflict);
		else groups.set(key, [conflict]);
	}
	const rows = [...groups.values()].flatMap(rowsOf);
	return rows.sort((a, b) => SECTIONS.indexOf(a.section) - SECTIONS.indexOf(b.section) || compare(b.lastAt, a.lastAt));
}

/** The rows of a log in pages; a log without conflicts has one empty page. */
export function conflictPages(conflicts: readonly Conflict[]): ConflictPage[] {
	const pages: ConflictRow[][] = [[]];
	let held = 0;
	for (const row of conflictRows(conflicts)) {
		let page = pages.at(-1) as ConflictRow[];
		if (page.length === ROWS_PER_PAGE || (page.length > 0 && held + row.conflicts.length > CONFLICTS_PER_PAGE)) {
			page = [];
			pages.push(page);
			held = 0;
		}
		page.push(row);
		held += row.conflicts.length;
	}
	return pages.map((rows, index) => ({ number: index + 1, rows }));
}

/** The page on which a section begins; the first where the log has no such row. */
export function pageOfSection(pages: readonly ConflictPage[], section: Section): number {
	return pages.find((page) => page.rows.some((row) => row.section === section))?.number ?? 1;
}

/** Conflicts of a section, here and on the log's other pages. */
export function countSection(pages: readonly ConflictPage[], section: Section): number {
	const rows = pages.flatMap((page) => page.rows).filter((row) => row.section === section);
	return rows.reduce((sum, row) => sum + row.conflicts.length, 0);
}

function rowsOf(group: readonly Conflict[]): ConflictRow[] {
	const head = group[0];
	if (head === undefined) return [];
	const of = Math.ceil(group.length / CONFLICTS_PER_ROW);
	return Array.from({ length: of }, (_, index) => ({
		section: isOpen(head) ? head.level : ("closed" as const),
		level: head.level,
		code: head.code,
		actor: head.actor,
		owner: head.owner,
		teams: head.teams,
		firstAt: group.map((one) => one.firstAt).sort()[0] ?? head.firstAt,
		lastAt:
			group
				.map((one) => one.lastAt)
				.sort()
				.at(-1) ?? head.lastAt,
		conflicts: group.slice(index * CONFLICTS_PER_ROW, (index + 1) * CONFLICTS_PER_ROW),
		part: { number: index + 1, of },
	}));
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Whether a row's conflicts differ in nothing but their resource (path, rule, message): then the row tells
 * who, when, what to do and the commit once for all.
 */
export function tellsOnce({ conflicts }: ConflictRow): boolean {
	if (conflicts.length < 2) return false;
	const [first, ...rest] = conflicts.map((conflict) =>
		JSON.stringify([
			conflict.hint,
			conflict.state,
			conflict.episode,
			conflict.firstEpisode,
			conflict.resolution,
			[...new Set(conflict.occurrences.map(commitFacts))].sort(),
		]),
	);
	return rest.every((one) => one === first);
}

function commitFacts({ commit, subject, author, authoredAt, attribution }: Occurrence): string {
	return JSON.stringify([commit, subject, author, authoredAt, attribution]);
}

/** Open conflicts by level, of one team or (`null`) of all. */
export function openByLevel(conflicts: readonly Conflict[], team: string | null): Record<Level, number> {
	const counts: Record<Level, number> = { error: 0, warning: 0, note: 0 };
	for (const conflict of conflicts) {
		if (isOpen(conflict) && (team === null || conflict.teams.includes(team))) counts[conflict.level] += 1;
	}
	return counts;
}

/** Says something of commits as a whole: whose they are is the question itself, so that nobody is named for having made them. */
export function isAboutWhose(code: Conflict["code"]): boolean {
	return code === "attribution-disagreement" || code === "unknown-team";
}

/** Who stands against whom, in a few words each: `by Team B`, `in files of Team A`. */
export function rowWho(row: ConflictRow, nameOf: (id: string | null) => string): string[] {
	const { code, actor, owner, teams, part } = row;
	const who =
		teams.length > 1 && actor === null && owner === null
			? [list(teams.map(nameOf))]
			: [
					...(actor === null ? [] : [`${isAboutWhose(code) ? "counted as" : "by"} ${nameOf(actor)}`]),
					...(owner === null ? [] : [`${findingSource[code] === "history" ? "in files of" : "of"} ${nameOf(owner)}`]),
				];
	return part.of === 1 ? who : [...who, `part ${part.number} of ${part.of}`];
}

/** What to do, where all conflicts of a row say the same. */
export function hintOfRow({ conflicts }: ConflictRow): string | null {
	const [first, ...rest] = conflicts.map(({ hint }) => hint);
	return first !== undefined && rest.every((hint) => hint === first) ? first : null;
}

/** The newest commit of a row; null: it is of the tree. Occurrences are newest first, conflicts too. */
export function newestCommit({ conflicts }: ConflictRow): string | null {
	const newest = conflicts.reduce<Conflict | null>(
		(latest, one) => (latest === null || one.lastAt > latest.lastAt ? one : latest),
		null,
	);
	return newest?.occurrences[0]?.commit ?? null;
}

/** When the conflicts of a row were seen, by their commits. */
export interface RowTimes {
	/** Commits in which they were seen, each once. */
	readonly commits: number;
	/** Of those that have a date (ISO, UTC); null: all are of the tree, and dated by its head alone. */
	readonly span: { readonly firstAt: string; readonly lastAt: string } | null;
}

export function rowTimes({ conflicts }: ConflictRow): RowTimes {
	const commits = new Set(conflicts.flatMap(({ occurrences }) => occurrences.flatMap(({ commit }) => commit ?? [])));
	const dated = conflicts.filter(isDated);
	const firstAt = dated.map((one) => one.firstAt).sort()[0];
	const lastAt = dated
		.map((one) => one.lastAt)
		.sort()
		.at(-1);
	return {
		commits: commits.size,
		span: firstAt === undefined || lastAt === undefined ? null : { firstAt, lastAt },
	};
}
