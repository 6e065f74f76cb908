// Edge(git). What is staged as the commit it would become, judged among what others committed lately.
import { compileAttribution, compileBranchTeams } from "#audit/attribute";
import type { Tip } from "#audit/lineage";
import { readAuthor } from "#git/author";
import type { Location } from "#git/location";
import { type Recent, readCommits, readRecent } from "#git/recent";
import { readStaged, type Staged } from "#git/staged";
import type { Catalog } from "#model/catalog";
import type { Attribution } from "#model/conflict-log";
import type { Commit, RawPath, Repository } from "#model/history";
import type { Case } from "./judge.ts";

export interface StagedRequest {
	readonly location: Location;
	/** Team id, or null: branch and e-mail say. */
	readonly team: string | null;
	/** Who agreed to the change of shared paths; null: nobody. */
	readonly coordinatedBy: string | null;
	readonly env: NodeJS.ProcessEnv;
	/** Seconds since 1970. */
	readonly now: number;
}

export interface StagedCase extends Case {
	readonly unmerged: readonly RawPath[];
	readonly attribution: Attribution;
}

/** Subject of the commit that is none yet. */
export const STAGED_SUBJECT = "(staged)";

/** Reads what is staged. Throws as `readStaged`. */
export async function readStagedCase(
	asked: Promise<Catalog>,
	resolveRequest: (catalog: Catalog) => StagedRequest,
	location: Location,
	env: NodeJS.ProcessEnv,
): Promise<{ catalog: Catalog; brought: StagedCase }> {
	const [catalog, staged, author] = await Promise.all([
		asked,
		readStaged(location, env["GIT_INDEX_FILE"]),
		readAuthor(location, env),
	]);
	const request = resolveRequest(catalog);
	const { trailer, coordinationTrailer } = catalog.project.attribution;
	const trailers = [
		...(request.team === null ? [] : [{ key: trailer, value: request.team }]),
		...(request.coordinatedBy === null ? [] : [{ key: coordinationTrailer, value: request.coordinatedBy }]),
	];
	const id = "0".repeat(staged.objectFormat === "sha1" ? 40 : 64);
	const commit: Commit = {
		id,
		parents: staged.parents,
		author: { name: author?.name ?? "", email: author?.email ?? "" },
		authorDate: author?.date ?? `${request.now} +0000`,
		subject: STAGED_SUBJECT,
		trailers,
		reverts: staged.reverts,
		changes: staged.changes,
	};
	const keys = [trailer, coordinationTrailer];
	const seconds = Math.round(request.now - catalog.project.collision.windowHours * 3600);
	const nothing = staged.changes.length === 0 || staged.head === null;
	const [recent, reverted] = await Promise.all([
		nothing ? NO_RECENT : readRecent(location, staged.objectFormat, seconds, keys),
		staged.reverts.length === 0 ? [] : readCommits(location, staged.objectFormat, staged.reverts, keys),
	]);
	const context = [...recent.commits, ...reverted.filter(({ id }) => !recent.commits.some((one) => one.id === id))];
	const madeOn = staged.branch === null ? null : ({ branch: staged.branch, by: "branch" } as const);
	return {
		catalog,
		brought: {
			commits: staged.changes.length === 0 ? [] : [commit],
			context,
			tips: [...tipsOf(recent, catalog, staged.branch), { oid: id, branch: staged.branch, own: null }],
			repository: repositoryOf(staged, id, request.now),
			unmerged: staged.unmerged,
			attribution: compileAttribution(catalog)(commit, madeOn),
		},
	};
}

const NO_RECENT: Recent = { tips: [], commits: [] };

/** As it would be once committed: the staged commit is its head. */
function repositoryOf({ objectFormat, branch }: Staged, id: string, now: number): Repository {
	const refs = [{ name: "HEAD", oid: id, branch }];
	return { head: id, headDate: `${now} +0000`, refs, objectFormat, complete: true, gaps: [] };
}

/**
 * Where lineage starts among the recent commits. As in the audit, a team's branch lends its name only to commits that lie
 * on no trunk and on no other team's branch.
 */
function tipsOf({ tips, commits }: Recent, catalog: Catalog, current: string | null): Tip[] {
	const teamOf = compileBranchTeams(catalog);
	const teams = new Map<string, Set<string | null>>();
	const note = (id: string, team: string | null) => teams.set(id, (teams.get(id) ?? new Set()).add(team));
	for (const { oid, branch } of tips) note(oid, teamOf(branch));
	for (const { id, parents } of commits) {
		for (const parent of parents) for (const team of teams.get(id) ?? []) note(parent, team);
	}
	return tips
		.filter(({ branch }) => branch !== current)
		.map(({ oid, branch }) => {
			const team = teamOf(branch);
			const isOwn = (id: string) => [...(teams.get(id) ?? [])].every((other) => other === team);
			const own = team === null ? null : new Set(commits.map(({ id }) => id).filter(isOwn));
			return { oid, branch, own };
		});
}
