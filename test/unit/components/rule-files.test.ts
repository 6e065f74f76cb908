// Files by rule, by pattern and by folder, on a tree small enough to count by eye.
import { expect, test } from "vitest";
import type { Rule } from "#model/ownership";
import { ruledPaths, type TreeIndex } from "#model/tree-index";
import { compileRules } from "#rules/ruleset";
import {
	filesOfRules,
	filesOfTeam,
	foldersOf,
	isIdle,
	notInForce,
	ofRule,
	whoseIs,
} from "../../../src/components/rule-files.ts";
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
	expect(ofRule(files, folder)).toEqual({
		decided: ["src/api/app.py", "src/api/y.txt", "src/api/z.toml"],
		lost: 0,
		would: null,
	});
	expect(ofRule(files, python)).toEqual({ decided: ["main.py"], lost: 1, would: null });
	expect(ofRule(files, shared)).toEqual({ decided: ["app.toml"], lost: 1, would: null });
	expect(ofRule(files, gone)).toEqual({ decided: [], lost: 0, would: null });
	expect(rules.filter((one) => isIdle(ofRule(files, one)))).toEqual([gone]);
});

test("a rule that is not in force has no files, and tells how many it would have", () => {
	const coming = rule(9, "src/api/", { except: ["*.toml"], purpose: "delete", fromAt: "2030-01-01T00:00:00Z" });
	const over = rule(11, "old.txt", { untilAt: "2025-07-31T00:00:00Z" });
	const running = rule(13, "new.txt", { fromAt: "2025-07-31T00:00:00Z" });
	const files = filesOfRules([...rules, coming, over, running], tree);

	// src/api/ holds app.py, gen/x.txt and y.txt beside the excepted z.toml.
	expect(ofRule(files, coming)).toEqual({ decided: [], lost: 0, would: 3 });
	expect(ofRule(files, over)).toEqual({ decided: [], lost: 0, would: 0 });
	// It began with the head: it holds, and matches nothing.
	expect(ofRule(files, running)).toEqual({ decided: [], lost: 0, would: null });
	expect([coming, over, running].map((one) => isIdle(ofRule(files, one)))).toEqual([false, false, true]);
	expect([coming, over, running].map((one) => notInForce(one, tree.headAt))).toEqual([
		"not yet in force",
		"no longer in force",
		null,
	]);
});

test("rules see git's bytes, and a submodule as a folder", () => {
	const cafe = "caf\xe9.txt";
	const folderRule = rule(3, "vendor/");
	const byteRule = rule(5, "caf?.txt");
	const held: TreeIndex = {
		...tree,
		verdicts: [
			{ kind: "owned", owner: "a", rule: place(folderRule) },
			{ kind: "owned", owner: "a", rule: place(byteRule) },
		],
		files: [
			["caf\\xE9.txt", 1],
			["vendor/lib", 0],
		],
		submodules: [1],
		// printf 'caf\351.txt' | base64
		pathBytes: { 0: "Y2Fm6S50eHQ=" },
	};
	expect(ruledPaths(held)).toEqual([cafe, "vendor/lib/"]);
	// A rule of the submodule as a folder matches too, and one of a file inside it does not.
	const asFolder = rule(7, "vendor/lib/");
	const inside = rule(9, "vendor/lib/a.py");
	const files = filesOfRules([folderRule, byteRule, asFolder, inside], held);
	expect(ofRule(files, byteRule).decided).toEqual(["caf\\xE9.txt"]);
	expect(ofRule(files, folderRule).decided).toEqual(["vendor/lib"]);
	expect(ofRule(files, asFolder)).toEqual({ decided: [], lost: 1, would: null });
	expect(isIdle(ofRule(files, inside))).toBe(true);

	const ruleset = compileRules([folderRule, byteRule]);
	const whose = (pattern: string) => whoseIs(pattern, held, ruleset).map((one) => [one.rule?.line, one.files]);
	expect(whose("vendor/lib/")).toEqual([[3, 1]]);
	expect(whose("caf?.txt")).toEqual([[5, 1]]);
	// What is shown is four characters in place of one byte: it is no name of the file.
	expect(whose("caf????.txt")).toEqual([]);
});

test("what would lie in a folder has a name that no rule means", () => {
	const whose = (pattern: string) => whoseIs("new/", tree, compileRules([rule(3, pattern)])).map(({ kind }) => kind);
	expect(whose("new/")).toEqual(["owned"]);
	expect(whose("new/*")).toEqual(["owned"]);
	expect(whose("new/?")).toEqual(["unmatched"]);
	expect(whose("new/[!x]")).toEqual(["unmatched"]);
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
