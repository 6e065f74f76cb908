// What a log tells that the one it replaced did not, and which logs may be compared at all.
import { expect, test } from "vitest";
import { standingOf } from "#model/conflict-delta";
import type { ConflictLog } from "#model/conflict-log";
import { incomparable, newsOf, newsSchema } from "#model/news";
import { makeConflict, makeLog, makeOccurrence } from "#test/make-log";

const DIGEST = "d".repeat(64);
const oid = (letter: string) => letter.repeat(40);
const { repository } = makeLog();
const logOf = (facts: Partial<ConflictLog["repository"]>, conflicts: ConflictLog["conflicts"] = []) =>
	makeLog({ repository: { ...repository, ...facts }, conflicts });
const nothing = () => false;

test("what came and what went, beside the head it is told against", () => {
	const before = makeLog({ conflicts: [makeConflict({ id: "CF-AAAAAAAAAA" })] });
	const after = logOf({ head: oid("e") }, [makeConflict({ id: "CF-BBBBBBBBBB", level: "warning" })]);
	const news = newsOf(standingOf(after), DIGEST, standingOf(before));
	expect(news).toMatchObject({
		log: DIGEST,
		previous: { head: oid("f"), headAt: "2025-07-31T10:00:00Z", complete: true },
		moreChanges: 0,
	});
	expect(news.changes.map(({ kind, id }) => `${kind} ${id}`)).toEqual(["gone CF-AAAAAAAAAA", "new CF-BBBBBBBBBB"]);
	expect(newsSchema.safeParse(news).success).toBe(true);
});

test("with nothing to compare with, no conflict is called new", () => {
	const news = newsOf(standingOf(makeLog({ conflicts: [makeConflict()] })), DIGEST, null);
	expect(news).toEqual({ version: 1, log: DIGEST, previous: null, changes: [], moreChanges: 0 });
});

test("comparable: the old head, or a tip, is of this history", () => {
	expect(incomparable(logOf({}), logOf({ head: oid("e") }), (commit) => commit === oid("f"))).toBeNull();
	const tips = [{ name: "HEAD", oid: oid("b") }];
	expect(incomparable(logOf({ refs: tips }), logOf({}), (commit) => commit === oid("b"))).toBeNull();
});

test("comparable: the head was rebased away, and a commit of a conflict is still there", () => {
	const before = logOf({}, [makeConflict({ occurrences: [makeOccurrence({ commit: oid("a") })] })]);
	expect(incomparable(before, logOf({}), (commit) => commit === oid("a"))).toBeNull();
	expect(incomparable(before, logOf({}), nothing)).toBe("names no commit of this history");
});

test("not comparable: another name, which is shown harmlessly, other branches, another format", () => {
	const everything = () => true;
	expect(incomparable(logOf({ name: "Evil\u202e" }), logOf({}), everything)).toBe("is of Evil\\u{202E}");
	const main = [{ name: "main", oid: oid("f") }];
	expect(incomparable(logOf({ refs: main }), logOf({}), everything)).toBe("is of other branches");
	const other = incomparable(logOf({ objectFormat: "sha256" }), logOf({}), everything);
	expect(other).toBe("is of a repository in another object format");
});

test("the order in which branches are named is no difference", () => {
	const [a, b] = [
		{ name: "a", oid: oid("f") },
		{ name: "b", oid: oid("f") },
	];
	expect(incomparable(logOf({ refs: [a, b] }), logOf({ refs: [b, a] }), () => true)).toBeNull();
});
