// Pure. The attribution of each commit of a table: the ladder asked once for each thing it can say.
import type { Catalog } from "#model/catalog";
import type { CommitTable } from "#model/commit-table";
import type { Attribution } from "#model/conflict-log";
import { compileRungs, decide, type Evidence } from "./attribute.ts";
import { type Lineage, NO_EVIDENCE } from "./lineage.ts";

/**
 * Attributes the commits of a table by row and the evidence of their lineage, as `compileAttribution` does one by one.
 * Thousands of commits share few addresses, branches and trailers, so answers are kept by their numbers.
 */
export function attributeRows(
	catalog: Pick<Catalog, "teams" | "project">,
	commits: CommitTable,
	lineage: Pick<Lineage, "evidence">,
): (row: number, madeOn: number) => Attribution {
	const rungs = compileRungs(catalog);
	const byBlock: (readonly Evidence[] | undefined)[] = [];
	const byBranch: (readonly Evidence[] | undefined)[] = [];
	const byIdentity = new Array<readonly Evidence[] | undefined>(commits.identityCount);
	const ofBlock = (block: number): readonly Evidence[] => {
		byBlock[block] ??= rungs.ofTrailers(commits.trailersOf(block));
		return byBlock[block];
	};
	const ofBranch = (madeOn: number): readonly Evidence[] => {
		if (madeOn === NO_EVIDENCE) return NONE;
		byBranch[madeOn] ??= rungs.ofBranch(lineage.evidence(madeOn));
		return byBranch[madeOn];
	};
	const ofIdentity = (identity: number): readonly Evidence[] => {
		byIdentity[identity] ??= rungs.ofEmail(commits.authorOf(identity).email);
		return byIdentity[identity];
	};
	const nobody = decide([]);
	/** By block of trailers, then by branch and identity; 0 stands for those that say nothing. */
	const known: Map<number, Attribution>[] = [];
	return (row, madeOn) => {
		const block = commits.trailerBlock(row);
		const identity = commits.identity(row);
		const trailers = ofBlock(block);
		const branch = ofBranch(madeOn);
		const email = ofIdentity(identity);
		if (trailers.length + branch.length + email.length === 0) return nobody;
		const place = trailers.length === 0 ? 0 : block;
		const key =
			(branch.length === 0 ? 0 : madeOn + 1) * (commits.identityCount + 1) + (email.length === 0 ? 0 : identity + 1);
		known[place] ??= new Map();
		const before = known[place].get(key);
		if (before !== undefined) return before;
		const decided = decide([trailers, branch, email]);
		known[place].set(key, decided);
		return decided;
	};
}

const NONE: readonly Evidence[] = [];
