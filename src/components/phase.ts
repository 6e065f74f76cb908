// Pure. Which phase of the schedule holds at an instant.
import type { Phase } from "#model/agreement";

export type PhaseNow =
	| { readonly kind: "in"; readonly phase: Phase }
	/** Some phase is dated, none holds. */
	| { readonly kind: "between" }
	| { readonly kind: "undated" };

/**
 * The first phase that holds at `at` (ISO, UTC); its days are those of the project's zone, as the catalog resolved them. A
 * phase that names one end only is open at the other, one that names none is not dated and never holds.
 */
export function currentPhase(phases: readonly Phase[], at: string): PhaseNow {
	const dated = phases.filter(({ fromAt, untilAt }) => fromAt !== null || untilAt !== null);
	if (dated.length === 0) return { kind: "undated" };
	const now = Date.parse(at);
	const phase = dated.find(
		({ fromAt, untilAt }) =>
			(fromAt === null || Date.parse(fromAt) <= now) && (untilAt === null || now < Date.parse(untilAt)),
	);
	return phase === undefined ? { kind: "between" } : { kind: "in", phase };
}
