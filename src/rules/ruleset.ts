// Pure. All ownership rules, compiled: who owns a path at an instant, and which rules say so.
import type { RawPath } from "#model/history";
import type { Rule } from "#model/ownership";
import { createGlobs } from "./globs.ts";
import { compilePattern, matchesFile, type Pattern } from "./pattern.ts";

/** Each path is owned, shared or unmatched; `lost` are further rules that match and did not decide. */
export type Verdict =
	| { readonly kind: "owned"; readonly owner: string; readonly rule: Rule; readonly lost: readonly Rule[] }
	| { readonly kind: "shared"; readonly rule: Rule; readonly lost: readonly Rule[] }
	| { readonly kind: "unmatched" }
	/** Two exclusive rules of different owners in force at once: ownership is never guessed. */
	| { readonly kind: "clash"; readonly rules: readonly [Rule, Rule] };

export interface Ruleset {
	/** The verdict on a path at an instant (ISO, UTC). */
	judge(path: RawPath, at: string): Verdict;
	/** The verdict on a path that no date can change; null where rules with dates match it. */
	judgeUndated(path: RawPath): Verdict | null;
}

interface Compiled {
	readonly rule: Rule;
	readonly pattern: Pattern;
	readonly except: readonly Pattern[];
}

/** The rules that match a path, and the verdict if no date has a say in it. */
interface Matched {
	readonly rules: readonly Rule[];
	readonly undated: Verdict | null;
}

const NONE: readonly Compiled[] = [];
/** Most paths of most histories: one object for all of them. */
const NOTHING: Matched = { rules: [], undated: { kind: "unmatched" } };

/**
 * Compiles rules. Literal paths and names are found by hash, one look-up a segment of the path; true globs are tried
 * only where their literal beginning or ending fits (`globs.ts`). Verdicts that no date can change are kept per path.
 */
export function compileRules(rules: readonly Rule[]): Ruleset {
	const byPath = new Map<RawPath, Compiled[]>();
	const byName = new Map<RawPath, Compiled[]>();
	const globs = createGlobs<Compiled>();
	for (const rule of rules) {
		const pattern = compilePattern(rule.pattern);
		const compiled = { rule, pattern, except: rule.except.map(compilePattern) };
		if (pattern.literal === null) globs.add(pattern, compiled);
		else addTo(pattern.isName ? byName : byPath, pattern.literal, compiled);
	}

	const above = new Map<RawPath, readonly Compiled[]>();
	/** Rules that take a folder, or one above it, and so all that lies in it. A tree has far fewer folders than files. */
	const ofFolder = (folder: RawPath): readonly Compiled[] => {
		const before = above.get(folder);
		if (before !== undefined) return before;
		const slash = folder.lastIndexOf("/");
		const found = [
			...(slash === -1 ? NONE : ofFolder(folder.slice(0, slash))),
			...(byName.get(folder.slice(slash + 1)) ?? NONE),
			...(byPath.get(folder) ?? NONE),
		];
		above.set(folder, found);
		return found;
	};
	const candidates = (path: RawPath): readonly Compiled[] => {
		const slash = path.lastIndexOf("/");
		const found = [
			...globs.matching(path),
			...(slash === -1 ? NONE : ofFolder(path.slice(0, slash))),
			...(byName.get(path.slice(slash + 1)) ?? NONE).filter(takesFiles),
			...(byPath.get(path) ?? NONE).filter(takesFiles),
		];
		if (found.length === 0) return NONE;
		return [...new Set(found)].filter(({ except }) => !except.some((pattern) => matchesFile(pattern, path)));
	};

	const known = new Map<RawPath, Matched>();
	const match = (path: RawPath): Matched => {
		const before = known.get(path);
		if (before !== undefined) return before;
		const found = candidates(path).map((compiled) => compiled.rule);
		if (found.length === 0) {
			known.set(path, NOTHING);
			return NOTHING;
		}
		const isDated = found.some((rule) => rule.fromAt !== null || rule.untilAt !== null);
		const matched = { rules: found, undated: isDated ? null : decide(found) };
		known.set(path, matched);
		return matched;
	};
	return {
		judge(path, at) {
			const { rules: found, undated } = match(path);
			return undated ?? decide(found.filter((rule) => isInForce(rule, at)));
		},
		judgeUndated: (path) => match(path).undated,
	};
}

function takesFiles({ pattern }: Compiled): boolean {
	return !pattern.isFolderOnly;
}

/** Whether a rule holds at an instant (ISO, UTC; both ends as in `Rule`). */
export function isInForce(rule: Rule, at: string): boolean {
	return (rule.fromAt === null || at >= rule.fromAt) && (rule.untilAt === null || at < rule.untilAt);
}

/** Exclusive wins over shared; among rules of one owner the first in reading order is named. */
function decide(rules: readonly Rule[]): Verdict {
	if (rules.length === 0) return { kind: "unmatched" };
	const sorted = [...rules].sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
	const exclusive = sorted.filter((rule) => rule.mode === "exclusive");
	const winner = exclusive[0] ?? (sorted[0] as Rule);
	const rival = exclusive.find((rule) => rule.owner !== winner.owner);
	if (rival !== undefined) return { kind: "clash", rules: [winner, rival] };
	const lost = sorted.filter((rule) => rule !== winner);
	if (winner.mode === "shared") return { kind: "shared", rule: winner, lost };
	return { kind: "owned", owner: winner.owner as string, rule: winner, lost };
}

function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
	const list = map.get(key);
	if (list === undefined) map.set(key, [value]);
	else list.push(value);
}
