// Pure. `foreign-edit`: a team changed a path that is exclusive to another team.
import { COORDINATOR } from "../attribute.ts";
import { anchorOf, changeOccurrence, pathResource } from "../finding.ts";
import type { ChangeDetector } from "./history.ts";

export const detectForeignEdit: ChangeDetector = ({ commit, attribution }, change, verdict) => {
	const { team } = attribution;
	if (verdict.kind !== "owned" || team === null || team === COORDINATOR || team === verdict.owner) return null;
	return {
		code: "foreign-edit",
		level: "error",
		resource: pathResource(change.path),
		actor: team,
		owner: verdict.owner,
		rule: verdict.rule,
		occurrence: changeOccurrence(commit, change, attribution),
		anchor: anchorOf(commit),
	};
};
