// Pure. What each finding code means, for the page of the code. A code without words does not compile.
import type { FindingCode } from "#model/finding";
import { configForeignEdit } from "./words/config-foreign-edit.ts";
import { configForeignKey } from "./words/config-foreign-key.ts";
import { configUnparsable } from "./words/config-unparsable.ts";
import { contractDrift } from "./words/contract-drift.ts";
import { contractMissing } from "./words/contract-missing.ts";
import { deletionPending } from "./words/deletion-pending.ts";
import { fileUnread } from "./words/file-unread.ts";
import { generatedFloor } from "./words/generated-floor.ts";
import { manifestDrift } from "./words/manifest-drift.ts";
import { portDuplicate } from "./words/port-duplicate.ts";
import { portForeign } from "./words/port-foreign.ts";
import { portUnregistered } from "./words/port-unregistered.ts";
import { protoBreaking } from "./words/proto-breaking.ts";
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
		reads:
			"The commits reachable from the audited refs, their evidence of the team, and the rules in force at their author dates.",
		example: "`/api/` belongs to Team A. A commit with the trailer `Team: B` changes `api/app.py`.",
		silence:
			"If it was agreed, record an override in content/resolutions/ with who agreed and why; it also holds for later edits of the same kind. A `false-positive` is right only where the evidence names the wrong team. Do not widen a rule to hide one commit.",
	},
	"exempt-edit": {
		title: "Edit by somebody who needs no approval",
		fires:
			"What would otherwise be an edit of another team's path or configuration, of a shared path or by nobody known was made by an exempt actor (`attribution.exempt`), or by a pure revert: a commit that says which commit it reverts and takes back exactly that commit's changes, no more and no less.",
		why: "It is no violation, but it did change the owner's files: the owner should be able to see it.",
		cure: "Nothing has to be done. If the actor should need approval after all, take it off `attribution.exempt`.",
		reads: "The same as for `foreign-edit` and the shared paths, of commits by exempt actors and of pure reverts.",
		example: "A dependency bot listed in `attribution.exempt` changes `package.json`, which belongs to Team A.",
		silence: "It is a note and never fails a check at the usual level. There is nothing to silence.",
	},
	"shared-edit-uncoordinated": {
		title: "Shared path changed without coordination",
		fires:
			"A team's commit changed a shared path, no `Coordinated-by` trailer names the coordinator or another team, and no claim covers path, team and author date. An error where the rule says `risk: high`, else a warning.",
		why: "Several teams build on a shared file. A change nobody else knew of is found by its breakage.",
		cure: "Tell the coordinator and the other teams what changed. Next time agree first, and say so with a `Coordinated-by:` trailer or a claim in content/claims/.",
		reads: "Commits that changed shared paths, their trailers, and the claims in content/claims/.",
		example:
			"`pyproject.toml` is shared. A commit of Team B changes it; its message has no `Coordinated-by:` trailer, and no claim covers that day.",
		silence:
			"If it was agreed and only not said, record it as `resolved` with the day and the people. If the file needs no agreement, drop its shared rule.",
	},
	"shared-edit-not-atomic": {
		title: "Shared path changed together with much else",
		fires:
			"A team's commit changed a shared path and more than `atomic.maxOtherPaths` further paths, coordinated or not.",
		why: "A change of a shared file must be easy to read and to take back alone. Buried in a large commit it is neither.",
		cure: "Next time put the shared change into a commit of its own. This one: tell the others what of it concerns the shared file.",
		reads: "Commits that changed shared paths, and how many paths each changed.",
		example:
			"One commit of Team B changes the shared `config.py` and eight files of its own; `atomic.maxOtherPaths` is 5.",
		silence:
			"If such commits are usual and easy to read here, raise `atomic.maxOtherPaths` in content/project.yaml. One that had to be whole is recorded as an override with that reason.",
	},
	"unattributed-edit": {
		title: "Change that names no team",
		fires:
			"A commit changed an owned or shared path, and neither trailer, branch nor e-mail says which team made it. A warning on shared paths, else a note; one entry per author identity and owner.",
		why: "It may be the owner's own work or a violation: the history does not say, and the audit does not guess. It accuses nobody.",
		cure: "If the e-mail belongs to a team, add it to that team's identities. Otherwise have the author end commit messages with a `Team:` trailer.",
		reads:
			"Commits that changed owned or shared paths, and of each the trailers, the branch it was made on and the author's e-mail.",
		example:
			"A commit by `dev@laptop.example` on `main`, without a trailer, changes `api/app.py`. No team has that address.",
		silence:
			"Add the address to the identities of the team that uses it: then it is judged like any other. For history that nobody can attribute any more, start later (`repository.window.since`) or record an override.",
	},
	"attribution-disagreement": {
		title: "Evidence that names two teams",
		fires:
			"For one commit, trailer, branch and author e-mail do not name the same team, or its trailers name two. The higher rung decides (trailer, branch, e-mail); trailers that name two teams decide nothing.",
		why: "Everything the log says of that commit stands on the deciding evidence. If that is wrong, the wrong team is named.",
		cure: "Ask the author for which team it was made. Correct the trailer habit, the branch's name or the team's identities, so that they agree.",
		reads: "Trailers, branch and author e-mail of every commit that is judged.",
		example: "A commit ends with `Team: A`, and was made by an address that only Team B has.",
		silence:
			"If one address works for several teams, list it under `attribution.sharedIdentities`: it is evidence for none then. A commit that one team made for another is recorded as an override.",
	},
	"unknown-team": {
		title: "Trailer that names no team",
		fires:
			"A commit's `Team:` trailer holds a value that is neither a team's id nor one of its aliases. The next rung decides.",
		why: "The author meant to say whose work it is, and the audit could not understand it.",
		cure: "If it is another way to write a team's name, add it to that team's aliases; otherwise tell the author the right one.",
		reads: "The team trailer of every commit that is judged, and the teams' ids and aliases.",
		example: "A commit ends with `Team: backend`; the teams are `team-a` and `team-b`, and neither has that alias.",
		silence:
			"Add the name to the aliases of the team that is meant. If the trailer is used for something else here, choose another one in `attribution.trailer`.",
	},
	"overlapping-edit": {
		title: "Two teams on one path at the same time",
		fires:
			"Two teams changed one path within `collision.windowHours` of each other, by author dates, and neither of them owns it.",
		why: "Each worked without seeing the other's change. What the second one read may already have been out of date.",
		cure: "Have the later author look at the earlier change. If both teams keep working there, agree with the coordinator who goes first, by a claim.",
		reads: "Attributed commits, by path and author date, of paths that neither of the two teams owns.",
		example: "`notes.md` belongs to nobody. Team A changes it at nine, Team B at noon of the same day.",
		silence:
			"If the two agreed, record it as `resolved`. If such meetings are harmless here, make `collision.windowHours` shorter, or give the path to one team.",
	},
	"merge-collision": {
		title: "Branches of two teams that do not merge",
		fires:
			"The tips of two teams' open branches do not merge cleanly, as `git merge-tree --write-tree` says. Branches already merged, and one that contains the other, are left out.",
		why: "Both pieces of work cannot land as they are. The later this is found, the more there is to redo.",
		cure: "The teams compare the paths now and agree who adapts. One merges or rebases onto the other before either lands.",
		reads: "The tips of open branches that match the teams' `identities.branches`, merged two by two as git would.",
		example: "`team-a/api` and `team-b/jobs` both change the same line of `config.py`.",
		silence:
			"It ends when the branches merge cleanly, or one is deleted. While the teams know and work on it, record it as `acknowledged` or `paused`.",
	},
	"rule-unmatched": ruleUnmatched,
	"deletion-pending": deletionPending,
	"critical-unowned": {
		title: "Important path without a rule",
		fires: "A path that a team lists as key, critical or monitored is covered by no ownership rule.",
		why: "The team relies on a file that anyone may change without being told otherwise: the audit cannot see a collision there.",
		cure: "Add a rule for the path in content/ownership/, exclusive or shared.",
		reads: "`keyFiles`, `critical` and `monitors` in content/teams/, and the rules at the head.",
		example: "Team B lists `model_abstraction.py` under `critical`; no rule in content/ownership/ covers it.",
		silence: "If the file needs no owner, take it off the team's list: the list is what says that it matters.",
	},
	"status-contradiction": statusContradiction,
	"replica-drift": replicaDrift,
	"proto-duplicate": protoDuplicate,
	"proto-overlap": protoOverlap,
	"config-foreign-edit": configForeignEdit,
	"config-unparsable": configUnparsable,
	"config-foreign-key": configForeignKey,
	"generated-floor": generatedFloor,
	"manifest-drift": manifestDrift,
	"contract-missing": contractMissing,
	"contract-drift": contractDrift,
	"proto-breaking": protoBreaking,
	"file-unread": fileUnread,
	"port-duplicate": portDuplicate,
	"port-foreign": portForeign,
	"port-unregistered": portUnregistered,
};
