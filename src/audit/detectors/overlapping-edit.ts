// Pure. `overlapping-edit`: two teams changed one path within a short time, and neither of them owns it.
import type { Change } from "#model/history";
import type { Rule } from "#model/ownership";
import { anchorOf, changeOccurrence, type Finding, pathResource } from "../finding.ts";
import type { CommitSeen } from "./history.ts";

/** One of the edits in an overlap. */
export interface OverlappingEdit {
	readonly seen: CommitSeen;
	readonly change: Change;
	/** Teams that meet on the path, sorted. */
	readonly teams: readonly [string, string];
	/** The rule by which the path was shared when the commit was made, if it was. */
	readonly rule: Rule | null;
}

export function detectOverlappingEdit({ seen, change, teams, rule }: OverlappingEdit): Finding {
	const { commit, attribution } = seen;
	return {
		code: "overlapping-edit",
		level: "warning",
		resource: pathResource(change.path),
		actor: null,
		owner: null,
		teams,
		rule,
		occurrence: changeOccurrence(commit, change, attribution),
		anchor: anchorOf(commit),
	};
}
