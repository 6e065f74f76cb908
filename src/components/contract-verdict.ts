// Pure. What a reader wants to know first of a contract and of each member: is it kept?
import type { ContractReality, MemberPlace, Verdict } from "#model/reality";

export const verdictWord: Record<Verdict, string> = {
	kept: "as promised",
	mixed: "not everywhere as promised",
	broken: "not as promised",
	missing: "not found",
	unknown: "cannot be judged",
};

export function memberVerdict(places: readonly MemberPlace[]): Verdict {
	if (places.length === 0) return "missing";
	const broken = places.filter(({ state }) => state === "differs" || state === "absent").length;
	if (broken > 0) return broken === places.length ? "broken" : "mixed";
	return places.some(({ state }) => state === "kept") ? "kept" : "unknown";
}

const WORST_FIRST: readonly Verdict[] = ["missing", "broken", "mixed", "unknown", "kept"];

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
