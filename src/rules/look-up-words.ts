// Pure. What a look-up found, in the words that the command and the page share. All but names and advice is safe to show.
import type { LookUpClaim, LookUpContract, LookUpData } from "#model/look-up";
import type { Rule } from "#model/ownership";
import { visible } from "#model/visible";
import type { Verdict } from "./ruleset.ts";

/** Name of a team, or of the coordinator, as the content has it. */
export function nameOf({ teams, coordinator }: Pick<LookUpData, "teams" | "coordinator">, team: string): string {
	return team === "coordinator" ? coordinator : (teams.find(({ id }) => id === team)?.name ?? team);
}

/** As short as a list wants it: `Team A`, `shared`, `nobody`. `owner`: id of the team that owns it alone. */
export function ownerWord(data: LookUpData, kind: Verdict["kind"], owner: string | null): string {
	if (owner !== null) return visible(nameOf(data, owner));
	return kind === "shared" ? "shared" : kind === "clash" ? "rules clash" : "nobody";
}

/** Whose a path is: `Team A alone`, `shared by all teams, risk high`. */
export function ownerWords(data: LookUpData, verdict: Verdict): string {
	switch (verdict.kind) {
		case "owned":
			return visible(
				`${nameOf(data, verdict.owner)} alone${verdict.rule.purpose === "delete" ? ", for deletion" : ""}`,
			);
		case "shared":
			return `shared by all teams, risk ${verdict.rule.risk}`;
		case "clash":
			return "nobody can say: two rules clash";
		case "unmatched":
			return visible(`nobody: no rule covers it; ask ${data.coordinator}`);
	}
}

/** The same to begin a line with, parted after the owner's name, if there is one. A team keeps its name as it is written. */
export function ownerLine(data: LookUpData, verdict: Verdict): { owner: string | null; rest: string } {
	const words = ownerWords(data, verdict);
	if (verdict.kind !== "owned") return { owner: null, rest: `${words.slice(0, 1).toUpperCase()}${words.slice(1)}` };
	return { owner: verdict.owner, rest: words.slice(visible(nameOf(data, verdict.owner)).length) };
}

/** What a team does before it changes the path: the rule's own step, then those of every shared path. */
export function protocolSteps(data: LookUpData, verdict: Verdict): string[] {
	if (verdict.kind !== "shared") return [];
	const own = verdict.rule.protocol === null ? [] : [verdict.rule.protocol];
	return [...own, ...data.sharedProtocol].map(visible);
}

/** Of which of two clashing rules: `gives it to Team A`. */
export function givesWords(data: LookUpData, { owner }: Rule): string {
	return visible(`gives it to ${owner === null ? "all teams" : nameOf(data, owner)}`);
}

/** When a rule with dates holds: `from … until …`. */
export function timesWords({ fromAt, untilAt }: Pick<Rule, "fromAt" | "untilAt">): string {
	return [fromAt === null ? null : `from ${fromAt}`, untilAt === null ? null : `until ${untilAt}`]
		.filter((part) => part !== null)
		.join(" ");
}

/** `Team B until …, agreed with Desk: reason` */
export function claimWords(data: LookUpData, claim: LookUpClaim & { readonly isInForce: boolean }): string {
	return `${visible(nameOf(data, claim.team))}${claimTerms(claim)}`;
}

/** The same without the team's name before it. */
export function claimTerms(claim: LookUpClaim & { readonly isInForce: boolean }): string {
	const until = `${claim.isInForce ? "" : `from ${claim.fromAt} `}until ${claim.untilAt}`;
	return visible(` ${until}, agreed with ${claim.agreedBy}: ${claim.reason}`);
}

/** `The API, promised by Team A to Team B` */
export function contractWords(data: LookUpData, { title, from, to }: LookUpContract): string {
	return visible(`${title}, promised by ${nameOf(data, from)} to ${nameOf(data, to)}`);
}
