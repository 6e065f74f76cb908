// Pure. Proposed rules tried before they are written: what they say of a path, and whether two clash anywhere.
import type { RawPath } from "#model/history";
import type { Rule } from "#model/ownership";
import { compileRules, type Verdict } from "#rules/ruleset";
import type { ProposedRule } from "./proposal.ts";

/** The verdict on a path by proposed rules. */
export function tryRules(rules: readonly ProposedRule[]): (path: RawPath) => Verdict {
	const { judge } = compileRules(rules.map(asRule));
	return (path) => judge(path, NOW);
}

/** No proposed rule has dates. */
const NOW = "2000-01-01T00:00:00Z";

function asRule({ pattern, except, owner }: ProposedRule, index: number): Rule {
	return {
		...{ file: "content/ownership/proposal.yaml", line: index + 1, mode: owner === null ? "shared" : "exclusive" },
		...{ owner, pattern, except, fromAt: null, untilAt: null, purpose: "own", risk: null, protocol: null, note: null },
	};
}

/**
 * Rules without a clash on any of the paths: an audit that met one would stop. Where two teams have a path alone, both rules
 * become shared, and the caller is told which.
 */
export function settleClashes(
	rules: readonly ProposedRule[],
	paths: readonly RawPath[],
	onClash: (a: ProposedRule, b: ProposedRule) => void,
): ProposedRule[] {
	let settled = [...rules];
	for (;;) {
		const judge = tryRules(settled);
		const clashing = new Set<number>();
		for (const path of paths) {
			const verdict = judge(path);
			if (verdict.kind !== "clash") continue;
			const [a, b] = verdict.rules.map(({ line }) => line - 1) as [number, number];
			if (!clashing.has(a) || !clashing.has(b)) onClash(settled[a] as ProposedRule, settled[b] as ProposedRule);
			clashing.add(a).add(b);
		}
		if (clashing.size === 0) return settled;
		settled = settled.map((rule, index) => (clashing.has(index) ? asShared(rule) : rule));
	}
}

function asShared(rule: ProposedRule): ProposedRule {
	const protocol = `Ask first: two owners claim it, one of them ${rule.owner}`;
	return { ...rule, owner: null, protocol };
}
