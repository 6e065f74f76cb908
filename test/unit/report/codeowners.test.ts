// CODEOWNERS: by the host's own law every path gets the owner that our rules give it, or it is said that it cannot.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rawPath } from "#model/history";
import type { Rule } from "#model/ownership";
import { projectSchema } from "#model/project";
import { visible } from "#model/visible";
import { type Codeowners, formatCodeowners } from "#report/codeowners";
import { compilePattern, matchesFile } from "#rules/pattern";
import { compileRules } from "#rules/ruleset";
import { hostOwners } from "#test/codeowners-host";
import { hostileStrings } from "#test/hostile-strings";

const AT = "2025-07-31T00:00:00Z";
const project = projectSchema.parse({ name: "P" });
const teams = ["team-a", "team-b"].map((id) => ({ id })) as unknown as Parameters<typeof formatCodeowners>[0]["teams"];

let line = 0;
function rule(owner: string | null, pattern: string, facts: Partial<Rule> = {}): Rule {
	line += 1;
	return {
		file: owner === null ? "content/ownership/shared.yaml" : `content/ownership/${owner}.yaml`,
		line,
		mode: owner === null ? "shared" : "exclusive",
		owner,
		pattern,
		except: [],
		fromAt: null,
		untilAt: null,
		purpose: "own",
		risk: owner === null ? "medium" : null,
		protocol: null,
		note: null,
		...facts,
	};
}

const handles = new Map([
	["team-a", "@o/a"],
	["team-b", "@o/b"],
]);
const exported = (rules: readonly Rule[]): Codeowners =>
	formatCodeowners({ project, teams, rules }, { at: AT, handles });
const linesOf = ({ text }: Codeowners) => text.split("\n").filter((one) => one !== "" && !one.startsWith("#"));
const leftOut = ({ unsaid }: Codeowners) => unsaid.filter(({ kind }) => kind === "left out");

/** Our verdict in the host's words. `clash`: the audit refuses the path. */
function verdict(rules: readonly Rule[], path: string): string | null {
	const judged = compileRules(rules).judge(rawPath(path), AT);
	if (judged.kind === "owned") return handles.get(judged.owner) ?? null;
	if (judged.kind === "shared") return "@o/a @o/b";
	return judged.kind === "clash" ? "clash" : null;
}

/** Both answers for each path; where a rule was left out, its paths are. */
function compare(rules: readonly Rule[], paths: readonly string[]) {
	const result = exported(rules);
	const host = hostOwners(result.text);
	const missing = leftOut(result).flatMap(({ rule: one }) => (one === null ? [] : [compilePattern(one.pattern)]));
	const judged = paths
		.map((path) => ({ path, ours: verdict(rules, path), host: host(path) }))
		.filter(({ path, ours }) => ours !== "clash" && !missing.some((pattern) => matchesFile(pattern, rawPath(path))));
	return { judged, different: judged.filter(({ ours, host: theirs }) => ours !== theirs), result };
}

/** Every path of one to three of these names. */
const NAMES = ["src", "docs", "api", "a.py", "b.md", "x y"];
const PATHS = NAMES.flatMap((one) => [
	one,
	...NAMES.flatMap((two) => [`${one}/${two}`, ...NAMES.map((three) => `${one}/${two}/${three}`)]),
]);

describe("the oracle reads as the documentation says", () => {
	test.each([
		["*.js @x", "a/b.js", "@x"],
		["*.js @x", "a/b.jsx", null],
		["docs/* @x", "docs/getting-started.md", "@x"],
		["docs/* @x", "docs/build-app/troubleshooting.md", null],
		["/docs/ @x", "docs/a/b", "@x"],
		["/docs/ @x", "a/docs/b", null],
		["apps/ @x", "a/apps/b", "@x"],
		["**/logs @x", "deeply/nested/logs/x", "@x"],
		["/apps/ @x\n/apps/github", "apps/github/a", null],
		["/apps/ @x\n/apps/github @y", "apps/github/a", "@y"],
		["a\\ b @x # why", "a b", "@x"],
	])("%j: %s is %s", (text, path, owner) => {
		expect(hostOwners(text)(path)).toBe(owner);
	});
});

