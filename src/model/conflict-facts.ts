// Pure. A conflict before its words are made.
import type { Conflict, Occurrence } from "./conflict-log.ts";

/** What a detector saw beside the place: numbers and names, of which src/report makes the words. */
export type Detail = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export interface ConflictFacts extends Omit<Conflict, "message" | "hint" | "occurrences"> {
	readonly occurrences: readonly (Occurrence & { readonly facts?: Detail })[];
}

export interface ConflictWords {
	readonly message: string;
	readonly hint: string;
	/** What is to be said of each occurrence, in their order; only of findings that have details. */
	readonly details?: readonly string[];
}
