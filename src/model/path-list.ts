// Pure. The tracked paths as a file that stays small: grouped by folder, each folder's name written once.
import { z } from "zod";
import type { TreeIndex } from "./tree-index.ts";

/** /api/v1/paths.json */
export const pathListSchema = z.strictObject({
	version: z.literal(1),
	/** Head the tree was read at. */
	head: z.string(),
	headAt: z.iso.datetime(),
	/** Whether the tree could be read; if not, the list is empty and says nothing. */
	isRead: z.boolean(),
	/** How many paths are listed. */
	count: z.int().min(0),
	/**
	 * Names by folder, both as they are shown; a folder ends in a slash, the top is empty. A name that ends in a slash is a
	 * submodule.
	 */
	folders: z.record(z.string(), z.array(z.string())),
	/** Base64 of the bytes of paths that are no UTF-8; only where there are some. */
	pathBytes: z.record(z.string(), z.string()).optional(),
});
export type PathList = z.output<typeof pathListSchema>;

/** The files of a tree, grouped. Order within a folder is the tree's. */
export function listPaths({ head, headAt, isRead, files, submodules, pathBytes }: TreeIndex): PathList {
	const isSubmodule = new Set(submodules);
	const folders = new Map<string, string[]>();
	const bytes = new Map<string, string>();
	for (const [place, [path]] of files.entries()) {
		const slash = path.lastIndexOf("/") + 1;
		const folder = path.slice(0, slash);
		const names = folders.get(folder) ?? [];
		folders.set(folder, names);
		names.push(`${path.slice(slash)}${isSubmodule.has(place) ? "/" : ""}`);
		const raw = pathBytes?.[place];
		if (raw !== undefined) bytes.set(path, raw);
	}
	return {
		version: 1,
		head,
		headAt,
		isRead,
		count: files.length,
		folders: Object.fromEntries(folders),
		...(bytes.size === 0 ? {} : { pathBytes: Object.fromEntries(bytes) }),
	};
}
