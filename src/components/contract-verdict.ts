// Pure. What a reader wants to know first of a contract and of each member: is it kept?
import type { ContractMember } from "#model/contract";
import type { ContractReality, MemberPlace, Unproved, Verdict } from "#model/reality";
import { list } from "./words.ts";

export const verdictWord: Record<Verdict, string> = {
	kept: "as promised",
	unproved: "as promised, as far as the code says",
	mixed: "not everywhere as promised",
	broken: "not as promised",
	missing: "not found",
	unknown: "cannot be judged",
};

export function memberVerdict(places: readonly MemberPlace[]): Verdict {
	if (places.length === 0) return "missing";
	const broken = places.filter(({ state }) => state === "differs" || state === "absent").length;
	if (broken > 0) return broken === places.length ? "broken" : "mixed";
	const kept = places.filter(({ state }) => state === "kept");
	if (kept.length === 0) return "unknown";
	return kept.some(({ unproved }) => unproved.length > 0) ? "unproved" : "kept";
}

/** What of a member was compared in a place, and what was not; a place that was not judged has neither. */
export function comparedWords(
	{ kind, parameters, returns }: ContractMember,
	{ state, unproved }: Pick<MemberPlace, "state" | "unproved">,
): string {
	if (state !== "kept" && state !== "differs") return "";
	const isOpen = (part: Unproved) => unproved.includes(part);
	const result = kind === "attribute" ? "type" : "result";
	const compared = [
		"name",
		...(parameters !== null && kind !== "attribute" && !isOpen("parameters") ? ["parameters"] : []),
		...(kind === "method" || kind === "function" ? ["async or not"] : []),
		...(returns !== null && !isOpen("result") ? [isOpen("result-parts") ? `kind of ${result}` : result] : []),
	];
	const open = [
		...(isOpen("parameters") ? ["the parameters, which the contract does not say in a way that can be read"] : []),
		...(isOpen("result") ? [`the ${result}: the code does not say that it is “${returns}”`] : []),
		...(isOpen("result-parts") ? [`what the ${result} holds: the code does not say that it is “${returns}”`] : []),
	];
	return `Compared: ${list(compared)}.${open.length === 0 ? "" : ` Not compared: ${list(open)}.`}`;
}

const WORST_FIRST: readonly Verdict[] = ["missing", "broken", "mixed", "unknown", "unproved", "kept"];

/** The worst of its members'. */
export function contractVerdict({ members }: ContractReality): Verdict {
	const verdicts = new Set(members.map(({ places }) => memberVerdict(places)));
	return WORST_FIRST.find((verdict) => verdicts.has(verdict)) ?? "missing";
}

/** The commit with which the promise was first broken that still is; null: none is known. */
export function brokenSince({ members }: ContractReality): MemberPlace["broke"] {
	const broke = members.flatMap(({ places }) => places.flatMap((place) => (place.broke === null ? [] : [place.broke])));
	return broke.reduce<MemberPlace["broke"]>((first, one) => (first === null || one.at < first.at ? one : first), null);
}
