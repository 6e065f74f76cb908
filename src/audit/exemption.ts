// Pure. Who needs no approval: exempt actors, and commits that only take back what another did.
import type { Catalog } from "#model/catalog";
import type { Change, Commit } from "#model/history";
import { compileWildcard } from "./attribute.ts";

/** Whether an author's e-mail belongs to an actor that needs no approval. */
export function compileExempt({ project }: Pick<Catalog, "project">): (email: string) => boolean {
	const globs = project.attribution.exempt.map(({ email }) => compileWildcard(email));
	return (email) => globs.some((matches) => matches(email));
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

/** Commits that say they revert another, held until that other comes by: parents follow children. */
export interface Reverts<T> {
	/** Holds a commit that may be a pure revert; false when its message does not say so. */
	hold(item: T): boolean;
	/** Those of which it is now known, by this commit, whether they are pure reverts. */
	release(commit: Commit): { held: T; isPure: boolean }[];
	/** Those whose reverted commit never came: no pure reverts. */
	rest(): T[];
}

/** Digits by which held commits are found; what a message abbreviates has as many or more. */
const KEY_LENGTH = 7;

/** Holds items that carry a commit. A message may name several commits: taking back exactly one of them is enough. */
export function createReverts<T extends { readonly commit: Commit }>(): Reverts<T> {
	const waiting = new Map<string, { item: T; id: string }[]>();
	/** How many of the commits an item names are still to come. */
	const open = new Map<T, number>();
	return {
		hold(item) {
			const ids = new Set(item.commit.reverts);
			if (ids.size === 0 || item.commit.parents.length > 1) return false;
			for (const id of ids) {
				const key = id.slice(0, KEY_LENGTH);
				waiting.set(key, [...(waiting.get(key) ?? []), { item, id }]);
			}
			open.set(item, ids.size);
			return true;
		},
		release(commit) {
			const named = open.size === 0 ? undefined : waiting.get(commit.id.slice(0, KEY_LENGTH));
			if (named === undefined) return [];
			return named.flatMap(({ item, id }) => {
				const left = open.get(item);
				if (left === undefined || !commit.id.startsWith(id)) return [];
				const isPure = isPureRevert(item.commit, commit);
				if (!isPure && left > 1) {
					open.set(item, left - 1);
					return [];
				}
				open.delete(item);
				return [{ held: item, isPure }];
			});
		},
		rest: () => [...open.keys()],
	};
}
