// Pure. `shared-edit-not-atomic`: a team changed a shared path together with much else, so that it cannot be undone alone.
import { COORDINATOR } from "../attribute.ts";
import { anchorOf, changeOccurrence, pathResource } from "../finding.ts";
import type { ChangeDetector } from "./history.ts";

/** Coordinated or not: what was agreed is the change of the shared path, not all that came with it. */
export const detectSharedEditNotAtomic: ChangeDetector = ({ commit, attribution, maxOtherPaths }, change, verdict) => {
	const { team } = attribution;
	if (verdict.kind !== "shared" || team === null || team === COORDINATOR) return null;
	if (commit.changes.length - 1 <= maxOtherPaths) return null;
	return {
		code: "shared-edit-not-atomic",
		level: "warning",
		resource: pathResource(change.path),
		actor: team,
		owner: null,
		rule: verdict.rule,
		occurrence: changeOccurrence(commit, change, attribution),
		anchor: anchorOf(commit),
	};
};
