// Pure. `overlapping-edit`: two teams changed one path within a short time, and neither of them owns it.
import type { Change, RawPath } from "#model/history";
import type { Rule } from "#model/ownership";
import { anchorOf, changeOccurrence, type Finding, pathResource } from "../finding.ts";
import type { Overlap } from "../overlaps.ts";
import type { CommitSeen } from "./history.ts";

/** `ruleOf` names the rule by which the path was shared when the commit was made, if it was. */
export function detectOverlappingEdit(
	{ path, teams, commits }: Overlap<CommitSeen>,
	ruleOf: (path: RawPath, seen: CommitSeen) => Rule | null,
): Finding[] {
	return commits.map((seen) => ({
		code: "overlapping-edit",
		level: "warning",
		resource: pathResource(path),
		actor: null,
		owner: null,
		teams,
		rule: ruleOf(path, seen),
		occurrence: changeOccurrence(
			seen.commit,
			seen.commit.changes.find((change) => change.path === path) as Change,
			seen.attribution,
		),
		anchor: anchorOf(seen.commit),
	}));
}
