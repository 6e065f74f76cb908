import { expect, test } from "vitest";
import { nextPoint } from "../../../src/components/sync-points.ts";

const day = [
	{ name: "Evening", time: "18:00" },
	{ name: "Morning", time: "09:00" },
	{ name: "Midday", time: "12:30" },
];
const clockOf = (timeZone: string) =>
	new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format;
const next = (points: typeof day, at: string, zone = "UTC") => nextPoint(points, Date.parse(at), clockOf(zone));

test.each([
	["00:00", "Morning", 540],
	["08:59", "Morning", 1],
	["09:00", "Midday", 210],
	["12:31", "Evening", 329],
	["18:00", "Morning", 900],
	["23:59", "Morning", 541],
])("at %s the next is %s, in %i minutes", (now, name, inMinutes) => {
	expect(next(day, `2025-08-01T${now}Z`)).toMatchObject({ name, inMinutes });
	// Seconds are left out, as clocks of hours and minutes leave them out.
	expect(next(day, `2025-08-01T${now}:59Z`)).toMatchObject({ name, inMinutes });
});

test("the only point of a day, when it is now, is a whole day away", () => {
	const noon = [{ name: "Noon", time: "12:00" }];
	expect(next(noon, "2025-08-01T12:00Z")).toEqual({ name: "Noon", time: "12:00", inMinutes: 1440 });
});

test("a day on which the clocks are set is shorter, or longer", () => {
	// Berlin, 29 March 2026: 02:00 becomes 03:00, so from 01:30 to 09:00 it is six hours and a half.
	expect(next(day, "2026-03-29T01:30+01:00", "Europe/Berlin")).toMatchObject({ name: "Morning", inMinutes: 390 });
	// 25 October 2026: 03:00 becomes 02:00.
	expect(next(day, "2026-10-25T01:30+02:00", "Europe/Berlin")).toMatchObject({ name: "Morning", inMinutes: 510 });
	// The day before it is as ever.
	expect(next(day, "2026-03-28T01:30+01:00", "Europe/Berlin")).toMatchObject({ name: "Morning", inMinutes: 450 });
});

test("a time that the clocks skip comes the day after", () => {
	const night = [{ name: "Night", time: "02:30" }];
	// From 02:00+01:00 on 29 March, which is 03:00, to 02:30+02:00 on 30 March.
	expect(next(night, "2026-03-29T02:00+01:00", "Europe/Berlin")).toMatchObject({ inMinutes: 1410 });
});

test("without points there is no next", () => {
	expect(nextPoint([], Date.parse("2025-08-01T12:00Z"), clockOf("UTC"))).toBeNull();
});
