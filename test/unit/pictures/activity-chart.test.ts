// What teams did, by period and by folder.
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { folderRows, paceBars, paceOf, sayPace } from "#pictures/activity-chart";

const a = { team: "a", commits: 5, weeks: { "2025-07-14": 1, "2025-07-28": 4 } };
const b = { team: "b", commits: 2, weeks: { "2025-07-21": 2 } };
const nameOf = (team: string) => `Team ${team.toUpperCase()}`;

test("teams share weeks and scale; weeks without work are there", () => {
	const pace = paceOf([a, b]);
	expect(pace?.names).toEqual(["14 Jul", "21 Jul", "28 Jul"]);
	expect(pace?.teams).toEqual([
		{ team: "a", counts: [1, 0, 4] },
		{ team: "b", counts: [0, 2, 0] },
	]);
	expect(pace?.most).toBe(4);
	expect(sayPace(pace, nameOf)).toBe("Of 7 commits, Team A made most, 5; the busiest week, of 28 Jul 2025, had 4.");
	const twice = paceOf([{ team: "a", commits: 9, weeks: { "2025-07-21": 4, "2025-07-28": 4, "2025-08-04": 1 } }]);
	expect(sayPace(twice, nameOf)).toBe(
		"Team A made 9 commits; the busiest 2 weeks, the last of 28 Jul 2025, had 4 each.",
	);
	expect(sayPace(paceOf([b]), nameOf)).toBe("Team B made 2 commits.");
	expect(sayPace(paceOf([b, { ...b, team: "c" }]), nameOf)).toBe("Of 4 commits, 2 teams made 2 each.");
});

test("without a commit there is no pace", () => {
	expect(paceOf([])).toBeNull();
	expect(paceOf([{ team: "a", commits: 0, weeks: {} }])).toBeNull();
	expect(sayPace(null, nameOf)).toBe("No commit is attributed to a team.");
});

test("twenty years are months or years, and few", () => {
	const long = { team: "a", commits: 2, weeks: { "2005-01-03": 1, "2025-07-28": 1 } };
	expect(paceOf([long])).toMatchObject({ kind: "year", most: 1 });
	expect(paceOf([long])?.names).toHaveLength(21);
});

test("bars are as high as their share of the most; the highest says its number", () => {
	const pace = paceOf([a, b]);
	if (pace === null) throw new Error("there are commits");
	const { document } = parseHTML(paceBars(pace, "a", "Team A", true));
	const bars = [...document.querySelectorAll("rect")].map((bar) => [bar.getAttribute("height"), bar.getAttribute("x")]);
	// The most is 30 pixels high, a quarter of it 7.5; slots are thirds and bars 6 % wide.
	expect(bars).toEqual([
		["7.5", "13.67%"],
		["30", "80.33%"],
	]);
	expect([...document.querySelectorAll("text")].map((text) => text.textContent)).toEqual([
		"4",
		"14 Jul",
		"21 Jul",
		"28 Jul",
	]);
});

test("folders of all teams, most changed first; what is beyond is one row", () => {
	const rows = folderRows(
		[
			{
				team: "a",
				folders: [
					{ folder: "src", changes: 3 },
					{ folder: "", changes: 1 },
				],
				otherFolders: 0,
			},
			{
				team: "b",
				folders: [
					{ folder: "doc", changes: 5 },
					{ folder: "src", changes: 1 },
					{ folder: "x", changes: 1 },
				],
				otherFolders: 2,
			},
		],
		2,
	);
	expect(rows).toEqual([
		{ folder: "doc", changes: [0, 5] },
		{ folder: "src", changes: [3, 1] },
		{ folder: null, changes: [1, 3] },
	]);
	expect(folderRows([{ team: "a", folders: [], otherFolders: 0 }])).toEqual([]);
});

test("one folder too many is shown rather than called the others", () => {
	const folders = ["x", "y", "z"].map((folder) => ({ folder, changes: 1 }));
	expect(folderRows([{ team: "a", folders, otherFolders: 0 }], 2).map(({ folder }) => folder)).toEqual(["x", "y", "z"]);
});
