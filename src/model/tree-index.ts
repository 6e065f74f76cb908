// Pure. Every tracked file at the head and whose it is: written beside the conflict log, read by pages and the look-up.
import { z } from "zod";
import { type RawPath, rawPath } from "./history.ts";

const treeVerdictSchema = z.strictObject({
	kind: z.enum(["owned", "shared", "unmatched"]),
	/** Team id; null where no team owns it alone. */
	owner: z.string().nullable(),
	/** The rule that decided; null where none matches. */
	rule: z.strictObject({ file: z.string(), line: z.int().min(1), pattern: z.string() }).nullable(),
});
export type TreeVerdict = z.output<typeof treeVerdictSchema>;

/** content/tree.json; regenerated with the log, from the same head. */
export const treeIndexSchema = z.strictObject({
	version: z.literal(1),
	/** Head the log was made at: both files belong together only if it is the same. */
	head: z.string(),
	headAt: z.iso.datetime(),
	/** Whether the tree could be read; if not, `files` is empty and says nothing. */
	isRead: z.boolean(),
	/** Each verdict once, as files first need it. */
	verdicts: z.array(treeVerdictSchema),
	/** Path as it is shown and its verdict's place in `verdicts`; sorted by path as git sorts its bytes. */
	files: z.array(z.tuple([z.string(), z.int().min(0)])),
	/** Places in `files` of submodules; only where there are some. */
	submodules: z.array(z.int().min(0)).min(1).optional(),
	/** Base64 of the bytes of paths that are no UTF-8, by their place in `files`; only where there are some. */
	pathBytes: z.record(z.string(), z.string()).optional(),
});
export type TreeIndex = z.output<typeof treeIndexSchema>;

/** The paths of `files` as rules see them, in their order: git's own bytes, and a submodule as a folder. */
export function ruledPaths({ files, submodules, pathBytes = {} }: TreeIndex): RawPath[] {
	const isSubmodule = new Set(submodules);
	return files.map(([path], place) => {
		const bytes = pathBytes[place];
		const raw = bytes === undefined ? rawPath(path) : atob(bytes);
		return isSubmodule.has(place) ? `${raw}/` : raw;
	});
}
