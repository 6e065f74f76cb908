// The matrix of doers and owners, and the sentence that says what it shows.
import { expect, test } from "vitest";
import type { Edits } from "#model/activity";
import { editMark, editMatrix } from "#pictures/edit-matrix";

const teams = ["a", "b", "c"].map((id) => ({ id, name: `Team ${id.toUpperCase()}` }));
const doerName = (team: string | null) => (team === null ? "nobody known" : "Coordinator");
const owned = (team: string | null, owner: string, changes: number): Edits => ({ team, kind: "owned", owner, changes });
const matrixOf = (...edits: Edits[]) => editMatrix(edits, teams, doerName);

test("own, foreign, shared and ruleless changes each have their cell; who is no team comes last", () => {
	const { columns, rows } = matrixOf(
		owned("a", "a", 16),
		owned("b", "a", 4),
		{ team: "c", kind: "shared", owner: null, changes: 1 },
		{ team: "coordinator", kind: "unmatched", owner: null, changes: 9 },
		owned(null, "b", 1),
	);
	expect(columns.map(({ name }) => name)).toEqual(["Team A", "Team B", "Team C", "Shared", "No rule"]);
	expect(rows.map(({ name, cells }) => [name, ...cells.map(({ changes }) => changes)])).toEqual([
		["Team A", 16, 0, 0, 0, 0],
		["Team B", 4, 0, 0, 0, 0],
		["Team C", 0, 0, 0, 1, 0],
		["Coordinator", 0, 0, 0, 0, 9],
		["nobody known", 0, 1, 0, 0, 0],
	]);
	expect(rows.map(({ cells }) => cells[0]?.kind)).toEqual(["own", "foreign", "foreign", "other", "other"]);
	// Areas are as the numbers: a quarter of the changes has half the side.
	expect(rows[0]?.cells[0]?.side).toBe(22);
	expect(rows[1]?.cells[0]?.side).toBe(11);
});

test("what crossed a border is told, most first, and who was spared", () => {
	expect(matrixOf(owned("a", "a", 9), owned("b", "a", 3), owned("c", "a", 1)).finding).toBe(
		"Team B made 3 changes to files of Team A and Team C made 1 change to files of Team A; no other team changed those of Team B and Team C.",
	);
	expect(matrixOf(owned("a", "b", 4), owned("a", "c", 3), owned("b", "a", 2), owned("b", "c", 1)).finding).toBe(
		"Team A made 4 changes to files of Team B, Team A made 3 changes to files of Team C, Team B made 2 changes to files of Team A and 1 change more crossed a border.",
	);
});

test("near misses: own work alone, and changes of who is no team, cross no border", () => {
	expect(matrixOf(owned("a", "a", 2), owned("coordinator", "a", 5)).finding).toBe(
		"No team changed another team’s files.",
	);
});

test("without a change of a team nothing is known", () => {
	for (const edits of [[], [owned(null, "a", 3)]]) {
		expect(matrixOf(...edits).finding).toBe(
			"No change is attributed to a team, so nothing is known of who changes whose files.",
		);
	}
	expect(matrixOf().columns).toHaveLength(3);
});

test("marks differ by shape: a square, one on its corner, a ring, and none for none", () => {
	const mark = (kind: "own" | "foreign" | "unmatched", side: number) => editMark({ kind, changes: 1, side }).source;
	expect(mark("own", 22)).toContain('<rect x="5" y="5" width="22" height="22"/>');
	expect(mark("foreign", 22)).toContain('transform="rotate(45 16 16)"');
	expect(mark("unmatched", 10)).toContain('<circle cx="16" cy="16" r="5"/>');
	expect(mark("own", 0)).not.toMatch(/rect|circle/);
});
