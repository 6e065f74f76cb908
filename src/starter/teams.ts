// Pure. Teams from who changes what, where no CODEOWNERS names any: by organisation, else by folder, else one of all. A team
// by folder is one only where its folder is plainly its own.
import { showPath } from "#model/history";
import { visible } from "#model/visible";
import { count, type Evidence, literalPattern, percent } from "./evidence.ts";
import { proposeFolders, type RulesFound } from "./folder-rules.ts";
import { findHomes, findWorkplaces, HOME_SHARE, type Home } from "./homes.ts";
import type { PartEdit } from "./part-edits.ts";
import type { Part } from "./parts.ts";
import { organisation, type People } from "./people.ts";
import { createIds, type ProposedTeam, type Remark } from "./proposal.ts";
import { findRegulars } from "./regulars.ts";
import type { Person } from "./same-person.ts";
import { membersOf } from "./team-members.ts";

/** Two organisations at least must each have made so much of all commits, in percent, by two people at least. */
const ORGANISATION_SHARE = 10;
/** … and all of them together so much: else most work would be nobody's. */
const ORGANISED_SHARE = 50;
/** Who made so much of all commits, in percent, counts for the whole, wherever they work. */
const MAINTAINER_SHARE = 5;
const MOST_TEAMS = 12;
/** Where somebody works, told beside their address: so many parts at most, each with so much of their commits, in percent. */
const MOST_PLACES = 2;
const PLACE_SHARE = 20;

interface TeamsFound {
	readonly teams: readonly ProposedTeam[];
	readonly remarks: readonly Remark[];
}

/** Teams and what is theirs alone. `cut`: the commits of each part of the tree. */
export function proposeTeams(
	evidence: Pick<Evidence, "edits" | "headAt">,
	people: People,
	cut: ReadonlyMap<Part, readonly PartEdit[]>,
): TeamsFound & Pick<RulesFound, "rules"> {
	const rulesOf = (teams: readonly ProposedTeam[]) => proposeFolders(evidence, teams, cut, people.isBot);
	const join = (found: TeamsFound, { rules, remarks } = rulesOf(found.teams)) => {
		return { teams: found.teams, rules, remarks: [...found.remarks, ...remarks] };
	};
	const commits = sum(people.persons.map((person) => person.commits));
	const organised = byOrganisation(people.persons, commits);
	if (organised !== null) return join(organised);
	const regulars = findRegulars(evidence, people);
	let homes = findHomes(regulars, people, cut).slice(0, MOST_TEAMS);
	while (homes.length > 0) {
		const found = byHome(homes, people.persons, commits);
		const folders = rulesOf(found.teams);
		// Whoever has no folder of their own is no team; without it, others may have one no more.
		const kept = homes.filter(({ part }, index) => {
			const isTheirs = ({ owner, pattern }: (typeof folders.rules)[number]) =>
				owner === found.teams[index]?.id && pattern === literalPattern(part.folder);
			return folders.rules.some(isTheirs);
		});
		if (kept.length === homes.length) {
			if (found.teams.length > 1) return join(found, folders);
			break;
		}
		homes = kept;
	}
	return join(ofAll(people.persons, regulars, commits, findWorkplaces(people, cut)));
}

function byOrganisation(persons: readonly Person[], commits: number): TeamsFound | null {
	const groups = Map.groupBy(persons, domainOf);
	groups.delete(null);
	const found = [...groups]
		.flatMap(([domain, members]) => (domain === null ? [] : [{ domain, members, made: commitsOf(members) }]))
		.filter(({ members, made }) => members.length > 1 && made * 100 >= commits * ORGANISATION_SHARE)
		.sort((a, b) => b.made - a.made || (a.domain < b.domain ? -1 : 1))
		.slice(0, MOST_TEAMS);
	const organised = sum(found.map(({ made }) => made));
	if (found.length < 2 || organised * 100 < commits * ORGANISED_SHARE) return null;
	const isCovered = (email: string) => found.some(({ domain }) => email.endsWith(`@${domain}`));
	const idOf = createIds();
	const teams = found.map(({ domain, members, made }): ProposedTeam => {
		const name = domain.split(".").at(-2) ?? domain;
		const share = `${members.length} people of ${domain} made ${percent(made, commits)} % of ${commits} commits`;
		const others = members.flatMap((person) => membersOf(person, `also commits as ${domain}`));
		const also = others.filter(({ email }) => !isCovered(email));
		return { id: idOf(name), name, why: share, members: [{ email: `*@${domain}`, why: share }, ...also] };
	});
	const rest = commits - organised;
	const text = `${rest} of ${commits} commits come from other domains: add their addresses to a team, or leave them`;
	return { teams, remarks: rest === 0 ? [] : [{ about: "teams", text: `${text} unattributed` }] };
}

