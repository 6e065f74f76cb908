// Pure. Who works mostly in one part of the tree: by the commits that touch it.
import type { PartEdit } from "./part-edits.ts";
import type { Part } from "./parts.ts";
import type { People } from "./people.ts";
import type { Person } from "./same-person.ts";

/** So much of a person's commits, in percent, touches the part that is theirs. */
export const HOME_SHARE = 80;

interface Workplace {
	readonly part: Part;
	/** Commits of somebody's that touch it. */
	readonly made: number;
}

export interface Resident {
	readonly person: Person;
	/** Commits of theirs that touch the part. */
	readonly made: number;
}

export interface Home {
	readonly part: Part;
	readonly residents: readonly Resident[];
}

/** The parts that a person's commits touch, sweeping ones left out: those with most of them first, then in the tree's order. */
export function findWorkplaces(
	{ personOf }: Pick<People, "personOf">,
	cut: ReadonlyMap<Part, readonly PartEdit[]>,
): ReadonlyMap<Person, readonly Workplace[]> {
	const found = new Map<Person, Workplace[]>();
	for (const [part, all] of cut) {
		const work = all.filter(({ isSweeping }) => !isSweeping);
		for (const [person, made] of Map.groupBy(work, ({ email }) => personOf(email))) {
			if (person !== null) found.set(person, [...(found.get(person) ?? []), { part, made: made.length }]);
		}
	}
	for (const places of found.values()) places.sort((a, b) => b.made - a.made);
	return found;
}

/** Parts where any of the regulars is at home, those with most of their work first. `cut`: the commits of each part. */
export function findHomes(
	regulars: ReadonlySet<Person>,
	people: People,
	cut: ReadonlyMap<Part, readonly PartEdit[]>,
): Home[] {
	const work = findWorkplaces(people, cut);
	const homes = new Map<Part, Resident[]>();
	for (const person of people.persons) {
		const { part, made } = work.get(person)?.[0] ?? { part: null, made: 0 };
		if (part === null || !regulars.has(person) || made * 100 < person.commits * HOME_SHARE) continue;
		homes.set(part, [...(homes.get(part) ?? []), { person, made }]);
	}
	return Array.from(homes, ([part, residents]) => ({ part, residents })).sort((a, b) => madeIn(b) - madeIn(a));
}

function madeIn({ residents }: Home): number {
	return residents.reduce((sum, { made }) => sum + made, 0);
}
