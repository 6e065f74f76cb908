// Whose a folder is by its history: what is plain enough for a rule, and what is left to people.
import { expect, test } from "vitest";
import type { Edit } from "#starter/evidence";
import { proposeFolders } from "#starter/folder-rules";
import { cutByPart } from "#starter/part-edits";
import { divideTree } from "#starter/parts";
import { evidenceOf, worked } from "#test/worked";

const TEAMS = ["ann", "ben"].map((id) => ({ id, name: id, why: "", members: [{ email: `${id}@x.io`, why: "" }] }));

/** Three folders of one file each, and what is said of the first. */
function saidOf(...edits: readonly Edit[][]) {
	const evidence = evidenceOf([...edits.flat(), ...worked("other@y.io", 1, ["b/1", "c/1"])]);
	const cut = cutByPart(evidence, divideTree(evidence.files));
	const { rules, remarks } = proposeFolders(evidence, TEAMS, cut, (email) => email === "robot@x.io");
	const [rule] = rules.filter(({ pattern }) => pattern === "/a/");
	const [remark] = remarks.filter(({ text }) => text.startsWith("a/: "));
	return rule === undefined ? remark?.text.slice("a/: ".length) : `${rule.owner}: ${rule.why}`;
}

test("a folder is the team's that made two thirds of its commits; programs do not count, people of no team do", () => {
	const outsider = worked("out@y.io", 5, "a/1");
	expect(saidOf(worked("ann@x.io", 11, "a/1"), outsider, worked("robot@x.io", 50, "a/1"))).toBe(
		"ann: ann made 68 % of 16 commits, on 11 days",
	);
	expect(saidOf(worked("ann@x.io", 10, "a/1"), outsider)).toBe("ann made 66 % of 15 commits");
	expect(saidOf(worked("out@y.io", 12, "a/1"))).toBe("none of the teams made any of 12 commits");
});

test("ten commits on five days at least", () => {
	expect(saidOf(worked("ann@x.io", 10, "a/1"))).toBe("ann: ann made 100 % of 10 commits, on 10 days");
	expect(saidOf(worked("ann@x.io", 9, "a/1"))).toBe("9 commits, too few to tell whose it is");
	expect(saidOf(worked("ann@x.io", 9, "a/1"), worked("out@y.io", 1, "a/1"))).toBe(
		"ann made 90 % of 10 commits, on 9 days: too few to tell whose it is",
	);
	const sameDays = [0, 1, 2].flatMap(() => worked("ann@x.io", 4, "a/1"));
	expect(saidOf(sameDays)).toBe("ann made 100 % of 12 commits, on 4 days: too few to tell whose it is");
});

test("commits count, not files: one that generates a hundred is one", () => {
	const generated = Array.from({ length: 100 }, (_, index) => `a/generated-${index}`);
	expect(saidOf(worked("ann@x.io", 20, "a/1"), worked("ben@x.io", 1, generated))).toBe(
		"ann: ann made 95 % of 21 commits, on 20 days",
	);
});

test("a commit that touches more than five folders is work on none of them", () => {
	const five = ["a/1", "b/1", "c/1", "d/1", "e/1"];
	expect(saidOf(worked("ann@x.io", 10, five))).toBe("ann: ann made 100 % of 10 commits, on 10 days");
	expect(saidOf(worked("ann@x.io", 10, [...five, "f/1"]))).toBe("0 commits, too few to tell whose it is");
});

test("no rule where another team works too: more than one commit in twenty", () => {
	expect(saidOf(worked("ann@x.io", 19, "a/1"), worked("ben@x.io", 1, "a/1"))).toBe(
		"ann: ann made 95 % of 20 commits, on 19 days",
	);
	expect(saidOf(worked("ann@x.io", 18, "a/1"), worked("ben@x.io", 1, "a/1"))).toBe(
		"ann made 94 % of 19 commits, on 18 days, but 1 of 19 are other teams', 0 of the last 90 days' 0: a rule would accuse them",
	);
});

test("no rule that would accuse of more than one in twenty of the last 90 days' commits, or of more than three files", () => {
	const before = worked("ann@x.io", 40, "a/1");
	const lately = (commits: number) => worked("ann@x.io", commits, "a/1", { last: 1, every: 2 });
	const ben = (...paths: readonly string[]) => worked("ben@x.io", 1, paths, { last: 5 });
	expect(saidOf(before, lately(19), ben("a/1"))).toBe(
		"ann: ann made 98 % of 60 commits, on 59 days; it tells of 1 of the last 20",
	);
	expect(saidOf(before, lately(18), ben("a/1"))).toContain("1 of the last 90 days' 19: a rule would accuse them");
	expect(saidOf(before, lately(19), ben("a/1", "a/2", "a/3"))).toContain("it tells of 1 of the last 20");
	expect(saidOf(before, lately(19), ben("a/1", "a/2", "a/3", "a/4"))).toContain("a rule would accuse them");
	// It goes over six folders: no work, and yet four files of this one.
	const sweep = ["a/1", "a/2", "a/3", "a/4", "b/1", "c/1", "d/1", "e/1", "f/1"];
	expect(saidOf(before, lately(19), ben(...sweep))).toContain("a rule would accuse them");
});

test("no rule for a team that others have followed: half or less of the last 180 days' commits, of five at least", () => {
	const before = worked("ann@x.io", 20, "a/1");
	const lately = (by: string, commits: number) => worked(by, commits, "a/1", { last: 100, every: 2 });
	expect(saidOf(before, lately("ann@x.io", 2), lately("out@y.io", 3))).toBe(
		"ann made 88 % of 25 commits, on 22 days, but 2 of 5 in the last 180 days",
	);
	expect(saidOf(before, lately("ann@x.io", 3), lately("out@y.io", 2))).toBe(
		"ann: ann made 92 % of 25 commits, on 23 days",
	);
	expect(saidOf(before, lately("out@y.io", 4))).toBe("ann: ann made 83 % of 24 commits, on 20 days");
});
