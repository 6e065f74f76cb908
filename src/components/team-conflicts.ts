// Pure. A team's open conflicts, told apart by its part in them.
import type { Conflict } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";
import { isAboutWhose } from "./conflict-rows.ts";

export type Part = "as owner" | "as actor" | "between" | "own affairs";

/** In the order in which a team wants to know of them. */
export const PARTS: readonly Part[] = ["as owner", "as actor", "between", "own affairs"];

/**
 * `as owner`: another team did something in what is the team's · `as actor`: it was the team itself · `between`: further
 * teams are concerned, and none is named for it, or by evidence alone that other evidence denies · `own affairs`: the team alone is concerned: its rules, its files, its word.
 */
export function partOf(
	{ code, actor, owner, teams }: Pick<Conflict, "code" | "actor" | "owner" | "teams">,
	team: string,
): Part {
	if (actor === team && !isAboutWhose(code)) return "as actor";
	if (owner === team && actor !== null) return "as owner";
	return teams.some((one) => one !== team) ? "between" : "own affairs";
}

/** The open conflicts that concern a team, by its part in them. */
export function openByPart(conflicts: readonly Conflict[], team: string): ReadonlyMap<Part, readonly Conflict[]> {
	const open = conflicts.filter((one) => isOpen(one) && one.teams.includes(team));
	return Map.groupBy(open, (one) => partOf(one, team));
}
