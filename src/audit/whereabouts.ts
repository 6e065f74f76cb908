// Pure. Where the files are now that a rule once matched, or the one it may have meant.
import { type RawPath, showPath, type TreeEntry } from "#model/history";
import type { Rule } from "#model/ownership";
import { compilePattern, matchesFile, type Pattern } from "#rules/pattern";
import { compileRules } from "#rules/ruleset";
import type { Fate } from "./fates.ts";
import type { Past } from "./past.ts";
import type { Touch } from "./touches.ts";
import { isUsualName, lastName } from "./usual-names.ts";

/** What is known of the files of a rule that matches none; flat, as a detail is. */
export interface Whereabouts {
	/** Paths it matches that history knows and the head does not have. */
	readonly once: number;
	/** So many of them were deleted or moved away; the others moved among them, or are on branches other than the head's. */
	readonly deleted: number;
	/** Whether any of these moved, as far as one can be sure. */
	readonly isAnyMoved: boolean;
	/** Where most went of those that one commit took away, the commit that took away the most: a file, or a folder with a
	 * slash at its end. Null: nowhere, or not to one place. */
	readonly movedTo: string | null;
	/** Of so many that this commit took away so many went there. */
	readonly left: number;
	readonly moved: number;
	/** This commit, or where nothing moved the last one that deleted any: its id, date and team. */
	readonly lastCommit: string | null;
	readonly lastAt: string | null;
	readonly lastTeam: string | null;
	/** The only tracked file, or folder, of the name that the rule ends in; null: none or several, or `movedTo` is known. */
	readonly namesake: string | null;
}

/** The whereabouts of rules that match no file of `tree`. */
export function findWhereabouts(
	rules: readonly Rule[],
	tree: readonly TreeEntry[],
	past: Past,
): ReadonlyMap<Rule, Whereabouts> {
	const seen = { files: new Set(tree.map(({ path }) => path)), folders: foldersOf(tree) };
	const gone = [...past.paths()].filter((path) => !seen.files.has(path));
	const byRule = matchAll(rules, gone);
	const fates = past.fates([...new Set([...byRule.values()].flat())], tree);
	return new Map(rules.map((rule) => [rule, describe(rule, byRule.get(rule) ?? [], fates, seen)]));
}

interface Tree {
	readonly files: ReadonlySet<RawPath>;
	/** Without a slash at their ends. */
	readonly folders: ReadonlySet<RawPath>;
}

function foldersOf(tree: readonly TreeEntry[]): ReadonlySet<RawPath> {
	const folders = new Set<RawPath>();
	for (const { path } of tree) {
		for (let folder = folderOf(path); folder !== "" && !folders.has(folder); folder = folderOf(folder))
			folders.add(folder);
	}
	return folders;
}

/** The paths each rule matches, whatever its dates. */
function matchAll(rules: readonly Rule[], paths: readonly RawPath[]): Map<Rule, RawPath[]> {
	// Shared rules never clash, so that the verdict names every rule that matches.
	const own = new Map<Rule, Rule>(
		rules.map((rule) => [{ ...rule, mode: "shared", fromAt: null, untilAt: null }, rule]),
	);
	const ruleset = compileRules([...own.keys()]);
	const found = new Map<Rule, RawPath[]>(rules.map((rule) => [rule, []]));
	for (const path of paths) {
		const verdict = ruleset.judgeUndated(path);
		if (verdict?.kind !== "shared") continue;
		for (const match of [verdict.rule, ...verdict.lost]) found.get(own.get(match) as Rule)?.push(path);
	}
	return found;
}

