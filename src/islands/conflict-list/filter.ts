// Pure. Which conflicts a query means.
import { isOpen } from "#model/conflict-state";
import { rawPath } from "#model/history";
import { patternFaults } from "#model/pattern-faults";
import { compilePattern, matchesFile } from "#rules/pattern";
import type { ListedConflict, ListedRow } from "./index-file.ts";
import { NOBODY, type Query } from "./query.ts";

/** How a path is looked for: as a pattern of the ownership rules, or as a part of its text in any case. */
export type PathTest =
	| { readonly kind: "any" }
	| { readonly kind: "part" | "pattern"; readonly isMatch: (path: string) => boolean }
	/** Looks like a pattern, and is none. */
	| { readonly kind: "faulty"; readonly fault: string };

/** A pattern has a wildcard, or a slash at its beginning or end: `*.py`, `/api/`. Anything else is a part of a path. */
export function compilePathTest(typed: string): PathTest {
	const text = typed.trim();
	if (text === "") return { kind: "any" };
	if (!/[*?[]|^\/|\/$/.test(text)) {
		const part = text.toLowerCase();
		return { kind: "part", isMatch: (path) => path.toLowerCase().includes(part) };
	}
	const [fault] = patternFaults(text);
	if (fault !== undefined) return { kind: "faulty", fault };
	const pattern = compilePattern(text);
	return { kind: "pattern", isMatch: (path) => matchesFile(pattern, rawPath(path)) };
}

export interface Filter {
	isRowMatch(row: ListedRow): boolean;
	/** Of a row that matches. */
	isMatch(conflict: ListedConflict): boolean;
}

/** A query ready to be asked. A faulty pattern is as if no path were asked for: who shows the answer says so. */
export function compileFilter(query: Query): Filter {
	const { code, levels, state } = query;
	const words = query.text.toLowerCase().split(/\s+/).filter(Boolean).map(asIndexed);
	const path = compilePathTest(query.path);
	const from = query.from === "" ? Number.NEGATIVE_INFINITY : dayOf(query.from);
	const to = query.to === "" ? Number.POSITIVE_INFINITY : dayOf(query.to);
	const isDated = query.from !== "" || query.to !== "";
	return {
		isRowMatch: (row) =>
			(levels.length === 0 || (levels as readonly string[]).includes(row.level)) &&
			(code === null || row.code === code) &&
			isTeamMatch(row, query),
		isMatch: (conflict) =>
			(state === null || (state === "unsettled" ? isOpen(conflict) : conflict.state === state)) &&
			(!isDated || conflict.days.some((day) => day >= from && day <= to)) &&
			words.every((word) => conflict.text.includes(word)) &&
			(!("isMatch" in path) || conflict.paths.some(path.isMatch)),
	};
}

function isTeamMatch({ actor, owner, teams }: ListedRow, { team, role }: Query): boolean {
	if (team === null) return true;
	if (team === NOBODY) return teams.length === 0;
	if (role === "actor") return actor === team;
	if (role === "owner") return owner === team;
	return actor === team || owner === team || teams.includes(team);
}

/** Commits are held by nine digits: a whole id is cut to them. */
function asIndexed(word: string): string {
	return /^[0-9a-f]{10,64}$/.test(word) ? word.slice(0, 9) : word;
}

function dayOf(day: string): number {
	return Date.parse(`${day}T00:00:00Z`) / 86_400_000;
}
