// Pure. What the words of a code are made from, and what they must hold.
import type { ConflictFacts, ConflictWords } from "#model/conflict-facts";

export interface FindingWords {
	/** A short name for headings and tables. */
	readonly title: string;
	/** Exactly when it fires. */
	readonly fires: string;
	/** Why it matters. */
	readonly why: string;
	/** What to do. */
	readonly cure: string;
	/** What the audit looks at to find it. */
	readonly reads: string;
	/** One case of it, as it would stand in a repository. */
	readonly example: string;
	/** How to have it not told, where that is right, and what must be true then. */
	readonly silence: string;
}

/** The names a project has for things. */
export interface Names {
	/** A team by its id; nobody by null. */
	readonly team: (id: string | null) => string;
	readonly coordinator: string;
}

/** All words of one code, in one file. */
export interface DetectorWords extends FindingWords {
	readonly explain: (facts: ConflictFacts, names: Names) => ConflictWords;
}
