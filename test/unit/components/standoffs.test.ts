// Who stands in whose way: only errors between exactly two teams, by who did what to whom.

import { expect, test } from "vitest";
import { makeConflict } from "#test/make-log";
import { isOfEdits, type Standoff, standoffs } from "../../../src/components/standoffs.ts";

test("edits of one team in files of another are one standoff, the newest conflict first", () => {
	const older = makeConflict({ id: "CF-AAAAAAAAAA", lastAt: "2025-07-01T00:00:00Z" });
	const newer = makeConflict({ id: "CF-BBBBBBBBBB", lastAt: "2025-07-02T00:00:00Z" });
	expect(standoffs([older, newer])).toEqual([
		{ actor: "team-b", owner: "team-a", teams: ["team-a", "team-b"], conflicts: [newer, older] },
	]);
});

test("the other way round is another standoff, and the one with more comes first", () => {
	const there = makeConflict({ id: "CF-AAAAAAAAAA" });
	const back = ["CF-BBBBBBBBBB", "CF-CCCCCCCCCC"].map((id) => makeConflict({ id, actor: "team-a", owner: "team-b" }));
	const found = standoffs([there, ...back]);
	expect(found.map(({ actor, conflicts }) => [actor, conflicts.length])).toEqual([
		["team-a", 2],
		["team-b", 1],
	]);
});

test("branches that do not merge accuse neither team", () => {
	const [found] = standoffs([makeConflict({ code: "merge-collision", actor: null, owner: null })]);
	expect(found).toMatchObject({ actor: null, owner: null, teams: ["team-a", "team-b"] });
});

test.each([
	["a warning", { level: "warning" }],
	["one that is resolved", { state: "resolved" }],
	["one that is overridden", { state: "overridden" }],
	["an error of one team", { teams: ["team-b"], owner: null }],
	["an error of three", { teams: ["team-a", "team-b", "team-c"] }],
] as const)("%s is no standoff", (_, facts) => {
	expect(standoffs([makeConflict(facts as never)])).toEqual([]);
});

test("who edits what is another's has to stop; where anything else is between them too, it has to be settled", () => {
	const edit = makeConflict();
	const other = makeConflict({ id: "CF-BBBBBBBBBB", code: "port-foreign" });
	const [edits, both] = [standoffs([edit]), standoffs([edit, other])].map(([one]) => one as Standoff);
	const [between] = standoffs([makeConflict({ actor: null, owner: null })]);
	expect([edits, both, between].map((one) => isOfEdits(one as Standoff))).toEqual([true, false, false]);
});

test("a pause keeps it open", () => {
	expect(standoffs([makeConflict({ state: "paused" })])).toHaveLength(1);
});
