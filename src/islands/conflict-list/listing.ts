// Pure. Rows of the log -> those a query means, in the order it asks for; and what to loosen where it means none.
import { compileFilter } from "./filter.ts";
import type { ListedConflict, ListedRow } from "./index-file.ts";
import { EVERYTHING, type Query, type Sort } from "./query.ts";

/** A row with those of its conflicts that match; at least one. */
export interface Found {
	readonly row: ListedRow;
	readonly conflicts: readonly ListedConflict[];
}

export interface Listing {
	readonly found: readonly Found[];
	readonly conflicts: number;
	/** Conflicts without a date that are left out because dates are asked for, and match otherwise. */
	readonly undated: number;
}

export function list(rows: readonly ListedRow[], query: Query): Listing {
	const found = match(rows, query);
	const isDateAsked = partsOf(query).includes("dates");
	const undated = isDateAsked ? sum(match(rows, without(query, "dates")), (one) => one.days.length === 0) : 0;
	return { found: sorted(found, query.sort), conflicts: sum(found, () => true), undated };
}

function match(rows: readonly ListedRow[], query: Query): Found[] {
	const filter = compileFilter(query);
	return rows.filter(filter.isRowMatch).flatMap((row) => {
		const conflicts = row.entries.filter(filter.isMatch);
		return conflicts.length === 0 ? [] : [{ row, conflicts }];
	});
}

function sum(found: readonly Found[], isCounted: (one: ListedConflict) => boolean): number {
	return found.reduce((all, { conflicts }) => all + conflicts.filter(isCounted).length, 0);
}

/** Gravest first is the order of the log itself. Rows that are equal keep that order. */
function sorted(found: Found[], sort: Sort): Found[] {
	if (sort === "gravest") return found;
	const keys = new Map(found.map((one) => [one, keyOf(one, sort)]));
	return found.sort((a, b) => (keys.get(a) as number) - (keys.get(b) as number));
}

/** Ascending is first; by date, what has none comes last. */
function keyOf({ conflicts }: Found, sort: Exclude<Sort, "gravest">): number {
	const dated = conflicts.filter(({ days }) => days.length > 0);
	if (sort === "oldest") return dated.reduce((least, { first }) => Math.min(least, first), Number.POSITIVE_INFINITY);
	if (sort === "newest")
		return dated.length === 0 ? Number.POSITIVE_INFINITY : -Math.max(...dated.map(({ last }) => last));
	return -conflicts.reduce((sum, { times }) => sum + times, 0);
}

/** One part of a query that can be taken away. */
export type Part = "text" | "team" | "levels" | "code" | "state" | "path" | "dates";

const PARTS: readonly Part[] = ["text", "team", "levels", "code", "state", "path", "dates"];

/** The query without one of its parts. */
export function without(query: Query, part: Part): Query {
	if (part === "dates") return { ...query, from: "", to: "" };
	if (part === "team") return { ...query, team: null, role: "concerned" };
	return { ...query, [part]: EVERYTHING[part] };
}

/** The parts a query has. */
export function partsOf(query: Query): Part[] {
	return PARTS.filter((part) => {
		if (part === "dates") return query.from !== "" || query.to !== "";
		if (part === "text" || part === "path") return query[part].trim() !== "";
		return part === "levels" ? query.levels.length > 0 : query[part] !== null;
	});
}

/** Of a query that finds nothing: the parts without which it would find some, and how many; most first. */
export function loosened(rows: readonly ListedRow[], query: Query): { part: Part; conflicts: number }[] {
	return partsOf(query)
		.map((part) => ({ part, conflicts: list(rows, without(query, part)).conflicts }))
		.filter(({ conflicts }) => conflicts > 0)
		.sort((a, b) => b.conflicts - a.conflicts);
}
