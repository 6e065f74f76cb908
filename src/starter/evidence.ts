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
}

/** What one commit changed. Work is counted in these: one that changes a thousand files is no more than one that changes one. */
export interface Edit {
	/** Of the author, lower case. */
	readonly email: string;
	/** Author date, seconds since 1970. */
	readonly at: number;
	/** Changed paths, a submodule with a slash at its end; also such as are gone since. */
	readonly paths: readonly RawPath[];
}

export interface Evidence {
	/** Most commits first, then by address. */
	readonly authors: readonly Author[];
	/** Tracked files, a submodule with a slash at its end; as git sorts them. */
	readonly files: readonly RawPath[];
	/** One a commit, children before parents, merges left out. */
	readonly edits: readonly Edit[];
	/** Whether older commits were left aside. */
	readonly isRecent: boolean;
	/** The head's date, seconds since 1970. */
	readonly headAt: number;
}

/** Who works on what now is told by this time before the head. */
export const RECENT_DAYS = 730;
/** With fewer commits in that time, the whole history is looked at. */
const FEWEST_COMMITS = 50;
/** Commits of so many days before the head are judged by the new rules. */
export const JUDGED_DAYS = 90;
export const DAY = 86_400;

/** Lists edits. Merges are left out: what they bring in is counted where it was made. `headDate`: git's own form. */
export function gatherEvidence(table: CommitTable, tree: readonly TreeEntry[], headDate: string): Evidence {
	const headAt = secondsOf(headDate);
	const own = Array.from(table.order).filter((row) => table.parentCount(row) < 2);
	const recent = own.filter((row) => table.authorSeconds(row) >= headAt - RECENT_DAYS * DAY);
	const isRecent = recent.length >= FEWEST_COMMITS && recent.length < own.length;
	const people = new Map<string, { name: string; names: Set<string>; commits: number }>();
	const texts = new Map<number, RawPath>();
	const pathOf = (path: number) => {
		const text = texts.get(path) ?? table.pathText(path);
		texts.set(path, text);
		return text;
	};
	const edits = (isRecent ? recent : own).map((row): Edit => {
		const { name, email: typed } = table.authorOf(table.identity(row));
		const email = typed.toLowerCase();
		// Children come before parents: the first is the newest.
		const person = people.get(email) ?? { name, names: new Set(), commits: 0 };
		people.set(email, person);
		person.names.add(name);
		person.commits++;
		const first = table.firstChange(row);
		const paths = Array.from({ length: table.countChanges(row) }, (_, index) => {
			const path = pathOf(table.path(first + index));
			return table.isSubmodule(first + index) ? `${path}/` : path;
		});
		return { email, at: table.authorSeconds(row), paths };
	});
	const authors = Array.from(people, ([email, one]) => ({ email, ...one, names: [...one.names] }));
	authors.sort((a, b) => b.commits - a.commits || (a.email < b.email ? -1 : 1));
	return { authors, files: tree.map(({ path, mode }) => ruledPath(path, mode)), edits, isRecent, headAt };
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
