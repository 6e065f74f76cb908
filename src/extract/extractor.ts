// Pure. What an extractor is: it reads one kind of fact out of one file's text.
import type { RawPath } from "#model/history";

/** Thrown by an extractor for a text it cannot read: where, and why in a few words. */
export class Unreadable extends Error {
	override readonly name = "Unreadable";
	/** From 1; 0 where no line applies. */
	readonly line: number;

	constructor(line: number, reason: string) {
		super(reason);
		this.line = line;
	}
}

export interface Extractor<T> {
	/**
	 * How the file at this path is read (a language, a format); null: not at all. Facts follow from this and the text
	 * alone: they are kept by both.
	 */
	readonly kindOf: (path: RawPath) => string | null;
	/** The facts, as plain JSON. Throws Unreadable. Its time and memory are linear in the text. */
	readonly extract: (text: string, kind: string) => T;
}

/** The last name of a path. */
export function nameOf(path: RawPath): string {
	return path.slice(path.lastIndexOf("/") + 1);
}

/** What follows the last dot of a path's name, in lower case; empty where there is none. */
export function endingOf(path: RawPath): string {
	const name = nameOf(path);
	const dot = name.lastIndexOf(".");
	return dot <= 0 ? "" : name.slice(dot + 1).toLowerCase();
}
