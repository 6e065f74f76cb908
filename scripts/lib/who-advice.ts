// Pure. What each team may do about a path now, in one sentence.
import type { Catalog } from "#model/catalog";
import { findingSource } from "#model/finding";
import { teamName } from "./team-names.ts";
import type { Who } from "./who.ts";

export interface Advice {
	readonly team: string;
	readonly text: string;
}

/** One sentence for each team, in the order of their ids. */
export function adviseTeams(catalog: Catalog, who: Who): Advice[] {
	return catalog.teams.map(({ id }) => ({ team: id, text: `${adviseTeam(catalog, who, id)}${openFor(who, id)}` }));
}

function adviseTeam(catalog: Catalog, { verdict, claims }: Who, team: string): string {
	const { coordinator, attribution } = catalog.project;
	switch (verdict.kind) {
		case "clash":
			return `leave it alone: two rules give it to two teams; ask ${coordinator.name} to correct them.`;
		case "unmatched":
			return `may change it, as may everybody: no rule covers it. If it matters, ask ${coordinator.name} whose it shall be.`;
		case "owned": {
			const isGoing = verdict.rule.purpose === "delete";
			if (verdict.owner === team) return isGoing ? "is to delete it." : "may change it.";
			const owner = teamName(catalog, verdict.owner);
			const rest = isGoing ? ", which is about to delete it: do not build on it." : " to make the change.";
			return `must not change it; ask ${owner}${rest}`;
		}
		case "shared": {
			const claim = claims.find((one) => one.team === team && one.isInForce);
			if (claim !== undefined) return `may change it until ${claim.untilAt}: agreed with ${claim.agreedBy}.`;
			return `may change it once that is agreed with ${coordinator.name} or another team; end the message with “${attribution.coordinationTrailer}:”.`;
		}
	}
}

/** What the team's own edits led to and what is worth a talk; the rest is listed above. */
function openFor({ conflicts }: Who, team: string): string {
	const own = conflicts
		.filter(({ code, level, teams }) => teams.includes(team) && findingSource[code] === "history" && level !== "note")
		.map(({ id }) => id);
	return own.length === 0 ? "" : ` First settle ${own.join(", ")}.`;
}
