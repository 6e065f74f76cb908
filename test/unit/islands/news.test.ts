import { describe, expect, it } from "vitest";
import type { Source } from "#islands/contact.ts";
import { newsOf } from "#islands/news.ts";
import type { ConflictChange, ConflictChangeKind, ConflictDelta } from "#model/conflict-delta";

const LIVE: Source = { kind: "live", sinceMs: 4000, isDoubted: false, hasSlept: false };

function change(kind: ConflictChangeKind): ConflictChange {
	return {
		kind,
		id: "CF-AAAAAAAAAA",
		code: "foreign-edit",
		level: "error",
		state: "open",
		resource: "path:a.py",
		actor: "team-b",
		owner: "team-a",
		message: "…",
		lastAt: "2026-11-23T22:10:00Z",
		occurrences: 1,
	};
}

function delta(kinds: readonly ConflictChangeKind[], part: Partial<ConflictDelta> = {}): ConflictDelta {
	return {
		baseline: "ab",
		isBaselineKnown: true,
		changes: kinds.map(change),
		moreChanges: 0,
		open: { errors: 2, warnings: 1, notes: 0 },
		head: "0".repeat(40),
		headAt: "2026-11-23T22:10:00Z",
		isHistoryWhole: true,
		...part,
	};
}

describe("what collided since the page was built", () => {
	const cases: [what: string, ReturnType<typeof newsOf>, line: string][] = [
		[
			"two new and one gone",
			newsOf(delta(["new", "new", "gone"]), 1000, LIVE, true),
			"2 new, 1 gone since this page was built, as of 5 s ago.",
		],
		[
			"more than are listed",
			newsOf(delta(["again", "state"], { moreChanges: 7 }), 1000, LIVE, true),
			"1 seen again, 1 decided or reopened, 7 more since this page was built, as of 5 s ago.",
		],
		[
			"nothing, by an answer of now",
			newsOf(delta([]), 1000, LIVE, true),
			"Nothing new since this page was built, as of 5 s ago.",
		],
		[
			"nothing, from a history read in part",
			newsOf(delta([], { isHistoryWhole: false }), 1000, LIVE, true),
			"No news is known since this page was built, as of 5 s ago.",
		],
		[
			"nothing, but the gateway is out of reach",
			newsOf(delta([]), 1000, LIVE, false),
			"No news is known since this page was built, as of 5 s ago.",
		],
		[
			"nothing, but the page was away",
			newsOf(delta([]), 1000, { ...LIVE, isDoubted: true }, true),
			"No news is known since this page was built, as of 5 s ago.",
		],
		[
			"nothing, but the gateway looked at git a minute ago",
			newsOf(delta([]), 57_000, LIVE, true),
			"No news is known since this page was built, as of 1 min ago.",
		],
		[
			"nothing, from a gateway that does not look",
			newsOf(delta([]), null, LIVE, true),
			"No news is known since this page was built.",
		],
		[
			"a log that the gateway does not know",
			newsOf(delta([], { isBaselineKnown: false }), 1000, LIVE, true),
			"The gateway does not know the log this page shows, so no news is known: open now are 2 errors, 1 warning, 0 notes, as of 5 s ago.",
		],
		["no answer so far", newsOf(null, null, LIVE, false), "No news is known since this page was built."],
	];
	it.each(cases)("%s", (_what, { line }, expected) => {
		expect(line).toBe(expected);
	});

	it("is of now only with contact, an answer that is not doubted and git looked at within a minute", () => {
		const some = delta(["new"]);
		expect(newsOf(some, 56_000, LIVE, true).isFresh).toBe(true);
		expect(newsOf(some, 56_001, LIVE, true).isFresh).toBe(false);
		expect(newsOf(some, 1000, LIVE, false).isFresh).toBe(false);
		expect(newsOf(some, null, LIVE, true).isFresh).toBe(false);
	});

	it("says what else must be known", () => {
		expect(newsOf(delta(["new"], { isHistoryWhole: false }), null, LIVE, true).caveats).toEqual([
			"Only a part of the history was read: what is not told here may still have happened.",
			"The gateway does not look at the repository as it is now.",
		]);
	});
});
