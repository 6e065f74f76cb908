// Pure. A team's status in words.
import type { TeamStatus } from "#model/snapshot";
import { agoWords } from "./contact.ts";
import { foreseenIn, foreseenWords } from "./foreseen.ts";
import { counted, durationWords } from "./words.ts";

type Derived = TeamStatus["derived"];

/** `none`, `2 errors, 1 note`: levels without a conflict are left out. */
export function conflictWords({ openErrors, openWarnings, openNotes }: Derived): string {
	const levels = [
		[openErrors, "error"],
		[openWarnings, "warning"],
		[openNotes, "note"],
	] as const;
	const words = levels.filter(([count]) => count > 0).map(([count, level]) => counted(count, level));
	return words.join(", ") || "none";
}

const EVIDENCE: Record<NonNullable<Derived["last"]>["attribution"]["by"], string> = {
	trailer: "claimed by trailer",
	branch: "derived from its branch",
	merge: "derived from its merge",
	email: "derived from the author's e-mail",
	none: "unattributed",
};

/** How a commit came to be called the team's. A trailer is a claim that anyone can type. */
export function evidenceWords({ by }: NonNullable<Derived["last"]>["attribution"]): string {
	return EVIDENCE[by];
}

/** Where what a team declares comes from, and whether it still holds. */
export interface Declaration {
	/** `unknown` once a report does not hold any more. */
	readonly state: TeamStatus["declared"]["state"];
	/** `as the content says`, `reported 2 min ago, holds for another 28 min`, `reported 3 h ago, held for 30 min`. */
	readonly origin: string;
	/** What was said is last known. */
	readonly isExpired: boolean;
}

/**
 * A report is judged by age on the gateway's monotonic clock: `uptimeMs` is that clock as of the answer, `sinceMs` how
 * long ago the answer was made.
 */
export function declarationOf(
	{ state, report }: TeamStatus["declared"],
	uptimeMs: number,
	sinceMs: number,
): Declaration {
	if (report === null) return { state, origin: "as the content says", isExpired: false };
	const ageMs = Math.max(0, uptimeMs - report.uptimeMs + sinceMs);
	const leftMs = report.validForMs - ageMs;
	const reported = `reported ${agoWords(ageMs, false)}`;
	if (leftMs > 0) return { state, origin: `${reported}, holds for another ${durationWords(leftMs)}`, isExpired: false };
	return { state: "unknown", origin: `${reported}, held for ${durationWords(report.validForMs)}`, isExpired: true };
}

/** What is announced when it changes. */
export function stateWords({ derived, contradictions }: TeamStatus, { state }: Declaration): string {
	const foreseen = foreseenIn(derived.worktrees);
	return [
		state.replace("-", " "),
		`open conflicts: ${conflictWords(derived)}`,
		...(contradictions.length > 0 ? [counted(contradictions.length, "contradiction")] : []),
		...(foreseen > 0 ? [foreseenWords(foreseen)] : []),
	].join(", ");
}
