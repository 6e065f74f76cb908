// Pure. `attribution-disagreement`: two pieces of evidence name different teams for one commit.
import { COORDINATOR } from "../attribute.ts";
import { anchorOf, commitOccurrence, identityResource } from "../finding.ts";
import type { CommitDetector } from "./history.ts";

/** The higher rung still decides; the actor is its team. The coordinator is named, though no team. */
export const detectAttributionDisagreement: CommitDetector = ({ commit, attribution }) => {
	const others = (attribution.against ?? []).flatMap(({ team }) => team ?? []);
	if (others.length === 0) return null;
	const named = attribution.team === null ? others : [attribution.team, ...others];
	return {
		code: "attribution-disagreement",
		level: "warning",
		resource: identityResource(commit),
		actor: attribution.team,
		owner: null,
		teams: [...new Set(named)].filter((team) => team !== COORDINATOR).sort(),
		rule: null,
		occurrence: commitOccurrence(commit, attribution),
		anchor: anchorOf(commit),
	};
};
