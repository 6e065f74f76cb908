// Pure. What the filters of the log say.
import { counted } from "../words.ts";
import { compilePathTest } from "./filter.ts";
import type { Found, Listing, Part } from "./listing.ts";
import type { Ignored, Level, Query, Role, Sort, State } from "./query.ts";
import { NOBODY } from "./query.ts";

export const LEVEL_WORDS: Record<Level, { one: string; many: string }> = {
	error: { one: "error", many: "errors" },
	warning: { one: "warning", many: "warnings" },
	note: { one: "note", many: "notes" },
};

export const STATE_WORDS: Record<State, string> = {
	unsettled: "to be settled",
	open: "open, nothing decided",
	acknowledged: "acknowledged",
	paused: "teams paused",
	resolved: "resolved",
	overridden: "overridden",
	"false-positive": "false positive",
};

export const ROLE_WORDS: Record<Role, string> = {
	concerned: "in any role",
	actor: "who did it",
	owner: "whose it is",
};

export const SORT_WORDS: Record<Sort, string> = {
	gravest: "gravest first",
	newest: "newest first",
	oldest: "oldest first",
	most: "most often seen first",
};

export const PART_WORDS: Record<Part, string> = {
	text: "the words",
	team: "the team",
	levels: "the level",
	code: "the kind",
	state: "the state",
	path: "the path",
	dates: "the dates",
};

const IGNORED_WORDS: Readonly<Record<string, string>> = {
	q: "too long",
	path: "too long",
	team: "no team of this project",
	as: "no role",
	level: "no level",
	code: "no kind of finding",
	state: "no state",
	from: "no day of the calendar",
	to: "no day of the calendar",
	sort: "no order",
};

/** `The address asks for team “x”, which is no team of this project: left out.`; empty where nothing was ignored. */
export function ignoredWords(ignored: readonly Ignored[]): string {
	if (ignored.length === 0) return "";
	const each = ignored.map(({ name, value }) => `${name} “${value}” (${IGNORED_WORDS[name] ?? "unknown"})`);
	return `The address asks for ${each.join(", ")}: left out.`;
}

/** `7 of 26 conflicts match, in 4 rows, newest first.` */
export function resultWords({ found, conflicts, undated }: Listing, total: number, query: Query): string {
	const left =
		undated === 0
			? ""
			: ` ${counted(undated, "conflict")} of the tree ${undated === 1 ? "has" : "have"} no date: left out.`;
	return `${matchWords(found, conflicts, total, query)}${left}`;
}

function matchWords(found: Listing["found"], conflicts: number, total: number, { sort, from, to }: Query): string {
	const isByDate = sort === "newest" || sort === "oldest";
	const hasUndated = isByDate && found.some((one) => one.conflicts.some(({ days }) => days.length === 0));
	const order = `${SORT_WORDS[sort]}${hasUndated ? ", those of the tree last" : ""}`;
	if (from !== "" && to !== "" && from > to)
		return `No day is from ${from} on and until ${to}: the first is the later one.`;
	if (conflicts === 0) return `None of ${counted(total, "conflict")} matches.`;
	const rows = counted(found.length, "row");
	if (conflicts === total) return `All ${counted(total, "conflict")}, in ${rows}, ${order}.`;
	return `${conflicts.toLocaleString("en")} of ${thousands(total)} ${conflicts === 1 ? "matches" : "match"}, in ${rows}, ${order}.`;
}

function thousands(total: number): string {
	return `${total.toLocaleString("en")} conflict${total === 1 ? "" : "s"}`;
}

/** How the path that was typed is read; empty where none was. */
export function pathWords(typed: string): { text: string; isFaulty: boolean } {
	const test = compilePathTest(typed);
	if (test.kind === "faulty") return { text: `No pattern, so left out: ${test.fault}.`, isFaulty: true };
	if (test.kind === "pattern") return { text: "Read as a pattern, like those of ownership rules.", isFaulty: false };
	return { text: test.kind === "part" ? "Read as a part of a path." : "", isFaulty: false };
}

export interface Names {
	/** Of a team or the coordinator. */
	readonly nameOf: (id: string) => string;
	readonly titleOf: (code: string) => string;
}

/** One part of a query in a few words, to be taken away by a click: `Team B, whose it is`. */
export function partWords(query: Query, part: Part, { nameOf, titleOf }: Names): string {
	const { team, role, code, state } = query;
	switch (part) {
		case "text":
			return `“${query.text.trim()}”`;
		case "team":
			if (team === null || team === NOBODY) return "no team named";
			return role === "concerned" ? nameOf(team) : `${nameOf(team)}, ${ROLE_WORDS[role]}`;
		case "levels":
			return query.levels.map((level) => LEVEL_WORDS[level].many).join(" and ");
		case "code":
			return titleOf(code ?? "");
		case "state":
			return state === null ? "" : STATE_WORDS[state];
		case "path":
			return `path ${query.path.trim()}`;
		case "dates":
			if (query.to === "") return `from ${query.from} on`;
			return query.from === "" ? `until ${query.to}` : `${query.from} to ${query.to}`;
	}
}

/** `2025-07-31`, `2025-07-24 to 2025-07-31`; `in the tree` where nothing has a date. */
export function seenWords(conflicts: Found["conflicts"]): string {
	const dated = conflicts.filter(({ days }) => days.length > 0);
	if (dated.length === 0) return "in the tree";
	const first = dayWords(Math.min(...dated.map((one) => one.first)));
	const last = dayWords(Math.max(...dated.map((one) => one.last)));
	return first === last ? last : `${first} to ${last}`;
}

/** `2025-07-31` of seconds since 1970, UTC. */
function dayWords(seconds: number): string {
	return new Date(seconds * 1000).toISOString().slice(0, 10);
}
