// Pure. Which team made a commit, and on which evidence: the attribution ladder.
import type { Catalog } from "#model/catalog";
import type { Attribution } from "#model/conflict-log";
import type { Commit } from "#model/history";
import type { BranchEvidence } from "./lineage.ts";

/** Team id in `Attribution.team` for the coordinator's own commits. */
export const COORDINATOR = "coordinator";

export type Attribute = (commit: Pick<Commit, "author" | "trailers">, madeOn: BranchEvidence | null) => Attribution;

/** One piece of evidence; `team` is null where a trailer names nobody known. */
type Evidence = NonNullable<Attribution["against"]>[number];

/**
 * The ladder, first rung that names one team wins: the team trailer (`declared`: anyone can type it), the branch the
 * commit was made on (`derived`), the author's raw e-mail (`derived`), none. E-mails that several teams share, and
 * words that fit two teams, are no evidence; so are trailers that name two teams. What says otherwise than the rung
 * that decided is kept in `against`.
 */
export function compileAttribution(catalog: Pick<Catalog, "teams" | "project">): Attribute {
	const { attribution, coordinator } = catalog.project;
	const names = compileNames(catalog);
	const teamOfBranch = compileBranchTeams(catalog);
	const isCoordinator = anyOf(coordinator.identities.emails.map(compileWildcard));
	const teamOfEmail = onlyTeam(
		catalog.teams.map((team) => ({ team: team.id, matches: anyOf(team.identities.emails.map(compileWildcard)) })),
	);
	const isShared = anyOf(attribution.sharedIdentities.map(compileWildcard));
	const ofEmail = remember((email) =>
		isShared(email) ? null : isCoordinator(email) ? COORDINATOR : teamOfEmail(email),
	);
	const key = fold(attribution.trailer);

	const rungs = (commit: Pick<Commit, "author" | "trailers">, madeOn: BranchEvidence | null): Evidence[][] => {
		const named = commit.trailers
			.filter((trailer) => fold(trailer.key) === key)
			.map(({ value }): Evidence => ({ team: names.get(fold(value)) ?? null, by: "trailer", evidence: value }));
		const branchTeam = madeOn === null ? null : teamOfBranch(madeOn.branch);
		const emailTeam = ofEmail(commit.author.email);
		return [
			named,
			branchTeam === null ? [] : [{ team: branchTeam, by: madeOn?.by ?? "branch", evidence: madeOn?.branch ?? "" }],
			emailTeam === null ? [] : [{ team: emailTeam, by: "email", evidence: commit.author.email }],
		];
	};
	const known = new Map<string, Attribution>();
	return (commit, madeOn) => {
		if (commit.trailers.some((trailer) => fold(trailer.key) === key)) return decide(rungs(commit, madeOn));
		// Without a trailer the same branch and address say the same: a history has few of them, and many commits.
		const words = `${madeOn === null ? "" : `${madeOn.by}\0${madeOn.branch}`}\0${commit.author.email}`;
		const before = known.get(words);
		if (before !== undefined) return before;
		const decided = decide(rungs(commit, madeOn));
		known.set(words, decided);
		return decided;
	};
}

/** The first rung whose known names are one; everything that says otherwise is `against` it. */
function decide(rungs: readonly (readonly Evidence[])[]): Attribution {
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
		catalog.teams.map((team) => ({ team: team.id, matches: anyOf(team.identities.branches.map(compileBranchGlob)) })),
	);
}

type Matches = (text: string) => boolean;

function anyOf(tests: readonly Matches[]): Matches {
	return (text) => tests.some((matches) => matches(text));
}

/** The one team that matches; what fits several is evidence for none. */
function onlyTeam(teams: readonly { team: string; matches: Matches }[]): (text: string) => string | null {
	return remember((text) => {
		const found = teams.filter(({ matches }) => matches(text));
		return found.length === 1 ? (found[0]?.team ?? null) : null;
	});
}

/** Answers are kept: a history asks for few words often. */
function remember<T>(ask: (text: string) => T): (text: string) => T {
	const known = new Map<string, T>();
	return (text) => {
		if (known.has(text)) return known.get(text) as T;
		const answer = ask(text);
		known.set(text, answer);
		return answer;
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