describe("rules whose order never matters become lines whose order does", () => {
	test("exclusive wins over shared, whichever comes first", () => {
		const rules = [rule("team-a", "/src/api/"), rule(null, "src/")];

		expect(linesOf(exported(rules))).toEqual(["src/ @o/a @o/b", "/src/api/ @o/a"]);
		expect(compare(rules, PATHS).different).toEqual([]);
	});

	test("an exception that another team owns stands before that team's line", () => {
		const rules = [rule("team-b", "/src/api/"), rule("team-a", "/src/", { except: ["/src/api/"] })];

		expect(linesOf(exported(rules))).toEqual(["/src/ @o/a", "/src/api/ @o/b"]);
		expect(compare(rules, PATHS).different).toEqual([]);
	});

	test("an exception nobody owns is a line without an owner; a shared one is everybody's", () => {
		const alone = [rule("team-a", "/src/", { except: ["*.md"] })];
		const shared = [...alone.map((one) => ({ ...one, except: ["/src/docs/"] })), rule(null, "/src/docs/")];

		expect(linesOf(exported(alone))).toEqual(["/src/ @o/a", "/src/**/*.md"]);
		expect(linesOf(exported(shared))).toEqual(["/src/docs/ @o/a @o/b", "/src/ @o/a", "/src/docs/ @o/a @o/b"]);
		expect(compare(alone, PATHS).different).toEqual([]);
		expect(compare(shared, PATHS).different).toEqual([]);
	});

	test("a last star takes all below in a rule, so it is two stars for the host", () => {
		const rules = [rule("team-a", "docs/*")];

		expect(linesOf(exported(rules))).toEqual(["/docs/** @o/a"]);
		expect(compare(rules, PATHS).different).toEqual([]);
	});

	test("a space is guarded", () => {
		expect(linesOf(exported([rule("team-a", "x y")]))).toEqual(["x\\ y @o/a"]);
	});
});

describe("what the host cannot say", () => {
	test.each([
		["[ab].py", "a character class or bracket"],
		["\\[id\\].astro", "a character class or bracket"],
		["\\#x", "a character that only a backslash makes literal"],
		["x#y", "a `#`, which begins a comment there"],
		["\\!x", "a character that only a backslash makes literal"],
		["a**b", "two stars beside other characters"],
		["a\u202eb", "a character that does not show"],
	])("the pattern %s is left out, with the reason", (pattern, reason) => {
		const result = exported([rule("team-a", pattern)]);

		expect(linesOf(result)).toEqual([]);
		expect(leftOut(result).map(({ text }) => text)).toEqual([reason]);
		expect(result.text).toContain(`# - left out: ${visible(pattern)} (content/ownership/team-a.yaml:`);
	});

	test("an exception with a wildcard in a rule with one", () => {
		const result = exported([rule("team-a", "/src/*.py", { except: ["a*"] })]);

		expect(leftOut(result).map(({ text }) => text)).toEqual(["an exception that no line can say"]);
	});

	test("exceptions that go round in a circle: one rule is left out, the rest is right", () => {
		const rules = [rule("team-a", "/src/", { except: ["*.md"] }), rule(null, "docs/")];
		const { result, different, judged } = compare(rules, PATHS);

		expect(leftOut(result).map(({ text }) => text)).toEqual(["exceptions in which other rules hold in part"]);
		expect(different).toEqual([]);
		expect(judged.length).toBeGreaterThan(100);
	});

	test("dates: only what holds now has a line, and an end is said", () => {
		const rules = [
			rule("team-a", "/past/", { untilAt: "2025-07-31T00:00:00Z" }),
			rule("team-a", "/now/", { fromAt: "2025-07-31T00:00:00Z", untilAt: "2025-08-01T00:00:00Z" }),
			rule("team-a", "/future/", { fromAt: "2025-07-31T00:00:01Z" }),
		];
		const result = exported(rules);

		expect(linesOf(result)).toEqual(["/now/ @o/a"]);
		expect(leftOut(result).map(({ rule: one }) => one?.pattern)).toEqual(["/past/", "/future/"]);
		expect(result.text).toContain("ends at 2025-08-01T00:00:00Z, which the host does not know");
	});

	test("a shared path's protocol, a file to be deleted, rules that could clash", () => {
		const { text, unsaid } = exported([
			rule(null, "deps.toml", { protocol: "Ask first" }),
			rule("team-a", "*.py", { purpose: "delete" }),
			rule("team-b", "/src/"),
		]);

		expect(unsaid.map((one) => one.text)).toEqual([
			"shared: any one owner may approve; not asked for: Ask first",
			"the path is to be deleted",
			"1 pair of rules of two teams could take one path: the audit refuses such a path, here the lower line gets it",
		]);
		expect(text).toContain("# What this file cannot say: 3 things.\n");
	});

	test("nothing, where all is said", () => {
		const { text, unsaid } = exported([rule("team-a", "/src/"), rule("team-b", "/docs/")]);

		expect(unsaid).toEqual([]);
		expect(text).toContain("# What this file cannot say: nothing.\n");
	});
});

