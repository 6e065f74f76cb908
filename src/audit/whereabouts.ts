// Pure. Where the files are now that a rule once matched, or the one it may have meant.
import { type RawPath, showPath, type TreeEntry } from "#model/history";
import type { Rule } from "#model/ownership";
import type { Fate } from "./fates.ts";
import type { Past } from "./past.ts";
import { compilePattern, matchesFile, type Pattern } from "./pattern.ts";
import { compileRules } from "./ruleset.ts";
import type { Touch } from "./touches.ts";
import { isUsualName, lastName } from "./usual-names.ts";

/** What is known of the files of a rule that matches none; flat, as a detail is. */
export interface Whereabouts {
	/** Paths it matches that history knows and the head does not have. */
	readonly once: number;
	/** So many of them were deleted, moved or not; the others are on branches other than the head's. */
	readonly deleted: number;
	/** The file or folder (with a slash at its end) to which most of the deleted were moved; null: to none. */
	readonly movedTo: string | null;
	readonly moved: number;
	/** The last commit that moved or deleted any: its id, date and team. */
	readonly lastCommit: string | null;
	readonly lastAt: string | null;
	readonly lastTeam: string | null;
	/** The only tracked file, or folder, of the name that the rule ends in; null: none or several. */
	readonly namesake: string | null;
}

/** The whereabouts of rules that match no file of `tree`. */
export function findWhereabouts(
	rules: readonly Rule[],
	tree: readonly TreeEntry[],
	past: Past,
): ReadonlyMap<Rule, Whereabouts> {
	const tracked = new Set(tree.map(({ path }) => path));
	const gone = [...past.paths()].filter((path) => !tracked.has(path));
	const byRule = matchAll(rules, gone);
	const fates = past.fates([...new Set([...byRule.values()].flat())], tree);
	return new Map(rules.map((rule) => [rule, describe(rule, byRule.get(rule) ?? [], fates, tree)]));
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

function describe(
	rule: Rule,
	once: readonly RawPath[],
	fates: ReadonlyMap<RawPath, Fate>,
	tree: readonly TreeEntry[],
): Whereabouts {
	const pattern = compilePattern(rule.pattern);
	const deleted = once.filter((path) => fates.has(path));
	const targets = deleted.flatMap((path) => {
		const to = fates.get(path)?.to ?? null;
		return to === null ? [] : [targetOf(pattern, path, to)];
	});
	const [to, moved] = mostFrequent(targets);
	const isSure = moved * 2 > deleted.length;
	const last = latest(deleted.flatMap((path) => fates.get(path)?.by ?? []));
	return {
		once: once.length,
		deleted: deleted.length,
		movedTo: isSure ? shown(to) : null,
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

/** Where a file moved, as the folder that took the place of the one the pattern names; the file itself where none did. */
function targetOf(pattern: Pattern, from: RawPath, to: RawPath): RawPath {
	const folder = folderMatched(pattern, from);
	if (folder === null) return to;
	const rest = from.slice(folder.length);
	return to.endsWith(rest) ? `${to.slice(0, to.length - rest.length)}/` : to.slice(0, to.lastIndexOf("/") + 1) || to;
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

function latest(touches: readonly Touch[]): Touch | null {
	let last: Touch | null = null;
	for (const touch of touches) {
		if (last === null || touch.at > last.at || (touch.at === last.at && touch.commit > last.commit)) last = touch;
	}
	return last;
}

/**
 * Of a pattern that is one path, the only file or folder of the tree that has its last name. Not for a name that any
 * folder may have, nor for a pattern without a folder, which takes its name anywhere.
 */
function namesakeOf({ literal, isName, isFolderOnly }: Pattern, tree: readonly TreeEntry[]): RawPath | null {
	if (literal === null || isName) return null;
	const name = lastName(literal);
	if (isUsualName(name)) return null;
	const found = new Set<RawPath>();
	for (const { path } of tree) {
		if (!isFolderOnly && lastName(path) === name) found.add(path);
		for (let at = `/${path}`.indexOf(`/${name}/`); at !== -1; at = `/${path}`.indexOf(`/${name}/`, at + 1)) {
			found.add(path.slice(0, at + name.length + 1));
		}
		if (found.size > 1) return null;
	}
	const [only] = found;
	return only === undefined || only === literal ? null : only;
}
