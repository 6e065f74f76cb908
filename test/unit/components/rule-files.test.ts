// Files by rule, by pattern and by folder, on a tree small enough to count by eye.
import { expect, test } from "vitest";
import type { Rule } from "#model/ownership";
import type { TreeIndex } from "#model/tree-index";
import { compileRules } from "#rules/ruleset";
import { filesOfRules, filesOfTeam, foldersOf, ofRule, whoseIs } from "../../../src/components/rule-files.ts";
import { ruleSets } from "../../../src/components/rule-sets.ts";

const rule = (line: number, pattern: string, more: Partial<Rule> = {}): Rule => ({
	file: "content/ownership/a.yaml",
	line,
	mode: "exclusive",
	owner: "a",
	pattern,
	except: [],
	fromAt: null,
	untilAt: null,
	purpose: "own",
	risk: null,
	protocol: null,
	note: null,
	...more,
});

const folder = rule(3, "src/api/", { except: ["src/api/gen/"] });
const python = rule(5, "*.py");
const gone = rule(7, "old.txt");
const shared = rule(3, "*.toml", { file: "content/ownership/shared.yaml", mode: "shared", owner: null, risk: "high" });
const rules = [folder, python, gone, shared];

const place = ({ file, line, pattern }: Rule) => ({ file, line, pattern });
const tree: TreeIndex = {
	version: 1,
	head: "0".repeat(40),
	headAt: "2025-07-31T00:00:00Z",
	isRead: true,
	verdicts: [
		{ kind: "owned", owner: "a", rule: place(folder) },
		{ kind: "owned", owner: "a", rule: place(python) },
		{ kind: "shared", owner: null, rule: place(shared) },
		{ kind: "unmatched", owner: null, rule: null },
	],
	files: [
		["README.md", 3],
		["app.toml", 2],
		["main.py", 1],
		["src/api/app.py", 0],
		["src/api/gen/x.txt", 3],
		["src/api/y.txt", 0],
		["src/api/z.toml", 0],
	],
};

test("a rule has the files it decides, and tells those another one decides", () => {
	const files = filesOfRules(rules, tree);

	// src/api/app.py is a *.py too, and src/api/z.toml a *.toml: in both the folder's rule decides.
	expect(ofRule(files, folder)).toEqual({ decided: ["src/api/app.py", "src/api/y.txt", "src/api/z.toml"], lost: 0 });
	expect(ofRule(files, python)).toEqual({ decided: ["main.py"], lost: 1 });
	expect(ofRule(files, shared)).toEqual({ decided: ["app.toml"], lost: 1 });
	expect(ofRule(files, gone)).toEqual({ decided: [], lost: 0 });
});

test("a tree of other rules is no answer", () => {
	expect(() => filesOfRules([python], tree)).toThrow(/content\/ownership\/shared.yaml:3/);
});

test("the files of a team are what it owns, not what it shares", () => {
	expect(filesOfTeam(tree, "a")).toEqual(["main.py", "src/api/app.py", "src/api/y.txt", "src/api/z.toml"]);
	expect(filesOfTeam(tree, "b")).toEqual([]);
});

test("whose a pattern's files are, most first", () => {
	const ruleset = compileRules(rules);
	const whose = (pattern: string) =>
		whoseIs(pattern, tree, ruleset).map((one) => [one.kind, one.owner, one.rule?.line ?? null, one.files]);

	expect(whose("src/")).toEqual([
		["owned", "a", 3, 3],
		["unmatched", null, null, 1],
	]);
	expect(whose("*.toml")).toEqual([
		["shared", null, 3, 1],
		["owned", "a", 3, 1],
	]);
	// Not there: a literal path is judged all the same, a folder by what would lie in it, a wildcard not at all.
	expect(whose("tool.py")).toEqual([["owned", "a", 5, 0]]);
	expect(whose("src/api/new/")).toEqual([["owned", "a", 3, 0]]);
	expect(whose("src/api/gen/new/")).toEqual([["unmatched", null, null, 0]]);
	expect(whose("*.rs")).toEqual([]);
});

test("folders that tell files apart, most first", () => {
	expect(foldersOf([])).toEqual([]);
	expect(foldersOf(["a.py"])).toEqual([{ path: "", files: 1 }]);
	expect(foldersOf(["src/a/1", "src/a/b/2", "src/c/3", "src/4"])).toEqual([
		{ path: "src/a/", files: 2 },
		{ path: "src/", files: 1 },
		{ path: "src/c/", files: 1 },
	]);
	// `src` and `srcs` have no folder in common.
	expect(foldersOf(["src/a", "srcs/b"]).map(({ path }) => path)).toEqual(["src/", "srcs/"]);
});

test("a file of rules is a set, by its name", () => {
	expect(ruleSets(rules).map(({ id, mode, owner, rules: held }) => [id, mode, owner, held.length])).toEqual([
		["a", "exclusive", "a", 3],
		["shared", "shared", null, 1],
	]);
});
