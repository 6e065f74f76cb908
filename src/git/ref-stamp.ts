// Edge(fs). Cheap marks by which it is seen that a repository moved: of files and folders, never of their contents.
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Location } from "./location.ts";

/** Files of one folder of refs that are looked at one by one; of more, the folder's own mark must do. */
const MOST_FILES = 500;
/** Folders of refs that are looked at. */
const MOST_FOLDERS = 2_000;

/**
 * Differs from an earlier one when a ref may have moved: loose, packed or in tables, HEAD, or the boundary of a shallow
 * clone. git writes each by renaming a new file into place, so that file and folder both change their marks.
 */
export async function stampRefs({ gitDir, commonDir }: Location): Promise<string> {
	const files = [
		...["HEAD", "packed-refs", "shallow", "reftable/tables.list"].map((name) => join(commonDir, name)),
		...["HEAD", "reftable/tables.list"].map((name) => join(gitDir, name)),
	];
	const marks = await Promise.all([...files.map(markOf), stampFolder(join(commonDir, "refs"), { left: MOST_FOLDERS })]);
	return marks.join(" ");
}

/** Differs from an earlier one when another commit may be checked out in a worktree, or something staged there. */
export async function stampWorktree(gitDir: string, commonDir: string): Promise<string> {
	const own = ["HEAD", "index", "MERGE_HEAD", "REVERT_HEAD", "reftable/tables.list", "gitdir", "locked"];
	const files = [...own.map((name) => join(gitDir, name)), join(commonDir, "config"), join(commonDir, "info/exclude")];
	return (await Promise.all(files.map(markOf))).join(" ");
}

/** What of a file or folder changes when its content does; `-` where there is none. */
export async function markOf(path: string): Promise<string> {
	const found = await stat(path, { bigint: true }).catch(() => null);
	return found === null ? "-" : `${found.ino}:${found.mtimeNs}:${found.ctimeNs}:${found.size}`;
}

async function stampFolder(folder: string, budget: { left: number }): Promise<string> {
	budget.left -= 1;
	if (budget.left < 0) return "more";
	const own = await markOf(folder);
	const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
	const files = entries.filter((entry) => !entry.isDirectory());
	const parts = files.length > MOST_FILES ? [] : await Promise.all(files.map(({ name }) => markOf(join(folder, name))));
	for (const { name } of entries.filter((entry) => entry.isDirectory())) {
		parts.push(await stampFolder(join(folder, name), budget));
	}
	return `(${[own, ...parts].join(" ")})`;
}
