// Pure. Who works on a repository regularly: many commits would be one week's, many days one month's.
import { DAY, type Edit, type Evidence } from "./evidence.ts";
import type { People } from "./people.ts";
import type { Person } from "./same-person.ts";

/** So many commits at least, … */
export const FEWEST_COMMITS = 10;
/** … on so many days at least, … */
export const FEWEST_DAYS = 5;
/** … in so many months at least make somebody's work regular. */
export const FEWEST_MONTHS = 3;

/** On how many days, in UTC, edits were made. */
export function countDays(edits: readonly Pick<Edit, "at">[]): number {
	return new Set(edits.map(({ at }) => Math.floor(at / DAY))).size;
}

/** In how many months of the calendar, in UTC, edits were made. */
export function countMonths(edits: readonly Pick<Edit, "at">[]): number {
	return new Set(edits.map(({ at }) => new Date(at * 1000).toISOString().slice(0, -17))).size;
}

/** Those who work regularly in the time that is looked at. */
export function findRegulars({ edits }: Pick<Evidence, "edits">, { personOf }: People): ReadonlySet<Person> {
	const regulars = new Set<Person>();
	for (const [person, made] of Map.groupBy(edits, ({ email }) => personOf(email))) {
		const isRegular =
			made.length >= FEWEST_COMMITS && countDays(made) >= FEWEST_DAYS && countMonths(made) >= FEWEST_MONTHS;
		if (person !== null && isRegular) regulars.add(person);
	}
	return regulars;
}
