// Pure. Rules that say the same pattern twice. Patterns that only overlap show when the audit meets a path of both.
import type { Rule } from "#model/ownership";
import type { Problem } from "#model/problem";
import { type Entry, problemAt } from "./entry.ts";

/** An ownership file with its rules, in the order they are written. */
export interface OwnedRules {
	readonly entry: Entry<unknown>;
	readonly rules: readonly Rule[];
}

/**
 * A problem for every rule whose pattern another rule of the same mode has while both are in force: two owners of one path,
 * or one owner who says it twice. Exceptions on both sides may keep the two apart, so those are left to the audit.
 */
export function checkRules(owned: readonly OwnedRules[]): Problem[] {
	const seen = new Map<string, { rule: Rule; path: string }[]>();
	return owned.flatMap(({ entry, rules }) =>
		rules.flatMap((rule, index) => {
			const key = `${rule.mode} ${canonical(rule.pattern)}`;
			const others = seen.get(key) ?? [];
			seen.set(key, [...others, { rule, path: entry.path }]);
			const other = others.find((before) => clash(before.rule, rule));
			if (other === undefined) return [];
			const where = `${other.path}:${other.rule.line}`;
			const message =
				other.rule.owner === rule.owner
					? `the rule for ${rule.pattern} is already at ${where}`
					: `${rule.pattern} has two owners: ${rule.owner}, and ${other.rule.owner} at ${where}`;
			return [
				problemAt(entry, ["rules", index, "pattern"], message, "Keep one rule, or give each its time in `effective`."),
			];
		}),
	);
}

function clash(a: Rule, b: Rule): boolean {
	const apart = a.except.length > 0 && b.except.length > 0 && a.owner !== b.owner;
	return !apart && begins(a) < ends(b) && begins(b) < ends(a);
}

// Instants as the catalog writes them compare as text; "" lies before all of them, "~" after.
function begins(rule: Rule): string {
	return rule.fromAt ?? "";
}

function ends(rule: Rule): string {
	return rule.untilAt ?? "~";
}

/** Two spellings of one pattern: a slash inside anchors it at the root already. */
function canonical(pattern: string): string {
	return pattern.startsWith("/") && pattern.slice(1, -1).includes("/") ? pattern.slice(1) : pattern;
}
