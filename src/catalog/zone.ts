// Pure. Dates as people write them in the content -> instants in UTC.
import { Temporal } from "temporal-polyfill";

export type ResolvedDate = { readonly at: string } | { readonly wrong: string };

/**
 * The instant a date of the content means, as `YYYY-MM-DDTHH:mm:ssZ`. Without a zone of its own it is read in
 * `timezone`; a moment the clocks skip is read as if they had not been moved, a moment that comes twice as the
 * first. A bare day means its first instant, or with `edge` "end" (the day is included) the first of the next.
 */
export function resolveDate(date: string, timezone: string, edge: "start" | "end"): ResolvedDate {
	try {
		const instant = toInstant(date, timezone, edge);
		const at = instant.toString({ smallestUnit: "second" });
		return /^\d{4}-/.test(at) ? { at } : { wrong: "a date outside the years 0 to 9999" };
	} catch (error) {
		// Temporal's word for a date that is in no calendar, e.g. 30 February or 25 o'clock.
		if (error instanceof RangeError) return { wrong: `"${date}" is in no calendar` };
		throw error;
	}
}

function toInstant(date: string, timezone: string, edge: "start" | "end"): Temporal.Instant {
	if (/^\d{4}-\d{2}-\d{2}$/.test(date)) {
		const day = Temporal.PlainDate.from(date, { overflow: "reject" });
		return (edge === "end" ? day.add({ days: 1 }) : day).toZonedDateTime(timezone).toInstant();
	}
	if (/(Z|[+-]\d{2}:\d{2})$/.test(date)) return Temporal.Instant.from(date);
	return Temporal.PlainDateTime.from(date, { overflow: "reject" }).toZonedDateTime(timezone).toInstant();
}
