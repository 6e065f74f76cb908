// Pure. On which branch was each commit made? Told by open branches and by the merges that brought commits in.
import type { Commit } from "#model/history";

/** The branch a commit was made on: by its ref (`branch`), or by the subject of the merge that brought it in. */
export interface BranchEvidence {
	readonly branch: string;
	readonly by: "branch" | "merge";
}

export interface Tip {
	readonly oid: string;
	readonly branch: string | null;
	/** Commits that lie on this branch and on no trunk; null: the tip is a trunk itself. */
	readonly own: ReadonlySet<string> | null;
}

export interface Lineage {
	/** Takes the next commit, children before parents, and says where it was made. */
	next(commit: Pick<Commit, "id" | "parents" | "subject">): BranchEvidence | null;
}

/**
 * A line is a chain of first parents: a branch's own commits. A merge opens a line for each further parent.
 * Lines form a tree; `order` counts the merges seen so far, so that a higher one is an older merge.
 */
interface Line {
	readonly parent: Line | null;
	readonly depth: number;
	readonly order: number;
	readonly evidence: BranchEvidence | null;
	readonly own: ReadonlySet<string> | null;
}

/**
 * Follows the lines of a history. A commit reached by several lines belongs to the one through which it first
 * came in: the outer line before any that was merged into it, the older merge before the newer.
 */
export function traceLineage(tips: readonly Tip[]): Lineage {
	const lines = new Map<string, Line>();
	let order = tips.length;
	const put = (id: string, line: Line) => {
		const known = lines.get(id);
		if (known === undefined || isEarlier(line, known)) lines.set(id, line);
	};
	for (const [index, tip] of tips.entries()) {
		const evidence = tip.branch === null ? null : { branch: tip.branch, by: "branch" as const };
		put(tip.oid, { parent: null, depth: 0, order: tips.length - index, evidence, own: tip.own });
	}
	return {
		next(commit) {
			const line = lines.get(commit.id);
			if (line === undefined) return null;
			lines.delete(commit.id);
			const [first, ...merged] = commit.parents;
			if (first !== undefined) put(first, line);
			const names = merged.length === 0 ? [] : mergedBranches(commit.subject, merged.length);
			for (const [index, parent] of merged.entries()) {
				const branch = names[index];
				const evidence = branch === undefined ? null : { branch, by: "merge" as const };
				put(parent, { parent: line, depth: line.depth + 1, order: ++order, evidence, own: null });
			}
			return line.own !== null && !line.own.has(commit.id) ? null : line.evidence;
		},
	};
}

/** Whether commits on `a` came in before those on `b`: compare the first merge at which their ways part. */
function isEarlier(a: Line, b: Line): boolean {
	let [left, right] = [a, b];
	while (left.depth > right.depth) left = left.parent as Line;
	while (right.depth > left.depth) right = right.parent as Line;
	if (left === right) return a.depth < b.depth;
	while (left.parent !== right.parent) {
		left = left.parent as Line;
		right = right.parent as Line;
	}
	return left.order > right.order;
}

/**
 * Branches named by a merge's subject, one a merged parent: git's own words (`Merge branch 'x'`, `Merge branches
 * 'x', 'y' and 'z'`, `Merge remote-tracking branch 'origin/x'`, with what is behind left aside) and
 * GitHub's (`Merge pull request #1 from owner/x`). None where the words cannot be laid beside the parents: another
 * number of names (git leaves out what it fast-forwarded over), or names of two kinds (git sorts them by kind).
 */
export function mergedBranches(subject: string, parents: number): string[] {
	const names = namedBranches(subject);
	return names.length === parents ? names : [];
}

function namedBranches(subject: string): string[] {
	const pull = /^Merge pull request #\d+ from [^/\s]+\/(\S+)$/.exec(subject);
	if (pull !== null) return [pull[1] as string];
	// A comma or an "and" behind the list goes on with names of another kind.
	const words = /^Merge (remote-tracking )?branch(?:es)? ('[^']+'(?:(?:, | and )'[^']+')*)(?:$| (?!and ))/.exec(
		subject,
	);
	if (words === null) return [];
	return Array.from((words[2] as string).matchAll(/'([^']+)'/g), ([, name]) =>
		words[1] === undefined ? (name as string) : (name as string).replace(/^[^/]+\//, ""),
	);
}
