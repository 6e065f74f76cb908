// Pure. A history as a table of numbers: a long one is judged without making an object of every commit.
import type { Change, Commit, RawPath, Trailer } from "./history.ts";

/**
 * Commits by row. Rows, and the numbers of changes, paths, identities and trailer blocks, are places in this table and
 * mean nothing outside of it; equal numbers are equal things, and a path has one number.
 */
export interface CommitTable {
	/** Rows of the commits that were read and are reachable from the tips, children before parents. */
	readonly order: Uint32Array;
	/** Every row is below it: also those of parents that are named and were not read. */
	readonly rowCount: number;
	readonly changeCount: number;
	readonly pathCount: number;
	readonly identityCount: number;

	parentCount(row: number): number;
	/** The row of a parent, from 0. */
	parent(row: number, index: number): number;
	/** The branch that a merge's words say one of its further parents (from 1) was: a number, or -1. */
	mergedBranch(row: number, index: number): number;
	/** Name and e-mail of the author, as a number. */
	identity(row: number): number;
	/** The block of trailers, as a number; 0: it has none. */
	trailerBlock(row: number): number;
	/** Whether its message says that it reverts another commit. */
	saysReverts(row: number): boolean;
	/** Author date in seconds since 1970, as `secondsOf` reads it. */
	authorSeconds(row: number): number;
	/** Changes of a commit have numbers one after another. */
	firstChange(row: number): number;
	countChanges(row: number): number;
	/** The path of a change, as a number. */
	path(change: number): number;
	/** Whether either side of a change is a submodule. */
	isSubmodule(change: number): boolean;

	branchName(branch: number): string;
	authorOf(identity: number): Commit["author"];
	trailersOf(block: number): readonly Trailer[];
	pathText(path: number): RawPath;
	subject(row: number): string;
	authorDate(row: number): string;
	reverts(row: number): readonly string[];
	id(row: number): string;
	/** The first 28 bits of a commit's id: its first seven digits. */
	idBits(row: number): number;
	/** The row of an id; -1 where there is none. It looks through all of them: for many ids there is `rowsOf`. */
	rowOf(id: string): number;
	/** The rows of those ids that have one, in their order. */
	rowsOf(ids: Iterable<string>): number[];
	/** A commit and a change as objects; made anew each time. */
	commit(row: number): Commit;
	change(change: number): Change;
}
