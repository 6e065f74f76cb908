// Pure. `foreign-edit`: a team changed a path that is exclusive to another team.
import { COORDINATOR } from "../attribute.ts";
import { anchorOf, changeOccurrence, pathResource } from "../finding.ts";
import type { ChangeDetector } from "./history.ts";

export const detectForeignEdit: ChangeDetector = (seen, change, verdict) => {
	const { team } = seen.attribution;
	if (verdict.kind !== "owned" || team === null || team === COORDINATOR || team === verdict.owner) return null;
	return {
		code: "foreign-edit",
		level: "error",
		resource: pathResource(change.path),
		actor: team,
		owner: verdict.owner,
		rule: verdict.rule,
		occurrence: changeOccurrence(seen.commit, change, seen.attribution),
		anchor: anchorOf(seen.commit),
	};
};
