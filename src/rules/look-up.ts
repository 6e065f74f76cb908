// Pure. All that the rules, claims, contracts and the last log say about one path.

import { LEVELS } from "#model/finding";
import { type RawPath, rawPath } from "#model/history";
import type { LookUpClaim, LookUpConflict, LookUpContract, LookUpData, LookUpPromise } from "#model/look-up";
import type { Rule } from "#model/ownership";
import { ANY_NAME, compilePattern, matchesFile } from "./pattern.ts";
import { compileRules, isInForce, type Verdict } from "./ruleset.ts";

/** A path somebody asks about; it need not exist. */
export interface AskedPath {
	/** From the top of the repository, as it is shown, without a slash at its end; empty for the top itself. */
	readonly path: string;
	/** A folder stands for any file in it. A submodule is a folder of which the repository knows only that it is there. */
	readonly kind: "file" | "folder" | "submodule";
	/** The path as git holds it, where that is not the UTF-8 of `path`. */
	readonly raw?: RawPath;
}

export interface LostRule {
	readonly rule: Rule;
	readonly why: string;
}

export interface LookedUp {
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
	readonly claims: readonly (LookUpClaim & { readonly isInForce: boolean })[];
	/** Contracts that say what they promise lies here. */
	readonly contracts: readonly LookUpContract[];
	/** What the audit found there that one team promised another; null: not known. */
	readonly promises: readonly LookUpPromise[] | null;
	/** Open ones of the last log: gravest first, then newest. */
	readonly conflicts: readonly LookUpConflict[];
}

/** Rules compiled once, for many paths. */
export interface LookUp {
	/** The verdict alone. */
	judge(asked: AskedPath, now: string): Verdict;
	/** Everything about one path at `now` (ISO, UTC). */
	lookUp(asked: AskedPath, now: string): LookedUp;
}

/** Rules compiled once, for verdicts alone. */
export function createJudge(rules: readonly Rule[]): LookUp["judge"] {
	const ruleset = compileRules(rules);
	return (asked, now) => ruleset.judge(ruled(asked), now);
}

export function createLookUp(data: LookUpData): LookUp {
	const judge = createJudge(data.rules);
	return { judge, lookUp: (asked, now) => gather(data, asked, judge(asked, now), now) };
}

/** Everything about one path at `now` (ISO, UTC). */
export function lookUp(data: LookUpData, asked: AskedPath, now: string): LookedUp {
	return createLookUp(data).lookUp(asked, now);
}

/** A path as the repository and people write it: a folder ends in `/`, the top is `./`. */
export function writePath({ path, kind }: AskedPath): string {
	return kind === "file" ? path : `${path}/`.replace(/^\/$/, "./");
}

function gather(data: LookUpData, asked: AskedPath, verdict: Verdict, now: string): LookedUp {
	const shown = writePath(asked);
	const raw = ruled(asked);
	const matching = data.rules.filter((rule) => matches(rule.pattern, raw));
	const exceptions = matching.map((rule) => ({ rule, by: rule.except.find((except) => matches(except, raw)) }));
	const isMeant =
		asked.kind === "file"
			? (named: string) => named === asked.path
			: (named: string) => asked.path === "" || named.startsWith(shown) || named === asked.path;
	return {
		path: shown,
		verdict,
		lost: lostRules(verdict),
		excepted: exceptions.flatMap(({ rule, by }) => (by === undefined ? [] : [{ rule, by }])),
		notInForce: exceptions.flatMap(({ rule, by }) => (by === undefined && !isInForce(rule, now) ? [rule] : [])),
		claims: data.claims
			.filter(({ resource, untilAt }) => untilAt > now && matches(resource.slice("path:".length), raw))
			.map((claim) => ({ ...claim, isInForce: claim.fromAt <= now })),
		contracts: data.contracts.filter(({ source }) => matches(source, raw)),
		promises: data.promises?.filter(({ path }) => isMeant(path)) ?? null,
		conflicts: gravestFirst(data.conflicts.filter(({ paths }) => paths.some(isMeant))),
	};
}

/** Within a level the order stays, which is the log's: newest first. */
function gravestFirst(conflicts: readonly LookUpConflict[]): LookUpConflict[] {
	return LEVELS.flatMap((level) => conflicts.filter((one) => one.level === level));
}

/** The path as rules see it. */
function ruled({ path, kind, raw = rawPath(path) }: AskedPath): RawPath {
	if (kind === "file") return raw;
	if (kind === "submodule") return `${raw}/`;
	return raw === "" ? ANY_NAME : `${raw}/${ANY_NAME}`;
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
