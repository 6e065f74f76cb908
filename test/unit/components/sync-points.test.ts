import { expect, test } from "vitest";
import { nextPoint } from "../../../src/components/sync-points.ts";

const day = [
	{ name: "Evening", time: "18:00" },
	{ name: "Morning", time: "09:00" },
	{ name: "Midday", time: "12:30" },
];

test.each([
	["00:00", "Morning", 540],
	["08:59", "Morning", 1],
	["09:00", "Midday", 210],
	["12:31", "Evening", 329],
	["18:00", "Morning", 900],
	["23:59", "Morning", 541],
])("at %s the next is %s, in %i minutes", (now, name, inMinutes) => {
	expect(nextPoint(day, now)).toMatchObject({ name, inMinutes });
});

test("the only point of a day, when it is now, is a whole day away", () => {
	expect(nextPoint([{ name: "Noon", time: "12:00" }], "12:00")).toEqual({
		name: "Noon",
		time: "12:00",
		inMinutes: 1440,
	});
});

test("without points there is no next", () => {
	expect(nextPoint([], "12:00")).toBeNull();
});
