// Pure. Which changes of a history are of configuration that namespaces divide, and between which contents.
import type { CommitTable } from "#model/commit-table";
import type { Change } from "#model/history";
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
 * would look like the doing of whoever merged. A file that only moved is left out as well.
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
		const isMove = own.some(({ change }) => change.kind === "A" || change.kind === "D");
		const moved = isMove ? findMoved(commits, row) : NONE;
		for (const { change, named } of own) {
			const before = fileId(change.oldMode, change.oldId);
			const after = fileId(change.newMode, change.newId);
			const isMoved = (before === null && moved.has(change.newId)) || (after === null && moved.has(change.oldId));
			if (before !== after && !isMoved) found.push({ row, change, named, before, after });
		}
	}
	return found;
}

/** Under what name the difference of a change is kept: of two contents, read as the file's name says. */
export function differenceKey({ before, after, change }: Pick<ConfigChange, "before" | "after" | "change">): string {
	return `${before ?? "-"} ${after ?? "-"} ${change.path}`;
}

const NONE: ReadonlySet<string> = new Set();

function fileId(mode: string, id: string): string | null {
	return mode.startsWith("100") ? id : null;
}

/** Contents that a commit both took from one place and put at another: there a file moved, and nothing in it changed. */
function findMoved(commits: CommitTable, row: number): ReadonlySet<string> {
	const added = new Set<string>();
	const deleted = new Set<string>();
	const first = commits.firstChange(row);
	for (let at = first; at < first + commits.countChanges(row); at++) {
		const { kind, newId, oldId } = commits.change(at);
		if (kind === "A") added.add(newId);
		else if (kind === "D") deleted.add(oldId);
	}
	return added.intersection(deleted);
}
