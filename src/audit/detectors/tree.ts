// Pure. What a tree detector is given, and what it answers.
import type { Activity } from "#model/activity";
import type { Catalog } from "#model/catalog";
import type { RawPath, TreeEntry } from "#model/history";
import type { Rule } from "#model/ownership";
import type { TreeFacts } from "#model/tree-facts";
import type { Ruleset, Verdict } from "#rules/ruleset";
import type { JudgedContract } from "../contracts.ts";
import type { Finding } from "../finding.ts";
import type { Past } from "../past.ts";

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
	/** What the tracked files say. */
	readonly facts: TreeFacts;
	/** Each contract and what the tree holds of it. */
	readonly contracts: readonly JudgedContract[];
	/** What the history says of paths. */
	readonly past: Past;
	/** What each team did by the evidence of git, and how much of it names a team. */
	readonly activity: Activity;
	/** Whether every commit was read and judged, so that what is not there was not done. */
	readonly isWhole: boolean;
}

/** The team that has a path alone at the head; null: nobody. */
export function ownerOf({ ruleset, headAt }: Pick<TreeSeen, "ruleset" | "headAt">, path: RawPath): string | null {
	const verdict = ruleset.judge(path, headAt);
	return verdict.kind === "owned" ? verdict.owner : null;
}

/** The teams that have some of the paths alone at the head, sorted. */
export function ownersOf(seen: Pick<TreeSeen, "ruleset" | "headAt">, paths: readonly RawPath[]): string[] {
	const owners = paths.map((path) => ownerOf(seen, path));
	return [...new Set(owners.filter((owner) => owner !== null))].sort();
}

/** Looks at the whole tree at the head. */
export type TreeDetector = (seen: TreeSeen) => Finding[];
