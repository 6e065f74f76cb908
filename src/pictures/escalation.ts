// Pure. What was done so far of each step of the escalation: how often, when last, and how long after the step before.
import type { Resolution } from "#model/agreement";

export interface StepRecord {
	readonly step: string;
	/** Decisions that tell of it. */
	readonly taken: number;
	/** When last, as the decision says it; null: never told. */
	readonly lastAt: string | null;
	/** In the middle case, since the step before it in the same decision; null: not known. */
	readonly afterMs: number | null;
}

/** Steps are told by their words, whatever their letters' case and spaces. */
export function escalationRecord(
	escalation: readonly string[],
	resolutions: readonly Pick<Resolution, "steps">[],
): StepRecord[] {
	const key = (text: string) => text.trim().replace(/\s+/g, " ").toLowerCase();
	return escalation.map((step, place) => {
		const before = escalation[place - 1];
		const found = resolutions.flatMap(({ steps }) => {
			const at = steps.find((one) => key(one.step) === key(step))?.at;
			if (at === undefined) return [];
			const since = before === undefined ? undefined : steps.find((one) => key(one.step) === key(before))?.at;
			return [{ at, ms: since === undefined ? null : Date.parse(at) - Date.parse(since) }];
		});
		const times = found
			.flatMap(({ ms }) => (ms === null || Number.isNaN(ms) || ms < 0 ? [] : [ms]))
			.sort((a, b) => a - b);
		return {
			step,
			taken: found.length,
			lastAt:
				found
					.map(({ at }) => at)
					.sort()
					.at(-1) ?? null,
			afterMs: times[Math.floor((times.length - 1) / 2)] ?? null,
		};
	});
}
