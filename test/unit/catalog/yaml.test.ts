// Files that are no YAML we take: what is said, and that no file can keep the reader busy.
import { expect, test } from "vitest";
import { problemsOf } from "./check-content.ts";

const notYaml: [law: string, text: string, printed: string[]][] = [
	[
		"a key twice",
		"name: B\nfocus: x\nname: C\n",
		['3:1  the key "name" is written twice\n    hint: Keep one of the two.'],
	],
	[
		"a key twice beside a wrong value: both are said",
		"name: B\nwindow: w\nname: C\n",
		[
			'2:9  window  expected a number, got "w"\n    hint: Write digits without quotes.',
			'3:1  the key "name" is written twice\n    hint: Keep one of the two.',
		],
	],
	[
		"a second document",
		"name: B\n---\nname: C\n",
		["2:1  a second document starts here\n    hint: Keep one document a file: remove the `---`."],
	],
	[
		"a quote left open",
		'name: "B\n',
		["2:1  a quote is not closed\n    hint: Close it with the same quote, on the same line."],
	],
	[
		"a key without its colon",
		"name: B\nwindow\n",
		["2:1  a key without its `: `\n    hint: Write `key: value`, with a space after the colon."],
	],
	[
		"a value in back quotes",
		"name: `B`\n",
		["1:7  a value cannot begin with this character\n    hint: Put the value in quotes."],
	],
	["something stray after a value", "- a\nb: c\n", ["2:1  not YAML: Unexpected scalar at node end"]],
	["a tab", "identities:\n\temails: []\n", ["2:1  a tab indents this line\n    hint: Indent with spaces."]],
	[
		"two colons",
		"name: a: b\n",
		["1:7  `: ` inside a value\n    hint: Put the text in quotes, or begin the key in the column of its neighbours."],
	],
	[
		"an open bracket",
		"name: B\naliases: [a, b\nfocus: f\n",
		["3:1  a bracket is not closed above\n    hint: Close `[` with `]`, `{` with `}`."],
	],
	[
		"a tag",
		"name: !secret x\n",
		["1:7  a tag such as !name is not used here\n    hint: Remove it, or put the text in quotes."],
	],
	[
		"another version of YAML",
		"%YAML 1.1\n---\nname: yes\n",
		["1:1  expected YAML 1.2, got 1.1\n    hint: Remove the %YAML line."],
	],
	[
		"an alias without an anchor",
		"name: *nobody\n",
		["1:7  *nobody points to no &nobody above it\n    hint: Put the text in quotes if it starts with `*`."],
	],
	["an alias inside its own anchor", "name: &x [a, *x]\n", ["1:14  *x contains itself"]],
	["a key that is a list", "? [a]\n: b\n", ["1:3  a key must be plain text"]],
];

test.each(notYaml)("not YAML: %s", (_law, text, printed) => {
	expect(problemsOf({ "teams/team-b.yaml": text })).toEqual(printed.map((line) => `teams/team-b.yaml:${line}`));
});

test("an alias bomb is refused at once, not written out", () => {
	const levels = Array.from({ length: 30 }, (_, at) => `l${at + 1}: &l${at + 1} [*l${at}, *l${at}, *l${at}]`);
	const printed = problemsOf({ "teams/team-b.yaml": ["l0: &l0 [x, x, x]", ...levels].join("\n") });
	// 200,000 values are passed in the tenth level: 3 ** 11 = 177,147 in l10 alone.
	expect(printed).toHaveLength(1);
	expect(printed[0]).toMatch(/^teams\/team-b\.yaml:\d+:\d+ {2}more than 200000 values, aliases written out/);
});

const deep: [law: string, text: string][] = [
	["a million open brackets", "[".repeat(1024 * 1024)],
	["half a million list marks", "- ".repeat(512 * 1024)],
	["fourteen hundred levels", Array.from({ length: 1400 }, (_, level) => `${" ".repeat(level)}a:`).join("\n")],
];

test.each(deep)("nested too deeply, refused at once: %s", (_law, text) => {
	expect(problemsOf({ "teams/team-b.yaml": text })[0]).toContain("nested too deeply to be read");
});
