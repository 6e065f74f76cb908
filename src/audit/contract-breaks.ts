// Pure. Since which commit a promise is broken: the versions of a file are held against the contract, the newest first.
import type { CommitTable } from "#model/commit-table";
import type { Contract } from "#model/contract";
import type { RawPath, TreeEntry } from "#model/history";
import type { PythonModule, TreeFacts } from "#model/tree-facts";
import { isBroken, judgeContracts } from "./contracts.ts";
import { eachChange } from "./touches.ts";

/** A place where a promise is broken at the head. */
export interface BrokenPlace {
	readonly contract: Contract;
	readonly member: string;
	readonly path: RawPath;
}

/** A step back in the life of a file: the commit, and the contents it replaced. */
export interface Version {
	readonly commit: string;
	/** Id of the contents before it. */
	readonly before: string;
}

/** Commits that broke a promise, by `breakKey`. */
export type ContractBreaks = ReadonlyMap<string, string>;

export function breakKey({
	contract,
	member,
	path,
}: Omit<BrokenPlace, "contract"> & { contract: { id: string } }): string {
	return JSON.stringify([contract.id, member, path]);
}

type Judged = Pick<TreeFacts, "python" | "protobuf" | "unread">;

const NO_PAST = { lastTouches: () => new Map() };

/** Promises in Python that are broken at the head, one for each member and file. */
export function listBroken(contracts: readonly Contract[], facts: Judged): BrokenPlace[] {
	const python = contracts.filter(({ language }) => language === "python");
	const places = judgeContracts(python, [], facts, NO_PAST).flatMap(({ contract, reality }) =>
		reality.members.flatMap(({ name, places: found }) =>
			found.filter(isBroken).map(({ path }) => ({ contract, member: name, path })),
		),
	);
	return [...new Map(places.map((place) => [breakKey(place), place])).values()];
}

/** Versions that are looked at of one file. */
const MAX_VERSIONS = 50;

/**
 * The versions of files before the head's, the newest first, back to where the file was added or a merge changed it. Of a
 * file that several lines of history changed, those on the way that leads to the head's contents.
 */
export function listVersions(
	commits: CommitTable,
	tree: readonly TreeEntry[],
	paths: ReadonlySet<RawPath>,
): ReadonlyMap<RawPath, readonly Version[]> {
	const heads = new Map(tree.filter(({ path }) => paths.has(path)).map(({ path, id }) => [path, id]));
	const current = new Map<number, string>();
	for (let path = 0; heads.size > 0 && path < commits.pathCount; path++) {
		const head = heads.get(commits.pathText(path));
		if (head !== undefined) current.set(path, head);
	}
	const versions = new Map<RawPath, Version[]>();
	// Children come before their parents: each step is the next change that made what stands there.
	eachChange(commits, current, (row, at, path) => {
		const { newId, oldId, kind } = commits.change(at);
		const text = commits.pathText(path);
		const found = versions.get(text) ?? [];
		if (newId !== current.get(path) || found.length === MAX_VERSIONS) return;
		const isEnd = kind === "A" || commits.parentCount(row) > 1;
		current.set(path, isEnd ? "" : oldId);
		if (!isEnd) versions.set(text, [...found, { commit: commits.id(row), before: oldId }]);
	});
	return versions;
}

/**
 * The commit that broke a promise: before it the file kept it, as far as the rest of the tree is as it is at the head.
 * Null: no version that was looked at kept it, or one on the way cannot be judged. `read` gives a version's facts; null
 * where it cannot be read.
 */
export function findBreak(
	place: BrokenPlace,
	versions: readonly Version[],
	facts: Judged,
	read: (id: string) => PythonModule | null,
): string | null {
	for (const { commit, before } of versions) {
		const old = read(before);
		if (old === null) return null;
		const python = new Map(facts.python).set(place.path, old);
		const [judged] = judgeContracts([place.contract], [], { ...facts, python }, NO_PAST);
		const found = judged?.reality.members
			.find(({ name }) => name === place.member)
			?.places.filter(({ path }) => path === place.path);
		if (found === undefined || found.length === 0) return null;
		if (found.every(({ state }) => state === "kept")) return commit;
		if (!found.every(isBroken)) return null;
	}
	return null;
}
