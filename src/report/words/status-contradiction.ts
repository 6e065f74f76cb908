// Pure. The words of `status-contradiction`.
import type { Contradiction } from "#model/status-contradiction";
import { sayContradiction } from "#model/status-contradiction";
import { plural } from "../plural.ts";
import type { DetectorWords } from "./words.ts";

export const statusContradiction: DetectorWords = {
	title: "Declared status that cannot be",
	fires:
		"What `status` in content/teams/ says of a team does not agree with the commits attributed to it, or with the guide's own date: activity later than `updatedAt` of content/project.yaml; `awaiting-start` and a commit of the team, or `paused` or `done` and one more than a day after its last activity; a last activity more than a day before its last commit; `active` without a commit, where most commits name a team; a recent file that neither the head nor any commit has. An activity later than the head is not told: work need not be committed.",
	reads:
		"`status` in content/teams/, `updatedAt` in content/project.yaml, the commits attributed to each team, and every path at the head and in history.",
	why: "Others plan by what a team says it is doing. A status that git contradicts sends them to the wrong person, or to a file that is not there.",
	cure: "The team brings its `status` up to date; whoever keeps the guide sets `updatedAt` when it is. If the commits are not the team's, correct its identities.",
	example:
		"Team A is declared `awaiting-start` with no activity yet; git attributes three commits to it by the address they were made from.",
	silence:
		"There is nothing to silence while the status is kept. A status that is meant to be history is recorded as an override in content/resolutions/, with that reason.",
	explain: ({ owner, occurrences }, names) => {
		const found = occurrences.map(({ facts }) => sayContradiction(facts as unknown as Contradiction));
		return {
			message: `What ${names.team(owner)} declares does not agree with git or with the guide's date${found.length === 1 ? "" : `, in ${plural(found.length, "point")}`}.`,
			hint: `${names.team(owner)}: bring your status up to date. If git names the wrong team, correct the identities.`,
			details: found,
		};
	},
};
