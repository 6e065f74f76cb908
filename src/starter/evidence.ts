// Pure. Who changed which of the files that are tracked now: a history's table, counted.
import type { CommitTable } from "#model/commit-table";
import { type RawPath, ruledPath, secondsOf, showPath, type TreeEntry } from "#model/history";

/** People by address, compared without case: names vary. */
export interface Author {
	/** Lower case. */
	readonly email: string;
	/** As their newest commit has it. */
	readonly name: string;
	/** All names the address was used with. */
	readonly names: readonly string[];
	/** Commits that are looked at, merges left out. */
	readonly commits: number;
	/** Changes of files that are still tracked. */
	readonly changes: number;
}

export interface Evidence {
	/** Most commits first, then by address. */
	readonly authors: readonly Author[];
	/** Tracked files, a submodule with a slash at its end; as git sorts them. */
	readonly files: readonly RawPath[];
	/** Changes of a tracked file by each author's address. */
	readonly changesOf: ReadonlyMap<RawPath, ReadonlyMap<string, number>>;
	/** Commits that were looked at, and whether older ones were left aside. */
	readonly commits: number;
	readonly isRecent: boolean;
}

/** Who works on what now is told by this time before the head. */
export const RECENT_DAYS = 730;
/** With fewer commits in that time, the whole history is looked at. */
const FEWEST_COMMITS = 50;
const DAY = 86_400;

/** Counts changes. Merges are left out: what they bring in is counted where it was made. `headDate`: git's own form. */
export function gatherEvidence(table: CommitTable, tree: readonly TreeEntry[], headDate: string): Evidence {
	const since = secondsOf(headDate) - RECENT_DAYS * DAY;
	const own = Array.from(table.order).filter((row) => table.parentCount(row) < 2);
	const recent = own.filter((row) => table.authorSeconds(row) >= since);
	const isRecent = recent.length >= FEWEST_COMMITS && recent.length < own.length;
	const rows = isRecent ? recent : own;
	const files = tree.map(({ path, mode }) => ruledPath(path, mode));
	const tracked = new Map(files.map((path) => [path.replace(/\/$/, ""), path]));
	const people = new Map<string, { name: string; names: Set<string>; commits: number; changes: number }>();
	const changesOf = new Map<RawPath, Map<string, number>>();
	for (const row of rows) {
		const { name, email: typed } = table.authorOf(table.identity(row));
		const email = typed.toLowerCase();
		// Children come before parents: the first is the newest.
		const person = people.get(email) ?? { name, names: new Set(), commits: 0, changes: 0 };
		people.set(email, person);
		person.names.add(name);
		person.commits++;
		const first = table.firstChange(row);
		for (let change = first; change < first + table.countChanges(row); change++) {
			const path = tracked.get(table.pathText(table.path(change)));
			if (path === undefined) continue;
			person.changes++;
			const byAuthor = changesOf.get(path) ?? new Map<string, number>();
			changesOf.set(path, byAuthor);
			byAuthor.set(email, (byAuthor.get(email) ?? 0) + 1);
		}
	}
	const authors = Array.from(people, ([email, one]) => ({ email, ...one, names: [...one.names] }));
	authors.sort((a, b) => b.commits - a.commits || (a.email < b.email ? -1 : 1));
	return { authors, files, changesOf, commits: rows.length, isRecent };
}

/** Changes of some files, in all and by the authors that `isOf` takes. */
export function countChanges(
	{ changesOf }: Pick<Evidence, "changesOf">,
	files: Iterable<RawPath>,
	isOf: (email: string) => boolean,
): { all: number; own: number } {
	let all = 0;
	let own = 0;
	for (const file of files) {
		for (const [email, count] of changesOf.get(file) ?? []) {
			all += count;
			if (isOf(email)) own += count;
		}
	}
	return { all, own };
}

/** Whole percent, rounded down: 59.9 % must not read as 60. */
export function percent(part: number, whole: number): number {
	return whole === 0 ? 0 : Math.floor((100 * part) / whole);
}

/** `1 commit`, `2 commits`. */
export function count(number: number, word: string): string {
	return `${number} ${number === 1 ? word : `${word}s`}`;
}

/** A path as a pattern that takes it and nothing else; null where no pattern can: bytes that are no text, line breaks. */
export function literalPattern(path: RawPath): string | null {
	const { text, bytes } = showPath(path);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this refuses
	if (bytes !== null || /[\u0000-\u001f\u007f]/.test(text) || text.length > 500) return null;
	const escaped = text.replace(/[\\*?[\]]/g, "\\$&").replace(/ +$/, (spaces) => spaces.replaceAll(" ", "\\ "));
	return `/${escaped}`;
}
