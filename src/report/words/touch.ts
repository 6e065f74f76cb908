// Pure. Words for a commit that changed something of the tree.
import type { Detail } from "#model/conflict-facts";
import { visible } from "#model/visible";
import type { Names } from "./words.ts";

/** ` on 2025-07-31 by Team B (commit 1a2b3c4d5)`; of a commit that names no team, without one. Empty without a date. */
export function touchWords(facts: Detail, names: Names): string {
	const [at, commit, team] = [facts["lastAt"], facts["lastCommit"], facts["lastTeam"]];
	if (typeof at !== "string" || typeof commit !== "string") return "";
	const by = typeof team === "string" ? ` by ${visible(nameOf(team, names))}` : "";
	return ` on ${at.slice(0, 10)}${by} (commit ${commit.slice(0, 9)})`;
}

/** A team or the coordinator, as attributions name them. */
function nameOf(team: string, names: Names): string {
	return team === "coordinator" ? names.coordinator : names.team(team);
}