function describe(rule: Rule, once: readonly RawPath[], fates: ReadonlyMap<RawPath, Fate>, tree: Tree): Whereabouts {
	const pattern = compilePattern(rule.pattern);
	const matches = new Set(once);
	const left = once.flatMap((path) => {
		const fate = fates.get(path);
		// What moved from one path that the rule matches to another is counted there.
		if (fate === undefined || matches.has(fate.trail[0] ?? "")) return [];
		return [{ ...fate, to: targetOf(pattern, path, fate.trail, tree) }];
	});
	const [largest = []] = [...Map.groupBy(left, ({ by }) => by.commit).values()].sort(
		(a, b) => b.length - a.length || (isLater(b[0]?.by, a[0]?.by) ? 1 : -1),
	);
	const [to, moved] = mostFrequent(largest.flatMap((one) => one.to ?? []));
	const isSure = moved * 2 > largest.length;
	const last = isSure ? largest[0]?.by : left.map(({ by }) => by).reduce<Touch | undefined>(later, undefined);
	return {
		once: once.length,
		deleted: left.length,
		isAnyMoved: left.some(({ trail }) => trail.length > 0),
		movedTo: isSure ? shown(to) : null,
		left: isSure ? largest.length : 0,
		moved: isSure ? moved : 0,
		lastCommit: last?.commit ?? null,
		lastAt: last?.at ?? null,
		lastTeam: last?.team ?? null,
		namesake: isSure ? null : shown(namesakeOf(pattern, tree)),
	};
}

function shown(path: RawPath | null): string | null {
	return path === null ? null : showPath(path).text;
}

/**
 * Where a file went: the folder that took the place of the one the pattern names, the last of those that is still there;
 * or, of a pattern that takes files alone, where they are now.
 */
function targetOf(pattern: Pattern, from: RawPath, trail: readonly RawPath[], tree: Tree): RawPath | null {
	const folder = folderMatched(pattern, from);
	if (folder === null) return placeOf(pattern, from, trail.findLast((to) => tree.files.has(to)) ?? null);
	const rest = from.slice(folder.length);
	const targets = trail.map((to) => (to.endsWith(rest) ? to.slice(0, to.length - rest.length) : folderOf(to)));
	const found = targets.findLast((target) => target !== "" && tree.folders.has(target));
	return found === undefined ? null : `${found}/`;
}

/** The file itself; of a pattern that takes many files of a folder, the other folder it is in. */
function placeOf({ literal }: Pattern, from: RawPath, to: RawPath | null): RawPath | null {
	if (to === null || literal !== null) return to;
	const folder = folderOf(to);
	return folder === "" || folder === folderOf(from) ? to : `${folder}/`;
}

function folderOf(path: RawPath): RawPath {
	return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}

/** The shortest folder of a path that the pattern takes; null: it takes the file only. */
function folderMatched(pattern: Pattern, path: RawPath): RawPath | null {
	for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) {
		if (matchesFile(pattern, path.slice(0, slash + 1))) return path.slice(0, slash);
	}
	return null;
}

function mostFrequent(targets: readonly RawPath[]): [RawPath | null, number] {
	const counts = new Map<RawPath, number>();
	for (const target of targets) counts.set(target, (counts.get(target) ?? 0) + 1);
	const [best] = [...counts].sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1));
	return best ?? [null, 0];
}

function isLater(touch: Touch | undefined, than: Touch | undefined): boolean {
	if (touch === undefined || than === undefined) return than === undefined;
	return touch.at > than.at || (touch.at === than.at && touch.commit > than.commit);
}

function later(one: Touch | undefined, other: Touch): Touch {
	return one === undefined || isLater(other, one) ? other : one;
}

/**
 * Of a pattern that is one path, the only file or folder of the tree that has its last name. Not for a name that any
 * folder may have, nor for a pattern without a folder, which takes its name anywhere.
 */
function namesakeOf({ literal, isName, isFolderOnly }: Pattern, { files, folders }: Tree): RawPath | null {
	if (literal === null || isName) return null;
	const name = lastName(literal);
	if (isUsualName(name)) return null;
	const found = [...folders].filter((folder) => lastName(folder) === name).map((folder) => `${folder}/`);
	if (!isFolderOnly) found.push(...[...files].filter((path) => lastName(path) === name));
	return found.length === 1 ? (found[0] as RawPath) : null;
}
