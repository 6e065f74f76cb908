// Pure. The teams that CODEOWNERS names, and which addresses are theirs by what they change.
import type { RawPath } from "#model/history";
import { visible } from "#model/visible";
import { nameOf, type OwnerTeam } from "./codeowners-rules.ts";
import { type Evidence, percent } from "./evidence.ts";
import { isWritable, type People } from "./people.ts";
import type { Member, ProposedTeam, Remark } from "./proposal.ts";

/** So much of an author's changes of owned paths, in percent, lies in the team's … */
export const MEMBER_SHARE = 80;
/** … so many changes at least … */
const FEWEST_CHANGES = 10;
/** … and so much of all changes of the team's paths, in percent. */
const PART_SHARE = 5;
const MOST_MEMBERS = 30;

/** `teamOf`: the team that has a tracked path alone; null: none. */
export function proposeOwnerTeams(
	evidence: Evidence,
	people: People,
	owners: readonly OwnerTeam[],
	source: string,
	host: "github" | "gitlab",
	teamOf: (path: RawPath) => string | null,
): { teams: ProposedTeam[]; remarks: Remark[] } {
	const byAuthor = new Map<string, Map<string, number>>();
	const all = new Map<string, number>();
	for (const [path, counts] of evidence.changesOf) {
		const team = teamOf(path);
		if (team === null) continue;
		for (const [email, made] of counts) {
			const mine = byAuthor.get(email) ?? new Map<string, number>();
			byAuthor.set(email, mine.set(team, (mine.get(team) ?? 0) + made));
			all.set(team, (all.get(team) ?? 0) + made);
		}
	}
	const membersOf = (team: string): Member[] =>
		people.persons.flatMap(({ email, name }) => {
			const mine = byAuthor.get(email);
			const made = mine?.get(team) ?? 0;
			const owned = [...(mine?.values() ?? [])].reduce((sum, count) => sum + count, 0);
			const isIn = made >= FEWEST_CHANGES && made * 100 >= owned * MEMBER_SHARE;
			if (!isIn || made * 100 < (all.get(team) ?? 0) * PART_SHARE || !isWritable(email)) return [];
			return [{ email, why: `${visible(name)}: made ${percent(made, all.get(team) ?? 0)} % of the changes there` }];
		});
	const teams = owners.map(({ id, handles }): ProposedTeam => {
		const named = handles.flatMap((handle) => addressesOf(handle, host));
		const covers = (email: string) => named.some((one) => one.email === email || isEnding(one.email, email));
		const found = membersOf(id).filter(({ email }) => !covers(email));
		const why = `${source} names ${visible(handles.join(", "))}${handles.length > 1 ? ", always together" : ""}`;
		const name = handles.length > 3 ? `${nameOf(handles[0] as string)} and others` : handles.map(nameOf).join(", ");
		return { id, name, why, members: [...named, ...found.slice(0, MOST_MEMBERS)] };
	});
	const text = `no address is known of ${teams
		.filter(({ members }) => members.length === 0)
		.map(({ id }) => id)
		.join(", ")}`;
	const isSilent = teams.some(({ members }) => members.length === 0);
	return { teams, remarks: isSilent ? [{ about: "teams", text: `${text}: add those of the members` }] : [] };
}

function isEnding(pattern: string, email: string): boolean {
	return pattern.startsWith("*") && email.endsWith(pattern.slice(1));
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
