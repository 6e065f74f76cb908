// What our reader says about a repository, and what git's trees say: two ways to the same changes.
import { type OpenOptions, openRepository } from "#git/repository";
import type { CommitTable } from "#model/commit-table";
import type { Commit } from "#model/history";
import { gitBytes } from "#test/make-repo";

/** Every commit as our reader gives it, as plain data that can be compared. */
export async function readAll(
	dir: string,
	refs: readonly string[] = ["HEAD"],
	options: OpenOptions = {},
): Promise<Commit[]> {
	const opened = await openRepository(dir, refs, { processes: 1, ...options });
	try {
		return commitsOf(await opened.readCommits()).map(plain);
	} finally {
		await opened.close();
	}
}

/** The commits of a table, in its order. */
export function commitsOf(table: CommitTable): Commit[] {
	return Array.from(table.order, (row) => table.commit(row));
}

/** A commit decodes itself on demand: its parts are no properties of its own, and comparing would not see them. */
export function plain(commit: Commit): Commit {
	return JSON.parse(JSON.stringify(commit));
}

/** `A path`, `M path`, … of one commit, paths as bytes. */
export function changesOf(commit: Commit): string[] {
	return commit.changes.map(({ kind, path }) => `${kind} ${path}`).sort();
}

/**
 * The changes of a commit by comparing whole trees: against the parent; all files of a root; in a merge the paths that
 * differ from every parent, judged against the first.
 */
export function changesByTrees(dir: string, id: string): string[] {
	const parents = gitBytes(dir, ["--no-replace-objects", "rev-list", "--parents", "-1", id])
		.toString()
		.trim()
		.split(" ");
	const [now, ...before] = [id, ...parents.slice(1)].map((one) => treeOf(dir, one)) as [Tree, ...Tree[]];
	const [first = new Map()] = before;
	const paths = new Set([now, ...before].flatMap((tree) => [...tree.keys()]));
	const changed = [...paths].filter((path) => [first, ...before].every((tree) => tree.get(path) !== now.get(path)));
	return changed.map((path) => `${kindOf(first.get(path), now.get(path))} ${path}`).sort();
}

type Tree = Map<string, string>;

function treeOf(dir: string, id: string): Tree {
	const listing = gitBytes(dir, ["--no-replace-objects", "ls-tree", "-r", "-z", "--full-tree", id]).toString("latin1");
	const lines = listing.split("\0").filter((line) => line !== "");
	return new Map(lines.map((line) => [line.slice(line.indexOf("\t") + 1), line.slice(0, line.indexOf("\t"))]));
}

function kindOf(before: string | undefined, after: string | undefined): string {
	if (before === undefined) return "A";
	if (after === undefined) return "D";
	return before.slice(0, 3) === after.slice(0, 3) ? "M" : "T";
}
