// Pure. Which team made a commit, and on which evidence: the attribution ladder.
import type { Catalog } from "#model/catalog";
import type { Attribution } from "#model/conflict-log";
import type { Commit } from "#model/history";
import type { BranchEvidence } from "./lineage.ts";

/** Team id in `Attribution.team` for the coordinator's own commits. */
export const COORDINATOR = "coordinator";

export type Attribute = (commit: Pick<Commit, "author" | "trailers">, madeOn: BranchEvidence | null) => Attribution;

/**
 * The ladder, first hit wins: the team trailer (`declared`: anyone can type it), the branch the commit was made on
 * (`derived`), the author's raw e-mail (`derived`), none. E-mails that several teams share, and
 * words that fit two teams, are no evidence.
 */
export function compileAttribution(catalog: Pick<Catalog, "teams" | "project">): Attribute {
	const { attribution, coordinator } = catalog.project;
	const names = new Map<string, string>();
	for (const name of coordinator.identities.trailers) names.set(fold(name), COORDINATOR);
	for (const team of catalog.teams) {
		for (const name of [team.id, ...team.aliases]) names.set(fold(name), team.id);
	}
	const teamOfBranch = compileBranchTeams(catalog);
	const isCoordinator = anyOf(coordinator.identities.emails.map(compileWildcard));
	const teamOfEmail = onlyTeam(
		catalog.teams.map((team) => ({ team: team.id, matches: anyOf(team.identities.emails.map(compileWildcard)) })),
	);
	const isShared = anyOf(attribution.sharedIdentities.map(compileWildcard));
	const key = fold(attribution.trailer);

	return (commit, madeOn) => {
		for (const trailer of commit.trailers) {
			const team = fold(trailer.key) === key ? names.get(fold(trailer.value)) : undefined;
			if (team !== undefined) return { team, by: "trailer", confidence: "declared", evidence: trailer.value };
		}
		if (madeOn !== null) {
			const team = teamOfBranch(madeOn.branch);
			if (team !== null) return { team, by: madeOn.by, confidence: "derived", evidence: madeOn.branch };
		}
		const { email } = commit.author;
		const team = isShared(email) ? null : isCoordinator(email) ? COORDINATOR : teamOfEmail(email);
		if (team !== null) return { team, by: "email", confidence: "derived", evidence: email };
		return { team: null, by: "none", confidence: "unattributed", evidence: null };
	};
}

/** The team whose globs a branch's name matches; null for a trunk, and where two teams' globs match. */
export function compileBranchTeams(catalog: Pick<Catalog, "teams">): (branch: string) => string | null {
	return onlyTeam(
		catalog.teams.map((team) => ({ team: team.id, matches: anyOf(team.identities.branches.map(compileBranchGlob)) })),
	);
}

type Matches = (text: string) => boolean;

function anyOf(tests: readonly Matches[]): Matches {
	return (text) => tests.some((matches) => matches(text));
}

/** The one team that matches; what fits several is evidence for none. Answers are kept: a history asks few words often. */
function onlyTeam(teams: readonly { team: string; matches: Matches }[]): (text: string) => string | null {
	const known = new Map<string, string | null>();
	return (text) => {
		const answer = known.get(text);
		if (answer !== undefined) return answer;
		const found = teams.filter(({ matches }) => matches(text));
		const team = found.length === 1 ? (found[0]?.team ?? null) : null;
		known.set(text, team);
		return team;
	};
}

/** Words are compared without case and outer space. */
export function fold(text: string): string {
	return text.trim().toLowerCase();
}

/** E-mail patterns: only `*` is special, any run of characters; compared without case. */
export function compileWildcard(glob: string): (text: string) => boolean {
	const parts = fold(glob).split("*");
	return (text) => matchesParts(parts, fold(text));
}

/** Branch globs: `*` is a run of characters without `/`, a final `/**` all below a prefix. Only `*` is special. */
function compileBranchGlob(glob: string): (branch: string) => boolean {
	if (glob.endsWith("/**")) return (branch) => branch.startsWith(glob.slice(0, -2)) && branch.length > glob.length - 2;
	const parts = glob.split("*");
	const slashes = glob.split("/").length;
	return (branch) => branch.split("/").length === slashes && matchesParts(parts, branch);
}

/** Whether `text` is the parts in order with anything between them. Linear: each part is taken at its first place. */
function matchesParts(parts: readonly string[], text: string): boolean {
	const first = parts[0] as string;
	if (parts.length === 1) return text === first;
	const last = parts.at(-1) as string;
	if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
	let at = first.length;
	for (const part of parts.slice(1, -1)) {
		const found = text.indexOf(part, at);
		if (found === -1 || found + part.length > text.length - last.length) return false;
		at = found + part.length;
	}
	return true;
}
