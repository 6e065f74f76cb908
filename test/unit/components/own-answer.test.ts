// Answers with routes of their own are held against their published schemas before they are published.
import { expect, test } from "vitest";
import type { PathList } from "#model/path-list";
import { ownAnswerText } from "../../../src/components/machines/own-answer.ts";

const list: PathList = {
	version: 1,
	head: "abc",
	headAt: "2025-07-31T15:05:00Z",
	isRead: true,
	count: 2,
	folders: { "": ["a\u202eb", "__proto__"] },
};

test("a list of paths is published as it is, what cannot be seen in it escaped", () => {
	const text = ownAnswerText("paths", list);
	expect(text).toContain("a\\u202eb");
	expect(JSON.parse(text)).toEqual(list);
});

test.each([
	["without a head", { ...list, head: undefined }],
	["with a count that is no number", { ...list, count: "2" }],
	["with a field that the schema does not name", { ...list, more: 1 }],
])("a list %s is not published", (_what, wrong) => {
	expect(() => ownAnswerText("paths", wrong)).toThrow();
	expect(() => ownAnswerText("look-up", wrong)).toThrow();
});
