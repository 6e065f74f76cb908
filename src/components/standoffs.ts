// Pure. Which teams stand in each other's way: what is open between two teams and has to be settled.
import type { Conflict } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";

export interface Standoff {
	/** Who did it, and in whose files; both null where two teams are concerned and neither did it to the other. */
	readonly actor: string | null;
	readonly owner: string | null;
	/** The two teams, sorted. */
	readonly teams: readonly [string, string];
	/** Open errors between them, newest first. */
	readonly conflicts: readonly Conflict[];
}

/**
 * Open conflicts of level `error` between two teams, gathered by who did what to whom; most first. Warnings and notes
 * stop nobody, and what concerns one team alone, or more than two, stands in no one's way in particular.
 */
export function standoffs(conflicts: readonly Conflict[]): Standoff[] {
	const found = new Map<string, Conflict[]>();
	for (const conflict of conflicts) {
		if (!isOpen(conflict) || conflict.level !== "error" || conflict.teams.length !== 2) continue;
		const key = JSON.stringify([conflict.teams, isOneSided(conflict) ? conflict.actor : null]);
		const known = found.get(key);
		if (known === undefined) found.set(key, [conflict]);
		else known.push(conflict);
	}
	return [...found.values()]
		.map((group): Standoff => {
			const sorted = [...group].sort((a, b) =>
				a.lastAt < b.lastAt ? 1 : a.lastAt > b.lastAt ? -1 : a.id < b.id ? -1 : 1,
			);
			const [first] = sorted as [Conflict, ...Conflict[]];
			const isOne = isOneSided(first);
			const teams = first.teams as unknown as readonly [string, string];
			return { actor: isOne ? first.actor : null, owner: isOne ? first.owner : null, teams, conflicts: sorted };
		})
		.sort((a, b) => b.conflicts.length - a.conflicts.length || (key(a) < key(b) ? -1 : 1));
}

/** Whether what an actor has to do is to leave the files of the owner alone; else something between them has to be settled. */
export function isOfEdits({ actor, conflicts }: Standoff): boolean {
	return actor !== null && conflicts.every(({ code }) => code === "foreign-edit" || code === "config-foreign-edit");
}

function isOneSided({ actor, owner, teams }: Conflict): boolean {
	return actor !== null && owner !== null && actor !== owner && teams.includes(actor) && teams.includes(owner);
}

function key({ teams, actor }: Standoff): string {
	return JSON.stringify([teams, actor]);
}
