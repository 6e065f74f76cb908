// Pure. How far a conflict was escalated: the project's steps beside those a decision says were taken.
import type { Conflict } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";

export interface EscalationStep {
	readonly step: string;
	/** `taken` at `at` · `next`: the first that was not · `later` · `skipped`: not recorded, though a later one is, or all is settled. */
	readonly kind: "taken" | "next" | "later" | "skipped";
	/** As the decision says it (a date or an instant); null where it was not taken. */
	readonly at: string | null;
}

/** Whether people have to meet over it: an open error, one between teams, or one of which steps are recorded. */
export function isEscalated(conflict: Pick<Conflict, "level" | "state" | "teams" | "resolution">): boolean {
	if (conflict.resolution !== null && conflict.resolution.steps.length > 0) return true;
	return isOpen(conflict) && conflict.level !== "note" && (conflict.level === "error" || conflict.teams.length > 1);
}

/** The project's steps in order, then steps of the decision that are none of the project's, as taken. */
export function escalationOf(
	project: readonly string[],
	{ state, resolution }: Pick<Conflict, "state" | "resolution">,
): EscalationStep[] {
	const taken = new Map((resolution?.steps ?? []).map(({ step, at }) => [step, at]));
	const last = project.findLastIndex((step) => taken.has(step));
	const isSettled = !isOpen({ state });
	const steps = project.map((step, place): EscalationStep => {
		const at = taken.get(step) ?? null;
		if (at !== null) return { step, kind: "taken", at };
		if (isSettled || place < last) return { step, kind: "skipped", at };
		return { step, kind: place === last + 1 ? "next" : "later", at };
	});
	const own = [...taken].filter(([step]) => !project.includes(step));
	return [...steps, ...own.map(([step, at]): EscalationStep => ({ step, kind: "taken", at }))];
}
