// Pure. Who needs no approval: exempt actors, and commits that only take back what another did.
import type { Catalog } from "#model/catalog";
import type { CommitTable } from "#model/commit-table";
import type { Change, Commit } from "#model/history";
import { compileWildcards } from "./attribute.ts";

/** Whether an author's e-mail belongs to an actor that needs no approval. */
export function compileExempt({ project }: Pick<Catalog, "project">): (email: string) => boolean {
	return compileWildcards(project.attribution.exempt.map(({ email }) => email));
}

/**
 * Whether `commit` is a pure revert of `reverted`: no more and no less than its changes taken back, path by path, mode
 * and content. A merge is none, nor is the revert of one: their diffs do not say what they brought in.
 */
export function isPureRevert(commit: Commit, reverted: Commit): boolean {
	if (commit.parents.length > 1 || reverted.parents.length > 1) return false;
	const [taken, made] = [commit.changes, reverted.changes];
	if (taken.length === 0 || taken.length !== made.length) return false;
	const byPath = new Map(made.map((change) => [change.path, change]));
	return taken.every((change) => isInverse(change, byPath.get(change.path)));
}

function isInverse(change: Change, other: Change | undefined): boolean {
	return (
		other !== undefined &&
		change.oldId === other.newId &&
		change.newId === other.oldId &&
		change.oldMode === other.newMode &&
		change.newMode === other.oldMode
	);
}

/** Digits by which commits are found, 28 bits; what a message abbreviates has as many or more. */
const KEY_LENGTH = 7;
const HALF = 14;

/**
 * Rows of the commits that are pure reverts of one their message names. It may name several: taking back exactly one of
 * them is enough. The one named may be any commit of the history, an ancestor or not (a cherry-pick's twin).
 */
export function findPureReverts(commits: CommitTable): ReadonlySet<number> {
	const named = new Map<number, { row: number; id: string }[]>();
	for (const row of commits.order) {
		if (!commits.saysReverts(row) || commits.parentCount(row) > 1) continue;
		for (const id of new Set(commits.reverts(row))) {
			const key = Number.parseInt(id.slice(0, KEY_LENGTH), 16);
			const others = named.get(key);
			if (others === undefined) named.set(key, [{ row, id }]);
			else others.push({ row, id });
		}
	}
	const pure = new Set<number>();
	if (named.size === 0) return pure;
	// A look at the first half of a key spares most rows the search.
	const halves = new Uint8Array(1 << HALF);
	for (const key of named.keys()) halves[key >>> HALF] = 1;
	for (const row of commits.order) {
		if (halves[commits.idBits(row) >>> HALF] === 0) continue;
		for (const { row: revert, id } of named.get(commits.idBits(row)) ?? NONE) {
			// Most that are named differ in number already.
			if (commits.countChanges(revert) !== commits.countChanges(row)) continue;
			if (pure.has(revert) || !commits.id(row).startsWith(id)) continue;
			if (isPureRevert(commits.commit(revert), commits.commit(row))) pure.add(revert);
		}
	}
	return pure;
}

const NONE: readonly never[] = [];
