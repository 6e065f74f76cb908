// Edge(fs). Which tracked path was perhaps meant by one that is not there, by the tree of the last audit.
import { join } from "node:path";
import { createPathIndex, type PathIndex } from "#islands/look-up/path-index.ts";
import type { Rule } from "#model/ownership";
import { listPaths } from "#model/path-list";
import { WorldError } from "#model/problem";
import { treeIndexSchema } from "#model/tree-index";
import { type AskedPath, writePath } from "#rules/look-up";
import { isThere, readIfThere } from "./presence.ts";

export interface Meant {
	/** The commit whose tree was looked at. */
	readonly head: string;
	/** As people write them, nearest first; at least one. */
	readonly near: readonly string[];
}

/**
 * Of each path null, or those it was probably meant to be: where nothing lies at it, neither in the work tree `top` nor in
 * the tree of the last audit, and that tree holds something very like it. The page /may-i/ asks by the same law.
 */
export async function findMeant(
	paths: readonly AskedPath[],
	top: string | null,
	contentDir: string,
	rules: readonly Rule[],
	now: string,
): Promise<(Meant | null)[]> {
	const present = await Promise.all(paths.map(async ({ path }) => top !== null && (await isThere(join(top, path)))));
	if (present.every(Boolean)) return paths.map(() => null);
	const known = await readIndex(contentDir, rules);
	if (known === null) return paths.map(() => null);
	return paths.map((asked, at) => {
		const placed = present[at] ? null : known.index.place(writePath(asked), now);
		if (placed?.kind !== "new" || placed.miss === null) return null;
		return { head: known.head, near: placed.near.map(writePath) };
	});
}

async function readIndex(
	contentDir: string,
	rules: readonly Rule[],
): Promise<{ head: string; index: PathIndex } | null> {
	const file = join(contentDir, "tree.json");
	const text = await readIfThere(file);
	if (text === null) return null;
	try {
		const tree = treeIndexSchema.parse(JSON.parse(text));
		return { head: tree.head, index: createPathIndex(listPaths(tree), rules) };
	} catch (error) {
		throw new WorldError(`${file} is damaged or of another version`, "make it anew: npm run audit", error);
	}
}
