// The tree in few cells: folders are opened only where owners differ.
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import type { TreeIndex } from "#model/tree-index";
import { ownershipMap, sayOwnership } from "#pictures/ownership-map";
import { treeCells } from "#pictures/tree-cells";

const verdicts: TreeIndex["verdicts"] = [
	{ kind: "owned", owner: "a", rule: null },
	{ kind: "owned", owner: "b", rule: null },
	{ kind: "shared", owner: null, rule: null },
	{ kind: "unmatched", owner: null, rule: null },
];
const A = 0;
const B = 1;
const SHARED = 2;
const NONE = 3;
const teams = ["a", "b"].map((id, index) => ({
	id,
	name: `Team ${id}`,
	short: id.toUpperCase(),
	ink: `ink-${index + 1}`,
}));

const FILES: TreeIndex["files"] = [
	["README", SHARED],
	["a1", A],
	["a2", A],
	["src/deep/one", B],
	["src/deep/two/x", B],
	["src/own", A],
	["zoo/x", NONE],
];

const told = (files: TreeIndex["files"], contested: string[][] = [], most?: number) =>
	treeCells({ files, verdicts }, contested, most).cells.map(
		({ path, kind, owner, files: amount, conflicts, isRest }) =>
			`${path || "top"}${isRest ? " (rest)" : ""} ${owner ?? kind} ${amount}${conflicts === 0 ? "" : ` !${conflicts}`}`,
	);

test("a folder of one owner is one cell, however deep; a mixed one is opened", () => {
	expect(told(FILES).sort()).toEqual([
		"README shared 1",
		"src/deep/ b 2",
		"src/own a 1",
		"top (rest) a 2",
		"zoo/ unmatched 1",
	]);
	expect(
		told([
			["src/a", A],
			["src/b/c", A],
		]),
	).toEqual(["top a 2"]);
});

test("what would be too many cells stays whole", () => {
	// Opening the top would make four cells: src/, zoo/, two kinds of its own files.
	expect(told(FILES, [], 3)).toEqual(["top mixed 7"]);
	expect(told(FILES, [], 4).sort()).toEqual(["README shared 1", "src/ mixed 3", "top (rest) a 2", "zoo/ unmatched 1"]);
});

test("open conflicts are counted where their files lie, and those of no tracked file apart", () => {
	// `src/deep` is no file, and no folder without its slash; the last stands at no path at all.
	const contested = [["src/deep/one"], ["src/deep/one"], ["src/own"], ["a1"], ["gone/x"], ["src/deep"], []];
	const cells = treeCells({ files: FILES, verdicts }, contested);
	expect(cells).toMatchObject({ here: 4, elsewhere: 3 });
	expect(
		told(FILES, contested)
			.filter((line) => line.includes("!"))
			.sort(),
	).toEqual(["src/deep/ b 2 !2", "src/own a 1 !1", "top (rest) a 2 !1"]);
	expect(sayOwnership(cells)).toBe(
		"Of 7 tracked files 5 belong to one team, 1 is shared and 1 matches no rule; 4 open conflicts are about 3 places, most, 2, about src/deep/, 3 about no tracked file.",
	);
});

test("a conflict counts in each place it stands at, and in each once", () => {
	const at = (...contested: string[][]) =>
		told(FILES, contested)
			.filter((line) => line.includes("!"))
			.sort();
	// Two files of one cell are one place; both files of the top, also where one of them is named twice.
	expect(at(["src/deep/one", "src/deep/two/x"])).toEqual(["src/deep/ b 2 !1"]);
	expect(at(["a1", "a2", "a1"])).toEqual(["top (rest) a 2 !1"]);
	expect(at(["a1", "zoo/x"], ["a2"])).toEqual(["top (rest) a 2 !2", "zoo/ unmatched 1 !1"]);
	// A folder stands for what lies in it: `src/` for two cells, and `zo/` is no part of `zoo/`.
	expect(at(["src/"])).toEqual(["src/deep/ b 2 !1", "src/own a 1 !1"]);
	expect(at(["zo/"])).toEqual([]);
	// A submodule is tracked as a path, and may be written with a slash.
	expect(at(["README/"])).toEqual(["README shared 1 !1"]);
});

test("no file, one file, ten", () => {
	expect(treeCells({ files: [], verdicts }, [])).toEqual({ cells: [], here: 0, elsewhere: 0 });
	expect(sayOwnership({ cells: [], here: 0, elsewhere: 0 })).toBe("No file is tracked.");
	expect(told([["a", A]])).toEqual(["top a 1"]);
});

test("100,000 files of folders that differ make at most 150 cells", () => {
	const files = Array.from({ length: 100_000 }, (_, index): [string, number] => [
		`d${index % 10}/e${index % 100}/f${index % 1_000}/x${index}`,
		(index % 1_000) % 4,
	]);
	const { cells } = treeCells({ files, verdicts }, []);
	expect(cells.length).toBeLessThanOrEqual(150);
	expect(cells.length).toBeGreaterThan(50);
	expect(cells.reduce((sum, cell) => sum + cell.files, 0)).toBe(100_000);
});

test("areas are as the files, each cell says whose it is, contested ones have an outline", () => {
	const { document } = parseHTML(ownershipMap(treeCells({ files: FILES, verdicts }, [["a1"]]), teams, "hatch-1"));
	const cells = [...document.querySelectorAll(".cell")];
	const share = (cell: Element) => {
		const rect = cell.querySelector("rect");
		return (Number.parseFloat(rect?.getAttribute("width") ?? "") / 100) * (Number(rect?.getAttribute("height")) / 360);
	};
	const byWords = new Map(cells.map((cell) => [cell.querySelector("title")?.textContent, cell]));
	expect([...byWords.keys()].sort()).toEqual([
		"README: shared, 1 file",
		"files at the top: Team a, 2 files; 1 open conflict",
		"src/deep/: Team b, 2 files",
		"src/own: Team a, 1 file",
		"zoo/: no rule, 1 file",
	]);
	expect(share(byWords.get("src/deep/: Team b, 2 files") as Element)).toBeCloseTo(2 / 7, 3);
	expect(share(byWords.get("zoo/: no rule, 1 file") as Element)).toBeCloseTo(1 / 7, 3);
	expect(byWords.get("zoo/: no rule, 1 file")?.querySelector(".over")?.getAttribute("fill")).toBe("url(#hatch-1)");
	expect(document.querySelectorAll(".contested")).toHaveLength(1);
	expect(document.querySelector(".ink-2 .whose")?.textContent).toBe("B");
});
