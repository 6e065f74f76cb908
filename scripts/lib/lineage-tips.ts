// Edge(git). Where lineage starts: each audited ref, and which of its commits may bear its branch's name.
import { compileBranchTeams } from "#audit/attribute";
import type { Tip } from "#audit/lineage";
import type { OpenRepository } from "#git/repository";
import type { Team } from "#model/team";

/**
 * A trunk lends its name to its whole line. A team's branch does so only to commits that lie on no trunk and on no
 * other team's branch: what it forked from was made there.
 */
export async function lineageTips(opened: OpenRepository, teams: readonly Team[]): Promise<Tip[]> {
	const teamOf = compileBranchTeams({ teams });
	const branches = await opened.readBranches();
	const ownOf = async (oid: string, team: string): Promise<ReadonlySet<string>> => {
		const isOther = (other: string) => other !== "HEAD" && teamOf(other) !== team;
		// In a clone of one branch there is nothing to tell what the branch forked from: it may name no commit.
		if (!branches.some(({ branch }) => isOther(branch))) return new Set();
		return opened.commitsOnlyOn(oid, isOther);
	};
	return Promise.all(
		opened.repository.refs.map(async ({ oid, branch }) => {
			const found = branch ?? (await openBranchOf(branches, oid, teamOf, ownOf));
			const team = found === null ? null : teamOf(found);
			return { oid, branch: found, own: team === null ? null : await ownOf(oid, team) };
		}),
	);
}

/**
 * The team's branch on which a commit lies that no branch is checked out for (a detached head, as on build servers, a
 * tag, an id); null where it lies on a trunk too, or on branches of several teams.
 */
async function openBranchOf(
	branches: readonly { branch: string; oid: string }[],
	oid: string,
	teamOf: (branch: string) => string | null,
	ownOf: (oid: string, team: string) => Promise<ReadonlySet<string>>,
): Promise<string | null> {
	const holding: string[] = [];
	for (const { branch, oid: tip } of branches) {
		const team = teamOf(branch);
		if (team !== null && (await ownOf(tip, team)).has(oid)) holding.push(branch);
	}
	return holding.sort()[0] ?? null;
}
