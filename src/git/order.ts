// Pure. An order of commits, children before parents, that follows from the graph and the tips alone.
import { type Columns, ROW, ROW_WIDTH, rowCount } from "./facts.ts";

/**
 * The rows reachable from `tips`, children before parents. Neither dates nor the order in which rows were read have a
 * say: of two commits that do not descend from one another, that of the earlier tip, or of the earlier parent, comes
 * first, with all that only it leads to.
 */
export function orderRows(columns: Columns, tips: readonly number[]): Uint32Array {
	const count = rowCount(columns);
	const { data } = columns.rows;
	const parents = columns.parents.data;
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
			left[depth] = data[row * ROW_WIDTH + ROW.parentCount] as number;
			depth++;
		};
		enter(tips[tip] as number);
		while (depth > 0) {
			const row = way[depth - 1] as number;
			const next = left[depth - 1] as number;
			if (next === 0) {
				order[--free] = row;
				depth--;
			} else {
				left[depth - 1] = next - 1;
				enter(parents[(data[row * ROW_WIDTH + ROW.parentStart] as number) + next - 1] as number);
			}
		}
	}
	return order.subarray(free);
}

/** Whether children stand before their parents: not so where rows form a circle, which no history does. */
export function isOrdered(columns: Columns, order: Uint32Array): boolean {
	const { data } = columns.rows;
	const parents = columns.parents.data;
	const place = new Uint32Array(rowCount(columns));
	for (let at = 0; at < order.length; at++) place[order[at] as number] = at;
	for (let at = 0; at < order.length; at++) {
		const base = (order[at] as number) * ROW_WIDTH;
		const start = data[base + ROW.parentStart] as number;
		const end = start + (data[base + ROW.parentCount] as number);
		for (let parent = start; parent < end; parent++) {
			if ((place[parents[parent] as number] as number) <= at) return false;
		}
	}
	return true;
}
