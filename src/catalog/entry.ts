// Pure. One file of the content after parsing, and the way from a field of it back to its line and column.
import type { Problem } from "#model/problem";

/** Path of a field inside a file, as zod writes it: `["rules", 0, "pattern"]`. */
export type FieldPath = readonly PropertyKey[];

/** Line and column, both from 1. */
export interface Place {
	readonly line: number;
	readonly column: number;
}

/** A file as it came from disk; `path` is relative to the content folder, with `/`. */
export interface SourceFile {
	readonly path: string;
	readonly text: string;
}

/** A file or folder that cannot be content. */
export interface Unreadable {
	readonly path: string;
	readonly complaint: Complaint;
}

/** What is wrong, and what to do about it. */
export interface Complaint {
	readonly message: string;
	readonly hint: string | null;
}

/** Finds fields in the text they were read from. */
export interface Locator {
	/** Place of the value at `path`, or of its nearest parent that is there. */
	readonly valueAt: (path: FieldPath) => Place;
	/** Place of the last key of `path`, or of its nearest parent that is there. */
	readonly keyAt: (path: FieldPath) => Place;
}

/** A file whose fields fit their schema. */
export interface Entry<T> extends Locator {
	/** Relative to the content folder. */
	readonly path: string;
	/** The file's name without its ending. */
	readonly id: string;
	readonly value: T;
}

/** A problem with the value at `path` of an entry. */
export function problemAt(entry: Entry<unknown>, path: FieldPath, message: string, hint: string | null): Problem {
	return { file: entry.path, ...entry.valueAt(path), field: path.map(String).join("."), message, hint };
}

/** A problem with a file as a whole. */
export function problemOf(path: string, message: string, hint: string | null): Problem {
	return { file: path, line: 1, column: 1, field: "", message, hint };
}
