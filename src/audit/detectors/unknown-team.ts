// Pure. `unknown-team`: a commit's team trailer names no team of the project.
import { COORDINATOR } from "../attribute.ts";
import { anchorOf, commitOccurrence, identityResource } from "../finding.ts";
import type { CommitDetector } from "./history.ts";

/** The actor is whom the next rung names, if any. */
export const detectUnknownTeam: CommitDetector = ({ commit, attribution }) => {
	if (!attribution.against?.some(({ team }) => team === null)) return null;
	const { team } = attribution;
	const named = [team, ...attribution.against.map((evidence) => evidence.team)];
	return {
		code: "unknown-team",
		level: "warning",
		resource: identityResource(commit),
		actor: team,
		owner: null,
		teams: [...new Set(named.flatMap((one) => (one === null || one === COORDINATOR ? [] : [one])))].sort(),
		rule: null,
		occurrence: commitOccurrence(commit, attribution),
		anchor: anchorOf(commit),
	};
};
