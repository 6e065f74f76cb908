// What the filters of the log mean, by a log small enough to be judged by hand, read through the index as a browser does.
import { describe, expect, test } from "vitest";
import type { Conflict } from "#model/conflict-log";
import { makeConflict, makeOccurrence } from "#test/make-log";
import { conflictIndex } from "../../../../src/components/conflict-index.ts";
import { conflictPages } from "../../../../src/components/conflict-rows.ts";
import { INDEX_VERSION, readIndex } from "../../../../src/islands/conflict-list/index-file.ts";
import { list, loosened } from "../../../../src/islands/conflict-list/listing.ts";
import { EVERYTHING, NOBODY, type Query } from "../../../../src/islands/conflict-list/query.ts";
import { resultWords, seenWords } from "../../../../src/islands/conflict-list/words.ts";

const oid = (letter: string) => letter.repeat(40);
const at = (day: string) => `2025-07-${day}T10:00:00Z`;

/** Seen on the days, each time in a commit of its own. */
function seen(letter: string, path: string, ...days: string[]): Pick<Conflict, "occurrences" | "firstAt" | "lastAt"> {
	const newest = [...days].reverse();
	return {
		firstAt: at(days[0] as string),
		lastAt: at(newest[0] as string),
		occurrences: newest.map((day, index) =>
			makeOccurrence({ commit: oid(index === newest.length - 1 ? letter : "9"), path, authoredAt: at(day) }),
		),
	};
}

const conflicts: Conflict[] = [
	// Two of one commit: one row.
	makeConflict({ id: "CF-AAAAAAAAA2", resource: "path:api/app.py", ...seen("a", "api/app.py", "10", "20") }),
	makeConflict({ id: "CF-AAAAAAAAA3", resource: "path:api/App.tsx", ...seen("a", "api/App.tsx", "10") }),
	makeConflict({
		id: "CF-BBBBBBBBB2",
		code: "shared-edit-uncoordinated",
		level: "warning",
		state: "acknowledged",
		resource: "path:pyproject.toml",
		actor: "team-a",
		owner: null,
		teams: ["team-a"],
		message: "Team A changed pyproject.toml, which is shared, and nothing says it was agreed.",
		...seen("b", "pyproject.toml", "12", "13", "14", "15"),
	}),
	makeConflict({
		id: "CF-CCCCCCCCC2",
		code: "unattributed-edit",
		level: "note",
		resource: "identity:dev@laptop.example",
		actor: null,
		owner: null,
		teams: [],
		...seen("c", "docs/api/guide.md", "30"),
	}),
	makeConflict({
		id: "CF-DDDDDDDDD2",
		state: "resolved",
		resource: "path:api/old.py",
		actor: "team-c",
		teams: ["team-a", "team-c"],
		...seen("d", "api/old.py", "05"),
	}),
];

const rows = readIndex(
	JSON.parse(
		JSON.stringify(
			conflictIndex(conflictPages(conflicts), { baseline: "digest", nameOf: (id) => `Name of ${id ?? "nobody"}` }),
		),
	),
);
const [A2, A3, B2, C2, D2] = conflicts.map(({ id }) => id);

function ask(parts: Partial<Query>): (string | undefined)[] {
	return list(rows, { ...EVERYTHING, ...parts }).found.flatMap((found) => found.conflicts.map(({ id }) => id));
}

describe("a filter", () => {
	test.each<[string, Partial<Query>, (string | undefined)[]]>([
		["nothing: all, gravest first, the decided last", {}, [A2, A3, B2, C2, D2]],
		["a team in any role", { team: "team-a" }, [A2, A3, B2, D2]],
		["a team that did it", { team: "team-a", role: "actor" }, [B2]],
		["a team whose it is", { team: "team-a", role: "owner" }, [A2, A3, D2]],
		["a team that is only concerned did nothing", { team: "team-b", role: "owner" }, []],
		["nobody", { team: NOBODY }, [C2]],
		["a level", { levels: ["warning"] }, [B2]],
		["two levels, decided ones too", { levels: ["error", "note"] }, [A2, A3, C2, D2]],
		["a kind", { code: "shared-edit-uncoordinated" }, [B2]],
		["open, nothing decided", { state: "open" }, [A2, A3, C2]],
		["to be settled: what is acknowledged still is", { state: "unsettled" }, [A2, A3, B2, C2]],
		["settled", { state: "resolved" }, [D2]],
		["a part of a path, in any case", { path: "app." }, [A2, A3]],
		["a part of a path that no resource names", { path: "guide" }, [C2]],
		["a pattern is a name at any depth", { path: "*.py" }, [A2, D2]],
		["a pattern minds the case", { path: "App.*" }, [A3]],
		["a pattern that begins with a slash stands at the root", { path: "/api/" }, [A2, A3, D2]],
		["a folder at any depth", { path: "api/" }, [A2, A3, C2, D2]],
		["an address is no path", { path: "laptop" }, []],
		["a pattern that is none is left out", { path: "[a" }, [A2, A3, B2, C2, D2]],
		["from a day on, that day included", { from: "2025-07-20" }, [A2, C2]],
		["until a day, that day included", { to: "2025-07-05" }, [D2]],
		["between two times it was seen, it was not", { from: "2025-07-11", to: "2025-07-12" }, [B2]],
		["days the wrong way round", { from: "2025-07-20", to: "2025-07-10" }, []],
		["an id", { text: "cf-bbbbbbbbb2" }, [B2]],
		["the beginning of a commit's id", { text: "bbbbbbb" }, [B2]],
		["a commit's whole id", { text: oid("d") }, [D2]],
		["words in any order, of message, name and author", { text: "shared ben@b.example pyproject" }, [B2]],
		["a team's name", { text: "name of team-c" }, [D2]],
		["a word that is not there", { text: "shared nonsense" }, []],
		["all at once", { team: "team-a", levels: ["error"], state: "open", path: "*.py", text: "app" }, [A2]],
	])("%s", (_, parts, expected) => {
		expect(ask(parts)).toEqual(expected);
	});
});

