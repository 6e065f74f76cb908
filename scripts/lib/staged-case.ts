// Pure. What is staged as the commit it would become, among what others committed lately.
import { COORDINATOR, compileAttribution, compileBranchTeams } from "#audit/attribute";
import type { Tip } from "#audit/lineage";
import type { Catalog } from "#model/catalog";
import type { Attribution } from "#model/conflict-log";
import type { Commit } from "#model/history";
import type { Case } from "./judge.ts";
import type { StagedFacts } from "./staged-facts.ts";

export interface StagedCase extends Case {
	readonly attribution: Attribution;
}

/** Who the commit is said to be by, and who agreed to it. */
export interface Said {
	/** The team's id; null: branch and e-mail say. */
	readonly team: string | null;
	/** Null: nobody. */
	readonly coordinatedBy: string | null;
}

/** Subject of the commit that is none yet. */
const SUBJECT = "(staged)";

/** The case of what is staged; without commits when nothing is. */
export function stagedCase(catalog: Catalog, facts: StagedFacts, { team, coordinatedBy }: Said): StagedCase {
	const { head, staged, author, recent, reverted, now } = facts;
	const { attribution, coordinator } = catalog.project;
	// The coordinator goes by the words of the content, and by no id.
	const name = team === COORDINATOR ? coordinator.identities.trailers[0] : team;
	const commit: Commit = {
		id: "0".repeat(head.objectFormat === "sha1" ? 40 : 64),
		parents: staged.parents,
		author: { name: author?.name ?? "", email: author?.email ?? "" },
		authorDate: author?.date ?? `${now} +0000`,
		subject: SUBJECT,
		trailers: [
			...(name === null || name === undefined ? [] : [{ key: attribution.trailer, value: name }]),
			...(coordinatedBy === null ? [] : [{ key: attribution.coordinationTrailer, value: coordinatedBy }]),
		],
		reverts: staged.reverts,
		changes: staged.changes,
	};
	const madeOn = head.branch === null ? null : ({ branch: head.branch, by: "branch" } as const);
	const isNew = ({ id }: Commit) => !recent.commits.some((one) => one.id === id);
	return {
		differences: facts.differences,
		commits: staged.changes.length === 0 ? [] : [commit],
		context: staged.changes.length === 0 ? [] : [...recent.commits, ...reverted.filter(isNew)],
		tips: tipsOf(catalog, facts, commit.id),
		// As it would be once committed: the staged commit is its head.
		repository: {
			head: commit.id,
			headDate: `${now} +0000`,
			refs: [{ name: "HEAD", oid: commit.id, branch: head.branch }],
			objectFormat: head.objectFormat,
			complete: true,
			gaps: [],
		},
		attribution: compileAttribution(catalog)(commit, madeOn),
	};
}

/**
 * Where lineage starts among the recent commits. As in the audit, a team's branch lends its name only to commits that lie
 * on no trunk and on no other team's branch.
 */
function tipsOf(catalog: Catalog, { head, recent: { tips, commits } }: StagedFacts, staged: string): Tip[] {
	const teamOf = compileBranchTeams(catalog);
	const teams = new Map<string, Set<string | null>>();
	const note = (id: string, team: string | null) => teams.set(id, (teams.get(id) ?? new Set()).add(team));
	for (const { oid, branch } of tips) note(oid, teamOf(branch));
	for (const { id, parents } of commits) {
		for (const parent of parents) for (const team of teams.get(id) ?? []) note(parent, team);
	}
	const own = { oid: staged, branch: head.branch };
	const all = [own, ...tips.filter(({ branch }) => branch !== head.branch)].map(({ oid, branch }): Tip => {
		const team = branch === null ? null : teamOf(branch);
		const isOwn = ({ id }: Commit) => [...(teams.get(id) ?? [])].every((other) => other === team);
		return { oid, branch, own: team === null ? null : new Set([staged, ...commits.filter(isOwn).map(({ id }) => id)]) };
	});
	// Trunks first: what came in on one is not another branch's.
	return [...all.filter((tip) => tip.own === null), ...all.filter((tip) => tip.own !== null)];
}
