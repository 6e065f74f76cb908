// Pure. The words of `rule-unmatched`.
import type { Detail } from "#model/conflict-facts";
import { visible } from "#model/visible";
import { plural } from "../plural.ts";
import { touchWords } from "./touch.ts";
import type { DetectorWords, Names } from "./words.ts";

export const ruleUnmatched: DetectorWords = {
	title: "Rule that guards nothing",
	fires: "An ownership rule in force matches no tracked file at the head. Rules with `purpose: delete` are left out.",
	reads:
		"The ownership rules in force at the head, the paths tracked there, and of a rule that matches none the commits that deleted or moved what it matched.",
	why: "The guide promises protection of something that is not there: the files moved, were never committed, or the pattern is misspelled.",
	cure: "Correct the pattern to where the files are now, or remove the rule. Where the history shows where the files it once matched went, the conflict says so: a commit that deleted them added the same contents elsewhere.",
	example:
		"`/api/` belongs to Team A. One commit moved all files below `api/` to `server/api/`; the rule still says `/api/`, and nobody owns `server/api/`.",
	silence:
		"If the files are still to come, give the rule `effective: { from: … }` with the day they are due. If the path is to be kept free, record an override in content/resolutions/ with that reason.",
	explain: (facts, names) => {
		const pattern = visible(facts.resource.replace(/^path:/, ""));
		const said = facts.occurrences[0]?.facts ?? {};
		const owner = facts.owner === null ? "the shared files" : names.team(facts.owner);
		return {
			message: `The rule “${pattern}” of ${owner} matches no tracked file.`,
			hint: hintOf(said),
			details: [detailOf(said, names)],
		};
	},
};

function hintOf({ movedTo, namesake, deleted }: Detail): string {
	if (typeof movedTo === "string")
		return `Correct the pattern: what it matched is now in “${visible(movedTo)}”. Or remove the rule.`;
	if (typeof namesake === "string")
		return `If “${visible(namesake)}” is meant, correct the pattern; otherwise remove the rule.`;
	if (Number(deleted ?? 0) > 0) return "Remove the rule, or correct the pattern to what took their place.";
	return "Correct the pattern to where the files are now, or remove the rule.";
}

/** What the history says of the files it once matched; empty where it says nothing. */
function detailOf(facts: Detail, names: Names): string {
	const countOf = (key: string) => Number(facts[key] ?? 0);
	if (countOf("once") === 0) return facts["isWhole"] === true ? "no commit read has a path that it matches" : "";
	const [deleted, left, moved] = [countOf("deleted"), countOf("left"), countOf("moved")];
	if (deleted === 0) return "paths that it matches are on other branches, not at the head";
	const when = touchWords(facts, names);
	if (moved > 0) {
		const part = moved === left ? plural(moved, "file") : `${moved} of ${plural(left, "file")}`;
		return `${part} that it matched moved to “${visible(String(facts["movedTo"]))}”${when}`;
	}
	const fate = facts["isAnyMoved"] === true ? "moved or deleted" : "deleted";
	return `${plural(deleted, "file")} that it matched ${deleted === 1 ? `was ${fate}` : `were ${fate}, last`}${when}`;
}
