// Edge(build). What several pages of things ask of the tree, worked out once a build.

import type { RawPath } from "#model/history";
import type { Rule } from "#model/ownership";
import { ruledPaths } from "#model/tree-index";
import { compileRules, type Ruleset } from "#rules/ruleset";
import { filesOfRules, type RuleFiles } from "./rule-files.ts";
import type { Site } from "./site.ts";

interface OfTree {
	readonly files: ReadonlyMap<Rule, RuleFiles>;
	readonly ruleset: Ruleset;
	/** The tracked paths as rules see them, in the order of the tree. */
	readonly paths: readonly RawPath[];
}

const known = new WeakMap<Site["tree"], OfTree>();

/** Files by rule, and the rules compiled, for the tree of a site. */
export function ofTree({ tree, catalog }: Pick<Site, "tree" | "catalog">): OfTree {
	const before = known.get(tree);
	if (before !== undefined) return before;
	const paths = ruledPaths(tree);
	const found = { files: filesOfRules(catalog.rules, tree, paths), ruleset: compileRules(catalog.rules), paths };
	known.set(tree, found);
	return found;
}
