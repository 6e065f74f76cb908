// Pure. What a team last reported of itself, and how that stands in for what the content declares.
import type { TeamStatus } from "./snapshot.ts";
import type { TeamState } from "./team.ts";

type Declared = TeamStatus["declared"];

/** The last report accepted of a team. Its texts are safe to look at as they are. */
export interface HeldReport {
	readonly team: string;
	/** Only rises, report by report. */
	readonly sequence: bigint;
	readonly state: TeamState;
	readonly workingOn: string | null;
	readonly blockedBy: readonly string[];
	readonly note: string | null;
	/** Wall clock of the gateway that took it, ISO: to be shown. */
	readonly reportedAt: string;
	/** The same on the monotonic clock of this gateway's run; below 0: taken before the run began. */
	readonly uptimeMs: number;
	/** How long it holds. */
	readonly validForMs: number;
}

/** What of a report its age is judged by: `HeldReport`, or `declared.report` of a team's status. */
type Dated = Pick<HeldReport, "uptimeMs" | "validForMs">;

/** Whether a report holds no longer, at a moment of the clock of `uptimeMs`. */
export function isReportExpired({ uptimeMs, validForMs }: Dated, nowUptimeMs: number): boolean {
	return nowUptimeMs - uptimeMs > validForMs;
}

/**
 * What a team declares: its report where it made one, else what the content says. A report that expired leaves the
 * state unknown and its words as last known; `isReportExpired` of `declared.report` tells the two apart. It counts as the
 * team's last activity: somebody was there to make it. (That it comes after the guide's last update is no contradiction.)
 */
export function declaredFromReport(content: Declared, held: HeldReport | null, nowUptimeMs: number): Declared {
	if (held === null) return content;
	const { workingOn, blockedBy, note, reportedAt, uptimeMs, validForMs } = held;
	return {
		state: isReportExpired(held, nowUptimeMs) ? "unknown" : held.state,
		workingOn,
		lastActivityAt: reportedAt,
		blockedBy: [...blockedBy],
		note,
		report: { reportedAt, uptimeMs, validForMs },
	};
}
