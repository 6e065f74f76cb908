// Pure. What the gateway asks of the repository as it is now. Implemented where git is run, and handed in.
import type { Activity } from "#model/activity";
import type { StandingLog } from "#model/conflict-delta";
import type { Team } from "#model/team";
import type { BesideAudit } from "#model/team-status";

export interface RepositoryNow {
	/** As the content had them that this was judged by. */
	readonly teams: readonly Team[];
	/** When the guide was last said to be up to date (ISO, UTC); null: it does not say. */
	readonly updatedAt: string | null;
	readonly activity: Activity;
	readonly log: StandingLog;
	readonly branches: BesideAudit["branches"];
	readonly worktrees: BesideAudit["worktrees"];
}

export interface LiveRepository {
	/** The newest whole reading; null: none yet. Another object each time something changed. */
	now(): RepositoryNow | null;
	/** Since it was last seen that `now()` is as the repository is, ms, monotonic; null: never. */
	ageMs(): number | null;
	/** Why it cannot be read now, in one sentence without places of this machine; null: it can. */
	trouble(): string | null;
	/** Stops looking, and whatever runs for it. */
	close(): Promise<void>;
}
