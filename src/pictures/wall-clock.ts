// Pure. What the clocks of a time zone show at an instant.

/**
 * Date and time of day that the clocks of `timezone` (an IANA name) show at an instant (ISO), as if they were UTC, in ms: the
 * days of a zone lie on one line, each with 24 hours. To the second.
 */
export function wallClock(at: string, timezone: string): number {
	const parts = new Intl.DateTimeFormat("en-US", {
		timeZone: timezone,
		calendar: "iso8601",
		hourCycle: "h23",
		year: "numeric",
		month: "numeric",
		day: "numeric",
		hour: "numeric",
		minute: "numeric",
		second: "numeric",
	}).formatToParts(new Date(at));
	const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
	const wall = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
	// Date.UTC reads the years 0 to 99 as those of the last century.
	return part("year") < 100 ? new Date(wall).setUTCFullYear(part("year")) : wall;
}
