// Pure. Which tracked files each rule takes at the head, whose the files of a pattern are, and how files lie in folders.
import { type RawPath, rawPath } from "#model/history";
import type { Rule } from "#model/ownership";
import type { TreeIndex, TreeVerdict } from "#model/tree-index";
import { compilePattern, matchesFile } from "#rules/pattern";
import { compileRules, type Ruleset } from "#rules/ruleset";

export interface RuleFiles {
	/** Files whose verdict is this rule's; in the order of the tree. */
	readonly decided: readonly string[];
	/** How many more it matches, of which another rule decides. */
	readonly lost: number;
}

const NOTHING: RuleFiles = { decided: [], lost: 0 };

/** What each rule matches at the head, by rule; those that match nothing have nothing. */
export function filesOfRules(rules: readonly Rule[], tree: TreeIndex): ReadonlyMap<Rule, RuleFiles> {
	const found = new Map(rules.map((rule) => [rule, { decided: [] as string[], lost: 0 }]));
	const byPlace = new Map(rules.map((rule) => [placeOf(rule), rule]));
	const ruleset = compileRules(rules);
	for (const [path, at] of tree.files) {
		const decided = tree.verdicts[at]?.rule ?? null;
		if (decided === null) continue;
		const winner = byPlace.get(placeOf(decided));
		if (winner === undefined) throw new Error(`tree.json names a rule that content has not: ${placeOf(decided)}`);
		found.get(winner)?.decided.push(path);
		const verdict = ruleset.judge(rawPath(path), tree.headAt);
		for (const rule of "lost" in verdict ? verdict.lost : []) {
			const entry = found.get(rule);
			if (entry !== undefined && rule !== winner) entry.lost += 1;
		}
	}
	return found;
}

/** Of one rule; nothing where it is not among them. */
export function ofRule(files: ReadonlyMap<Rule, RuleFiles>, rule: Rule): RuleFiles {
	return files.get(rule) ?? NOTHING;
}

function placeOf({ file, line }: Pick<Rule, "file" | "line">): string {
	return `${file}:${line}`;
}

/** Tracked files that a team owns alone, in the order of the tree. */
export function filesOfTeam(tree: TreeIndex, team: string): string[] {
	return tree.files.filter(([, at]) => tree.verdicts[at]?.owner === team).map(([path]) => path);
}

/** Whose some of a pattern's files are. */
export interface Whose extends Pick<TreeVerdict, "kind" | "owner" | "rule"> {
	/** How many tracked files; 0: what the pattern names is not there, and would be theirs. */
	readonly files: number;
}

/**
 * Whose the tracked files are that a pattern matches; most first. Where it matches none but names one path, whose that
 * path would be; a wildcard that matches nothing names no path, and is nobody's: empty.
 */
export function whoseIs(pattern: string, tree: TreeIndex, ruleset: Ruleset): Whose[] {
	const compiled = compilePattern(pattern);
	const amounts = new Map<number, number>();
	for (const [path, at] of tree.files) {
		if (matchesFile(compiled, rawPath(path))) amounts.set(at, (amounts.get(at) ?? 0) + 1);
	}
	const found = [...amounts]
		.flatMap(([at, files]) => (tree.verdicts[at] === undefined ? [] : [{ ...tree.verdicts[at], files }]))
		.sort((a, b) => b.files - a.files);
	if (found.length > 0 || compiled.literal === null) return found;
	const verdict = ruleset.judge(pathIn(compiled.literal, compiled.isFolderOnly), tree.headAt);
	if (verdict.kind === "clash") return [];
	if (verdict.kind === "unmatched") return [{ kind: "unmatched", owner: null, rule: null, files: 0 }];
	return [{ kind: verdict.kind, owner: verdict.rule.owner, rule: verdict.rule, files: 0 }];
}

/** A folder is judged by what would lie in it. */
function pathIn(literal: RawPath, isFolder: boolean): RawPath {
	return isFolder ? `${literal}/\x01` : literal;
}

export interface Folder {
	/** `src/api/`; empty: the root. */
	readonly path: string;
	readonly files: number;
}

/**
 * How many files lie in which folders: the highest ones that tell files apart, so that a tree with all in `src/` is told
 * by what is in there. Files beside the folders are told as their common folder's own. Most first.
 */
export function foldersOf(paths: readonly string[]): Folder[] {
	const common = commonFolder(paths);
	const amounts = new Map<string, number>();
	for (const path of paths) {
		const slash = path.indexOf("/", common.length);
		const folder = slash === -1 ? common : path.slice(0, slash + 1);
		amounts.set(folder, (amounts.get(folder) ?? 0) + 1);
	}
	return Array.from(amounts, ([path, files]) => ({ path, files })).sort(
		(a, b) => b.files - a.files || (a.path < b.path ? -1 : 1),
	);
}

/** The deepest folder that all lie in: `src/`; empty: the root. */
function commonFolder(paths: readonly string[]): string {
	const [first, ...others] = paths;
	if (first === undefined) return "";
	let folder = first.slice(0, first.lastIndexOf("/") + 1);
	for (const path of others) {
		while (!path.startsWith(folder)) folder = folder.slice(0, folder.lastIndexOf("/", folder.length - 2) + 1);
	}
	return folder;
}
