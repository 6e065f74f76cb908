// Ownership of a path: exclusive beats shared, dates and exceptions count, two owners are never settled by guessing.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Rule } from "#model/ownership";
import { compilePattern, matchesFile } from "#rules/pattern";
import { compileRules, isInForce, type Verdict } from "#rules/ruleset";

const NOON = "2025-07-15T12:00:00Z";

let line = 0;
function rule(pattern: string, owner: string | null, more: Partial<Rule> = {}): Rule {
	return {
		file: `content/ownership/${owner ?? "shared"}.yaml`,
		line: ++line,
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
		...more,
	};
}

/** `owned team-a`, `shared`, `unmatched` or `clash team-a team-b`. */
function judged(rules: readonly Rule[], path: string, at = NOON): string {
	return words(compileRules(rules).judge(path, at));
}

function words(verdict: Verdict): string {
	if (verdict.kind === "owned") return `owned ${verdict.owner}`;
	if (verdict.kind === "clash") return `clash ${verdict.rules.map(({ owner }) => owner).join(" ")}`;
	return verdict.kind;
}

test("a path is owned, shared or unmatched", () => {
	const rules = [rule("src/", "team-a"), rule("pyproject.toml", null)];

	expect(judged(rules, "src/api.py")).toBe("owned team-a");
	expect(judged(rules, "pyproject.toml")).toBe("shared");
	expect(judged(rules, "README.md")).toBe("unmatched");
});

test("exclusive wins over shared, in whatever order they stand", () => {
	const [shared, exclusive] = [rule("*.toml", null), rule("/tools/", "team-a")];

	expect(judged([shared, exclusive], "tools/x.toml")).toBe("owned team-a");
	expect(judged([exclusive, shared], "tools/x.toml")).toBe("owned team-a");
});

test("rules of one owner may overlap; the first in reading order decides, the others are named", () => {
	const [folder, file] = [rule("src/", "team-a"), rule("src/api.py", "team-a")];
	const verdict = compileRules([file, folder]).judge("src/api.py", NOON);

	expect(verdict).toMatchObject({ kind: "owned", owner: "team-a", rule: folder, lost: [file] });
});

test("two owners of one path are a clash that names both rules", () => {
	const [one, other] = [rule("src/", "team-a"), rule("api.py", "team-b")];

	expect(compileRules([other, one]).judge("src/api.py", NOON)).toEqual({ kind: "clash", rules: [one, other] });
	expect(judged([one, other], "src/other.py")).toBe("owned team-a");
	expect(judged([one, other], "lib/api.py")).toBe("owned team-b");
});

test("an exception takes a path out of its rule alone", () => {
	const rules = [rule("src/", "team-a", { except: ["src/rlhf/"] }), rule("rlhf/", "team-b")];

	expect(judged(rules, "src/rlhf/ppo.py")).toBe("owned team-b");
	expect(judged(rules, "src/sft.py")).toBe("owned team-a");
	expect(judged([rules[0] as Rule], "src/rlhf/ppo.py")).toBe("unmatched");
});

test("a rule holds from its first instant to the one before its last", () => {
	const dated = rule("a", "team-a", { fromAt: "2025-07-10T00:00:00Z", untilAt: "2025-07-20T00:00:00Z" });

	expect(judged([dated], "a", "2025-07-09T23:59:59Z")).toBe("unmatched");
	expect(judged([dated], "a", "2025-07-10T00:00:00Z")).toBe("owned team-a");
	expect(judged([dated], "a", "2025-07-19T23:59:59Z")).toBe("owned team-a");
	expect(judged([dated], "a", "2025-07-20T00:00:00Z")).toBe("unmatched");
});

test("a path may change hands: two owners at different times do not clash", () => {
	const rules = [
		rule("a", "team-a", { untilAt: "2025-07-15T00:00:00Z" }),
		rule("a", "team-b", { fromAt: "2025-07-15T00:00:00Z" }),
	];
	const ruleset = compileRules(rules);

	expect(words(ruleset.judge("a", "2025-07-14T23:59:59Z"))).toBe("owned team-a");
	expect(words(ruleset.judge("a", "2025-07-15T00:00:00Z"))).toBe("owned team-b");
});

test("finding rules by hash says what trying every rule says", () => {
	const segment = fc.constantFrom("a", "b", "c", "ab", "*", "a*", "?", "[ab]", "**");
	const pattern = fc
		.tuple(
			fc.constantFrom("", "", "/"),
			fc.array(segment, { minLength: 1, maxLength: 3 }),
			fc.constantFrom("", "", "/"),
		)
		.map(([start, middle, end]) => start + middle.join("/") + end);
	const instant = fc.option(fc.constantFrom("2025-07-10T00:00:00Z", "2025-07-15T12:00:00Z", "2025-07-20T00:00:00Z"));
	const anyRule = fc
		.record({
			pattern,
			owner: fc.constantFrom("team-a", "team-b", null),
			except: fc.array(pattern, { maxLength: 2 }),
			fromAt: instant,
			untilAt: instant,
		})
		.map(({ pattern: text, owner, ...more }) => rule(text, owner, more));
	const path = fc
		.array(fc.constantFrom("a", "b", "c", "ab", "d"), { minLength: 1, maxLength: 4 })
		.map((names) => names.join("/"));

	fc.assert(
		fc.property(
			fc.array(anyRule, { maxLength: 12 }),
			fc.array(path, { minLength: 1, maxLength: 6 }),
			(rules, paths) => {
				const ruleset = compileRules(rules);
				for (const each of [...paths, ...paths]) expect(words(ruleset.judge(each, NOON))).toBe(byTrying(rules, each));
			},
		),
		{ numRuns: 500 },
	);
});

function byTrying(rules: readonly Rule[], path: string): string {
	const matching = rules.filter(
		(one) =>
			isInForce(one, NOON) &&
			matchesFile(compilePattern(one.pattern), path) &&
			!one.except.some((except) => matchesFile(compilePattern(except), path)),
	);
	const exclusive = matching.filter((one) => one.mode === "exclusive");
	const owners = new Set(exclusive.map((one) => one.owner));
	if (owners.size > 1) return `clash ${[...owners].sort().join(" ")}`;
	if (owners.size === 1) return `owned ${exclusive[0]?.owner}`;
	return matching.length > 0 ? "shared" : "unmatched";
}
