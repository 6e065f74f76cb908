// Pure. Where what a team declares about itself disagrees with itself or with git: the law, and its sentences.
import type { TeamActivity } from "./activity.ts";
import type { Team } from "./team.ts";
import { visible } from "./visible.ts";

/** One disagreement. `declared` and `seen` are instants (ISO, UTC) or a state. */
export type Contradiction =
	/** An activity is declared after the guide was last said to be up to date. */
	| { readonly kind: "after-update"; readonly declared: string; readonly seen: string }
	/** The state declared says that nobody works yet, or any more, and git shows a commit, or a later one. */
	| { readonly kind: "at-rest"; readonly declared: string; readonly seen: string }
	/** No activity is declared, and git attributes commits. */
	| { readonly kind: "unmentioned"; readonly commits: number }
	/** The last activity declared lies well before that which git shows. */
	| { readonly kind: "outdated"; readonly declared: string; readonly seen: string }
	/** Declared active, and git attributes nothing to the team. */
	| { readonly kind: "no-commit" }
	/** A recent file is declared that nothing read ever held; where one file of its name is tracked, where. */
	| { readonly kind: "no-such-file"; readonly declared: string; readonly namesake: string | null };

const DAY_MS = 24 * 60 * 60 * 1000;

/** A declared activity may lag behind git by this much before it reads as a contradiction. */
const LAG_MS = DAY_MS;

/**
 * `updatedAt` is when the guide was last said to be up to date (ISO, UTC), or null; midnight in the project's zone is a
 * date without a time, and means all of that day.
 */
export function findContradictions(
	{ status: { state, lastActivityAt } }: Pick<Team, "status">,
	updatedAt: string | null,
	activity: Pick<TeamActivity, "commits" | "last">,
	timezone = "UTC",
): Contradiction[] {
	const found: Contradiction[] = [];
	if (updatedAt !== null && lastActivityAt !== null && isAfter(lastActivityAt, updatedAt, timezone)) {
		found.push({ kind: "after-update", declared: lastActivityAt, seen: updatedAt });
	}
	if (activity.last === null) {
		if (state === "active") found.push({ kind: "no-commit" });
		return found;
	}
	const seen = activity.last.authoredAt;
	const isLater = lastActivityAt !== null && Date.parse(seen) - Date.parse(lastActivityAt) > LAG_MS;
	// Who never began has no commit at all; who stopped has none since, as far as it says since when.
	const isAtRest = state === "paused" || state === "done" || state === "awaiting-start";
	if (isAtRest && (isLater || (state === "awaiting-start" && lastActivityAt === null))) {
		found.push({ kind: "at-rest", declared: state, seen });
	}
	if (lastActivityAt === null) found.push({ kind: "unmentioned", commits: activity.commits });
	else if (isLater) {
		found.push({ kind: "outdated", declared: lastActivityAt, seen });
	}
	return found;
}

function isAfter(at: string, updatedAt: string, timezone: string): boolean {
	const format = new Intl.DateTimeFormat("en", { timeZone: timezone, hourCycle: "h23", timeStyle: "medium" });
	const isDay = format.format(new Date(updatedAt)).startsWith("00:00:00");
	return isDay ? Date.parse(at) >= Date.parse(updatedAt) + DAY_MS : at > updatedAt;
}

/** The sentence of a disagreement, for boards and reports. */
export function sayContradiction(found: Contradiction): string {
	switch (found.kind) {
		case "after-update":
			return `Reports activity at ${minute(found.declared)}, after the guide was last updated (${minute(found.seen)}).`;
		case "at-rest":
			return `Declared “${found.declared.replaceAll("-", " ")}”, but git holds a commit of the team from ${found.seen.slice(0, 10)}.`;
		case "unmentioned":
			return `Declares no activity yet, but git attributes ${found.commits} ${found.commits === 1 ? "commit" : "commits"} to the team.`;
		case "outdated":
			return `Declares its last activity on ${found.declared.slice(0, 10)}; git holds a later commit from ${found.seen.slice(0, 10)}.`;
		case "no-commit":
			return "Declared “active”, but git attributes no commit to the team.";
		case "no-such-file":
			return `Lists ${visible(found.declared)} as a recent file, but neither the head nor any commit read has such a path${found.namesake === null ? "" : `; a file of that name is ${visible(found.namesake)}`}.`;
	}
}

/** `2025-07-31 14:45 UTC`. */
function minute(iso: string): string {
	return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}
