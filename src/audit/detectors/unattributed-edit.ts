// Pure. `unattributed-edit`: an owned or shared path changed, and nothing says which team did it.
import { anchorOf, changeOccurrence, identityResource } from "../finding.ts";
import type { ChangeDetector } from "./history.ts";

/** One conflict per identity and owner: not knowing who is one question to one person, not one a path. */
export const detectUnattributedEdit: ChangeDetector = (seen, change, verdict) => {
	if (seen.attribution.team !== null) return null;
	return {
		code: "unattributed-edit",
		level: verdict.kind === "shared" ? "warning" : "note",
		resource: identityResource(seen.commit),
		actor: null,
		owner: verdict.kind === "owned" ? verdict.owner : null,
		rule: verdict.rule,
		occurrence: changeOccurrence(seen.commit, change, seen.attribution),
		anchor: anchorOf(seen.commit),
	};
};
