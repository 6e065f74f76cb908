// Pure. An order of commits, children before parents, that follows from the graph and the tips alone.
import { type Columns, ROW, rowCount, rowValue } from "./facts.ts";

/**
 * The rows reachable from `tips`, children before parents. Neither dates nor the order in which rows were read have a
 * say: of two commits that do not descend from one another, that of the earlier tip, or of the earlier parent, comes
 * first, with all that only it leads to.
 */
export function orderRows(columns: Columns, tips: readonly number[]): Uint32Array {
	const count = rowCount(columns);
	const order = new Uint32Array(count);
	// Parents still to be visited of each row on the way, from the last to the first; 0 before a row is met.
	const met = new Uint8Array(count);
	const way = new Uint32Array(count);
	const left = new Uint32Array(count);
	let free = count;
	for (let tip = tips.length - 1; tip >= 0; tip--) {
		let depth = 0;
		const enter = (row: number) => {
			if (met[row] === 1) return;
			met[row] = 1;
			way[depth] = row;
			left[depth] = rowValue(columns, row, ROW.parentCount);
			depth++;
		};
		enter(tips[tip] as number);
		while (depth > 0) {
			const row = way[depth - 1] as number;
			const parents = left[depth - 1] as number;
			if (parents === 0) {
				order[--free] = row;
				depth--;
			} else {
				left[depth - 1] = parents - 1;
				enter(columns.parents.at(rowValue(columns, row, ROW.parentStart) + parents - 1));
			}
		}
	}
	return order.subarray(free);
}

/** Whether children stand before their parents: not so where rows form a circle, which no history does. */
export function isOrdered(columns: Columns, order: Uint32Array): boolean {
	const place = new Uint32Array(rowCount(columns));
	for (let at = 0; at < order.length; at++) place[order[at] as number] = at;
	for (let at = 0; at < order.length; at++) {
		const row = order[at] as number;
		const start = rowValue(columns, row, ROW.parentStart);
		const end = start + rowValue(columns, row, ROW.parentCount);
		for (let parent = start; parent < end; parent++) {
			if ((place[columns.parents.at(parent)] as number) <= at) return false;
		}
	}
	return true;
}
