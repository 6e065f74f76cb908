// Pure. A team's status in words.
import type { TeamStatus } from "#model/snapshot";
import { counted } from "./words.ts";

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

/** What is announced when it changes. */
export function stateWords({ declared, derived, contradictions }: TeamStatus): string {
	const disagree = contradictions.length > 0 ? `, ${counted(contradictions.length, "contradiction")}` : "";
	return `${declared.state.replace("-", " ")}, open conflicts: ${conflictWords(derived)}${disagree}`;
}
