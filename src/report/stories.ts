// Pure. Conflicts told together: one thing that happened over several resources is one story, as on the pages.
import type { Conflict, Occurrence } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";
import { LEVELS, type Level } from "#model/finding";

/** Conflicts that share level, code, teams, first commit and openness; at least one, in the log's order. */
export interface Story {
	readonly level: Level;
	readonly code: Conflict["code"];
	readonly isOpen: boolean;
	/** `team-b → team-a`, or the teams concerned. */
	readonly teams: string;
	readonly conflicts: readonly [Conflict, ...Conflict[]];
	/** What every conflict of the story says, each once: commits without their paths, newest first. */
	readonly commits: readonly StoryCommit[];
	/** What to do, each sentence once. */
	readonly hints: readonly string[];
}

/** A commit of a story, or (no id) a place in the tree. */
export interface StoryCommit {
	readonly occurrence: Occurrence;
	/** Paths it touches in this story, each once, in the log's order. */
	readonly occurrences: readonly Occurrence[];
}

/** The same for conflicts of one story, in every format and on the pages. */
export function storyKey(conflict: Conflict): string {
	const { code, level, actor, owner, teams } = conflict;
	return JSON.stringify([code, level, actor, owner, teams, firstCommit(conflict), isOpen(conflict)]);
}

/** Worst first; within a level by code and teams, so that what belongs together stands together, then newest first. */
export function tellStories(conflicts: readonly Conflict[]): Story[] {
	const groups = new Map<string, [Conflict, ...Conflict[]]>();
	for (const conflict of conflicts) {
		const key = storyKey(conflict);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [conflict]);
		else group.push(conflict);
	}
	return [...groups.values()].map(tell).sort(compareStories);
}

function tell(conflicts: [Conflict, ...Conflict[]]): Story {
	const [first] = conflicts;
	const byCommit = new Map<string, Map<string, Occurrence>>();
	for (const occurrence of conflicts.flatMap((conflict) => conflict.occurrences)) {
		const { commit, path, change, location } = occurrence;
		const key = commit ?? JSON.stringify([path, location.line]);
		const known = byCommit.get(key) ?? new Map<string, Occurrence>();
		if (known.size === 0) byCommit.set(key, known);
		const what = JSON.stringify([path, change]);
		if (!known.has(what)) known.set(what, occurrence);
	}
	const commits = [...byCommit.values()].map((known) => {
		const occurrences = [...known.values()];
		return { occurrence: occurrences[0] as Occurrence, occurrences };
	});
	return {
		level: first.level,
		code: first.code,
		isOpen: isOpen(first),
		teams: teamsOf(first),
		conflicts,
		commits: commits.sort((a, b) => compare(b.occurrence.authoredAt ?? "", a.occurrence.authoredAt ?? "")),
		hints: [...new Set(conflicts.map((conflict) => conflict.hint))],
	};
}

/** Who stands against whom; without both sides, who is concerned. */
export function teamsOf({ actor, owner, teams }: Pick<Conflict, "actor" | "owner" | "teams">): string {
	if (actor !== null && owner !== null && actor !== owner) return `${actor} → ${owner}`;
	return teams.length === 0 ? "no team named" : teams.join(", ");
}

/** The resource as people name it: a path without its kind, anything else with it. */
export function resourceName(resource: string): string {
	return resource.replace(/^path:/, "");
}

/** The commit a conflict began with; null for findings of the tree. Occurrences are newest first. */
export function firstCommit(conflict: Conflict): string | null {
	return conflict.occurrences.at(-1)?.commit ?? null;
}

function compareStories(a: Story, b: Story): number {
	return (
		LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
		compare(a.code, b.code) ||
		compare(a.teams, b.teams) ||
		compare(lastAt(b), lastAt(a)) ||
		compare(a.conflicts[0].id, b.conflicts[0].id)
	);
}

function lastAt(story: Story): string {
	return story.conflicts.reduce((latest, { lastAt: at }) => (at > latest ? at : latest), "");
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
