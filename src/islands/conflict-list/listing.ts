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
}

export function list(rows: readonly ListedRow[], query: Query): Listing {
	const filter = compileFilter(query);
	const found: Found[] = [];
	let conflicts = 0;
	for (const row of rows) {
		if (!filter.isRowMatch(row)) continue;
		const matching = row.entries.filter(filter.isMatch);
		if (matching.length === 0) continue;
		found.push({ row, conflicts: matching });
		conflicts += matching.length;
	}
	return { found: sorted(found, query.sort), conflicts };
}

/** Gravest first is the order of the log itself. Rows that are equal keep that order. */
function sorted(found: Found[], sort: Sort): Found[] {
	if (sort === "gravest") return found;
	const keys = new Map(found.map((one) => [one, keyOf(one, sort)]));
	return found.sort((a, b) => (keys.get(a) as number) - (keys.get(b) as number));
}

/** Ascending is first. */
function keyOf({ conflicts }: Found, sort: Exclude<Sort, "gravest">): number {
	if (sort === "oldest")
		return conflicts.reduce((least, { first }) => Math.min(least, first), Number.POSITIVE_INFINITY);
	if (sort === "newest") return -conflicts.reduce((most, { last }) => Math.max(most, last), Number.NEGATIVE_INFINITY);
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
