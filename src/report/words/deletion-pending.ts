// Pure. The words of `deletion-pending`.
import { visible } from "#model/visible";
import { touchWords } from "./touch.ts";
import type { DetectorWords } from "./words.ts";

export const deletionPending: DetectorWords = {
	title: "Marked for deletion, still there",
	fires:
		"A tracked file at the head matches a rule with `purpose: delete`. The conflict names the newest commit that made the file what it is now, where that commit was read.",
	reads: "Rules with `purpose: delete`, the paths tracked at the head, and the commits that changed them.",
	why: "Others may still build on a file that its owner is about to remove.",
	cure: "The owner deletes the file; or, if it is to stay, drops `purpose: delete`.",
	example: "`mpi.sh` has a rule with `purpose: delete`, and `scripts/mpi.sh` is still tracked.",
	silence:
		"It is a note and ends with the file. If the deletion waits for something, record it as `paused` with what it waits for.",
	explain: (facts, names) => {
		const path = visible(facts.resource.replace(/^path:/, ""));
		const touched = touchWords(facts.occurrences[0]?.facts ?? {}, names);
		return {
			message: `${path} is marked for deletion by ${names.team(facts.owner)} and is still there.`,
			hint: `${names.team(facts.owner)}: delete it, or drop “purpose: delete”. Others: do not build on it.`,
			details: [touched === "" ? "" : `last changed${touched}`],
		};
	},
};
