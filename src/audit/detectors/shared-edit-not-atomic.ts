// Pure. `shared-edit-not-atomic`: a team changed a shared path together with much else, so that it cannot be undone alone.
import { COORDINATOR } from "../attribute.ts";
import { anchorOf, changeOccurrence, pathResource } from "../finding.ts";
import type { ChangeDetector } from "./history.ts";

/** Coordinated or not: what was agreed is the change of the shared path, not all that came with it. */
export const detectSharedEditNotAtomic: ChangeDetector = (seen, change, verdict) => {
	const { team } = seen.attribution;
	if (verdict.kind !== "shared" || team === null || team === COORDINATOR) return null;
	if (seen.changeCount - 1 <= seen.maxOtherPaths) return null;
	return {
		code: "shared-edit-not-atomic",
		level: "warning",
		resource: pathResource(change.path),
		actor: team,
		owner: null,
		rule: verdict.rule,
		occurrence: changeOccurrence(seen.commit, change, seen.attribution),
		anchor: anchorOf(seen.commit),
	};
};
