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

/** Changes that are compared: the newest by author date. Configuration that people divide changes far less often. */
export const MAX_CONFIG_CHANGES = 3000;

export interface ConfigChanges {
	readonly changes: readonly ConfigChange[];
	/** How many older ones there are beside them. */
	readonly left: number;
}

/**
 * Changes of named files. Merges are left out: against one parent, what came with the other would look like the doing of
 * whoever merged. A file that only moved is left out as well.
 */
export function listConfigChanges(commits: CommitTable, namespaces: Namespaces, sinceAt: string | null): ConfigChanges {
	if (namespaces.isEmpty) return { changes: [], left: 0 };
	const naming = nameOnce(commits, namespaces);
	const rows: { row: number; changes: number[] }[] = [];
	let count = 0;
	for (const row of commits.order) {
		const first = commits.firstChange(row);
		const end = first + commits.countChanges(row);
		const changes: number[] = [];
		for (let at = first; at < end; at++) {
			if (naming(commits.path(at)) !== null) changes.push(at);
		}
		if (changes.length === 0 || commits.parentCount(row) > 1) continue;
		if (sinceAt !== null && instantOf(commits.authorDate(row)) < sinceAt) continue;
		rows.push({ row, changes });
		count += changes.length;
	}
	// Which are the newest must not depend on the order in which they were read.
	if (count > MAX_CONFIG_CHANGES) rows.sort((a, b) => compareRows(commits, a.row, b.row));
	const found: ConfigChange[] = [];
	let room = MAX_CONFIG_CHANGES;
	for (const { row, changes } of rows) {
		if (room <= 0) break;
		const taken = changes.slice(0, room);
		room -= taken.length;
		const own = taken.map((at) => ({ change: commits.change(at), named: naming(commits.path(at)) as NamedFile }));
		const isMove = own.some(({ change }) => change.kind === "A" || change.kind === "D");
		const moved = isMove ? findMoved(commits, row) : NONE;
		for (const { change, named } of own) {
			const before = fileId(change.oldMode, change.oldId);
			const after = fileId(change.newMode, change.newId);
			const isMoved = (before === null && moved.has(change.newId)) || (after === null && moved.has(change.oldId));
			if (before !== after && !isMoved) found.push({ row, change, named, before, after });
		}
	}
	return { changes: found, left: Math.max(0, count - MAX_CONFIG_CHANGES) };
}

/** What namespaces say of a path, by its number, asked once. */
function nameOnce(commits: CommitTable, namespaces: Namespaces): (path: number) => NamedFile | null {
	const known = new Map<number, NamedFile | null>();
	return (path) => {
		let named = known.get(path);
		if (named === undefined) {
			const text = commits.pathText(path);
			named = ENDING.test(text) ? namespaces.naming(text) : null;
			known.set(path, named);
		}
		return named;
	};
}

/** Newest first, by author date; ties by id. */
function compareRows(commits: CommitTable, a: number, b: number): number {
	return commits.authorSeconds(b) - commits.authorSeconds(a) || (commits.id(a) < commits.id(b) ? -1 : 1);
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