describe("an order", () => {
	test.each<[Query["sort"], (string | undefined)[]]>([
		// Last seen: C 30, A 20 (its row), B 15, D 5.
		["newest", [C2, A2, A3, B2, D2]],
		// First seen: D 5, A 10, B 12, C 30.
		["oldest", [D2, A2, A3, B2, C2]],
		// Seen: B four times, A three times in its row, C and D once, in the order of the log.
		["most", [B2, A2, A3, C2, D2]],
	])("%s", (sort, expected) => {
		expect(ask({ sort })).toEqual(expected);
	});

	test("is that of what matches: without its later half the row of two is older", () => {
		// A3 alone was last seen on the 10th, B on the 15th.
		expect(ask({ sort: "newest", text: "ap", path: "*.tsx" })).toEqual([A3]);
		expect(ask({ sort: "newest", from: "2025-07-06", to: "2025-07-15" })).toEqual([A2, A3, B2]);
	});
});

test("rows keep what belongs together, and say how many of theirs match", () => {
	const { found, conflicts: amount } = list(rows, { ...EVERYTHING, path: "*.tsx" });

	expect(found.map(({ row, conflicts: some }) => [row.entries.length, some.length])).toEqual([[2, 1]]);
	expect(amount).toBe(1);
	expect(rows.map(({ page }) => page)).toEqual([1, 1, 1, 1]);
});

describe("the answer in words", () => {
	test.each<[Partial<Query>, string]>([
		[{ team: "team-a" }, "4 of 5 conflicts match, in 3 rows, gravest first."],
		[{ code: "unattributed-edit", sort: "oldest" }, "1 of 5 conflicts matches, in 1 row, oldest first."],
		[{ sort: "newest" }, "All 5 conflicts, in 4 rows, newest first."],
		[{ text: "nonsense" }, "None of 5 conflicts matches."],
		[
			{ from: "2025-07-20", to: "2025-07-19" },
			"No day is from 2025-07-20 on and until 2025-07-19: the first is the later one.",
		],
		[{ from: "2025-07-20", to: "2025-07-20" }, "1 of 5 conflicts matches, in 1 row, gravest first."],
	])("%o", (parts, words) => {
		const query = { ...EVERYTHING, ...parts };
		expect(resultWords(list(rows, query), conflicts.length, query)).toBe(words);
	});
});

test("where nothing is found, it is said what to loosen: most first, and nothing that would not help", () => {
	const query: Query = { ...EVERYTHING, team: "team-a", levels: ["note"], from: "2025-07-12" };

	// Without the team: C. Without the level: A2 (20th), B. Without the dates: still none.
	expect(list(rows, query).conflicts).toBe(0);
	expect(loosened(rows, query)).toEqual([
		{ part: "levels", conflicts: 2 },
		{ part: "team", conflicts: 1 },
	]);
});

test("a commit that is only counted as a team's is nothing that it did, and concerns it all the same", () => {
	const disputed = makeConflict({ code: "attribution-disagreement", actor: "team-b", owner: null });
	const index = conflictIndex(conflictPages([disputed]), { baseline: "digest", nameOf: (id) => id ?? "nobody" });
	const asked = (role: Query["role"]) => list(readIndex(index), { ...EVERYTHING, team: "team-b", role }).conflicts;

	expect([asked("actor"), asked("concerned")]).toEqual([0, 1]);
});

test("what the tree shows has no date: by date it comes last, and where dates are asked it is left out and counted", () => {
	const inTree = makeOccurrence({ commit: null, authoredAt: null });
	const tree = {
		code: "rule-unmatched",
		level: "warning",
		firstAt: at("31"),
		lastAt: at("31"),
		occurrences: [inTree],
	} as const;
	const log = [
		makeConflict({ id: "CF-TTTTTTTTT2", ...tree, occurrences: [inTree] }),
		makeConflict({ id: "CF-AAAAAAAAA2", ...seen("a", "api/app.py", "10", "20") }),
	];
	const index = readIndex(conflictIndex(conflictPages(log), { baseline: "digest", nameOf: (id) => id ?? "nobody" }));
	const asked = (parts: Partial<Query>) => {
		const query = { ...EVERYTHING, ...parts };
		const listing = list(index, query);
		const told = listing.found.map(({ row, conflicts: some }) => `${row.commits} ${seenWords(some)}`);
		return [...told, resultWords(listing, 2, query)];
	};
	const [dated, undated] = ["2 2025-07-10 to 2025-07-20", "0 in the tree"];

	expect(asked({ sort: "newest" })).toEqual([
		dated,
		undated,
		"All 2 conflicts, in 2 rows, newest first, those of the tree last.",
	]);
	expect(asked({ sort: "oldest" }).slice(0, 2)).toEqual([dated, undated]);
	expect(asked({ from: "2025-07-20" })).toEqual([
		dated,
		"1 of 2 conflicts matches, in 1 row, gravest first. 1 conflict of the tree has no date: left out.",
	]);
	expect(asked({ to: "2025-07-31", levels: ["error"] })).toEqual([
		dated,
		"1 of 2 conflicts matches, in 1 row, gravest first.",
	]);
});

test("an index of another version is refused", () => {
	expect(() => readIndex({ version: INDEX_VERSION + 1 })).toThrow("another version");
	expect(() => readIndex(null)).toThrow("another version");
});
