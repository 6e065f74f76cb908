// Pure. What a tree detector is given, and what it answers.
import type { Catalog } from "#model/catalog";
import type { TreeEntry } from "#model/history";
import type { Rule } from "#model/ownership";
import type { Finding } from "../finding.ts";
import type { Ruleset, Verdict } from "../ruleset.ts";

export interface TreeSeen {
	readonly catalog: Catalog;
	readonly tree: readonly TreeEntry[];
	/** Committer date of the head, ISO, UTC: the instant at which the tree is judged. */
	readonly headAt: string;
	readonly ruleset: Ruleset;
	/** The verdict on each tracked file, in the tree's order. */
	readonly verdicts: readonly Verdict[];
	/** Every rule that matches some tracked file, whether or not it decided. */
	readonly matched: ReadonlySet<Rule>;
}

/** Looks at the whole tree at the head. */
export type TreeDetector = (seen: TreeSeen) => Finding[];
