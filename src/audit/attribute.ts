// Pure. Which team made a commit, and on which evidence: the attribution ladder.
import type { Catalog } from "#model/catalog";
import type { Attribution } from "#model/conflict-log";
import type { Commit, Trailer } from "#model/history";
import type { BranchEvidence } from "./lineage.ts";

/** Team id in `Attribution.team` for the coordinator's own commits. */
export const COORDINATOR = "coordinator";

export type Attribute = (commit: Pick<Commit, "author" | "trailers">, madeOn: BranchEvidence | null) => Attribution;

/** One piece of evidence; `team` is null where a trailer names nobody known. */
export type Evidence = NonNullable<Attribution["against"]>[number];

/** What each rung of the ladder says, by itself. */
export interface Rungs {
	/** One for each trailer that would name the team; empty where there is none. */
	ofTrailers(trailers: readonly Trailer[]): readonly Evidence[];
	ofBranch(madeOn: BranchEvidence): readonly Evidence[];
	ofEmail(email: string): readonly Evidence[];
}

/**
 * The rungs of the attribution ladder: the team trailer (`declared`: anyone can type it), the branch the commit was made
 * on (`derived`), the author's raw e-mail (`derived`). E-mails that several teams share, and words that fit two teams,
 * are no evidence.
 */
export function compileRungs(catalog: Pick<Catalog, "teams" | "project">): Rungs {
	const { attribution, coordinator } = catalog.project;
	const names = compileNames(catalog);
	const teamOfBranch = compileBranchTeams(catalog);
	const isCoordinator = compileWildcards(coordinator.identities.emails);
	const teamOfEmail = onlyTeam(
		catalog.teams.map((team) => ({ team: team.id, matches: compileWildcards(team.identities.emails) })),
	);
	const isShared = compileWildcards(attribution.sharedIdentities);
	const ofEmail = (email: string) => (isShared(email) ? null : isCoordinator(email) ? COORDINATOR : teamOfEmail(email));
	const key = fold(attribution.trailer);
	return {
		ofTrailers: (trailers) =>
			trailers
				.filter((trailer) => fold(trailer.key) === key)
				.map(({ value }) => ({ team: names.get(fold(value)) ?? null, by: "trailer", evidence: value })),
		ofBranch: ({ branch, by }) => {
			const team = teamOfBranch(branch);
			return team === null ? NONE : [{ team, by, evidence: branch }];
		},
		ofEmail: (email) => {
			const team = ofEmail(email);
			return team === null ? NONE : [{ team, by: "email", evidence: email }];
		},
	};
}

const NONE: readonly Evidence[] = [];

/**
 * The ladder, first rung that names one team wins. Trailers that name two teams name none, and the next rung decides.
 * What says otherwise than the rung that decided is kept in `against`.
 */
export function compileAttribution(catalog: Pick<Catalog, "teams" | "project">): Attribute {
	const rungs = compileRungs(catalog);
	return ({ trailers, author }, madeOn) =>
		decide([rungs.ofTrailers(trailers), madeOn === null ? NONE : rungs.ofBranch(madeOn), rungs.ofEmail(author.email)]);
}

/** The first rung whose known names are one; everything that says otherwise is `against` it. */
export function decide(rungs: readonly (readonly Evidence[])[]): Attribution {
	const winner = rungs.map(namedOnce).find((evidence) => evidence !== null) ?? null;
	const against = rungs.flat().filter(({ team }) => team === null || team !== winner?.team);
	const rest = against.length === 0 ? {} : { against };
	if (winner === null) return { team: null, by: "none", confidence: "unattributed", evidence: null, ...rest };
	const { team, by, evidence } = winner;
	return { team, by, confidence: by === "trailer" ? "declared" : "derived", evidence, ...rest };
}

function namedOnce(rung: readonly Evidence[]): Evidence | null {
	const known = rung.filter(({ team }) => team !== null);
	return new Set(known.map(({ team }) => team)).size === 1 ? (known[0] as Evidence) : null;
}

/** Names that a trailer may call a team, or the coordinator, by; folded. */
function compileNames({ teams, project }: Pick<Catalog, "teams" | "project">): ReadonlyMap<string, string> {
	const names = new Map<string, string>();
	for (const name of project.coordinator.identities.trailers) names.set(fold(name), COORDINATOR);
	for (const team of teams) {
		for (const name of [team.id, ...team.aliases]) names.set(fold(name), team.id);
	}
	return names;
}

/** The team whose globs a branch's name matches; null for a trunk, and where two teams' globs match. */
export function compileBranchTeams(catalog: Pick<Catalog, "teams">): (branch: string) => string | null {
	return onlyTeam(
		catalog.teams.flatMap(({ id, identities }) =>
			identities.branches.map((glob) => ({ team: id, matches: compileBranchGlob(glob) })),
		),
	);
}

type Matches = (text: string) => boolean;

/** The one team that matches; what fits several is evidence for none. */
function onlyTeam(tests: readonly { team: string; matches: Matches }[]): (text: string) => string | null {
	return (text) => {
		let found: string | null = null;
		for (const { team, matches } of tests) {
			if (found === team || !matches(text)) continue;
			if (found !== null) return null;
			found = team;
		}
		return found;
	};
}

/** Words are compared without case and outer space. */
export function fold(text: string): string {
	return text.trim().toLowerCase();
}

/** E-mail patterns, of which one must match: only `*` is special, any run of characters; compared without case. */
export function compileWildcards(globs: readonly string[]): (text: string) => boolean {
	const patterns = globs.map((glob) => fold(glob).split("*"));
	return (text) => {
		const folded = fold(text);
		return patterns.some((parts) => matchesParts(parts, folded));
	};
}

/** Branch globs: `*` is a run of characters without `/`, a final `/**` all below a prefix. Only `*` is special. */
function compileBranchGlob(glob: string): (branch: string) => boolean {
	if (glob.endsWith("/**")) return (branch) => branch.startsWith(glob.slice(0, -2)) && branch.length > glob.length - 2;
	const parts = glob.split("*");
	const slashes = glob.split("/").length;
	return (branch) => matchesParts(parts, branch) && branch.split("/").length === slashes;
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
