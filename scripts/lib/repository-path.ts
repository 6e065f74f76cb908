// Edge(fs). A path as a person types it -> the path as the repository knows it.
import { stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { UsageError } from "#model/problem";
import type { AskedPath } from "#rules/look-up";
import { isThere } from "./presence.ts";

/** The folder that holds the work tree `start` lies in; null outside of any, and in a bare repository. */
export async function findTop(start: string): Promise<string | null> {
	for (let at = resolve(start); ; at = dirname(at)) {
		if (await isThere(join(at, ".git"))) return at;
		if (dirname(at) === at) return null;
	}
}

/**
 * Places a path: a folder where it is one or ends in `/`, a submodule where a repository of its own lies in it. It counts from `folder` where the person stands inside the work tree, else from its top; it need not
 * exist. Throws UsageError for one that leads out of the repository.
 */
export async function placePath(typed: string, top: string | null, folder: string): Promise<AskedPath> {
	if (typed === "") throw new UsageError("a path is empty", "give a path such as src/x.py");
	const root = top ?? "/";
	const base = top !== null && (folder === top || folder.startsWith(`${top}${sep}`)) ? folder : root;
	const full = resolve(base, typed);
	const path = relative(root, full).split(sep).join("/");
	if (path === ".." || path.startsWith("../") || resolve(root, path) !== full) {
		throw new UsageError(`${typed} lies outside the repository at ${root}`, "give a path inside it");
	}
	const isFolder = path === "" || /[/\\]$/.test(typed) || (top !== null && (await isFolderAt(full)));
	if (!isFolder) return { path, kind: "file" };
	const isSubmodule = path !== "" && top !== null && (await isThere(join(full, ".git")));
	return { path, kind: isSubmodule ? "submodule" : "folder" };
}

async function isFolderAt(path: string): Promise<boolean> {
	return stat(path).then(
		(entry) => entry.isDirectory(),
		() => false,
	);
}
