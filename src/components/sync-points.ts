// Pure. Which of the day's sync points comes next.

/** A daily moment; `time` is `HH:MM` in the project's zone. */
export interface TimedPoint {
	readonly name: string;
	readonly time: string;
}

export interface NextPoint extends TimedPoint {
	/** Whole minutes from now, at least 1: a point that is now is over. */
	readonly inMinutes: number;
}

/** The next point after a time of day (`HH:MM`, same zone); after the last of a day the first of the next. Null: none. */
export function nextPoint(points: readonly TimedPoint[], now: string): NextPoint | null {
	const sorted = [...points].sort((a, b) => (a.time < b.time ? -1 : 1));
	const next = sorted.find(({ time }) => time > now) ?? sorted[0];
	if (next === undefined) return null;
	const ahead = minutes(next.time) - minutes(now);
	return { name: next.name, time: next.time, inMinutes: ahead > 0 ? ahead : ahead + 24 * 60 };
}

function minutes(time: string): number {
	return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
