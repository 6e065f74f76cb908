// Pure. What a history detector is given for each change, and what it answers.
import type { Attribution } from "#model/conflict-log";
import type { Change, Commit } from "#model/history";
import type { IsCoordinated } from "../coordination.ts";
import type { Finding } from "../finding.ts";
import type { Verdict } from "../ruleset.ts";

export interface ChangeSeen {
	readonly commit: Commit;
	readonly change: Change;
	/** Author date, ISO, UTC. */
	readonly authoredAt: string;
	readonly attribution: Attribution;
	readonly verdict: Exclude<Verdict, { kind: "clash" }>;
	readonly isCoordinated: IsCoordinated;
}

/** Looks at one path changed by one commit. */
export type HistoryDetector = (seen: ChangeSeen) => Finding | null;
