// When conflicts were opened: periods, what is open still, what is not known.
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { openingChart, trendLine } from "#pictures/opening-chart";
import { conflictTrend, countOpenings, type OpeningConflict } from "#pictures/openings";

const HEAD = "2025-07-31T15:05:00Z";
function conflict(firstAt: string, more: Partial<OpeningConflict> = {}): OpeningConflict {
	return {
		code: "foreign-edit",
		level: "error",
		state: "open",
		firstAt: `${firstAt}T10:00:00Z`,
		resolution: null,
		...more,
	};
}
const decided = (at: string): Partial<OpeningConflict> => ({
	state: "resolved",
	resolution: { file: "f", state: "resolved", by: "c", at: `${at}T12:00:00Z`, reason: "r", until: null, steps: [] },
});

test("a short history by day, each day counted, also those without a conflict", () => {
	const { kind, periods, finding } = countOpenings(
		[
			conflict("2025-07-29"),
			conflict("2025-07-29", { level: "warning" }),
			conflict("2025-07-29", { level: "note", ...decided("2025-07-30") }),
			conflict("2025-07-31"),
		],
		HEAD,
	);
	expect(kind).toBe("day");
	expect(periods.map(({ name }) => name)).toEqual(["29 Jul", "30 Jul", "31 Jul"]);
	expect(periods[0]?.open).toEqual({ error: 1, warning: 1, note: 0 });
	expect(periods[0]?.decided).toEqual({ error: 0, warning: 0, note: 1 });
	// Three were opened on the first day, one decided on the second, one opened on the third.
	expect(periods.map(({ openAtEnd }) => openAtEnd)).toEqual([3, 2, 3]);
	expect(finding).toBe("The history shows 4 conflicts, most, 3, on 29 Jul; 3 of them are open still.");
});

test("longer histories by week from Monday, by month, by year", () => {
	// 27 days are more than fit: 4 Jul lies in the week of 30 Jun, 31 Jul in that of 28 Jul.
	const byWeek = countOpenings([conflict("2025-07-04")], HEAD);
	expect([byWeek.kind, byWeek.periods.length, byWeek.periods[0]?.name]).toEqual(["week", 5, "30 Jun"]);
	expect(byWeek.finding).toBe("The history shows 1 conflict, all in the week of 30 Jun; it is open still.");
	const byMonth = countOpenings([conflict("2024-07-04")], HEAD);
	expect([byMonth.kind, byMonth.periods.length, byMonth.periods[0]?.name]).toEqual(["month", 13, "Jul 2024"]);
	expect(countOpenings([conflict("2015-07-04")], HEAD).periods.map(({ name }) => name)).toEqual(
		Array.from({ length: 11 }, (_, index) => String(2015 + index)),
	);
});

test("dates that cannot be true are counted at the ends, and never make thousands of bars", () => {
	const { periods } = countOpenings([conflict("0001-01-01"), conflict("9999-12-30"), conflict("2025-07-30")], HEAD);
	expect(periods).toHaveLength(26);
	expect(periods.at(0)?.open.error).toBe(1);
	expect(periods.at(-1)?.open.error).toBe(2);
});

test("of what the tree shows it is not known since when", () => {
	const { periods, undated, finding } = countOpenings(
		[conflict("2025-07-31"), conflict("2025-07-31", { code: "rule-unmatched", level: "warning" })],
		HEAD,
	);
	expect(periods.map(({ openAtEnd }) => openAtEnd)).toEqual([1]);
	expect(undated.open).toEqual({ error: 0, warning: 1, note: 0 });
	expect(finding).toMatch(/; 1 more was seen in the tree, since when is not known\.$/);
	expect(countOpenings([], HEAD).finding).toBe("The history shows no conflict.");
});

test("bars: one rectangle for each level of a period, errors next to the line, decided ones below it", () => {
	const openings = countOpenings(
		[conflict("2025-07-30"), conflict("2025-07-30", { level: "note" }), conflict("2025-07-31", decided("2025-07-31"))],
		HEAD,
	);
	const { document } = parseHTML(openingChart(openings));
	const bars = [...document.querySelectorAll("rect")].map((bar) => ({
		name: bar.getAttribute("class"),
		y: Number(bar.getAttribute("y")),
		height: Number(bar.getAttribute("height")),
		x: bar.getAttribute("x"),
	}));
	// The line lies at 192; two open conflicts share 110 pixels, so that each has 55.
	expect(bars).toEqual([
		{ name: "level-error", y: 137, height: 54, x: "22%" },
		{ name: "level-note", y: 82, height: 54, x: "22%" },
		{ name: "level-error past", y: 193, height: 39, x: "72%" },
	]);
	expect(document.querySelector("svg")?.getAttribute("aria-label")).toContain("The history shows 3 conflicts");
	const texts = [...document.querySelectorAll("text")].map((text) => text.textContent);
	expect(texts).toEqual(
		expect.arrayContaining(["2 open", "30 Jul", "31 Jul", "Opened each day; below the line: decided since"]),
	);
	expect(texts).not.toContain("in the tree");
});

test("the trend counts weeks of whole days, the last of which is the day of the head", () => {
	const at = (firstAt: string, more: Partial<OpeningConflict> = {}): OpeningConflict => ({
		...conflict("2025-01-01", more),
		firstAt,
	});
	const trend = conflictTrend(
		[
			at(HEAD),
			at("2025-07-25T00:00:00Z"),
			at("2025-07-24T23:59:59Z"),
			at("2025-08-09T00:00:00Z"),
			at("2025-06-06T00:00:00Z"),
			at("2025-06-05T23:59:59Z"),
			at(HEAD, { code: "rule-unmatched" }),
		],
		HEAD,
	);
	// 25 to 31 July are seven days; eight such weeks begin on 6 June.
	expect(trend).toEqual({
		weeks: [1, 0, 0, 0, 0, 0, 1, 3],
		finding: "3 in the week up to 2025-07-31, 1 the week before",
	});
	expect(conflictTrend([], HEAD).finding).toBe("none in the two weeks up to 2025-07-31");
	expect(conflictTrend([at("2025-07-20T00:00:00Z")], HEAD).finding).toBe(
		"none in the week up to 2025-07-31, 1 the week before",
	);
	expect(trendLine(trend).match(/<rect/g)).toHaveLength(8);
});