test("a team without a handle is its id, and that is said; the coordinator owns shared paths where a handle is given", () => {
	const rules = [rule(null, "x"), rule("team-b", "y")];
	const result = formatCodeowners(
		{ project, teams, rules },
		{
			at: AT,
			handles: new Map([
				["team-a", "@o/a"],
				["coordinator", "@o/desk"],
			]),
		},
	);

	expect(linesOf(result)).toEqual(["x @o/a @team-b @o/desk", "y @team-b"]);
	expect(result.unsaid.at(-1)?.text).toBe(
		"the handle of team-b is taken to be @team-b; a team of an organisation is --team team-b=@organisation/name",
	);
});

const pattern = fc.constantFrom(
	...["src/", "/src/", "/src", "docs", "docs/", "/src/api/", "src/docs", "/src/docs/", "*.py", "*.md", "a.py", "/a.py"],
	...["docs/*", "src/*/a.py", "**/api", "src/**", "/*/api/", "x y", "b.md", "/src/**/a.py", "?.py", "*", "api/*.md"],
);
const ruleArbitrary = fc
	.record({
		owner: fc.constantFrom(null, "team-a", "team-a", "team-b"),
		pattern,
		except: fc.array(pattern, { maxLength: 2 }),
	})
	.map(({ owner, pattern: source, except }) => rule(owner, source, { except }));

test("any rules, any path: the host's last line and our verdict agree", () => {
	let compared = 0;
	fc.assert(
		fc.property(fc.array(ruleArbitrary, { minLength: 1, maxLength: 5 }), (rules) => {
			const { different, judged } = compare(rules, PATHS);
			compared += judged.length;
			expect(different).toEqual([]);
		}),
		{ numRuns: 300, seed: 3 },
	);
	expect(compared).toBeGreaterThan(10_000);
}, 60_000);

test("text of rules cannot become a line of its own", () => {
	for (const text of hostileStrings) {
		const rules = [
			rule("team-a", text, { note: text, except: [text] }),
			rule(null, "deps.toml", { protocol: text, note: text, file: text }),
			rule("team-b", "/last/"),
		];
		const result = exported(rules);
		const lines = linesOf(result);
		expect({ text, hidden: result.text.split("\n").filter((one) => one !== visible(one)) }).toEqual({
			text,
			hidden: [],
		});
		expect(lines.length).toBeLessThanOrEqual(4);
		expect(lines.at(-1)).toBe("/last/ @o/b");
		for (const one of lines) expect(one).toMatch(/^\S(?:[^\s]|\\ )*(?: @o\/[ab])*$/);
	}
});
