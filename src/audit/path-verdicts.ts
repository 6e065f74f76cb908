// Pure. Whose each changed path was: asked once for each path that no date decides.
import type { CommitTable } from "#model/commit-table";
import { instantOf, type RawPath } from "#model/history";
import type { Ruleset, Verdict } from "#rules/ruleset";

/** The verdict on the path of a change, at the author date of the commit in `row` that made it. */
export type JudgeChange = (change: number, row: number) => Verdict;

/** Judges the changes of a table by their paths' numbers. A submodule is judged as the folder it is. */
export function judgeChanges(ruleset: Ruleset, commits: CommitTable): JudgeChange {
	// Null: rules with dates match it, so that each date has an answer of its own.
	const files = new Array<Verdict | null | undefined>(commits.pathCount);
	const submodules = new Map<number, Verdict | null>();
	const dated = (path: RawPath, row: number) => ruleset.judge(path, instantOf(commits.authorDate(row)));
	const onSubmodule = (path: number, row: number): Verdict => {
		const text = `${commits.pathText(path)}/`;
		let verdict = submodules.get(path);
		if (verdict === undefined) {
			verdict = ruleset.judgeUndated(text);
			submodules.set(path, verdict);
		}
		return verdict ?? dated(text, row);
	};
	return (change, row) => {
		const path = commits.path(change);
		if (commits.isSubmodule(change)) return onSubmodule(path, row);
		let verdict = files[path];
		if (verdict === undefined) {
			verdict = ruleset.judgeUndated(commits.pathText(path));
			files[path] = verdict;
		}
		return verdict ?? dated(commits.pathText(path), row);
	};
}
