// Pure. What each finding code means, for the page of the code. A code without words does not compile.
import type { FindingCode } from "#model/finding";

export interface FindingWords {
	/** A short name for headings and tables. */
	readonly title: string;
	/** Exactly when it fires. */
	readonly fires: string;
	/** Why it matters. */
	readonly why: string;
	/** What to do. */
	readonly cure: string;
}

export const findingWords: Record<FindingCode, FindingWords> = {
	"foreign-edit": {
		title: "Edit of another team's path",
		fires:
			"A commit attributed to one team changed a path that a rule in force at its author date gives to another team alone.",
		why: "The owner works on the same file without seeing this change. Whoever merges last silently undoes the other, or breaks what was promised.",
		cure: "Show the commit to the owner. Either it is reverted, or the owner takes it over, or the coordinator records an override with its reason. If the file should belong to both, make the rule shared.",
	},
	"shared-edit-uncoordinated": {
		title: "Shared path changed without coordination",
		fires:
			"A team's commit changed a shared path, no `Coordinated-by` trailer names the coordinator or another team, and no claim covers path, team and author date. An error where the rule says `risk: high`, else a warning.",
		why: "Several teams build on a shared file. A change nobody else knew of is found by its breakage.",
		cure: "Tell the coordinator and the other teams what changed. Next time agree first, and say so with a `Coordinated-by:` trailer or a claim in content/claims/.",
	},
	"unattributed-edit": {
		title: "Change that names no team",
		fires:
			"A commit changed an owned or shared path, and neither trailer, branch nor e-mail says which team made it. A warning on shared paths, else a note; one entry per author identity and owner.",
		why: "It may be the owner's own work or a violation: the history does not say, and the audit does not guess. It accuses nobody.",
		cure: "If the e-mail belongs to a team, add it to that team's identities. Otherwise have the author end commit messages with a `Team:` trailer.",
	},
	"rule-unmatched": {
		title: "Rule that guards nothing",
		fires: "An ownership rule in force matches no tracked file at the head.",
		why: "The guide promises protection of something that is not there: the files moved, were never committed, or the pattern is misspelled.",
		cure: "Correct the pattern to where the files are now, or remove the rule.",
	},
	"deletion-pending": {
		title: "Marked for deletion, still there",
		fires: "A tracked file at the head matches a rule with `purpose: delete`.",
		why: "Others may still build on a file that its owner is about to remove.",
		cure: "The owner deletes the file; or, if it is to stay, drops `purpose: delete`.",
	},
	"critical-unowned": {
		title: "Important path without a rule",
		fires: "A path that a team lists as key, critical or monitored is covered by no ownership rule.",
		why: "The team relies on a file that anyone may change without being told otherwise: the audit cannot see a collision there.",
		cure: "Add a rule for the path in content/ownership/, exclusive or shared.",
	},
};
