// Pure. What each team may do about a path now, in one sentence.
import type { LookUpData } from "#model/look-up";
import type { LookedUp } from "./look-up.ts";
import { nameOf } from "./look-up-words.ts";

export interface Advice {
	readonly team: string;
	/** `agree`: once that is agreed with somebody. */
	readonly may: "yes" | "agree" | "no";
	/** Continues the team's name. */
	readonly text: string;
}

/** One sentence for each team, in the order of their ids. */
export function adviseTeams(data: LookUpData, found: LookedUp): Advice[] {
	return data.teams.map(({ id }) => {
		const { may, text } = adviseTeam(data, found, id);
		return { team: id, may, text: `${text}${openFor(found, id)}` };
	});
}

/** Teams that are told the same are told it once; in the order of the first of each. */
export interface SharedAdvice extends Omit<Advice, "team"> {
	/** At least one. */
	readonly teams: readonly string[];
}

export function shareAdvice(advice: readonly Advice[]): SharedAdvice[] {
	const shared = new Map<string, SharedAdvice & { readonly teams: string[] }>();
	for (const { team, may, text } of advice) {
		const known = shared.get(text);
		if (known === undefined) shared.set(text, { teams: [team], may, text });
		else known.teams.push(team);
	}
	return [...shared.values()];
}

function adviseTeam(data: LookUpData, { verdict, claims }: LookedUp, team: string): Pick<Advice, "may" | "text"> {
	switch (verdict.kind) {
		case "clash":
			return {
				may: "no",
				text: `leave it alone: two rules give it to two teams; ask ${data.coordinator} to correct them.`,
			};
		case "unmatched": {
			const text = `may change it, as may everybody: no rule covers it. If it matters, ask ${data.coordinator} whose it shall be.`;
			return { may: "yes", text };
		}
		case "owned": {
			const isGoing = verdict.rule.purpose === "delete";
			if (verdict.owner === team) return { may: "yes", text: isGoing ? "is to delete it." : "may change it." };
			const rest = isGoing ? ", which is about to delete it: do not build on it." : " to make the change.";
			return { may: "no", text: `must not change it; ask ${nameOf(data, verdict.owner)}${rest}` };
		}
		case "shared": {
			const claim = claims.find((one) => one.team === team && one.isInForce);
			if (claim !== undefined) {
				return { may: "yes", text: `may change it until ${claim.untilAt}: agreed with ${claim.agreedBy}.` };
			}
			const how = `once that is agreed with ${data.coordinator} or another team`;
			return { may: "agree", text: `may change it ${how}; end the message with “${data.coordinationTrailer}:”.` };
		}
	}
}

/** What the team's own edits led to and what is worth a talk; the rest is listed above. */
function openFor({ conflicts }: LookedUp, team: string): string {
	const own = conflicts
		.filter(({ source, level, teams }) => teams.includes(team) && source === "history" && level !== "note")
		.map(({ id }) => id);
	return own.length === 0 ? "" : ` First settle ${own.join(", ")}.`;
}
