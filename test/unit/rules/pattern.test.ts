// The pattern law by hand: pattern -> paths it takes, and near ones it leaves. The generated half is in pattern-oracle.test.ts.
import { expect, test } from "vitest";
import { pathPattern } from "#model/field";
import { rawPath } from "#model/history";
import { compilePattern, matchesFile } from "#rules/pattern";

const law: [why: string, pattern: string, paths: Record<string, boolean>][] = [
	[
		"a name without a slash is found at any depth, as file or folder",
		"api.py",
		{ "api.py": true, "src/api.py": true, "api.py/x": true, "api.pyc": false, "my-api.py": false, "src/API.py": false },
	],
	["a leading slash anchors at the root", "/api.py", { "api.py": true, "src/api.py": false, "api.py/x": true }],
	[
		"a slash inside anchors too",
		"src/api.py",
		{ "src/api.py": true, "lib/src/api.py": false, "src/api.py/deep/x": true, "src/api.py2": false },
	],
	[
		"a trailing slash means a folder and all below, at any depth",
		"training/",
		{
			"training/a.py": true,
			"src/training/deep/a.py": true,
			training: false,
			"src/training": false,
			"training2/a": false,
		},
	],
	[
		"a trailing slash with one inside is anchored",
		"src/training/",
		{ "src/training/a": true, "x/src/training/a": false },
	],
	[
		"a star stays within a name",
		"/launch_*.sh",
		{ "launch_node.sh": true, "launch_.sh": true, "launch_a/b.sh": false },
	],
	["a star may match nothing or a dot", "/*.py", { ".py": true, "a.b.py": true, "src/a.py": false }],
	[
		"a star behind a literal start may match nothing",
		"/Makefile*",
		{ Makefile: true, "Makefile.am": true, "Makefile/a": true, "x/Makefile": false, Makefil: false },
	],
	["so may one in a folder", "src/api*", { "src/api": true, "src/api/a": true, "src/api_b": true, src: false }],
	["and two stars, but not as a folder", "/a**", { a: true, ab: true, "a/b": true, b: false }],
	["which a file is not", "/a**/", { a: false, "a/b": true, "ab/c": true }],
	["what follows them must be there", "/a**/c", { a: false, "a/c": true, "ab/c": true }],
	[
		"what a star matches takes what lies below it",
		"docs/*",
		{ "docs/a": true, "docs/a/b/c": true, docs: false, "x/docs/a": false },
	],
	["two stars and a slash span any folders, or none", "**/api.py", { "api.py": true, "a/b/api.py": true }],
	[
		"a slash and two stars take all below, not the folder itself",
		"a/**",
		{ "a/b": true, "a/b/c": true, a: false, "x/a/b": false },
	],
	[
		"two stars between slashes span any folders, or none",
		"a/**/b",
		{ "a/b": true, "a/x/b": true, "a/x/y/b": true, "a/xb": false },
	],
	["two stars within a name are one", "/a**b", { ab: true, axxb: true, "a/b": false }],
	[
		"behind a literal start git reads two stars as a segment of their own",
		"/a**/b",
		{ "a/b": true, ab: true, "ax/y/b": true },
	],
	["three stars are two", "a/***/b", { "a/b": true, "a/x/y/b": true }],
	["a question mark is one byte and no slash", "/a?c", { abc: true, "a/c": false, ac: false, aéc: false }],
	["so a letter of two bytes takes two of them", "/a??c", { aéc: true }],
	["a class", "/[a-c]x", { ax: true, cx: true, dx: false, "[a-c]x": false }],
	["a class turned round, with either sign", "/[!a-c]x", { dx: true, ax: false, x: false }],
	["", "/[^a-c]x", { dx: true, ax: false }],
	["a class never takes a slash", "a[!b]c", { "a/c": false, axc: true }],
	["a bracket may come first in a class", "/[]a]x", { "]x": true, ax: true, bx: false }],
	["a dash may come last", "/[a-]x", { "-x": true, ax: true, bx: false }],
	["a named class", "/v[[:digit:]]", { v1: true, va: false }],
	["a class git does not know takes nothing", "/v[[:number:]]", { v1: false, "v:": false }],
	["", "/v[![:number:]]", { v1: false, va: false }],
	["a backslash takes the next character as it is", "/a\\*b", { "a*b": true, axb: false }],
	["", "\\#x", { "#x": true, "\\#x": false }],
	["", "\\!x", { "!x": true }],
	["spaces at the end do not count", "/a  ", { a: true, "a  ": false }],
	["unless a backslash guards them", "/a\\ ", { "a ": true, a: false }],
	["two backslashes are a backslash and guard nothing", "/a\\\\ ", { "a\\": true, "a\\ ": false }],
	["spaces inside and at the start count", " a b", { " a b": true, "a b": false }],
	["letters beyond ASCII are their bytes", "café/*.py", { "café/a.py": true, "cafe\u0301/a.py": false }],
	["two slashes meet no path", "a//b", { "a/b": false }],
	[
		"a class may hold a slash, which it never takes, and is one class all the same",
		"/a[b/]c",
		{ abc: true, "a/c": false },
	],
];

