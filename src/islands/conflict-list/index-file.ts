// Pure. The log in columns, as small as it can be asked for at once: `/conflicts/index.json`, made by the build, read by the filters.
import { visible } from "#model/visible";

export const INDEX_VERSION = 2;

/** Stands for a name that is told elsewhere; no message holds it. */
export const NAME = "\u0001";

/** The name of a resource, without its kind: `path:api/app.py` is `api/app.py`. */
export function resourceName(resource: string): string {
	return resource.slice(resource.indexOf(":") + 1);
}

/** Conflicts come row by row, in the order of the pages; what repeats is a number into a list. −1: nothing. */
export interface ConflictIndex {
	readonly version: typeof INDEX_VERSION;
	/** sha256 of the published log this was made from. */
	readonly log: string;
	readonly lists: {
		readonly codes: readonly string[];
		/** Titles of the codes, in their order. */
		readonly titles: readonly string[];
		readonly states: readonly string[];
		readonly levels: readonly string[];
		/** Ids of teams, and of the coordinator. */
		readonly people: readonly string[];
		/** `by Team B`, `in files of Team A`. */
		readonly whos: readonly (readonly string[])[];
		readonly hints: readonly string[];
		readonly rules: readonly string[];
		/** Sorted. */
		readonly paths: readonly string[];
		readonly authors: readonly string[];
		readonly commits: {
			/** The first nine digits. */
			readonly id: readonly string[];
			readonly subject: readonly string[];
			readonly author: readonly number[];
		};
	};
	readonly rows: {
		readonly page: readonly number[];
		readonly size: readonly number[];
		readonly code: readonly number[];
		readonly level: readonly number[];
		/** 1: somebody still has to do something. */
		readonly open: readonly (0 | 1)[];
		readonly actor: readonly number[];
		readonly owner: readonly number[];
		readonly teams: readonly (readonly number[])[];
		readonly who: readonly number[];
		/** What to do, where it is the same for all of the row. */
		readonly hint: readonly number[];
		/** The newest commit. */
		readonly commit: readonly number[];
		/** How many there are. */
		readonly commits: readonly number[];
	};
	readonly conflicts: {
		/** Without `CF-`. */
		readonly id: readonly string[];
		readonly state: readonly number[];
		readonly resource: readonly string[];
		/** `NAME` stands for the name of its resource. */
		readonly message: readonly string[];
		/** Seconds since 1970. */
		readonly last: readonly number[];
		/** Seconds from the first time to the last. */
		readonly span: readonly number[];
		readonly times: readonly number[];
		readonly rule: readonly number[];
		/** Paths that its resource does not name. */
		readonly paths: readonly (readonly number[])[];
		/** Those its story shows. */
		readonly commits: readonly (readonly number[])[];
		/**
		 * Days since 1970 on which it was seen, each but the first told by its distance from the one before; none where the
		 * tree alone shows it: `last` is then the date of the head.
		 */
		readonly days: readonly (readonly number[])[];
	};
}

/** Conflicts that are one row of the log. */
export interface ListedRow {
	readonly page: number;
	readonly code: string;
	readonly title: string;
	readonly level: string;
	readonly isOpen: boolean;
	readonly actor: string | null;
	readonly owner: string | null;
	readonly teams: readonly string[];
	readonly who: readonly string[];
	readonly hint: string | null;
	readonly commit: string | null;
	readonly commits: number;
	readonly entries: readonly ListedConflict[];
}

export interface ListedConflict {
	/** `CF-…` */
	readonly id: string;
	readonly state: string;
	readonly resource: string;
	/** All it concerns; its resource first, where that is a path. */
	readonly paths: readonly string[];
	/** Seconds since 1970. */
	readonly first: number;
	readonly last: number;
	/** How often it was seen. */
	readonly times: number;
	/** Days since 1970 (UTC) on which it was seen, ascending; empty: it stands in the tree, since when is not known. */
	readonly days: readonly number[];
	/** What the search looks at, in lower case; parts are told apart by line breaks. */
	readonly text: string;
}

/** The index as rows. Throws for what is no index of this version. */
export function readIndex(data: unknown): ListedRow[] {
	const index = data as ConflictIndex;
	if (index?.version !== INDEX_VERSION) throw new Error("an index of another version");
	const { lists, rows, conflicts } = index;
	let at = 0;
	return rows.size.map((size, row) => {
		const code = rows.code[row] as number;
		const teams = (rows.teams[row] ?? []).map((one) => lists.people[one] as string);
		const title = lists.titles[code] as string;
		const who = lists.whos[rows.who[row] as number] ?? [];
		const head = [lists.codes[code], title, ...who, ...teams].join("\n");
		const entries = Array.from({ length: size }, () => entryOf(index, at++, head));
		return {
			page: rows.page[row] as number,
			code: lists.codes[code] as string,
			title,
			level: lists.levels[rows.level[row] as number] as string,
			isOpen: rows.open[row] === 1,
			actor: lists.people[rows.actor[row] as number] ?? null,
			owner: lists.people[rows.owner[row] as number] ?? null,
			teams,
			who,
			hint: lists.hints[rows.hint[row] as number] ?? null,
			commit: lists.commits.id[rows.commit[row] as number] ?? null,
			commits: rows.commits[row] as number,
			entries,
		};
	});

	function entryOf({ lists: { paths, commits, authors, rules, states } }: ConflictIndex, one: number, head: string) {
		const resource = conflicts.resource[one] as string;
		const id = `CF-${conflicts.id[one]}`;
		const others = (conflicts.paths[one] ?? []).map((path) => paths[path] as string);
		const seen = (conflicts.commits[one] ?? []).flatMap((commit) => [
			commits.id[commit] ?? "",
			commits.subject[commit] ?? "",
			authors[commits.author[commit] as number] ?? "",
		]);
		const rule = rules[conflicts.rule[one] as number] ?? "";
		const message = (conflicts.message[one] as string).replaceAll(NAME, () => resourceName(resource));
		const parts = [id, head, resource, message, rule, ...others, ...seen];
		let day = 0;
		return {
			id,
			state: states[conflicts.state[one] as number] as string,
			resource,
			paths: resource.startsWith("path:") ? [resource.slice("path:".length), ...others] : others,
			first: (conflicts.last[one] as number) - (conflicts.span[one] as number),
			last: conflicts.last[one] as number,
			times: conflicts.times[one] as number,
			days: (conflicts.days[one] ?? []).map((step) => {
				day += step;
				return day;
			}),
			// As it is shown: who copies a word from the page finds it.
			text: parts.map(visible).join("\n").toLowerCase(),
		};
	}
}
