// Pure. Where files went that are no longer tracked: moved with their contents, or deleted.
import type { CommitTable } from "#model/commit-table";
import type { Change, RawPath, TreeEntry } from "#model/history";
import { eachChange, isLater, type Touch } from "./touches.ts";
import { lastName } from "./usual-names.ts";

/** What became of a file. */
export interface Fate {
	/** Where its contents went, move by move; the last place may be gone, too. Empty: it was deleted. */
	readonly trail: readonly RawPath[];
	/** The commit that deleted it at its own path. */
	readonly by: Touch;
}

interface Traced {
	readonly commits: CommitTable;
	readonly numberOf: () => ReadonlyMap<RawPath, number>;
	readonly touchOf: (row: number) => Touch;
}

/** Moves in a row that are followed. */
const LONGEST = 20;

/**
 * The fate of each path in `gone` by the newest commit that deleted it. It was moved if the same commit added the same
 * contents at another path: one path only, or only one of the same last name. A merge moves nothing: its difference does
 * not say what its sides did. Empty files are all alike and prove no move.
 */
export function traceFates(
	{ commits, numberOf, touchOf }: Traced,
	gone: readonly RawPath[],
	tree: readonly TreeEntry[],
): Map<RawPath, Fate> {
	const tracked = new Set(tree.map(({ path }) => path));
	/** By path: who deleted it last, and where its contents went then. */
	const steps: Steps = new Map();
	let next = gone;
	for (let round = 0; round < LONGEST && next.length > 0; round++) {
		const found = findSteps(commits, numberOf(), next);
		for (const [path, step] of found) steps.set(path, step);
		next = [...found.values()].flatMap(({ to }) => (to === null || tracked.has(to) || steps.has(to) ? [] : [to]));
	}
	const fates = new Map<RawPath, Fate>();
	for (const path of gone) {
		const step = steps.get(path);
		if (step !== undefined) fates.set(path, { trail: trailOf(step.to, steps), by: touchOf(step.row) });
	}
	return fates;
}

type Steps = Map<RawPath, { row: number; to: RawPath | null }>;

function trailOf(first: RawPath | null, steps: Steps): RawPath[] {
	const trail: RawPath[] = [];
	for (let to = first; to !== null && trail.length < LONGEST; to = steps.get(to)?.to ?? null) trail.push(to);
	return trail;
}

function findSteps(commits: CommitTable, numberOf: ReadonlyMap<RawPath, number>, paths: readonly RawPath[]): Steps {
	const wanted = new Map<number, true>();
	for (const path of paths) {
		const number = numberOf.get(path);
		if (number !== undefined) wanted.set(number, true);
	}
	const deletedIn = new Map<number, number>();
	eachChange(commits, wanted, (row, change, path) => {
		const known = deletedIn.get(path);
		if (known !== undefined && !isLater(commits, row, known)) return;
		if (commits.change(change).kind === "D") deletedIn.set(path, row);
	});
	const byRow = Map.groupBy(deletedIn.keys(), (path) => deletedIn.get(path) as number);
	const steps: Steps = new Map();
	for (const [row, deleted] of byRow) {
		const find = commits.parentCount(row) > 1 ? () => null : findTarget(commits.commit(row).changes);
		for (const path of deleted) steps.set(commits.pathText(path), { row, to: find(commits.pathText(path)) });
	}
	return steps;
}

/** Where the contents of a deleted path were added in the same commit; null: nowhere, or it cannot be said where. */
function findTarget(changes: readonly Change[]): (path: RawPath) => RawPath | null {
	const oldId = new Map<RawPath, string>();
	const added = new Map<string, RawPath[]>();
	for (const { kind, path, oldId: old, newId } of changes) {
		if (kind === "D") oldId.set(path, old);
		if (kind !== "A" || EMPTY.has(newId)) continue;
		const same = added.get(newId);
		if (same === undefined) added.set(newId, [path]);
		else same.push(path);
	}
	return (path) => {
		const all = added.get(oldId.get(path) ?? "") ?? [];
		if (all.length === 1) return all[0] as RawPath;
		const named = all.filter((other) => lastName(other) === lastName(path));
		return named.length === 1 ? (named[0] as RawPath) : null;
	};
}

/** Ids of the blob without a byte. */
const EMPTY = new Set([
	"e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
	"473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
]);
