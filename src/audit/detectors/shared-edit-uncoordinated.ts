// Pure. `shared-edit-uncoordinated`: a team changed a shared path without trailer or claim that says it was agreed.
import { COORDINATOR } from "../attribute.ts";
import { anchorOf, changeOccurrence, pathResource } from "../finding.ts";
import type { ChangeDetector } from "./history.ts";

export const detectSharedEditUncoordinated: ChangeDetector = (seen, change, verdict) => {
	const { team } = seen.attribution;
	if (verdict.kind !== "shared" || team === null || team === COORDINATOR) return null;
	if (seen.isCoordinated(seen.commit, change.path, team, seen.authoredAt)) return null;
	return {
		code: "shared-edit-uncoordinated",
		level: verdict.rule.risk === "high" ? "error" : "warning",
		resource: pathResource(change.path),
		actor: team,
		owner: null,
		rule: verdict.rule,
		occurrence: changeOccurrence(seen.commit, change, seen.attribution),
		anchor: anchorOf(seen.commit),
	};
};
