// Pure. All that the rules, claims, contracts and the last log say about one path.

import type { Claim } from "#model/agreement";
import type { Catalog } from "#model/catalog";
import type { Conflict, ConflictLog } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";
import { type RawPath, rawPath } from "#model/history";
import type { Rule } from "#model/ownership";
import { compilePattern, matchesFile } from "#rules/pattern";
import { compileRules, isInForce, type Verdict } from "#rules/ruleset";
import type { PlacedPath } from "./repository-path.ts";

export interface LostRule {
	readonly rule: Rule;
	readonly why: string;
}

export interface Who {
	/** As the repository knows it; a folder ends in `/`. */
	readonly path: string;
	readonly verdict: Verdict;
	/** Rules that match as well and did not decide. */
	readonly lost: readonly LostRule[];
	/** Rules that would match but for an exception, and which one. */
	readonly excepted: readonly { readonly rule: Rule; readonly by: string }[];
	/** Rules that match and are not in force now. */
	readonly notInForce: readonly Rule[];
	/** Claims that cover it now or will; those that have ended are left out. */
	readonly claims: readonly (Claim & { readonly isInForce: boolean })[];
	/** Contracts that say what they promise lies here. */
	readonly contracts: readonly {
		readonly id: string;
		readonly title: string;
		readonly from: string;
		readonly to: string;
	}[];
	/** Open ones of the last log. */
	readonly conflicts: readonly Conflict[];
}

/** What lies in a folder is judged by a file in it whose name no rule can mean. */
const ANY_FILE = "\u0000";

/** Everything about one path at `now` (ISO, UTC). */
export function lookUp(catalog: Catalog, { path, isFolder }: PlacedPath, log: ConflictLog | null, now: string): Who {
	const shown = isFolder ? `${path}/`.replace(/^\/$/, "./") : path;
	const raw = rawPath(isFolder ? (path === "" ? ANY_FILE : `${path}/${ANY_FILE}`) : path);
	const verdict = compileRules(catalog.rules).judge(raw, now);
	const matching = catalog.rules.filter((rule) => matches(rule.pattern, raw));
	const exceptions = matching.map((rule) => ({ rule, by: rule.except.find((except) => matches(except, raw)) }));
	const isMeant = (named: string) => (isFolder ? named.startsWith(shown) : named === path);
	return {
		path: shown,
		verdict,
		lost: lostRules(verdict),
		excepted: exceptions.flatMap(({ rule, by }) => (by === undefined ? [] : [{ rule, by }])),
		notInForce: exceptions.flatMap(({ rule, by }) => (by === undefined && !isInForce(rule, now) ? [rule] : [])),
		claims: catalog.claims
			.filter(
				({ resource, untilAt }) => resource.startsWith("path:") && untilAt > now && matches(resource.slice(5), raw),
			)
			.map((claim) => ({ ...claim, isInForce: claim.fromAt <= now })),
		contracts: catalog.contracts
			.filter(({ source }) => source !== null && matches(source, raw))
			.map(({ id, title, from, to }) => ({ id, title, from, to })),
		conflicts: (log?.conflicts ?? []).filter(
			(conflict) =>
				isOpen(conflict) && conflict.occurrences.some((found) => found.path !== null && isMeant(found.path)),
		),
	};
}

function matches(pattern: string, path: RawPath): boolean {
	return matchesFile(compilePattern(pattern), path);
}

function lostRules(verdict: Verdict): LostRule[] {
	if (verdict.kind !== "owned" && verdict.kind !== "shared") return [];
	const { rule: winner } = verdict;
	return verdict.lost.map((rule) => ({ rule, why: whyLost(rule, winner) }));
}

/** Exclusive wins over shared; among rules that say the same the first in reading order is named. */
function whyLost(rule: Rule, winner: Rule): string {
	if (winner.mode === "exclusive" && rule.mode === "shared") return "exclusive wins over shared";
	if (winner.mode === "exclusive") return "the same owner; the first in reading order is named";
	return "shared as well; the first in reading order is named";
}
