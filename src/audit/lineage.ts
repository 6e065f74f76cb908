// Pure. On which branch was each commit made? Told by open branches and by the merges that brought commits in.
import type { CommitTable } from "#model/commit-table";

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

/** Number of evidence that says nothing. */
export const NO_EVIDENCE = -1;

export interface Lineage {
	/** Takes the next row of the order and says where its commit was made: a number for `evidence`, or NO_EVIDENCE. */
	next(row: number): number;
	/** One branch has one number a kind. */
	evidence(number: number): BranchEvidence;
}

/**
 * A line is a chain of first parents: a branch's own commits. A merge opens a line for each further parent. Lines form a
 * tree; `order` counts the merges seen so far, so that a higher one is an older merge.
 */
interface Lines {
	/** By line; -1: it has none. */
	readonly parent: number[];
	readonly depth: number[];
	readonly order: number[];
	readonly evidence: number[];
	/** Rows that a team's open branch has for itself; null: all of the line. */
	readonly own: (Uint8Array | null)[];
}

/**
 * Follows the lines of a history. A commit reached by several lines belongs to the one through which it first
 * came in: the outer line before any that was merged into it, the older merge before the newer.
 */
export function traceLineage(commits: CommitTable, tips: readonly Tip[]): Lineage {
	const lines: Lines = { parent: [], depth: [], order: [], evidence: [], own: [] };
	const lineOf = new Int32Array(commits.rowCount).fill(-1);
	let order = tips.length;
	const open = (parent: number, at: number, told: number, own: Uint8Array | null): number => {
		lines.parent.push(parent);
		lines.depth.push(parent === -1 ? 0 : (lines.depth[parent] as number) + 1);
		lines.order.push(at);
		lines.evidence.push(told);
		return lines.own.push(own) - 1;
	};
	const put = (row: number, line: number) => {
		const known = lineOf[row] as number;
		if (known === -1 || isEarlier(lines, line, known)) lineOf[row] = line;
	};
	for (const [index, { oid, branch, own }] of tips.entries()) {
		const row = commits.rowOf(oid);
		const told = branch === null ? NO_EVIDENCE : index;
		if (row !== -1) put(row, open(-1, tips.length - index, told, own === null ? null : rowsOf(commits, own)));
	}
	return {
		// Those of the tips come first, then those of the merges by the numbers of their branches.
		evidence: (number) =>
			number < tips.length
				? { branch: tips[number]?.branch ?? "", by: "branch" }
				: { branch: commits.branchName(number - tips.length), by: "merge" },
		next(row) {
			const line = lineOf[row] as number;
			if (line === -1) return NO_EVIDENCE;
			const count = commits.parentCount(row);
			if (count > 0) put(commits.parent(row, 0), line);
			for (let index = 1; index < count; index++) {
				const branch = commits.mergedBranch(row, index);
				const told = branch === -1 ? NO_EVIDENCE : tips.length + branch;
				put(commits.parent(row, index), open(line, ++order, told, null));
			}
			const own = lines.own[line] as Uint8Array | null;
			return own !== null && own[row] === 0 ? NO_EVIDENCE : (lines.evidence[line] as number);
		},
	};
}

function rowsOf(commits: CommitTable, ids: ReadonlySet<string>): Uint8Array {
	const rows = new Uint8Array(commits.rowCount);
	for (const row of ids.size === 0 ? [] : commits.rowsOf(ids)) rows[row] = 1;
	return rows;
}

/** Whether commits on `a` came in before those on `b`: compare the first merge at which their ways part. */
function isEarlier({ parent, depth, order }: Lines, a: number, b: number): boolean {
	let [left, right] = [a, b];
	while ((depth[left] as number) > (depth[right] as number)) left = parent[left] as number;
	while ((depth[right] as number) > (depth[left] as number)) right = parent[right] as number;
	if (left === right) return (depth[a] as number) < (depth[b] as number);
	while (parent[left] !== parent[right]) {
		left = parent[left] as number;
		right = parent[right] as number;
	}
	return (order[left] as number) > (order[right] as number);
}
