// Edge(git). The history behind some tips as facts in an order: from the cache what is there, from git the rest.
import { WorldError } from "#model/problem";
import type { CleanRoom } from "./clean-room.ts";
import {
	type Columns,
	emptyColumns,
	findRow,
	PATHS_CUT,
	ROW,
	ROW_WIDTH,
	RowIndex,
	rowCount,
	TRAILERS_CUT,
} from "./facts.ts";
import type { FactsCache } from "./facts-cache.ts";
import { pathGap, shallowGap, trailerGap } from "./gaps.ts";
import { type IncompleteRequest, readIncomplete } from "./incomplete.ts";
import { isOrdered, orderRows } from "./order.ts";
import { readFacts } from "./read-facts.ts";

export interface History {
	readonly columns: Columns;
	/** Rows of all commits reachable from the tips, children before parents. */
	readonly order: Uint32Array;
	/** What of it was not read: one sentence each. */
	readonly gaps: readonly string[];
	/** Parents that git must believe commits to have, where their own are not all there. */
	readonly grafts: ReadonlyMap<string, readonly string[]>;
	/** Where its graph can be walked. */
	readonly room: CleanRoom;
}

export interface HistoryRequest extends IncompleteRequest {
	readonly allowIncomplete: boolean;
	readonly cache: FactsCache | null;
	readonly onNotice: (sentence: string) => void;
}

/** Reads the history. Throws WorldError when it is not all there, unless that is allowed. */
export async function readHistory(room: CleanRoom, request: HistoryRequest): Promise<History> {
	// A cache must never make a broken history look whole: only whole ones are kept.
	if (request.shallow.length === 0 && request.cache !== null) {
		const known = await continueFrom(room, await request.cache.load(), request, request.cache);
		if (known !== null) return known;
	}
	const columns = emptyColumns(request.objectFormat);
	const index = new RowIndex(columns);
	const reading = { ...request, without: [], boundary: new Set(request.shallow) };
	try {
		await readFacts(room, columns, index, reading);
	} catch (error) {
		if (!(error instanceof WorldError) || !request.allowIncomplete) throw error;
		const found = await readIncomplete(room, request, error);
		const { grafts } = found;
		return { ...close(found.columns, request.tips, found.gaps), grafts, room: found.room };
	}
	if (request.shallow.length === 0) await request.cache?.save(columns);
	const edge = request.shallow.filter((id) => index.find(id) !== -1).length;
	return { ...close(columns, request.tips, shallowGap(edge)), grafts: new Map(), room };
}

/** The history from what is cached and what came after it; null where that does not fit the repository any more. */
async function continueFrom(
	room: CleanRoom,
	columns: Columns | null,
	request: HistoryRequest,
	cache: FactsCache,
): Promise<History | null> {
	if (columns === null) return null;
	const isNew = request.tips.some((tip) => findRow(columns, tip) === -1);
	if (isNew) {
		try {
			await readFacts(room, columns, new RowIndex(columns), {
				...request,
				without: headsOf(columns),
				boundary: new Set(),
			});
		} catch (error) {
			// What was cached is gone from the repository (or the repository is broken: the whole reading will tell).
			if (!(error instanceof WorldError)) throw error;
			return null;
		}
	}
	const history = { ...close(columns, request.tips, []), grafts: new Map(), room };
	if (!isOrdered(columns, history.order)) {
		request.onNotice("the cache of the history is not used, and made anew: its commits form a circle");
		return null;
	}
	if (isNew) await cache.save(columns);
	return history;
}

/** Ids of the commits that are nobody's parent: all others are reachable from them. */
function headsOf(columns: Columns): string[] {
	const isParent = new Uint8Array(rowCount(columns));
	for (let at = 0; at < columns.parents.length; at++) isParent[columns.parents.at(at)] = 1;
	const heads: string[] = [];
	for (let row = 0; row < isParent.length; row++) {
		if (isParent[row] === 0) heads.push(columns.ids.hex(row * columns.idSize, (row + 1) * columns.idSize));
	}
	return heads;
}

function close(
	columns: Columns,
	tips: readonly string[],
	gaps: readonly string[],
): Pick<History, "columns" | "order" | "gaps"> {
	const order = orderRows(
		columns,
		tips.map((tip) => findRow(columns, tip)),
	);
	const cut = [...trailerGap(countCut(columns, order, TRAILERS_CUT)), ...pathGap(countCut(columns, order, PATHS_CUT))];
	return { columns, order, gaps: [...gaps, ...cut] };
}

/** Commits of which more was there than is kept. */
function countCut(columns: Columns, order: Uint32Array, bit: number): number {
	const { data } = columns.rows;
	let count = 0;
	for (let at = 0; at < order.length; at++) {
		if (((data[(order[at] as number) * ROW_WIDTH + ROW.state] as number) & bit) !== 0) count++;
	}
	return count;
}
