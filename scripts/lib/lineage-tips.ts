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
	return Promise.all(
		opened.repository.refs.map(async ({ oid, branch }) => {
			const team = branch === null ? null : teamOf(branch);
			const isOther = (other: string) => other !== "HEAD" && teamOf(other) !== team;
			return { oid, branch, own: team === null ? null : await opened.commitsOnlyOn(oid, isOther) };
		}),
	);
}
