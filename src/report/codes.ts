// Pure. What each finding code means, for the page of the code. A code without words does not compile.
import type { FindingCode } from "#model/finding";
import { configForeignKey } from "./words/config-foreign-key.ts";
import { configUnparsable } from "./words/config-unparsable.ts";
import { deletionPending } from "./words/deletion-pending.ts";
import { fileUnread } from "./words/file-unread.ts";
import { portDuplicate } from "./words/port-duplicate.ts";
import { portForeign } from "./words/port-foreign.ts";
import { portUnregistered } from "./words/port-unregistered.ts";
import { protoDuplicate } from "./words/proto-duplicate.ts";
import { protoOverlap } from "./words/proto-overlap.ts";
import { replicaDrift } from "./words/replica-drift.ts";
import { ruleUnmatched } from "./words/rule-unmatched.ts";
import { statusContradiction } from "./words/status-contradiction.ts";
import type { FindingWords } from "./words/words.ts";

export const findingWords: Record<FindingCode, FindingWords> = {
	"foreign-edit": {
		title: "Edit of another team's path",
		fires:
			"A commit attributed to one team changed a path that a rule in force at its author date gives to another team alone.",
		why: "The owner works on the same file without seeing this change. Whoever merges last silently undoes the other, or breaks what was promised.",
		cure: "Show the commit to the owner. Either it is reverted, or the owner takes it over, or the coordinator records an override with its reason. If the file should belong to both, make the rule shared.",
	},
	"exempt-edit": {
		title: "Edit by somebody who needs no approval",
		fires:
			"What would otherwise be an edit of another team's path, of a shared path or by nobody known was made by an exempt actor (`attribution.exempt`), or by a pure revert: a commit that says which commit it reverts and takes back exactly that commit's changes, no more and no less.",
		why: "It is no violation, but it did change the owner's files: the owner should be able to see it.",
		cure: "Nothing has to be done. If the actor should need approval after all, take it off `attribution.exempt`.",
	},
	"shared-edit-uncoordinated": {
		title: "Shared path changed without coordination",
		fires:
			"A team's commit changed a shared path, no `Coordinated-by` trailer names the coordinator or another team, and no claim covers path, team and author date. An error where the rule says `risk: high`, else a warning.",
		why: "Several teams build on a shared file. A change nobody else knew of is found by its breakage.",
		cure: "Tell the coordinator and the other teams what changed. Next time agree first, and say so with a `Coordinated-by:` trailer or a claim in content/claims/.",
	},
	"shared-edit-not-atomic": {
		title: "Shared path changed together with much else",
		fires:
			"A team's commit changed a shared path and more than `atomic.maxOtherPaths` further paths, coordinated or not.",
		why: "A change of a shared file must be easy to read and to take back alone. Buried in a large commit it is neither.",
		cure: "Next time put the shared change into a commit of its own. This one: tell the others what of it concerns the shared file.",
	},
	"unattributed-edit": {
		title: "Change that names no team",
		fires:
			"A commit changed an owned or shared path, and neither trailer, branch nor e-mail says which team made it. A warning on shared paths, else a note; one entry per author identity and owner.",
		why: "It may be the owner's own work or a violation: the history does not say, and the audit does not guess. It accuses nobody.",
		cure: "If the e-mail belongs to a team, add it to that team's identities. Otherwise have the author end commit messages with a `Team:` trailer.",
	},
	"attribution-disagreement": {
		title: "Evidence that names two teams",
		fires:
			"For one commit, trailer, branch and author e-mail do not name the same team, or its trailers name two. The higher rung decides (trailer, branch, e-mail); trailers that name two teams decide nothing.",
		why: "Everything the log says of that commit stands on the deciding evidence. If that is wrong, the wrong team is named.",
		cure: "Ask the author for which team it was made. Correct the trailer habit, the branch's name or the team's identities, so that they agree.",
	},
	"unknown-team": {
		title: "Trailer that names no team",
		fires:
			"A commit's `Team:` trailer holds a value that is neither a team's id nor one of its aliases. The next rung decides.",
		why: "The author meant to say whose work it is, and the audit could not understand it.",
		cure: "If it is another way to write a team's name, add it to that team's aliases; otherwise tell the author the right one.",
	},
	"overlapping-edit": {
		title: "Two teams on one path at the same time",
		fires:
			"Two teams changed one path within `collision.windowHours` of each other, by author dates, and neither of them owns it.",
		why: "Each worked without seeing the other's change. What the second one read may already have been out of date.",
		cure: "Have the later author look at the earlier change. If both teams keep working there, agree with the coordinator who goes first, by a claim.",
	},
	"merge-collision": {
		title: "Branches of two teams that do not merge",
		fires:
			"The tips of two teams' open branches do not merge cleanly, as `git merge-tree --write-tree` says. Branches already merged, and one that contains the other, are left out.",
		why: "Both pieces of work cannot land as they are. The later this is found, the more there is to redo.",
		cure: "The teams compare the paths now and agree who adapts. One merges or rebases onto the other before either lands.",
	},
	"rule-unmatched": ruleUnmatched,
	"deletion-pending": deletionPending,
	"critical-unowned": {
		title: "Important path without a rule",
		fires: "A path that a team lists as key, critical or monitored is covered by no ownership rule.",
		why: "The team relies on a file that anyone may change without being told otherwise: the audit cannot see a collision there.",
		cure: "Add a rule for the path in content/ownership/, exclusive or shared.",
	},
	"status-contradiction": statusContradiction,
	"replica-drift": replicaDrift,
	"proto-duplicate": protoDuplicate,
	"proto-overlap": protoOverlap,
	"config-unparsable": configUnparsable,
	"config-foreign-key": configForeignKey,
	"file-unread": fileUnread,
	"port-duplicate": portDuplicate,
	"port-foreign": portForeign,
	"port-unregistered": portUnregistered,
};
