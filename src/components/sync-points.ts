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

/** Two days and an hour: a time that the clocks skip one day is shown the day after. */
const AHEAD = 2_940;

/**
 * The point whose time the clocks show next after `now` (ms); null: none. `clock` gives what they show (`HH:MM`) at an instant: it
 * is asked minute by minute, since a day on which the clocks are set has 23 or 25 hours.
 */
export function nextPoint(points: readonly TimedPoint[], now: number, clock: (at: number) => string): NextPoint | null {
	for (let inMinutes = 1; points.length > 0 && inMinutes <= AHEAD; inMinutes++) {
		const shown = clock(now + inMinutes * 60_000);
		const next = points.find(({ time }) => time === shown);
		if (next !== undefined) return { ...next, inMinutes };
	}
	return null;
}
