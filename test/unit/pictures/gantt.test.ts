// The schedule as bars: on a calendar where it is dated, else in its order.
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { ganttChart, ganttOf } from "#pictures/gantt";

/** As the catalog holds a phase whose days are those of UTC: its end is the first instant after the last day. */
const phase = (title: string, from: string | null, to: string | null) => {
	const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString();
	const fromAt = from === null ? null : `${from}T00:00:00Z`;
	return { title, from, to, fromAt, untilAt: to === null ? null : dayAfter(to), teams: ["a", "b"] };
};
const short = (team: string) => team.toUpperCase();

test("phases without dates keep their order, and no time is claimed", () => {
	const gantt = ganttOf(
		[phase("One", null, null), phase("Two", null, null)],
		["Morning"],
		"2025-08-05T09:00:00Z",
		"UTC",
		short,
	);
	expect(gantt).toMatchObject({ kind: "order", ticks: [], today: null });
	expect(gantt?.rows.map(({ start, end, when }) => [start, end, when])).toEqual([
		[0, 0.5, "not dated"],
		[0.5, 1, "not dated"],
	]);
	expect(gantt?.finding).toBe(
		"The 2 phases are not dated: only their order is agreed. This page was built on 5 Aug 2025; which phase that falls into is not known.",
	);
});

test("no phase, no schedule", () => {
	expect(ganttOf([], ["Morning"], "2025-08-05T09:00:00Z", "UTC", short)).toBeNull();
});

test("dated phases lie where their days are, the last day included; today has its line", () => {
	// Ten days and ten days: the first ends, and the second begins, in the middle.
	const phases = [
		phase("One", "2025-08-01", "2025-08-10"),
		phase("Two", "2025-08-11", "2025-08-20"),
		phase("Later", null, null),
	];
	const gantt = ganttOf(phases, [], "2025-08-06T00:00:00Z", "UTC", short);
	expect(gantt?.rows.map(({ start, end }) => [start, end])).toEqual([
		[0, 0.5],
		[0.5, 1],
	]);
	expect(gantt?.today).toBe(0.25);
	expect(gantt?.undated).toEqual(["Later"]);
	expect(gantt?.finding).toBe("This page was built on 6 Aug 2025, in “One”.");
	if (gantt === null) throw new Error("there are phases");
	const { document } = parseHTML(ganttChart(gantt));
	expect(document.querySelector(".today")?.getAttribute("x1")).toBe("25%");
	const bars = [...document.querySelectorAll(".phase")].map((bar) => [
		bar.getAttribute("x"),
		bar.getAttribute("width"),
	]);
	expect(bars).toEqual([
		["0%", "50%"],
		["50%", "50%"],
	]);
	const texts = [...document.querySelectorAll("text")].map((text) => text.textContent);
	expect(texts).toEqual(expect.arrayContaining(["One", "Two", "A B", "today"]));
});

test("before, between and after the phases today is told in words and has no line", () => {
	const phases = [phase("One", "2025-08-01", "2025-08-10"), phase("Two", "2025-08-15", "2025-08-20")];
	const sayAt = (at: string) => {
		const gantt = ganttOf(phases, [], at, "UTC", short);
		return [gantt?.finding.split(", ")[1], gantt?.today === null];
	};
	expect(sayAt("2025-07-30T00:00:00Z")).toEqual(["2 days before the first phase begins.", true]);
	expect(sayAt("2025-08-12T00:00:00Z")).toEqual(["between two phases.", false]);
	expect(sayAt("2025-08-20T23:59:59Z")).toEqual(["in “Two”.", false]);
	expect(sayAt("2026-08-21T00:00:00Z")).toEqual(["365 days after the last phase ended.", true]);
});

test("an open end reaches the edge and looks open", () => {
	const gantt = ganttOf([phase("One", "2025-08-01", null)], [], "2025-08-02T00:00:00Z", "UTC", short);
	expect(gantt?.rows[0]).toMatchObject({
		start: 0,
		end: 1,
		isOpen: { start: false, end: true },
		when: "2025-08-01 to open end",
	});
	expect(gantt?.finding).toContain("in “One”");
	if (gantt === null) throw new Error("there is a phase");
	expect(ganttChart(gantt)).toContain('class="phase open"');
});

test("sync points of every day are marked below", () => {
	const gantt = ganttOf([phase("One", null, null)], ["Morning", "Evening"], "2025-08-02T00:00:00Z", "UTC", short);
	if (gantt === null) throw new Error("there is a phase");
	expect(ganttChart(gantt)).toContain(">every day: Morning and Evening</text>");
});

test("days are those of the project's zone", () => {
	// 27 Nov in Auckland (UTC+13 in summer) is 26 Nov 11:00 to 27 Nov 11:00 UTC.
	const phases = [
		{ ...phase("One", "2026-11-27", "2026-11-27"), fromAt: "2026-11-26T11:00:00Z", untilAt: "2026-11-27T11:00:00Z" },
		{ ...phase("Two", "2026-11-28", "2026-11-28"), fromAt: "2026-11-27T11:00:00Z", untilAt: "2026-11-28T11:00:00Z" },
	];
	const at = (instant: string) => ganttOf(phases, [], instant, "Pacific/Auckland", short);
	const built = "This page was built on";
	const zone = "by the clocks of Pacific/Auckland";

	expect(at("2026-11-26T10:59:00Z")?.finding).toBe(
		`${built} 26 Nov 2026 ${zone}, 1 day before the first phase begins.`,
	);
	expect(at("2026-11-26T23:00:00Z")).toMatchObject({
		finding: `${built} 27 Nov 2026 ${zone}, in “One”.`,
		// Noon of the first of two days.
		today: 0.25,
	});
	expect(at("2026-11-27T11:00:00Z")?.finding).toBe(`${built} 28 Nov 2026 ${zone}, in “Two”.`);
	expect(at("2026-11-28T11:01:00Z")?.finding).toBe(`${built} 29 Nov 2026 ${zone}, 1 day after the last phase ended.`);
	// The days are drawn from midnight to midnight there.
	expect(at("2026-11-26T23:00:00Z")?.rows.map(({ start, end }) => [start, end])).toEqual([
		[0, 0.5],
		[0.5, 1],
	]);
});

test("a phase that begins at a moment is drawn and told from that moment", () => {
	const moment = {
		...phase("One", "2025-08-01T20:00-04:00", "2025-08-03"),
		fromAt: "2025-08-02T00:00:00Z",
		untilAt: "2025-08-04T00:00:00Z",
	};
	const at = (instant: string) => ganttOf([moment], [], instant, "UTC", short);
	expect(at("2025-08-01T21:00:00Z")?.finding).toContain("1 day before the first phase begins");
	expect(at("2025-08-02T00:00:00Z")?.finding).toContain("in “One”");
	expect(at("2025-08-02T00:00:00Z")?.rows[0]?.when).toBe("2025-08-02 00:00 UTC to 2025-08-03");
});
