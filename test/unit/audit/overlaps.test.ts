// Two teams on one path: who was near whom, pair by pair; both ends of the window count.
import { expect, test } from "vitest";
import { createMeetings, type Edit, findOverlaps } from "#audit/overlaps";

const HOUR = 3600;

type Touch = readonly [path: string, team: string, hours: number, owner?: string | null];

/** `path a+b: names of the edits`, a name being its place in the list. */
function overlapsOf(touches: readonly Touch[], windowHours = 24): string[] {
	const paths = touches.map(([path]) => path);
	const edits = touches.map(
		([path, team, hours, owner = null], place): Edit => ({
			path: paths.indexOf(path),
			team,
			owner,
			seconds: hours * HOUR,
			row: place,
			change: place,
		}),
	);
	return findOverlaps(edits, windowHours * HOUR).map(({ teams, edits: near }) => {
		const on = new Set(near.map(({ path }) => paths[path]));
		return `${[...on].join(" ")} ${teams.join("+")}: ${near
			.map(({ row }) => row)
			.sort()
			.join(" ")}`;
	});
}

test("exactly the window apart overlaps, a second more does not", () => {
	expect(
		overlapsOf([
			["x", "a", 0],
			["x", "b", 24],
		]),
	).toEqual(["x a+b: 0 1"]);
	expect(
		overlapsOf([
			["x", "a", 0],
			["x", "b", 24 + 1 / HOUR],
		]),
	).toEqual([]);
});

test("one team, or two on different paths, never overlaps", () => {
	expect(
		overlapsOf([
			["x", "a", 0],
			["x", "a", 1],
			["y", "b", 1],
		]),
	).toEqual([]);
});

test("only edits near one of the other team take part, whatever order they come in", () => {
	const touches: Touch[] = [
		["x", "b", 100],
		["x", "a", 0],
		["x", "a", 90],
		["x", "a", 200],
		["x", "b", 400],
	];

	expect(overlapsOf(touches)).toEqual(["x a+b: 0 2"]);
});

test("edits between two of the other team find the nearer one, before or after", () => {
	expect(
		overlapsOf([
			["x", "a", 0],
			["x", "b", 30],
			["x", "b", 31],
			["x", "a", 50],
		]),
	).toEqual(["x a+b: 1 2 3"]);
});

test("three teams are three pairs, each judged on its own", () => {
	expect(
		overlapsOf([
			["x", "a", 0],
			["x", "b", 20],
			["x", "c", 40],
		]),
	).toEqual(["x a+b: 0 1", "x b+c: 1 2"]);
});

test("a path that one of the pair owned when either edit was made is not theirs to overlap on; a third team's is", () => {
	expect(
		overlapsOf([
			["x", "a", 0],
			["x", "b", 1, "a"],
		]),
	).toEqual([]);
	expect(
		overlapsOf([
			["x", "a", 0, "c"],
			["x", "b", 1, "c"],
		]),
	).toEqual(["x a+b: 0 1"]);
});

test("a path that two teams changed is a meeting, in whatever order and however often; one team's is none", () => {
	const [meets, oneTeam, untouched] = [0, 1, 2];
	const meetings = createMeetings(3);
	for (const team of ["a", "a", "b", "a", "c"]) meetings.note(meets, team);
	for (const team of ["b", "b"]) meetings.note(oneTeam, team);

	expect([meets, oneTeam, untouched].map(meetings.has)).toEqual([true, false, false]);
});
