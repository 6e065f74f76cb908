// Pure. Which phase of the schedule holds at an instant.
import type { Phase } from "#model/agreement";

export type PhaseNow =
	| { readonly kind: "in"; readonly phase: Phase }
	/** Some phase is dated, none holds. */
	| { readonly kind: "between" }
	| { readonly kind: "undated" };

/**
 * The first phase whose days hold `at` (ISO, UTC). Days are compared as dates; a phase that names one end
 * only is open at the other, one that names none is not dated and never holds.
 */
export function currentPhase(phases: readonly Phase[], at: string): PhaseNow {
	const dated = phases.filter((phase) => phase.from !== null || phase.to !== null);
	if (dated.length === 0) return { kind: "undated" };
	const day = at.slice(0, 10);
	const phase = dated.find(
		({ from, to }) => (from === null || from.slice(0, 10) <= day) && (to === null || day <= to.slice(0, 10)),
	);
	return phase === undefined ? { kind: "between" } : { kind: "in", phase };
}
