// What is counted beside the log: by doer and owner, by team and folder, by team and week.
import { expect, test } from "vitest";
import { createActivity } from "#audit/activity";
import { createEditTally, createFolderTally, MOST_FOLDERS, weekOf } from "#audit/tallies";
import { tabulate } from "#git/tabulate";
import type { Commit } from "#model/history";
import type { Verdict } from "#rules/ruleset";

const rule = {} as Extract<Verdict, { kind: "owned" }>["rule"];
const owned = (owner: string): Verdict => ({ kind: "owned", owner, rule, lost: [] });
const shared: Verdict = { kind: "shared", rule, lost: [] };
const unmatched: Verdict = { kind: "unmatched" };
const second = (iso: string) => Date.parse(iso) / 1000;

function commit(index: number, at: string, paths: readonly string[]): Commit {
	return {
		id: index.toString(16).padStart(40, "0"),
		parents: [],
		author: { name: "A", email: "a@x" },
		authorDate: `${second(at)} +0000`,
		subject: "s",
		trailers: [],
		reverts: [],
		changes: paths.map((path) => ({
			path,
			kind: "M" as const,
			oldMode: "100644",
			newMode: "100644",
			oldId: "0".repeat(40),
			newId: "1".repeat(40),
		})),
	};
}

test("a week is named by its Monday in UTC; the last second of a Sunday still belongs to it", () => {
	expect(weekOf(second("2025-07-31T15:05:00Z"))).toBe("2025-07-28");
	expect(weekOf(second("2025-07-28T00:00:00Z"))).toBe("2025-07-28");
	expect(weekOf(second("2025-07-27T23:59:59Z"))).toBe("2025-07-21");
	expect(weekOf(0)).toBe("1969-12-29");
	expect(weekOf(-1)).toBe("1969-12-29");
	expect(weekOf(second("0000-01-01T00:00:00Z"))).toBe("0000-01-01");
	expect(weekOf(253_402_300_799)).toBe("9999-12-27");
});

test("changes are counted by doer and by whose they are, in an order that no commit decides", () => {
	const tally = createEditTally();
	const nobody = tally.of(null);
	nobody(shared);
	const b = tally.of("team-b");
	for (const verdict of [unmatched, owned("team-b"), owned("team-a"), shared, owned("team-b")]) b(verdict);
	tally.of("team-a")(owned("team-a"));
	tally.of("team-b")(unmatched);
	tally.of("coordinator");

	expect(tally.finish()).toEqual([
		{ team: "team-a", kind: "owned", owner: "team-a", changes: 1 },
		{ team: "team-b", kind: "owned", owner: "team-a", changes: 1 },
		{ team: "team-b", kind: "owned", owner: "team-b", changes: 2 },
		{ team: "team-b", kind: "shared", owner: null, changes: 1 },
		{ team: "team-b", kind: "unmatched", owner: null, changes: 2 },
		{ team: null, kind: "shared", owner: null, changes: 1 },
	]);
});

test("a team called shared is told from what is shared", () => {
	const tally = createEditTally();
	const one = tally.of("a");
	one(owned("shared"));
	one(shared);
	expect(tally.finish().map(({ kind, owner }) => [kind, owner])).toEqual([
		["owned", "shared"],
		["shared", null],
	]);
});

test("folders at the top, most changed first; those beyond the most changed are counted together", () => {
	const many = Array.from({ length: MOST_FOLDERS + 3 }, (_, index) => `f${String(index).padStart(2, "0")}/x`);
	const commits = [
		commit(1, "2025-07-28T10:00:00Z", ["README.md", "src/a.py", "src/deep/b.py"]),
		commit(2, "2025-07-29T10:00:00Z", many),
	];
	for (const order of [commits, commits.toReversed()]) {
		const table = tabulate(order, "sha1");
		const tally = createFolderTally(table, 2);
		for (const row of table.order) tally.add(row, table.countChanges(row) === 3 ? 0 : 1);
		const [first, second] = tally.finish();

		// src has two changes; of those with one, the empty name and f00 … f37 come first by their bytes.
		expect(first).toEqual({
			folders: [
				{ folder: "src", changes: 2 },
				{ folder: "", changes: 1 },
			],
			otherFolders: 0,
		});
		expect(second?.folders.map(({ folder }) => folder)).toEqual(many.slice(0, 38).map((path) => path.slice(0, 3)));
		expect(second?.otherFolders).toBe(5);
	}
});

test("a folder named like a property is a folder", () => {
	const table = tabulate([commit(1, "2025-07-28T10:00:00Z", ["__proto__/x", "constructor/y"])], "sha1");
	const tally = createFolderTally(table, 1);
	for (const row of table.order) tally.add(row, 0);
	expect(tally.finish()[0]?.folders.map(({ folder }) => folder)).toEqual(["__proto__", "constructor"]);
});

test("weeks of a team in order, those without a commit left out; another's commits are not in it", () => {
	const attribution = { team: "a", by: "email", confidence: "derived", evidence: "a@x" } as const;
	const commits = [
		commit(1, "2025-07-31T10:00:00Z", ["x"]),
		commit(2, "2025-07-17T10:00:00Z", ["x"]),
		commit(3, "2025-07-28T10:00:00Z", ["x"]),
		commit(4, "2025-07-22T10:00:00Z", ["x"]),
	];
	const table = tabulate(commits, "sha1");
	const activity = createActivity(table, ["a", "b"]);
	for (const row of table.order) {
		activity.add(row, { ...attribution, team: table.id(row).endsWith("4") ? "b" : "a" });
	}
	const [a] = activity.finish().activity;
	expect(JSON.stringify(a?.weeks)).toBe('{"2025-07-14":1,"2025-07-28":2}');
});
