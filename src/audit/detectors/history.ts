// Pure. What the history detectors are given, and what they answer.
import type { Attribution } from "#model/conflict-log";
import type { Change, Commit } from "#model/history";
import type { Verdict } from "#rules/ruleset";
import type { IsCoordinated } from "../coordination.ts";
import type { Finding } from "../finding.ts";

export interface CommitSeen {
	readonly commit: Commit;
	/** Author date, ISO, UTC. */
	readonly authoredAt: string;
	readonly attribution: Attribution;
	/** Paths it changed. */
	readonly changeCount: number;
	readonly isCoordinated: IsCoordinated;
	/** A commit that changes a shared path may change so many further ones. */
	readonly maxOtherPaths: number;
}

/** A path that belongs to a team or is shared; what no rule covers is free. */
export type Covered = Extract<Verdict, { kind: "owned" | "shared" }>;

/** Looks at one covered path changed by one commit. */
export type ChangeDetector = (seen: CommitSeen, change: Change, verdict: Covered) => Finding | null;

/** Looks at a commit as a whole, whatever it changed. */
export type CommitDetector = (seen: CommitSeen) => Finding | null;
