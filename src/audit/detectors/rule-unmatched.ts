// Pure. `rule-unmatched`: a rule in force guards nothing, because no tracked file matches it.
import { rawPath } from "#model/history";
import { treeOccurrence } from "../finding.ts";
import { isInForce } from "../ruleset.ts";
import type { TreeDetector } from "./tree.ts";

/** Rules `for deletion` are left out: matching nothing is what they are for. */
export const detectRuleUnmatched: TreeDetector = ({ catalog, headAt, matched }) =>
	catalog.rules
		.filter((rule) => rule.purpose === "own" && isInForce(rule, headAt) && !matched.has(rule))
		.map((rule) => ({
			code: "rule-unmatched",
			level: "warning",
			resource: `path:${rule.pattern}`,
			actor: null,
			owner: rule.owner,
			rule,
			occurrence: treeOccurrence(rawPath(rule.file), rule.line),
			anchor: null,
		}));
