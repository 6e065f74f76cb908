// Pure. A span of time cut into periods of one kind, so that a chart has few enough bars to be read.
import { type CountableTimeInterval, utcDay, utcMonday, utcMonth, utcYear } from "d3-time";
import { dayWords } from "./words.ts";

export type PeriodKind = "day" | "week" | "month" | "year";

export interface Periods {
	readonly kind: PeriodKind;
	/** First moment of each, in order; at least one. */
	readonly starts: readonly Date[];
	/** The place of a moment: what lies before or after them all belongs to the first or last. */
	placeOf(at: Date): number;
	/** `21 Jul`, `Jul 2025`, `2025`. */
	wordsOf(place: number): string;
}

const KINDS: readonly (readonly [PeriodKind, CountableTimeInterval])[] = [
	["day", utcDay],
	["week", utcMonday],
	["month", utcMonth],
	["year", utcYear],
];

/** From `first` to `last`, both included, in the smallest of the kinds that makes at most `most` periods. */
export function cutPeriods(first: Date, last: Date, most: number, kinds: readonly PeriodKind[]): Periods {
	const choices = KINDS.filter(([kind]) => kinds.includes(kind));
	const lengthOf = (interval: CountableTimeInterval) => interval.count(interval.floor(first), interval.floor(last)) + 1;
	const [kind, interval] = (choices.find(([, one]) => lengthOf(one) <= most) ??
		choices.at(-1)) as (typeof KINDS)[number];
	const end = interval.floor(last);
	const from = interval.floor(lengthOf(interval) <= most ? first : interval.offset(end, 1 - most));
	const starts = interval.range(from, interval.offset(end, 1));
	return {
		kind,
		starts,
		placeOf: (at) => Math.min(Math.max(interval.count(from, interval.floor(at)), 0), starts.length - 1),
		wordsOf(place) {
			const start = starts[place] as Date;
			const year = start.getUTCFullYear();
			if (kind === "year") return String(year);
			return kind === "month" ? `${dayWords(start).replace(/^\d+ /, "")} ${year}` : dayWords(start);
		},
	};
}

/** Which places an axis names: the first, the last, and as many between as keep `most` apart evenly. */
export function namedPlaces(length: number, most: number): number[] {
	if (length <= most) return Array.from({ length }, (_, place) => place);
	const step = Math.ceil((length - 1) / (most - 1));
	const places = Array.from({ length: Math.floor((length - 1) / step) + 1 }, (_, index) => index * step);
	const last = length - 1;
	return places.at(-1) === last ? places : [...places.filter((place) => last - place >= step * 0.6), last];
}
