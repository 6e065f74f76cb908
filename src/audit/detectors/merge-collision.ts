// Pure. `merge-collision`: the open branches of two teams do not merge cleanly.
import type { Attribution } from "#model/conflict-log";
import type { Collision, Commit } from "#model/history";
import type { Verdict } from "#rules/ruleset";
import { anchorOf, changeOccurrence, type Finding, pathResource, treeOccurrence } from "../finding.ts";

export interface BranchSeen {
	/** The team whose branch it is. */
	teamOf(branch: string): string | null;
	/** Who made a commit, known to lie on that branch. */
	attribute(commit: Commit, branch: string): Attribution;
	/** Whose the path is at the head. */
	judge(path: string): Verdict;
}

/** One finding for each commit of either side that changed a path git could not merge. */
export function detectMergeCollision({ branches, paths }: Collision, seen: BranchSeen): Finding[] {
	const teams = branches
		.map((branch) => seen.teamOf(branch))
		.filter((team) => team !== null)
		.sort();
	return paths.flatMap(({ path, ours, theirs }) => {
		const verdict = seen.judge(path);
		const common = {
			code: "merge-collision",
			level: "error",
			resource: pathResource(path),
			actor: null,
			owner: verdict.kind === "owned" ? verdict.owner : null,
			teams,
			rule: verdict.kind === "owned" || verdict.kind === "shared" ? verdict.rule : null,
		} as const;
		const sides = [ours, theirs].flatMap((commits, side) =>
			commits.map((commit) => ({ commit, branch: branches[side] as string })),
		);
		const found = sides.flatMap(({ commit, branch }): Finding[] => {
			const change = commit.changes.find((one) => one.path === path);
			if (change === undefined) return [];
			const occurrence = changeOccurrence(commit, change, seen.attribute(commit, branch));
			return [{ ...common, occurrence, anchor: anchorOf(commit) }];
		});
		// A path that collides though neither side changed it by that name: git found a moved folder.
		return found.length > 0 ? found : [{ ...common, occurrence: treeOccurrence(path, 0), anchor: null }];
	});
}