for (const [why, pattern, paths] of law) {
	test(`${pattern}  ${why}`, () => {
		expect(pathPattern.safeParse(pattern).success).toBe(true);
		const said = Object.fromEntries(
			Object.keys(paths).map((path) => [path, matchesFile(compilePattern(pattern), rawPath(path))]),
		);
		expect(said).toEqual(paths);
	});
}

test("named classes take the bytes git's own tables name", () => {
	const taken = (name: string) =>
		Array.from({ length: 255 }, (_, index) => String.fromCharCode(index + 1))
			.filter((char) => char !== "/" && matchesFile(compilePattern(`/[[:${name}:]]`), char))
			.join("");

	expect(taken("digit")).toBe("0123456789");
	expect(taken("xdigit")).toBe("0123456789ABCDEFabcdef");
	expect(taken("space")).toBe("\t\n\r ");
	expect(taken("blank")).toBe("\t ");
	expect(taken("punct")).toBe("!\"#$%&'()*+,-.:;<=>?@[\\]^_`{|}~");
	expect(taken("upper") + taken("lower")).toBe("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
	expect(taken("cntrl")).toHaveLength(32);
	expect(taken("constructor")).toBe("");
});

test("patterns that git would read as something else are refused", () => {
	const wordsOf = (pattern: string) => pathPattern.safeParse(pattern).error?.issues[0]?.message;

	expect(wordsOf("!keep.py")).toBe("a pattern may not start with `!`: list the exception under `except`");
	expect(wordsOf("# all")).toBe("`#` starts a comment in gitignore: write `\\#`");
	expect(wordsOf("a\\")).toBe("a pattern may not end in a lone backslash");
	expect(wordsOf("a\\\\")).toBeUndefined();
	expect(wordsOf("a\\/b")).toBe("a backslash before `/` guards nothing: a slash is always one");
	expect(wordsOf("a[b")).toBe("a character class `[` without its `]`");
	expect(wordsOf("a\nb")).toBe("a pattern is one line");
	expect(wordsOf("/")).toBe("a pattern that matches nothing");
});

/** Milliseconds of the best of three runs, so that a busy machine does not decide. */
function best(work: () => void): number {
	return Math.min(
		...[1, 2, 3].map(() => {
			const start = performance.now();
			work();
			return performance.now() - start;
		}),
	);
}

test("the worst pattern we know takes under 50 ms on a name of 1,000 characters", () => {
	const stars = compilePattern(`/${"a*".repeat(500)}b`);
	const folders = compilePattern(`${"**/a/".repeat(8)}b`);
	const classes = compilePattern("[a-z]*".repeat(170));

	expect(best(() => matchesFile(stars, "a".repeat(1_000)))).toBeLessThan(50);
	expect(best(() => matchesFile(classes, `${"a".repeat(999)}/`.slice(0, 1_000)))).toBeLessThan(50);
	expect(best(() => matchesFile(folders, "a/".repeat(500)))).toBeLessThan(50);
});
