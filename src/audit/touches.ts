// Pure. Goes through the changes of a few paths of a long history.
import type { CommitTable } from "#model/commit-table";

/** A commit that changed a path. */
export interface Touch {
	readonly commit: string;
	/** Author date, ISO, UTC. */
	readonly at: string;
	/** The team it is attributed to; null: nobody known, or it lies before what is judged. */
	readonly team: string | null;
}

/** Shows each change of some paths, children before parents. Most audits look at a dozen paths of a hundred thousand. */
export function eachChange(
	commits: CommitTable,
	wanted: Pick<ReadonlyMap<number, unknown>, "keys" | "size">,
	show: (row: number, change: number, path: number) => void,
): void {
	if (wanted.size === 0) return;
	const isWanted = new Uint8Array(commits.pathCount);
	for (const path of wanted.keys()) isWanted[path] = 1;
	for (const row of commits.order) {
		const first = commits.firstChange(row);
		const end = first + commits.countChanges(row);
		for (let change = first; change < end; change++) {
			const path = commits.path(change);
			if (isWanted[path] === 1) show(row, change, path);
		}
	}
}

/** Whether a commit's author date is later than another's; of one moment the greater id counts as later. */
export function isLater(commits: CommitTable, row: number, than: number): boolean {
	const apart = commits.authorSeconds(row) - commits.authorSeconds(than);
	return apart > 0 || (apart === 0 && commits.id(row) > commits.id(than));
}
