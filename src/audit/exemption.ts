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

/** Commits that say they revert another, held until that other is known. */
export interface Reverts<T> {
	/** Holds a commit that may be a pure revert; false when its message does not say so. */
	hold(item: T): boolean;
	/** Takes note of a commit, and gives those held of which it is now known that they are pure reverts. */
	pass(commit: Commit): T[];
	/** Those still held when all commits have passed, each with whether it is a pure revert of one that passed before it. */
	rest(): { held: T; isPure: boolean }[];
}

/** Digits by which commits are found; what a message abbreviates has as many or more. */
const KEY_LENGTH = 7;

/**
 * Holds items that carry a commit. A message may name several commits: taking back exactly one of them is enough. The
 * one named is mostly an ancestor, which comes by later; on another branch (a cherry-pick's twin) it may have passed.
 */
export function createReverts<T extends { readonly commit: Commit }>(): Reverts<T> {
	const waiting = new Map<string, { item: T; id: string }[]>();
	const held = new Set<T>();
	const passed: Commit[] = [];
	const settle = (commit: Commit): T[] => {
		const named = waiting.get(commit.id.slice(0, KEY_LENGTH)) ?? [];
		const pure = named
			.filter(({ item, id }) => held.has(item) && commit.id.startsWith(id) && isPureRevert(item.commit, commit))
			.map(({ item }) => item);
		for (const item of pure) held.delete(item);
		return pure;
	};
	return {
		hold(item) {
			const ids = new Set(item.commit.reverts);
			if (ids.size === 0 || item.commit.parents.length > 1) return false;
			for (const id of ids) {
				const key = id.slice(0, KEY_LENGTH);
				waiting.set(key, [...(waiting.get(key) ?? []), { item, id }]);
			}
			held.add(item);
			return true;
		},
		pass(commit) {
			passed.push(commit);
			return held.size === 0 ? [] : settle(commit);
		},
		rest() {
			const pure = held.size === 0 ? [] : passed.flatMap(settle);
			return [
				...pure.map((item) => ({ held: item, isPure: true })),
				...[...held].map((item) => ({ held: item, isPure: false })),
			];
		},
	};
}
