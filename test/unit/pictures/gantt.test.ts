// The schedule as bars: on a calendar where it is dated, else in its order.
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { ganttChart, ganttOf } from "#pictures/gantt";

const phase = (title: string, from: string | null, to: string | null) => ({ title, from, to, teams: ["a", "b"] });
const short = (team: string) => team.toUpperCase();

test("phases without dates keep their order, and no time is claimed", () => {
	const gantt = ganttOf(
		[phase("One", null, null), phase("Two", null, null)],
		["Morning"],
		"2025-08-05T09:00:00Z",
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
	expect(ganttOf([], ["Morning"], "2025-08-05T09:00:00Z", short)).toBeNull();
});

test("dated phases lie where their days are, the last day included; today has its line", () => {
	// Ten days and ten days: the first ends, and the second begins, in the middle.
	const phases = [
		phase("One", "2025-08-01", "2025-08-10"),
		phase("Two", "2025-08-11", "2025-08-20"),
		phase("Later", null, null),
	];
	const gantt = ganttOf(phases, [], "2025-08-06T00:00:00Z", short);
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
		const gantt = ganttOf(phases, [], at, short);
		return [gantt?.finding.split(", ")[1], gantt?.today === null];
	};
	expect(sayAt("2025-07-30T00:00:00Z")).toEqual(["2 days before the first phase begins.", true]);
	expect(sayAt("2025-08-12T00:00:00Z")).toEqual(["between two phases.", false]);
	expect(sayAt("2025-08-20T23:59:59Z")).toEqual(["in “Two”.", false]);
	expect(sayAt("2026-08-21T00:00:00Z")).toEqual(["365 days after the last phase ended.", true]);
});

test("an open end reaches the edge and looks open", () => {
	const gantt = ganttOf([phase("One", "2025-08-01", null)], [], "2025-08-02T00:00:00Z", short);
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
	const gantt = ganttOf([phase("One", null, null)], ["Morning", "Evening"], "2025-08-02T00:00:00Z", short);
	if (gantt === null) throw new Error("there is a phase");
	expect(ganttChart(gantt)).toContain(">every day: Morning and Evening</text>");
});
