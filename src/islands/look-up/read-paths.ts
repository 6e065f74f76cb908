// Pure. Bytes of /api/v1/paths.json -> the list of tracked paths, or null for anything else.
import type { PathList } from "#model/path-list";
import { flag, instant, listOf, object, oneOf, optional, recordOf, type Shape, text, whole } from "./shape.ts";

const file: Shape = object({
	version: oneOf(1),
	head: text,
	headAt: instant,
	isRead: flag,
	count: whole,
	folders: recordOf(listOf(text)),
	pathBytes: optional(recordOf(text)),
});

/** A list that holds fewer paths than it says was damaged on the way. */
export function readPaths(json: string): PathList | null {
	try {
		const value: unknown = JSON.parse(json);
		if (!file(value)) return null;
		const list = value as PathList;
		const count = Object.values(list.folders).reduce((sum, names) => sum + names.length, 0);
		const isWhole = count === list.count && Object.keys(list.folders).every((folder) => /(^|\/)$/.test(folder));
		return isWhole ? list : null;
	} catch {
		// No JSON at all: a page of an error, or half a file.
		return null;
	}
}
