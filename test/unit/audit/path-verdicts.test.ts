// Verdicts by the numbers of paths: those of the ruleset, asked for once where no date decides.
import { expect, test } from "vitest";
import { judgeChanges } from "#audit/path-verdicts";
import { tabulate } from "#git/tabulate";
import type { Change, Commit } from "#model/history";
import type { Rule } from "#model/ownership";
import { compileRules, type Ruleset } from "#rules/ruleset";

function rule(pattern: string, owner: string, more: Partial<Rule> = {}): Rule {
	const base = { file: `content/ownership/${owner}.yaml`, line: 1, mode: "exclusive", except: [] } as const;
	const rest = { fromAt: null, untilAt: null, purpose: "own", risk: null, protocol: null, note: null } as const;
	return { ...base, ...rest, pattern, owner, ...more };
}

/** Half an hour before midnight in UTC, and midnight; where the first was written it was morning already. */
const EVE = "1752535800 +0200";
const DAY = "1752537600 +0000";
const MIDNIGHT = "2025-07-15T00:00:00Z";

/** A change of a file, or with a slash behind its path of a submodule. */
function change(path: string): Change {
	const mode = path.endsWith("/") ? "160000" : "100644";
	const ids = { oldId: "1".repeat(40), newId: "2".repeat(40) };
	return { path: path.replace(/\/$/, ""), kind: "M", oldMode: mode, newMode: mode, ...ids };
}

/** Whose the paths of some commits were, one after another: an owner, or the kind of the verdict. */
function judged(ruleset: Ruleset, ...commits: readonly (readonly [date: string, ...paths: string[]])[]): string[] {
	const whole = commits.map(
		([authorDate, ...paths], index): Commit => ({
			id: String(index).padStart(40, "0"),
			parents: [],
			author: { name: "N", email: "n@x" },
			authorDate,
			subject: "s",
			trailers: [],
			reverts: [],
			changes: paths.map(change),
		}),
	);
	const table = tabulate(whole, "sha1");
	const judge = judgeChanges(ruleset, table);
	return [...table.order].flatMap((row) =>
		Array.from({ length: table.countChanges(row) }, (_, index) => {
			const verdict = judge(table.firstChange(row) + index, row);
			return verdict.kind === "owned" ? verdict.owner : verdict.kind;
		}),
	);
}

test("a path is judged at the author date of each commit that changed it", () => {
	const rules = compileRules([rule("a", "team-a", { untilAt: MIDNIGHT }), rule("a", "team-b", { fromAt: MIDNIGHT })]);

	expect(judged(rules, [DAY, "a", "b"], [EVE, "a", "b"], [DAY, "a"])).toEqual([
		"team-b",
		"unmatched",
		"team-a",
		"unmatched",
		"team-b",
	]);
});

test("a submodule is judged as a folder, with dates and without; a file of that name is none", () => {
	expect(judged(compileRules([rule("lib/", "team-a")]), [DAY, "lib/"], [DAY, "lib"], [DAY, "lib/"])).toEqual([
		"team-a",
		"unmatched",
		"team-a",
	]);
	const dated = compileRules([rule("lib/", "team-a", { untilAt: MIDNIGHT })]);
	expect(judged(dated, [DAY, "lib/"], [EVE, "lib/"], [EVE, "lib"])).toEqual(["unmatched", "team-a", "unmatched"]);
});

test("the ruleset is asked once of each path that no date decides, and at each date of one that dates decide", () => {
	const asked: string[] = [];
	const ruleset: Ruleset = {
		judge(path, at) {
			asked.push(`${path} at ${at}`);
			return { kind: "unmatched" };
		},
		judgeUndated(path) {
			asked.push(path);
			return path.startsWith("dated") ? null : { kind: "unmatched" };
		},
	};
	judged(ruleset, [DAY, "a", "a/", "dated", "dated/"], [EVE, "a", "a/", "dated", "dated/"]);

	expect(asked).toEqual([
		"a",
		"a/",
		"dated",
		"dated at 2025-07-15T00:00:00Z",
		"dated/",
		"dated/ at 2025-07-15T00:00:00Z",
		"dated at 2025-07-14T23:30:00Z",
		"dated/ at 2025-07-14T23:30:00Z",
	]);
});