/** The organisation of the address that a person uses most of those that tell one. */
function domainOf({ addresses }: Person): string | null {
	return addresses.map(({ email }) => organisation(email)).find((domain) => domain !== null) ?? null;
}

/** A team for each home, in their order, and one more of who did most and lives in none. */
function byHome(homes: readonly Home[], persons: readonly Person[], commits: number): TeamsFound {
	const housed = new Set(homes.flatMap(({ residents }) => residents.map(({ person }) => person)));
	const main = persons.filter((person) => !housed.has(person) && isMain(person, commits));
	const idOf = createIds();
	const teams = homes.map(({ part, residents }): ProposedTeam => {
		const folder = visible(showPath(part.folder).text);
		const many = residents.length === 1 ? "1 person" : `${residents.length} people`;
		const why = `${many} with ${HOME_SHARE} % of their commits, or more, in ${folder}`;
		const members = residents.flatMap(({ person, made }) => {
			return membersOf(person, `${percent(made, person.commits)} % of ${count(person.commits, "commit")} touch it`);
		});
		return { id: idOf(folder), name: folder.replace(/\/$/, ""), why, members };
	});
	if (main.length === 0) return { teams, remarks: [] };
	const why = `these made ${MAINTAINER_SHARE} % of the commits or more, and have no folder that is theirs alone`;
	const members = main.flatMap((person) => asMain(person, commits));
	return { teams: [...teams, { id: idOf("maintainers"), name: "Maintainers", why, members }], remarks: [] };
}

function isMain(person: Person, commits: number): boolean {
	return person.commits * 100 >= commits * MAINTAINER_SHARE;
}

function asMain(person: Person, commits: number) {
	return membersOf(person, `${percent(person.commits, commits)} % of ${commits} commits`);
}

/**
 * In one team an address too many accuses nobody, and one too few leaves work without a team. Where each works mostly is
 * told beside, for whoever divides it.
 */
function ofAll(
	persons: readonly Person[],
	regulars: ReadonlySet<Person>,
	commits: number,
	work: ReturnType<typeof findWorkplaces>,
): TeamsFound {
	const main = persons.filter((person) => isMain(person, commits) || regulars.has(person));
	const members = (main.length > 0 ? main : persons.slice(0, 1)).flatMap((person) => {
		const places = (work.get(person) ?? [])
			.slice(0, MOST_PLACES)
			.filter(({ made }) => made * 100 >= person.commits * PLACE_SHARE)
			.map(({ part, made }) => `${visible(showPath(part.folder).text)} ${percent(made, person.commits)} %`);
		const mostly = places.length === 0 ? "" : `; of those, ${places.join(", ")}`;
		return membersOf(person, `${percent(person.commits, commits)} % of ${commits} commits${mostly}`);
	});
	const why = `neither addresses nor folders tell teams apart; these made ${MAINTAINER_SHARE} % of the commits, or work regularly`;
	const team = { id: "maintainers", name: "Maintainers", why, members };
	const text = "one team collides with nobody: divide it, by who decides about what, to be told of collisions";
	return { teams: [team], remarks: [{ about: "teams", text }] };
}

function commitsOf(persons: readonly Person[]): number {
	return sum(persons.map((person) => person.commits));
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((a, b) => a + b, 0);
}
