// Pure. The words for uncommitted changes in a folder of which nothing says whose it is: about the paths, and about nobody.
import type { Catalog } from "#model/catalog";
import type { Conflict, ConflictLog } from "#model/conflict-log";
import { plural } from "../plural.ts";

/**
 * The same log, in which what would be an unattributed edit is told as what is seen now: the audit's own words name the
 * author of a commit, and there is neither yet.
 */
export function ofNobody(log: ConflictLog, { teams }: Pick<Catalog, "teams">): ConflictLog {
	const nameOf = (id: string) => teams.find((team) => team.id === id)?.name ?? id;
	const told = (conflict: Conflict): Conflict => {
		if (conflict.code !== "unattributed-edit") return conflict;
		const paths = new Set(conflict.occurrences.map(({ path }) => path)).size;
		const whose = conflict.owner === null ? "shared by the teams" : `of ${nameOf(conflict.owner)}`;
		return {
			...conflict,
			message: `${plural(paths, "path")} ${whose} ${paths === 1 ? "is" : "are"} changed here, and nothing says for which team.`,
			hint: "Whoever works here: go on in a branch of your team, so that the work is known to be yours.",
		};
	};
	return { ...log, conflicts: log.conflicts.map(told) };
}
