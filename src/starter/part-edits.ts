// Pure. A history cut by the parts of a tree: a commit counts once in each part that it touches, however many files it changes.
import type { Edit, Evidence } from "./evidence.ts";
import type { Part } from "./parts.ts";

/** What one commit changed in one part. */
export interface PartEdit extends Edit {
	/** It goes over the whole tree, as when all is reformatted: work on none of its parts, and yet a change of each. */
	readonly isSweeping: boolean;
}

/**
 * A commit that touches more parts sweeps. Of eight public histories, 97 to 99.9 % of the commits touch no more; with those
 * that do, folders of few commits would be whoever's who reformats.
 */
const MOST_PARTS = 5;

/** Of each part, the commits that touch it, with their paths there alone; in the history's order. */
export function cutByPart(
	{ edits }: Pick<Evidence, "edits">,
	parts: readonly Part[],
): ReadonlyMap<Part, readonly PartEdit[]> {
	const byFolder = new Map(parts.map((part) => [part.folder, part]));
	const cut = new Map<Part, PartEdit[]>(parts.map((part) => [part, []]));
	for (const { email, at, paths: all } of edits) {
		const touched = Map.groupBy(all, (path) => partOf(path, byFolder));
		touched.delete(null);
		const isSweeping = touched.size > MOST_PARTS;
		for (const [part, paths] of touched) if (part !== null) cut.get(part)?.push({ email, at, paths, isSweeping });
	}
	return cut;
}

/** Parts hold no other part, so that the first folder that is one is the only one. */
function partOf(path: string, byFolder: ReadonlyMap<string, Part>): Part | null {
	for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) {
		const part = byFolder.get(path.slice(0, slash + 1));
		if (part !== undefined) return part;
	}
	return null;
}
