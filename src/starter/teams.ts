// Pure. Teams from who changes what, where no CODEOWNERS names any: by organisation, else by folder, else one of all.
import { showPath } from "#model/history";
import { visible } from "#model/visible";
import { type Author, count, type Evidence, percent } from "./evidence.ts";
import type { Part } from "./parts.ts";
import { isWritable, organisation, type People } from "./people.ts";
import { createIds, type Member, type ProposedTeam, type Remark } from "./proposal.ts";

/** Two organisations at least must each have made so much of all commits, in percent, by two people at least. */
const ORGANISATION_SHARE = 10;
/** So much of an author's changes, in percent, lies in the part that is theirs. */
export const HOME_SHARE = 60;
/** Those at home in a part are a team when they made so much of its changes, in percent. */
const TEAM_SHARE = 30;
/** Authors with fewer changes have no home. */
const FEWEST_CHANGES = 10;
/** Of a team of all, those who made so much of all commits, in percent. */
const MAINTAINER_SHARE = 5;
const MOST_TEAMS = 12;

export interface TeamsFound {
	readonly teams: readonly ProposedTeam[];
	readonly remarks: readonly Remark[];
}

export function proposeTeams(evidence: Evidence, people: People, parts: readonly Part[]): TeamsFound {
	const persons = people.persons.filter(({ email }) => isWritable(email));
	const commits = commitsOf(people.persons);
	return byOrganisation(persons, commits) ?? byHome(evidence, persons, parts, commits) ?? ofAll(persons, commits);
}

function byOrganisation(persons: readonly Author[], commits: number): TeamsFound | null {
	const groups = Map.groupBy(persons, ({ email }) => organisation(email) ?? "");
	groups.delete("");
	const found = Array.from(groups, ([domain, members]) => ({ domain, members, made: commitsOf(members) }))
		.filter(({ members, made }) => members.length > 1 && made * 100 >= commits * ORGANISATION_SHARE)
		.sort((a, b) => b.made - a.made || (a.domain < b.domain ? -1 : 1))
		.slice(0, MOST_TEAMS);
	if (found.length < 2) return null;
	const idOf = createIds();
	const teams = found.map(({ domain, members, made }): ProposedTeam => {
		const name = domain.split(".").at(-2) ?? domain;
		const share = `${members.length} addresses of ${domain} made ${percent(made, commits)} % of ${commits} commits`;
		return { id: idOf(name), name, why: share, members: [{ email: `*@${domain}`, why: share }] };
	});
	const rest = commits - sum(found.map(({ made }) => made));
	const text = `${rest} of ${commits} commits come from other domains: add their addresses to a team, or leave them`;
	return { teams, remarks: rest === 0 ? [] : [{ about: "teams", text: `${text} unattributed` }] };
}

function byHome(
	evidence: Evidence,
	persons: readonly Author[],
	parts: readonly Part[],
	commits: number,
): TeamsFound | null {
	const changes = countByPart(evidence, parts);
	const homes = new Map<Part, { author: Author; made: number }[]>();
	for (const author of persons) {
		const { part, made } = homeOf(author, changes);
		if (part !== null) homes.set(part, [...(homes.get(part) ?? []), { author, made }]);
	}
	const found = Array.from(homes, ([part, members]) => ({ part, members, made: sum(members.map((one) => one.made)) }))
		.filter(({ part, made }) => made * 100 >= sum([...(changes.get(part)?.values() ?? [])]) * TEAM_SHARE)
		.sort((a, b) => b.made - a.made)
		.slice(0, MOST_TEAMS);
	const housed = new Set(found.flatMap(({ members }) => members.map(({ author }) => author)));
	const main = persons.filter((author) => !housed.has(author) && isMain(author, commits));
	if (found.length + Number(main.length > 0) < 2) return null;
	const idOf = createIds();
	const teams = found.map(({ part, members }): ProposedTeam => {
		const folder = visible(showPath(part.folder).text);
		const why = `${count(members.length, "author")} with ${HOME_SHARE} % of their changes, or more, in ${folder}`;
		const listed = members.map(({ author: { email, name, changes: all }, made }) => {
			return { email, why: `${visible(name)}: ${percent(made, all)} % of ${all} changes lie there` };
		});
		return { id: idOf(folder), name: folder.replace(/\/$/, ""), why, members: listed };
	});
	if (main.length === 0) return { teams, remarks: [] };
	const why = `these made ${MAINTAINER_SHARE} % of the commits or more, in no one folder or in one that is mostly others' work`;
	const maintainers = { id: idOf("maintainers"), name: "Maintainers", why, members: main.map(asMain(commits)) };
	return { teams: [...teams, maintainers], remarks: [] };
}

/** The part where most of an author's changes are; null where none is theirs. */
function homeOf(
	author: Author,
	changes: ReadonlyMap<Part, ReadonlyMap<string, number>>,
): { part: Part | null; made: number } {
	let best: { part: Part | null; made: number } = { part: null, made: 0 };
	for (const [part, byAuthor] of changes) {
		const made = byAuthor.get(author.email) ?? 0;
		if (made > best.made) best = { part, made };
	}
	const isHome = author.changes >= FEWEST_CHANGES && best.made * 100 >= author.changes * HOME_SHARE;
	return isHome ? best : { part: null, made: 0 };
}

function isMain(author: Author, commits: number): boolean {
	return author.commits * 100 >= commits * MAINTAINER_SHARE;
}

function asMain(commits: number): (author: Author) => Member {
	return ({ email, name, commits: own }) => {
		return { email, why: `${visible(name)}: ${percent(own, commits)} % of ${commits} commits` };
	};
}

function ofAll(persons: readonly Author[], commits: number): TeamsFound {
	const main = persons.filter((author) => isMain(author, commits));
	const members = (main.length > 0 ? main : persons.slice(0, 1)).map(asMain(commits));
	const why = `neither addresses nor folders tell teams apart; these made ${MAINTAINER_SHARE} % of the commits or more`;
	const team = { id: "maintainers", name: "Maintainers", why, members };
	const text = "one team collides with nobody: divide it, by who decides about what, to be told of collisions";
	return { teams: [team], remarks: [{ about: "teams", text }] };
}

/** Changes of each part by author. */
function countByPart(evidence: Evidence, parts: readonly Part[]): Map<Part, Map<string, number>> {
	return new Map(
		parts.map((part) => {
			const byAuthor = new Map<string, number>();
			for (const file of part.files) {
				for (const [email, made] of evidence.changesOf.get(file) ?? []) {
					byAuthor.set(email, (byAuthor.get(email) ?? 0) + made);
				}
			}
			return [part, byAuthor];
		}),
	);
}

function commitsOf(authors: readonly Author[]): number {
	return sum(authors.map((author) => author.commits));
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((a, b) => a + b, 0);
}
