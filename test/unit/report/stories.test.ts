// Conflicts told together: what is one story, and how a story of many reads.
import { expect, test } from "vitest";
import type { Conflict, Occurrence } from "#model/conflict-log";
import { tellStories } from "#report/stories";
import { formatLog } from "#report/text";
import { makeConflict, makeLog, makeOccurrence } from "#test/make-log";

const oid = (letter: string) => letter.repeat(40);
const edit = (path: string, commit: string, at = "2025-07-20T10:00:00Z"): Occurrence =>
	makeOccurrence({ commit: oid(commit), path, authoredAt: at });

/** A conflict of one path; the number makes its id. */
function conflict(number: number, facts: Partial<Conflict> = {}): Conflict {
	const path = `api/file-${number}.py`;
	return makeConflict({
		id: `CF-${String.fromCharCode(64 + number).repeat(10)}`,
		resource: `path:${path}`,
		message: `Team B changed ${path}, which belongs to Team A alone.`,
		occurrences: [edit(path, "a")],
		...facts,
	});
}

test("twenty files of one commit are one story; the commit and what to do are told once", () => {
	const conflicts = Array.from({ length: 20 }, (_, index) => conflict(index + 1));
	const [story, ...rest] = tellStories(conflicts);
	const text = formatLog(makeLog({ conflicts }), { isColoured: false });

	expect(rest).toEqual([]);
	expect(story?.conflicts).toHaveLength(20);
	expect(story?.commits.map(({ occurrences }) => occurrences.length)).toEqual([20]);
	expect(text).toContain("  foreign-edit  team-b → team-a\n    20 conflicts that began with aaaaaaaaaa: ");
	expect(text.match(/do: /g)).toHaveLength(1);
	expect(text.match(/aaaaaaaaaa {2}2025-07-20 {2}20 paths {2}“a subject”/g)).toHaveLength(1);
	for (const { id } of conflicts) expect(text).toContain(`        ${id}  M  api/file-`);
});

test("long lists are counted where they end", () => {
	const conflicts = Array.from({ length: 20 }, (_, index) => conflict(index + 1));

	expect(formatLog(makeLog({ conflicts }), { isColoured: false, maxConflicts: 4 })).toContain(
		"        … and 16 more conflicts\n",
	);
});

test.each<[string, Partial<Conflict>]>([
	["code", { code: "exempt-edit" }],
	["level", { level: "warning" }],
	["actor", { actor: "team-c" }],
	["owner", { owner: "team-c" }],
	["first commit", { occurrences: [edit("x", "a"), edit("x", "b")] }],
	["openness", { state: "resolved" }],
])("another %s is another story", (_, facts) => {
	expect(tellStories([conflict(1), conflict(2, facts)])).toHaveLength(2);
});

test("a later commit to one of the paths leaves the story whole", () => {
	const later = conflict(2, { occurrences: [edit("y", "b", "2025-07-21T10:00:00Z"), edit("y", "a")] });
	const [story] = tellStories([conflict(1), later]);

	expect(story?.commits.map(({ occurrence }) => occurrence.commit)).toEqual([oid("b"), oid("a")]);
	expect(formatLog(makeLog({ conflicts: [conflict(1), later] }), { isColoured: false })).toContain(
		"api/file-2.py  rule: /api/ in content/ownership/team-a.yaml  in 2 commits\n",
	);
});

test("worst first; then what concerns the same code and teams stands together, newest first", () => {
	const at = (day: string) => ({ lastAt: `2025-07-${day}T10:00:00Z` });
	const order = tellStories([
		conflict(1, { level: "note" }),
		conflict(2, { actor: "team-c", occurrences: [edit("x", "c")], ...at("23") }),
		conflict(3, { occurrences: [edit("x", "d")], ...at("21") }),
		conflict(4, { occurrences: [edit("x", "e")], ...at("22") }),
	]).map((story) => story.conflicts[0].id.slice(3, 4));

	expect(order).toEqual(["D", "C", "B", "A"]);
});

test("a later episode names its first, and a state that is not plain open is said", () => {
	const again = conflict(1, { episode: 2, firstEpisode: "CF-ZZZZZZZZZZ", state: "paused" });

	expect(formatLog(makeLog({ conflicts: [again] }), { isColoured: false })).toContain(
		"CF-AAAAAAAAAA  [paused, episode 2 after CF-ZZZZZZZZZZ]  Team B changed",
	);
});
