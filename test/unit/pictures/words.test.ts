// Small words and times of pictures, the record of the escalation, the layers.
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { escalationRecord } from "#pictures/escalation";
import { layerChart } from "#pictures/layers";
import { cutPeriods, namedPlaces } from "#pictures/periods";
import { dayWords, initials, shortened, spanWords } from "#pictures/words";

test("short names leave out what all share, and are numbered where they would be the same", () => {
	expect(initials(["Team A", "Team B", "Team C"])).toEqual(["A", "B", "C"]);
	expect(initials(["Core Data", "Core"])).toEqual(["CD", "C"]);
	expect(initials(["Payments", "Platform"])).toEqual(["P1", "P2"]);
	expect(initials(["team-ops-eu"])).toEqual(["TO"]);
	expect(initials(["", "\u{1F9EA} lab"])).toEqual(["1", "\u{1F9EA}L"]);
});

test("text is cut by characters, not within one", () => {
	expect(shortened("abcd", 4)).toBe("abcd");
	expect(shortened("abcde", 4)).toBe("abc…");
	expect(shortened("ab \u{1F9EA}x", 4)).toBe("ab…");
});

test("times in whole units that have passed", () => {
	expect([59_999, 3_599_999, 3_600_000, 47.9 * 3_600_000, 48 * 3_600_000].map(spanWords)).toEqual([
		"0 min",
		"59 min",
		"1 h",
		"47 h",
		"2 days",
	]);
	expect(dayWords(new Date("2025-09-01T00:00:00Z"))).toBe("1 Sep");
	expect(dayWords(new Date("2025-09-01T00:00:00Z"), true)).toBe("1 Sep 2025");
});

test("an axis names its ends and few places between", () => {
	expect(namedPlaces(3, 4)).toEqual([0, 1, 2]);
	expect(namedPlaces(10, 4)).toEqual([0, 3, 6, 9]);
	expect(namedPlaces(26, 4)).toEqual([0, 9, 18, 25]);
	// In the last two, 21 and 8 would stand too near to the end.
	expect(namedPlaces(22, 4)).toEqual([0, 7, 14, 21]);
	expect(namedPlaces(11, 4)).toEqual([0, 4, 10]);
	expect(namedPlaces(26, 5)).toEqual([0, 7, 14, 25]);
});

test("periods hold what lies beyond them at their ends", () => {
	const cut = cutPeriods(new Date("2025-07-29T12:00:00Z"), new Date("2025-07-31T01:00:00Z"), 5, ["day"]);
	expect(cut.starts.map((start) => start.toISOString().slice(0, 10))).toEqual([
		"2025-07-29",
		"2025-07-30",
		"2025-07-31",
	]);
	expect(["2024-01-01", "2025-07-30", "2030-01-01"].map((day) => cut.placeOf(new Date(day)))).toEqual([0, 1, 2]);
});

test("what decisions tell of each step: how often, when last, how long after the one before", () => {
	const steps = (...told: [string, string][]) => ({ steps: told.map(([step, at]) => ({ step, at })) });
	const record = escalationRecord(
		["Pause both teams", "Decide", "Resume"],
		[
			steps(["Pause both teams", "2025-07-31T10:00:00Z"], ["Decide", "2025-07-31T11:00:00Z"]),
			steps(["pause  both teams", "2025-08-01T10:00:00Z"], ["Decide", "2025-08-01T15:00:00Z"]),
			steps(["Decide", "2025-07-01T00:00:00Z"], ["Something else", "2025-07-02T00:00:00Z"]),
		],
	);
	expect(record).toEqual([
		{ step: "Pause both teams", taken: 2, lastAt: "2025-08-01T10:00:00Z", afterMs: null },
		{ step: "Decide", taken: 3, lastAt: "2025-08-01T15:00:00Z", afterMs: 3_600_000 },
		{ step: "Resume", taken: 0, lastAt: null, afterMs: null },
	]);
	expect(escalationRecord(["Decide"], [])).toEqual([{ step: "Decide", taken: 0, lastAt: null, afterMs: null }]);
});

test("layers lie at their shares; those of nobody known are there as such", () => {
	const rows = [{ first: 0, last: 9, lane: 0, name: "● n1", words: "n1, serving" }];
	const { document } = parseHTML(layerChart({ last: 19, rows, gaps: [{ first: 10, last: 19 }], words: "w" }));
	const block = document.querySelector(".block");
	expect([block?.getAttribute("x"), block?.getAttribute("width")]).toEqual(["0%", "50%"]);
	expect(document.querySelector(".gap")?.getAttribute("x")).toBe("50%");
	expect([...document.querySelectorAll("text")].map((text) => text.textContent)).toEqual([
		"? nobody known",
		// Where there is little room, and where there is more: only one of them is ever shown.
		"● n1",
		"● n1",
		"layer 0",
		"19",
	]);
	expect([...document.querySelectorAll("title")].map((title) => title.textContent)).toEqual([
		"Layers 10–19: nobody known",
		"Layers 0–9: n1, serving",
	]);
});

test("a name is cut to the room its layers have: on a phone of 280 px, and from 640 px on", () => {
	const textsOf = (last: number) => {
		const rows = [{ first: 0, last: 9, lane: 0, name: "● sample-node-1", words: "w" }];
		const { document } = parseHTML(layerChart({ last, rows, gaps: [], words: "w" }));
		return [...document.querySelectorAll(".name")].map((text) => [text.getAttribute("class"), text.textContent]);
	};
	// A third: 93 and 213 px, of which 12 are margins, at 7 a character: 11 and 28 characters.
	expect(textsOf(29)).toEqual([
		["name until-640", "● sample-n…"],
		["name from-640", "● sample-node-1"],
	]);
	// A twentieth: 14 px hold no character, 32 px two.
	expect(textsOf(199)).toEqual([["name from-640", "●…"]]);
});
