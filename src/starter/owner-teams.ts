// Pure. The teams that CODEOWNERS names, and which addresses are theirs: by the handles, and by what people work on.
import type { RawPath } from "#model/history";
import { visible } from "#model/visible";
import { nameOf, type OwnerTeam } from "./codeowners-rules.ts";
import { count, type Edit, type Evidence, percent } from "./evidence.ts";
import { ACCUSED_SHARE, judgedFrom, MOST_ACCUSED } from "./folder-rules.ts";
import { isWritable, type People } from "./people.ts";
import type { Member, ProposedTeam, Remark } from "./proposal.ts";
import { countDays } from "./regulars.ts";
import type { Person } from "./same-person.ts";
import { membersOf } from "./team-members.ts";

/** Who made so many commits that touch a team's paths … */
const FEWEST_COMMITS = 5;
/** … on so many days … */
const FEWEST_DAYS = 3;
/** … and so much of all that do, in percent, may be of that team. */
const PART_SHARE = 5;
const MOST_PEOPLE = 30;

/** `teamOf`: the team that has a path alone; null: none. */
export function proposeOwnerTeams(
	evidence: Pick<Evidence, "edits" | "headAt">,
	people: People,
	owners: readonly OwnerTeam[],
	source: string,
	host: "github" | "gitlab",
	teamOf: (path: RawPath) => string | null,
): { teams: ProposedTeam[]; remarks: Remark[] } {
	const edits = evidence.edits.filter(({ email }) => !people.isBot(email));
	const work = findWork(edits, people.personOf, teamOf, judgedFrom(evidence.headAt));
	const named = new Map(owners.map(({ id, handles }) => [id, handles.flatMap((one) => addressesOf(one, host))]));
	const namedTeam = (person: Person) =>
		owners.find(({ id }) => person.addresses.some(({ email }) => isCovered(email, named.get(id) ?? [])))?.id ?? null;
	const teams = owners.map(({ id, handles }): ProposedTeam => {
		const own = named.get(id) ?? [];
		const found = people.persons.flatMap((person) => {
			const team = namedTeam(person);
			// Whom CODEOWNERS names is of that team, whatever they work on.
			if (team !== null) return team === id ? [membersOf(person, "an address of whom CODEOWNERS names")] : [];
			const why = whyMember(person, id, work);
			return why === null ? [] : [membersOf(person, why)];
		});
		const members = found.slice(0, MOST_PEOPLE).flat();
		const why = `${source} names ${visible(handles.join(", "))}${handles.length > 1 ? ", always together" : ""}`;
		const name = handles.length > 3 ? `${nameOf(handles[0] as string)} and others` : handles.map(nameOf).join(", ");
		return { id, name, why, members: [...own, ...members.filter(({ email }) => !isCovered(email, own))] };
	});
	const silent = teams.filter(({ members }) => members.length === 0).map(({ id }) => id);
	const text = `no address is known of ${silent.join(", ")}: add those of the members`;
	return { teams, remarks: silent.length === 0 ? [] : [{ about: "teams", text }] };
}

/** A commit that touches paths of teams. */
interface Piece {
	readonly edit: Edit;
	/** Whose paths it touches, with the paths. */
	readonly by: ReadonlyMap<string | null, readonly RawPath[]>;
}

interface Work {
	/** Of each person, the commits that touch the paths of any team. */
	readonly byPerson: ReadonlyMap<Person | null, readonly Piece[]>;
	/** Commits that touch the paths of each team. */
	readonly byTeam: ReadonlyMap<string | null, number>;
	/** Commits that are later are judged; seconds since 1970. */
	readonly since: number;
}

function findWork(
	edits: readonly Edit[],
	personOf: (email: string) => Person | null,
	teamOf: (path: RawPath) => string | null,
	since: number,
): Work {
	const known = new Map<RawPath, string | null>();
	const recall = (path: RawPath) => {
		const team = known.has(path) ? (known.get(path) ?? null) : teamOf(path);
		known.set(path, team);
		return team;
	};
	const pieces: Piece[] = [];
	const byTeam = new Map<string | null, number>();
	for (const edit of edits) {
		const by = Map.groupBy(edit.paths, recall);
		by.delete(null);
		for (const team of by.keys()) byTeam.set(team, (byTeam.get(team) ?? 0) + 1);
		if (by.size > 0) pieces.push({ edit, by });
	}
	return { byPerson: Map.groupBy(pieces, ({ edit }) => personOf(edit.email)), byTeam, since };
}

/**
 * What says that a person is of the team whose paths they work on; null: nothing does. It is a guess, and must not accuse:
 * who works on other teams' paths too is left out.
 */
function whyMember(person: Person, team: string, { byPerson, byTeam, since }: Work): string | null {
	const owned = byPerson.get(person) ?? [];
	const made = owned.filter(({ by }) => by.has(team));
	const foreign = owned.filter(({ by }) => by.size > Number(by.has(team)));
	const judged = foreign.filter(({ edit }) => edit.at >= since);
	const told = new Set(judged.flatMap(({ by }) => [...by].flatMap(([id, paths]) => (id === team ? [] : paths)))).size;
	const all = byTeam.get(team) ?? 0;
	const isRegular = made.length >= FEWEST_COMMITS && countDays(made.map(({ edit }) => edit)) >= FEWEST_DAYS;
	const isTheirs = made.length * 100 >= all * PART_SHARE && foreign.length * 100 <= owned.length * ACCUSED_SHARE;
	if (!isRegular || !isTheirs || told > MOST_ACCUSED) return null;
	return `made ${percent(made.length, all)} % of ${count(all, "commit")} there`;
}

function isCovered(email: string, members: readonly Member[]): boolean {
	return members.some(
		(one) => one.email === email || (one.email.startsWith("*") && email.endsWith(one.email.slice(1))),
	);
}

/** GitHub makes addresses of people's handles; an address names itself. */
function addressesOf(handle: string, host: "github" | "gitlab"): Member[] {
	if (!handle.startsWith("@")) {
		const email = handle.toLowerCase();
		return isWritable(email) ? [{ email, why: "named by CODEOWNERS" }] : [];
	}
	if (host !== "github" || handle.includes("/")) return [];
	const user = handle.slice(1).toLowerCase();
	const why = `what GitHub writes for ${handle} in place of an address`;
	return [`*+${user}@users.noreply.github.com`, `${user}@users.noreply.github.com`].map((email) => ({ email, why }));
}
