// Pure. How we know who made a change, and what was not read: the same words in text, Markdown and SARIF.
import type { Attribution, ConflictLog } from "#model/conflict-log";
import { visible } from "#model/visible";
import { plural } from "./plural.ts";

type Rung = Exclude<Attribution["by"], "none">;

/** How we know who made a change, with evidence that says otherwise; never more than the evidence bears. */
export function describeAttribution({ team, by, evidence, against = [] }: Attribution): string {
	const decided = by === "none" ? "unattributed" : named(team, by, evidence ?? "");
	if (against.length === 0) return decided;
	const others = against.map((other) =>
		other.team === null
			? `a ${other.by} “${visible(other.evidence)}” that names no team`
			: named(other.team, other.by, other.evidence),
	);
	return `${decided}; also found: ${others.join(", ")}`;
}

/** A trailer is a claim anyone can type; the rest is derived from git. */
function named(team: string | null, by: Rung, evidence: string): string {
	const who = visible(team ?? "nobody known");
	const words = visible(evidence);
	switch (by) {
		case "trailer":
			return `${who} claimed by trailer “${words}”`;
		case "branch":
			return `${who} derived from the branch ${words}`;
		case "merge":
			return `${who} derived from the merged branch ${words}`;
		case "email":
			return `${who} derived from the address ${words}`;
	}
}

/** What was not read of an incomplete history, one line each; empty for a whole one. */
export function describeGaps({ repository }: Pick<ConflictLog, "repository">): string[] {
	if (repository.complete) return [];
	return (repository.gaps ?? ["The history was not read whole."]).map(visible);
}

/** The gaps in few words for a summary: the first, and how many more. Starts with a separator; empty for a whole history. */
export function gapsInShort({ repository }: Pick<ConflictLog, "repository">): string {
	if (repository.complete) return "";
	const [first, ...rest] = repository.gaps ?? [];
	if (first === undefined) return "; the history is incomplete";
	const more = rest.length === 0 ? "" : ` (and ${plural(rest.length, "more gap")})`;
	return `; the history is incomplete: ${visible(first).replace(/\.$/, "")}${more}`;
}
