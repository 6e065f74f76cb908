// Pure. Which changes of a history are of configuration that namespaces divide, and between which contents.
import type { CommitTable } from "#model/commit-table";
import type { Change, RawPath } from "#model/history";
import { instantOf } from "#model/history";
import type { NamedFile, Namespaces } from "./namespaces.ts";

/** One change of a file that namespaces name. */
export interface ConfigChange {
	readonly row: number;
	readonly change: Change;
	readonly named: NamedFile;
	/** Ids of the contents; null: there was, or is, no file. */
	readonly before: string | null;
	readonly after: string | null;
}

/** Configuration that is read: as in the tree. */
const ENDING = /\.(json|ya?ml|toml)$/i;

/**
 * Changes of named files, in the order of the table. Merges are left out: against one parent, what came with the other
 * would look like the doing of whoever merged. A file that was moved is compared with what it was at its old place.
 */
export function listConfigChanges(
	commits: CommitTable,
	namespaces: Namespaces,
	sinceAt: string | null,
): ConfigChange[] {
	if (namespaces.isEmpty) return [];
	const known = new Map<number, NamedFile | null>();
	const naming = (path: number): NamedFile | null => {
		let named = known.get(path);
		if (named === undefined) {
			const text = commits.pathText(path);
			named = ENDING.test(text) ? namespaces.naming(text) : null;
			known.set(path, named);
		}
		return named;
	};
	const found: ConfigChange[] = [];
	for (const row of commits.order) {
		const first = commits.firstChange(row);
		const end = first + commits.countChanges(row);
		const own: { change: Change; named: NamedFile }[] = [];
		for (let at = first; at < end; at++) {
			const named = naming(commits.path(at));
			if (named !== null) own.push({ change: commits.change(at), named });
		}
		if (own.length === 0 || commits.parentCount(row) > 1) continue;
		if (sinceAt !== null && instantOf(commits.authorDate(row)) < sinceAt) continue;
		const moves = own.some(({ change }) => change.kind === "A" || change.kind === "D")
			? findMoves(commits, row)
			: NO_MOVES;
		for (const { change, named } of own) {
			if (moves.left.has(change.path)) continue;
			const source = moves.sources.get(change.path);
			const before = source === undefined ? fileId(change.oldMode, change.oldId) : source;
			const after = fileId(change.newMode, change.newId);
			if (before !== after) found.push({ row, change, named, before, after });
		}
	}
	return found;
}

/** Under what name the difference of a change is kept: of two contents, read as the file's name says. */
export function differenceKey({ before, after, change }: Pick<ConfigChange, "before" | "after" | "change">): string {
	return `${before ?? "-"} ${after ?? "-"} ${change.path}`;
}

function fileId(mode: string, id: string): string | null {
	return mode.startsWith("100") ? id : null;
}

interface Moves {
	/** Of an added path, the content at the place it came from. */
	readonly sources: ReadonlyMap<RawPath, string>;
	/** Deleted paths whose file went elsewhere. */
	readonly left: ReadonlySet<RawPath>;
}

const NO_MOVES: Moves = { sources: new Map(), left: new Set() };

/** An added file came from a deleted one of the same content, or else from the only one of the same name. */
function findMoves(commits: CommitTable, row: number): Moves {
	const added: Change[] = [];
	const byContent = new Map<string, Change>();
	const byName = new Map<string, Change | null>();
	const first = commits.firstChange(row);
	for (let at = first; at < first + commits.countChanges(row); at++) {
		if (!ENDING.test(commits.pathText(commits.path(at)))) continue;
		const change = commits.change(at);
		if (change.kind === "A") added.push(change);
		if (change.kind !== "D") continue;
		byContent.set(change.oldId, change);
		const name = nameOf(change.path);
		byName.set(name, byName.has(name) ? null : change);
	}
	const sources = new Map<RawPath, string>();
	const left = new Set<RawPath>();
	const count = Map.groupBy(added, ({ path }) => nameOf(path));
	for (const { path, newId } of added) {
		const name = nameOf(path);
		const source = byContent.get(newId) ?? (count.get(name)?.length === 1 ? byName.get(name) : null) ?? null;
		if (source === null) continue;
		sources.set(path, source.oldId);
		left.add(source.path);
	}
	return { sources, left };
}

function nameOf(path: RawPath): string {
	return path.slice(path.lastIndexOf("/") + 1);
}
