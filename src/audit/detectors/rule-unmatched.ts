// Pure. `rule-unmatched`: a rule in force guards nothing, because no tracked file matches it.
import type { Detail } from "#model/conflict-facts";
import { rawPath } from "#model/history";
import { isInForce } from "#rules/ruleset";
import { treeOccurrence } from "../finding.ts";
import { findWhereabouts } from "../whereabouts.ts";
import type { TreeDetector } from "./tree.ts";

/**
 * Reads: rules, paths of the tree, and for each rule found what became of the files it once matched. Rules `for
 * deletion` are left out: matching nothing is what they are for.
 */
export const detectRuleUnmatched: TreeDetector = (seen) => {
	const { catalog, headAt, matched, tree, past, isWhole } = seen;
	const rules = catalog.rules.filter((rule) => rule.purpose === "own" && isInForce(rule, headAt) && !matched.has(rule));
	if (rules.length === 0) return [];
	const whereabouts = findWhereabouts(rules, tree, past);
	return rules.map((rule) => ({
		code: "rule-unmatched",
		level: "warning",
		resource: `path:${rule.pattern}`,
		actor: null,
		owner: rule.owner,
		rule,
		occurrence: treeOccurrence(rawPath(rule.file), rule.line),
		detail: { ...whereabouts.get(rule), isWhole } satisfies Detail,
		anchor: null,
	}));
};
