// Edge(git). The commits of a range, as a case to judge.
import { locateRepository } from "#git/location";
import { parseRange, readRange } from "#git/range";
import { readCommits } from "#git/recent";
import { openRepository } from "#git/repository";
import type { Catalog } from "#model/catalog";
import type { Commit } from "#model/history";
import { readCaseDifferences } from "./case-differences.ts";
import type { Case } from "./judge.ts";
import { lineageTips } from "./lineage-tips.ts";
import { trailerKeys } from "./staged-facts.ts";

/** Reads the commits of `text`, `A..B` or `A...B`. Throws UsageError and WorldError as git's readers do. */
export async function readRangeCase(catalog: Catalog, repo: string, text: string): Promise<Case> {
	const range = parseRange(text);
	const keys = trailerKeys(catalog.project);
	const location = await locateRepository(repo);
	const opened = await openRepository(repo, range.isSymmetric ? [range.to, range.from] : [range.to], {
		trailerKeys: keys,
	});
	try {
		const { repository } = opened;
		const commits = await readRange(location, repository.objectFormat, range, keys);
		const reverted = await readCommits(location, repository.objectFormat, revertedOutside(commits), keys);
		const known = new Set(commits.map((commit) => commit.id));
		return {
			differences: await readCaseDifferences(location, repository.objectFormat, commits, catalog),
			commits,
			context: reverted.filter(({ id }) => !known.has(id)),
			tips: await lineageTips(opened, catalog.teams),
			repository,
		};
	} finally {
		await opened.close();
	}
}

/** Reverted commits that are looked up; a range that reverts more is long past being checked by hand. */
const MAX_REVERTED = 200;

/** Ids (or their beginnings) that commits of the range say they revert and that the range does not hold. */
function revertedOutside(commits: readonly Commit[]): string[] {
	const named = new Set(commits.flatMap(({ reverts }) => (reverts.length === 1 ? reverts : [])));
	const isInside = (id: string) => commits.some((commit) => commit.id.startsWith(id));
	return [...named].filter((id) => !isInside(id)).slice(0, MAX_REVERTED);
}
