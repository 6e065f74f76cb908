// Specification of what changed since a page was built, on the wire.
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import type { ConflictChange } from "#model/conflict-delta";
import {
	type ConflictChangeKind,
	GetConflictsResponseSchema,
	type Level,
} from "#wire/gen/coordination/v1/status_pb.js";
import { type ConflictsState, conflictsFromWire, conflictsParts, conflictsToWire } from "#wire/map-conflicts";

const PAGE = "a".repeat(64);
const edit: ConflictChange = {
	kind: "new",
	id: "CF-ABCDEFGHIJ",
	code: "foreign-edit",
	level: "error",
	state: "open",
	resource: "path:src/a b.py",
	actor: "team-b",
	owner: "team-a",
	message: "Team B changed src/a b.py, which belongs to Team A alone.",
	lastAt: "2026-11-26T09:00:00Z",
	occurrences: 2,
};
const gone: ConflictChange = { ...edit, kind: "gone", id: "CF-BBBBBBBBBB", level: "note", actor: null, owner: null };
const state: ConflictsState = {
	version: 4n,
	epoch: 2n,
	uptimeMs: 5_000,
	notices: [],
	generatedAt: "2026-11-26T10:00:00Z",
	derivedAgeMs: 0,
	delta: {
		baseline: PAGE,
		isBaselineKnown: true,
		changes: [edit, gone],
		moreChanges: 3,
		open: { errors: 2, warnings: 1, notes: 0 },
		head: "abc",
		headAt: "2026-11-26T09:00:00Z",
		isHistoryWhole: true,
	},
};
type Reply = ReturnType<typeof conflictsToWire>;

function sent(reply: Reply): Reply {
	return fromBinary(GetConflictsResponseSchema, toBinary(GetConflictsResponseSchema, reply));
}

describe("changes since a page was built", () => {
	it("arrive as they were said, nobody as nobody and an age of 0 as an age of 0", () => {
		expect(conflictsFromWire(sent(conflictsToWire(state)), PAGE, null)).toEqual(state);
	});

	it("unchanged: the held changes stay, the ages move on", () => {
		const later = { ...state, uptimeMs: 9_000, derivedAgeMs: 1_500 };
		expect(conflictsFromWire(sent(conflictsToWire(later, 4n)), PAGE, state)).toEqual(later);
	});

	it("in parts, bytes after bytes, are the whole reply", () => {
		const bytes = (part: Reply) => toBinary(GetConflictsResponseSchema, part);
		const tail = bytes(conflictsParts.tail(state));
		for (const [head, known] of [
			[conflictsParts.wholeHead(state), 0n],
			[conflictsParts.unchangedHead(state), 4n],
		] as const) {
			const joined = fromBinary(GetConflictsResponseSchema, Buffer.concat([bytes(head), tail]));
			expect(joined).toEqual(sent(conflictsToWire(state, known)));
		}
	});

	it.each([
		["cut off", { complete: false }, "cut off"],
		["a wrong count", { count: 3 }, "2 of 3 items"],
		["about another page's log", { baseline: "b".repeat(64) }, "another page"],
		["without a date of its head", { headAt: undefined }, "date of the head"],
	])("%s: refused", (_name, change, words) => {
		expect(() => conflictsFromWire({ ...conflictsToWire(state), ...change } as Reply, PAGE, null)).toThrow(words);
	});

	it("words of a newer gateway play nothing down: an unknown level is the gravest, an unknown kind a change", () => {
		const reply = conflictsToWire(state);
		reply.changes[1]!.level = 9 as Level;
		reply.changes[1]!.kind = 9 as ConflictChangeKind;
		expect(conflictsFromWire(reply, PAGE, null).delta.changes[1]).toMatchObject({ level: "error", kind: "again" });
	});
});
