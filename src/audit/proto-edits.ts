// Pure. Which commits changed a .proto file of the tree, and from what to what.
import type { CommitTable } from "#model/commit-table";
import { instantOf, type RawPath, type TreeEntry } from "#model/history";
import { isFetched } from "./folders.ts";
import { eachChange } from "./touches.ts";
import { lastName } from "./usual-names.ts";

export interface ProtoEdit {
	/** Id of the commit. */
	readonly commit: string;
	readonly path: RawPath;
	/** Ids of the contents before and after it, and of the head's. */
	readonly before: string;
	readonly after: string;
	readonly head: string;
	/** Whether the commit brought it from another place, as far as its name says. */
	readonly isMove: boolean;
}

/**
 * Changes of .proto files that are still there, in the order of the table (newest first). Merges are left out: what they
 * bring was somebody's commit already. So are changes that were taken back as a whole, and those authored before
 * `sinceAt` (ISO, UTC). A file that a commit moved is held against what it was at its old place.
 */
export function listProtoEdits(commits: CommitTable, tree: readonly TreeEntry[], sinceAt: string | null): ProtoEdit[] {
	const heads = new Map<RawPath, string>();
	for (const { path, id, mode } of tree) {
		if (path.endsWith(".proto") && mode.startsWith("100") && !isFetched(path)) heads.set(path, id);
	}
	if (heads.size === 0) return [];
	const wanted = new Map<number, string>();
	for (let path = 0; path < commits.pathCount; path++) {
		const head = heads.get(commits.pathText(path));
		if (head !== undefined) wanted.set(path, head);
	}
	const found: ProtoEdit[] = [];
	/** Of the row asked for last: changes of one commit come one after another. */
	let deleted: { readonly row: number; readonly byName: ReadonlyMap<RawPath, string | null> } | null = null;
	eachChange(commits, wanted, (row, at, number) => {
		if (commits.parentCount(row) > 1) return;
		if (sinceAt !== null && instantOf(commits.authorDate(row)) < sinceAt) return;
		const { kind, path, oldId, newId, oldMode, newMode } = commits.change(at);
		const isMove = kind === "A";
		const before = isMove ? left(row).get(lastName(path)) : oldMode.startsWith("100") ? oldId : undefined;
		if (before == null || before === newId || !newMode.startsWith("100")) return;
		const edit = { commit: commits.id(row), path, before, after: newId, head: wanted.get(number) as string };
		found.push({ ...edit, isMove });
	});
	return withoutReturns(found);

	/** Contents that a commit deleted, by the last names of their paths; null where several had one name. */
	function left(row: number): ReadonlyMap<RawPath, string | null> {
		if (deleted?.row === row) return deleted.byName;
		const byName = new Map<RawPath, string | null>();
		const first = commits.firstChange(row);
		for (let at = first; at < first + commits.countChanges(row); at++) {
			if (!commits.pathText(commits.path(at)).endsWith(".proto")) continue;
			const { kind, path, oldId } = commits.change(at);
			if (kind === "D") byName.set(lastName(path), byName.has(lastName(path)) ? null : oldId);
		}
		deleted = { row, byName };
		return byName;
	}
}

/** Without changes that give a file back what it held before: they mend, and who changed it first is told of. */
function withoutReturns(edits: readonly ProtoEdit[]): ProtoEdit[] {
	const held = new Set<string>();
	const kept: ProtoEdit[] = [];
	for (const edit of edits.toReversed()) {
		held.add(`${edit.before} ${edit.path}`);
		if (edit.before !== edit.head && !held.has(`${edit.after} ${edit.path}`)) kept.push(edit);
	}
	return kept.toReversed();
}
