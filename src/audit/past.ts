// Pure. What the history that was read says of paths of the tree; worked out only where a finding asks for it.
import type { CommitTable } from "#model/commit-table";
import type { Attribution } from "#model/conflict-log";
import { type Commit, instantOf, type RawPath, type TreeEntry } from "#model/history";
import { type Fate, traceFates } from "./fates.ts";
import { eachChange, isLater, type Touch } from "./touches.ts";

export interface Past {
	/** Every path that some commit read changed. */
	paths(): ReadonlySet<RawPath>;
	/**
	 * By path the newest commit (by author date) that made a file what it is at the head. A file that no commit read made
	 * so is left out.
	 */
	lastTouches(entries: readonly TreeEntry[]): ReadonlyMap<RawPath, Touch>;
	/** By path where files went that are no longer in `tree`; paths that no commit read deleted are left out. */
	fates(gone: readonly RawPath[], tree: readonly TreeEntry[]): ReadonlyMap<RawPath, Fate>;
	/** The commit of an id, and whose doing it is; null: it was not read, or lies before what is judged. */
	commit(id: string): { readonly commit: Commit; readonly attribution: Attribution } | null;
}

/** `attributionOf` gives null for rows that are not judged. */
export function createPast(commits: CommitTable, attributionOf: (row: number) => Attribution | null): Past {
	let numbers: ReadonlyMap<RawPath, number> | null = null;
	let paths: ReadonlySet<RawPath> | null = null;
	const numberOf = (): ReadonlyMap<RawPath, number> => {
		numbers ??= new Map(Array.from({ length: commits.pathCount }, (_, path) => [commits.pathText(path), path]));
		return numbers;
	};
	const touchOf = (row: number): Touch => ({
		commit: commits.id(row),
		at: instantOf(commits.authorDate(row)),
		team: attributionOf(row)?.team ?? null,
	});
	return {
		paths() {
			paths ??= new Set(numberOf().keys());
			return paths;
		},
		lastTouches(entries) {
			const idOf = new Map<number, string>();
			for (const { path, id } of entries) {
				const number = numberOf().get(path);
				if (number !== undefined) idOf.set(number, id);
			}
			const newest = new Map<number, number>();
			eachChange(commits, idOf, (row, change, path) => {
				const known = newest.get(path);
				if (known !== undefined && !isLater(commits, row, known)) return;
				if (commits.change(change).newId === idOf.get(path)) newest.set(path, row);
			});
			return new Map([...newest].map(([path, row]) => [commits.pathText(path), touchOf(row)]));
		},
		fates: (gone, tree) => traceFates({ commits, numberOf, touchOf }, gone, tree),
		commit(id) {
			const row = commits.rowOf(id);
			const attribution = row === -1 ? null : attributionOf(row);
			return attribution === null ? null : { commit: commits.commit(row), attribution };
		},
	};
}
