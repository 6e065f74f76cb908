// What readers anywhere are told of a reading that failed.
import { expect, test } from "vitest";
import { placeNames, publicSentence } from "#scripts/lib/live/words";

const places = placeNames("/srv/site/content", "/srv/repos/robot", "/tmp");

test.each([
	["error: the clone at /srv/repos/robot is shallow\n    hint: fetch the rest", "the clone at robot is shallow"],
	[
		"/srv/site/content/teams/b.yaml:4:9  window  expected a number\n    hint: x\n2 problems in the content",
		"content/teams/b.yaml:4:9  window  expected a number (2 problems in the content)",
	],
	["this is a bug in the product:\nTypeError: x\n    at /srv/x.ts:1", "TypeError: x"],
	["error: the git directory /tmp/coordination-1/git is damaged", "the git directory …/coordination-1/git is damaged"],
	["error: a\u001b[2Jb", "a\\x1B[2Jb"],
	["", "it said nothing"],
])("%j", (words, sentence) => {
	expect(publicSentence(words, places)).toBe(sentence);
});

test("a sentence without an end has one", () => {
	expect(publicSentence("x".repeat(1_000), places)).toBe(`${"x".repeat(300)}…`);
});
