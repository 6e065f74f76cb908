// Pure. Which tracked files each rule takes at the head, whose the files of a pattern are, and how files lie in folders.
import type { RawPath } from "#model/history";
import type { Rule } from "#model/ownership";
import { ruledPaths, type TreeIndex, type TreeVerdict } from "#model/tree-index";
import { ANY_NAME, compilePattern, matchesFile } from "#rules/pattern";
import { compileRules, isInForce, type Ruleset } from "#rules/ruleset";

export interface RuleFiles {
	/** Files whose verdict is this rule's; in the order of the tree. */
	readonly decided: readonly string[];
	/** How many more it matches, of which another rule decides. */
	readonly lost: number;
	/** How many it would take if it were in force at the head; null: it is. */
	readonly would: number | null;
}

const NOTHING: RuleFiles = { decided: [], lost: 0, would: null };

/** What each rule matches at the head, by rule; those that match nothing have nothing. `paths`: as rules see them. */
export function filesOfRules(
	rules: readonly Rule[],
	tree: TreeIndex,
	paths: readonly RawPath[] = ruledPaths(tree),
): ReadonlyMap<Rule, RuleFiles> {
	const found = new Map(
		rules.map((rule) => {
			const would = isInForce(rule, tree.headAt) ? null : wouldTake(rule, paths);
			return [rule, { decided: [] as string[], lost: 0, would }];
		}),
	);
	const byPlace = new Map(rules.map((rule) => [placeOf(rule), rule]));
	const ruleset = compileRules(rules);
	for (const [place, [path, at]] of tree.files.entries()) {
		const decided = tree.verdicts[at]?.rule ?? null;
		if (decided === null) continue;
		const winner = byPlace.get(placeOf(decided));
		if (winner === undefined) throw new Error(`tree.json names a rule that content has not: ${placeOf(decided)}`);
		found.get(winner)?.decided.push(path);
		const verdict = ruleset.judge(paths[place] as RawPath, tree.headAt);
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

/** Whether it is in force and no tracked file matches it. */
export function isIdle({ decided, lost, would }: RuleFiles): boolean {
	return would === null && decided.length + lost === 0;
}

/** Why a rule does not hold at an instant (ISO, UTC); null: it does. */
export function notInForce(rule: Rule, at: string): "not yet in force" | "no longer in force" | null {
	if (isInForce(rule, at)) return null;
	return rule.untilAt !== null && rule.untilAt <= at ? "no longer in force" : "not yet in force";
}

function wouldTake({ pattern, except }: Rule, paths: readonly RawPath[]): number {
	const [taken, left] = [compilePattern(pattern), except.map(compilePattern)];
	return paths.filter((path) => matchesFile(taken, path) && !left.some((one) => matchesFile(one, path))).length;
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
 * path would be; a wildcard that matches nothing names no path, and is nobody's: empty. `paths`: as rules see them.
 */
export function whoseIs(
	pattern: string,
	tree: TreeIndex,
	ruleset: Ruleset,
	paths: readonly RawPath[] = ruledPaths(tree),
): Whose[] {
	const compiled = compilePattern(pattern);
	const amounts = new Map<number, number>();
	for (const [place, [, at]] of tree.files.entries()) {
		if (matchesFile(compiled, paths[place] as RawPath)) amounts.set(at, (amounts.get(at) ?? 0) + 1);
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

/** A folder is judged by what would lie in it, under a name that no rule means. */
function pathIn(literal: RawPath, isFolder: boolean): RawPath {
	return isFolder ? `${literal}/${ANY_NAME}` : literal;
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
