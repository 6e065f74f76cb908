// CODEOWNERS as rules whose order never matters: on every path both must say the same. Owners are worked out by hand, or by
// the oracle of the export, which was written from the host's documentation alone.
import { expect, test } from "vitest";
import { parseOwners } from "#starter/codeowners-file";
import { translateOwners } from "#starter/codeowners-rules";
import { tryRules } from "#starter/ruleset";
import { hostOwners } from "#test/codeowners-host";

const PATHS = [
	...["README.md", "setup.py", "src/a.py", "src/api/a.py", "src/api/v1/b.py", "src/api/v1/c.js", "src/web/app.js"],
	...[
		"docs/index.md",
		"docs/how/to.md",
		"docs/how/more/x.md",
		"other/docs/y.md",
		"build/logs/z",
		"apps/x/apps/y",
		"a b.txt",
	],
];

function translate(text: string, host: "github" | "gitlab" = "github") {
	const read = translateOwners(parseOwners(text, host), "CODEOWNERS", PATHS);
	const judge = tryRules(read.rules);
	return { ...read, judge, said: (path: string) => read.verdictOf(path) };
}

const said = (text: string, host: "github" | "gitlab" = "github") => {
	const { judge } = translate(text, host);
	return (path: string) => {
		const verdict = judge(path);
		return verdict.kind === "owned" ? verdict.owner : verdict.kind;
	};
};

test.each([
	["* @a\n/src/ @b\n/src/api/ @a"],
	["* @a\n*.js @b\n/src/api/v1/c.js @c"],
	["*.js @b\n* @a"],
	["/src/ @a\n/src/api/\n/src/api/v1/ @b"],
	["docs/* @a\n* @b\n/docs/how/ @c"],
	["* @b\ndocs/* @a"],
	["* @b\n/* @a"],
	["docs/ @a\n/docs/ @b"],
	["* @a\n**/logs @b\napps/ @c"],
	["/src/**/v1 @a\nsrc/** @b"],
	["a\\ b.txt @a # with a word about it"],
	["/src/ @a\n/src/ @b"],
])("the last line that matches decides: %j", (text) => {
	const rules = said(text);
	const oracle = hostOwners(text);
	for (const path of PATHS) {
		const host = oracle(path);
		expect([path, rules(path)]).toEqual([path, host === null ? "unmatched" : host.slice(1)]);
	}
});

test("owners that always stand together are one team; those of several teams share", () => {
	const text = "* @org/core @bot-keeper\n/src/web/ @ann @org/core @bot-keeper\n/docs/ @ann";
	const { teams, rules } = translate(text);
	expect(teams).toEqual([
		{ id: "core", handles: ["@org/core", "@bot-keeper"] },
		{ id: "ann", handles: ["@ann"] },
	]);
	expect(rules.map(({ pattern, owner, except }) => [pattern, owner, except])).toEqual([
		["*", "core", ["/src/web/", "/docs/"]],
		["/src/web/", null, []],
		["/docs/", "ann", []],
	]);
	const verdict = said(text);
	expect(["setup.py", "src/web/app.js", "docs/index.md"].map(verdict)).toEqual(["core", "shared", "ann"]);
});

test("an owner whose lines later ones overrule everywhere is no team; one who lost some files alone is", () => {
	const { deciding, remarks } = translate("* @first\n* @second\n/src/ @ann\n/src/api/ @ben");
	expect(deciding.map(({ id }) => id)).toEqual(["second", "ann", "ben"]);
	expect(remarks.map(({ text }) => text)).toEqual([
		"CODEOWNERS names @first, but later lines overrule it everywhere: no team was made of it",
	]);
});

test("an address and `@org/team` are owners; what is none makes the host skip the line", () => {
	const { lines, skipped } = parseOwners(
		"/a/ ann@a.example @org/team-x\n/b/ kevin\n!/c/ @d\n[ab].py @d\nkevin\n",
		"github",
	);
	expect(lines.map(({ pattern, owners }) => [pattern, owners])).toEqual([
		["/a/", ["@org/team-x", "ann@a.example"]],
		["kevin", []],
	]);
	expect(skipped.map(({ line }) => line)).toEqual([2, 3, 4]);
});

test("GitLab: sections are judged apart, have owners of their own, and hold together", () => {
	const text = "* @all\n[Docs] @writers\n/docs/\n^[Python][2]\n*.py @py\n/src/api/ @api";
	const { lines } = parseOwners(text, "gitlab");
	expect(lines.map(({ section, pattern, owners }) => [section, pattern, owners])).toEqual([
		["", "*", ["@all"]],
		["docs", "/docs/", ["@writers"]],
		["python", "*.py", ["@py"]],
		["python", "/src/api/", ["@api"]],
	]);
	const verdict = said(text, "gitlab");
	// By hand: of `docs/index.md` both @all and @writers own, of `src/a.py` @all and @py, of `src/api/v1/c.js` @all and @api.
	expect(["docs/index.md", "src/a.py", "src/api/v1/c.js"].map(verdict)).toEqual(["shared", "shared", "shared"]);
});

test("GitLab takes a path without its first slash at any depth", () => {
	expect(["docs/how/to.md", "other/docs/y.md"].map(said("docs/ @a", "gitlab"))).toEqual(["a", "a"]);
	expect(["apps/x/apps/y", "src/a.py"].map(said("x/apps/ @a", "gitlab"))).toEqual(["a", "unmatched"]);
	expect(["apps/x/apps/y"].map(said("x/apps/ @a", "github"))).toEqual(["unmatched"]);
});
