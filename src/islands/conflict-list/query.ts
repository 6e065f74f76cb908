// Pure. What the reader of the log wants to see <-> the address of the page, so that a view can be sent to somebody.

/** `concerned`: actor, owner, or named otherwise. */
export const ROLES = ["concerned", "actor", "owner"] as const;
export type Role = (typeof ROLES)[number];

export const LEVELS = ["error", "warning", "note"] as const;
export type Level = (typeof LEVELS)[number];

/** `unsettled`: open, acknowledged or paused; somebody still has to do something. */
export const STATES = [
	"unsettled",
	"open",
	"acknowledged",
	"paused",
	"resolved",
	"overridden",
	"false-positive",
] as const;
export type State = (typeof STATES)[number];

export const SORTS = ["gravest", "newest", "oldest", "most"] as const;
export type Sort = (typeof SORTS)[number];

/** Stands for conflicts that name no team; no team can have this id. */
export const NOBODY = "-";

export interface Query {
	/** Words that must all be found. */
	readonly text: string;
	/** Team or coordinator by id, `NOBODY`, or null: any. */
	readonly team: string | null;
	readonly role: Role;
	/** In the order of LEVELS; empty: any. */
	readonly levels: readonly Level[];
	readonly code: string | null;
	readonly state: State | null;
	/** A part of a path, or a pattern; empty: any. */
	readonly path: string;
	/** First and last day (`2025-07-31`, UTC), both included; empty: no end. */
	readonly from: string;
	readonly to: string;
	readonly sort: Sort;
}

export const EVERYTHING: Query = {
	text: "",
	team: null,
	role: "concerned",
	levels: [],
	code: null,
	state: null,
	path: "",
	from: "",
	to: "",
	sort: "gravest",
};

/** The names a query may use. */
export interface Known {
	readonly people: readonly string[];
	readonly codes: readonly string[];
}

/** A value of the address that means nothing here. */
export interface Ignored {
	readonly name: string;
	readonly value: string;
}

/** Of what is typed: as many as a path may have. */
export const MOST_CHARACTERS = 4096;

/** Reads the query of an address (`?team=team-b&level=error`). What it does not know it leaves out, and says so. */
export function readQuery(search: string, known: Known): { query: Query; ignored: Ignored[] } {
	const given = new URLSearchParams(search);
	const ignored: Ignored[] = [];
	const ignore = (name: string, value: string) => void ignored.push({ name, value: value.slice(0, 60) });
	const text = (name: string): string => {
		const value = given.get(name) ?? "";
		if (value.length <= MOST_CHARACTERS) return value;
		ignore(name, value);
		return "";
	};
	const one = <T extends string>(name: string, values: readonly T[]): T | null => {
		const value = given.get(name);
		if (value === null || value === "") return null;
		if ((values as readonly string[]).includes(value)) return value as T;
		ignore(name, value);
		return null;
	};
	const day = (name: string): string => {
		const value = given.get(name) ?? "";
		if (value === "" || isDay(value)) return value;
		ignore(name, value);
		return "";
	};
	const levels = (given.get("level") ?? "").split(",").filter((level) => level !== "");
	for (const level of levels) if (!(LEVELS as readonly string[]).includes(level)) ignore("level", level);
	const query: Query = {
		text: text("q"),
		team: one("team", [...known.people, NOBODY]),
		role: one("as", ROLES) ?? "concerned",
		levels: LEVELS.filter((level) => levels.includes(level)),
		code: one("code", known.codes),
		state: one("state", STATES),
		path: text("path"),
		from: day("from"),
		to: day("to"),
		sort: one("sort", SORTS) ?? "gravest",
	};
	return { query, ignored };
}

/** The query as an address writes it, without what is as by default; empty for everything. */
export function writeQuery({ text, team, role, levels, code, state, path, from, to, sort }: Query): string {
	const written = new URLSearchParams();
	const put = (name: string, value: string | null, isDefault = false) => {
		if (value !== null && value !== "" && !isDefault) written.set(name, value);
	};
	put("q", text.trim());
	put("team", team);
	put("as", role, role === "concerned" || team === null || team === NOBODY);
	put("level", levels.join(","), levels.length === LEVELS.length);
	put("code", code);
	put("state", state);
	put("path", path.trim());
	put("from", from);
	put("to", to);
	put("sort", sort, sort === "gravest");
	const query = written.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
	return query === "" ? "" : `?${query}`;
}

/** Whether the query asks for anything but the log as the pages show it. */
export function asksSomething(query: Query): boolean {
	return writeQuery(query) !== "";
}

/** A real day of the calendar. */
function isDay(value: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
	const at = new Date(`${value}T00:00:00Z`);
	return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}
