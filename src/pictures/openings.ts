// Pure. When the conflicts of a log were opened, which are open still, and what is not known of that.
import type { Conflict } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";
import { findingSource, type Level } from "#model/finding";
import { cutPeriods, type PeriodKind } from "./periods.ts";
import { counted, dayWords } from "./words.ts";

export type OpeningConflict = Pick<Conflict, "code" | "level" | "state" | "firstAt" | "resolution">;
type ByLevel = Record<Level, number>;

export interface OpeningPeriod {
	/** `21 Jul`, `Jul 2025`, `2025`. */
	readonly name: string;
	readonly start: Date;
	/** Conflicts that the history shows first in it. */
	readonly open: ByLevel;
	readonly decided: ByLevel;
	/** Of the conflicts listed, those open at its end. */
	readonly openAtEnd: number;
}

export interface Openings {
	readonly kind: PeriodKind;
	readonly periods: readonly OpeningPeriod[];
	/** What the tree shows at the head: since when is not known. */
	readonly undated: { readonly open: ByLevel; readonly decided: ByLevel };
	readonly finding: string;
}

/** More bars than these are not told apart on a phone. */
const MOST_PERIODS = 26;
const DAY_MS = 86_400_000;

export const sumLevels = (counts: ByLevel): number => counts.error + counts.warning + counts.note;
const none = (): ByLevel => ({ error: 0, warning: 0, note: 0 });

/** `headAt` (ISO) ends the time; what is dated after it counts into the last period. */
export function countOpenings(conflicts: readonly OpeningConflict[], headAt: string): Openings {
	const head = new Date(headAt);
	const dated = conflicts.filter(({ code }) => findingSource[code] === "history");
	const earliest = dated.map(({ firstAt }) => firstAt).sort()[0] ?? headAt;
	const first = earliest < headAt ? new Date(earliest) : head;
	const cut = cutPeriods(first, head, MOST_PERIODS, ["day", "week", "month", "year"]);
	const periods = cut.starts.map((start, place) => ({
		name: cut.wordsOf(place),
		start,
		open: none(),
		decided: none(),
		openAtEnd: 0,
	}));
	const undated = { open: none(), decided: none() };
	const change = periods.map(() => 0);
	for (const conflict of conflicts) {
		const isDated = findingSource[conflict.code] === "history";
		const place = cut.placeOf(new Date(conflict.firstAt));
		const side = isOpen(conflict) ? "open" : "decided";
		(isDated ? (periods[place] as OpeningPeriod) : undated)[side][conflict.level]++;
		if (!isDated) continue;
		change[place] = (change[place] as number) + 1;
		if (isOpen(conflict) || conflict.resolution === null) continue;
		const closed = Math.max(place, cut.placeOf(new Date(conflict.resolution.at)));
		change[closed] = (change[closed] as number) - 1;
	}
	let running = 0;
	const counted = periods.map((period, place) => {
		running += change[place] as number;
		return { ...period, openAtEnd: running };
	});
	return { kind: cut.kind, periods: counted, undated, finding: sayOpenings(cut.kind, counted, undated) };
}

function sayOpenings(kind: PeriodKind, periods: readonly OpeningPeriod[], undated: Openings["undated"]): string {
	const opened = periods.map(({ open, decided }) => sumLevels(open) + sumLevels(decided));
	const all = opened.reduce((sum, amount) => sum + amount, 0);
	const seen = sumLevels(undated.open) + sumLevels(undated.decided);
	const known =
		seen === 0
			? ""
			: `; ${seen.toLocaleString("en")} more ${seen === 1 ? "was" : "were"} seen in the tree, since when is not known`;
	if (all === 0) return `The history shows no conflict${known}.`;
	const most = Math.max(...opened);
	const place = opened.lastIndexOf(most);
	const period = periods[place] as OpeningPeriod;
	const open = periods.at(-1)?.openAtEnd ?? 0;
	const when =
		kind === "day"
			? `on ${dayWords(period.start)}`
			: kind === "week"
				? `in the week of ${period.name}`
				: `in ${period.name}`;
	const peak = all === most ? `all ${when}` : `most, ${most.toLocaleString("en")}, ${when}`;
	const still =
		open === all
			? `${all === 1 ? "it is" : "all of them are"} open still`
			: `${open.toLocaleString("en")} of them ${open === 1 ? "is" : "are"} open still`;
	return `The history shows ${counted(all, "conflict")}, ${peak}; ${still}${known}.`;
}

export interface Trend {
	/** Conflicts first seen in each of the last weeks, seven whole days (UTC) each; the one that ends with the head's day last. */
	readonly weeks: readonly number[];
	/** `6 in the week up to 2025-07-31, 2 the week before`. */
	readonly finding: string;
}

/** Of conflicts that the history shows: of the tree's it is not known since when they are there. */
export function conflictTrend(conflicts: readonly OpeningConflict[], headAt: string, length = 8): Trend {
	const weeks = new Array<number>(length).fill(0);
	const dayOf = (iso: string) => Math.floor(Date.parse(iso) / DAY_MS);
	for (const { code, firstAt } of conflicts) {
		if (findingSource[code] !== "history") continue;
		// Dated after the head by a clock that was ahead: it counts as new.
		const ago = Math.max(0, Math.floor((dayOf(headAt) - dayOf(firstAt)) / 7));
		const place = length - 1 - ago;
		if (place >= 0) weeks[place] = (weeks[place] as number) + 1;
	}
	const last = weeks.at(-1) ?? 0;
	const before = weeks.at(-2) ?? 0;
	const day = headAt.slice(0, 10);
	if (last === 0 && before === 0) return { weeks, finding: `none in the two weeks up to ${day}` };
	return { weeks, finding: `${last || "none"} in the week up to ${day}, ${before || "none"} the week before` };
}
