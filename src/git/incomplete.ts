// Edge(git). Reads a history of which commits or trees are missing, as far as it goes, and says what was left out.
import { WorldError } from "#model/problem";
import type { CleanRoom } from "./clean-room.ts";
import { type Columns, emptyColumns, IS_READ, ROW, RowIndex, rowValue } from "./facts.ts";
import { holeGap, orphanGap, shallowGap } from "./gaps.ts";
import { type ReadRequest, readFacts, readHeads } from "./read-facts.ts";

export interface IncompleteRequest extends Omit<ReadRequest, "without" | "boundary"> {
	readonly objectFormat: "sha1" | "sha256";
	/** Boundary commits of a shallow clone. */
	readonly shallow: readonly string[];
	/** Opens a clean room in which these commits have these parents, and no others. */
	readonly openGrafted: (parents: ReadonlyMap<string, readonly string[]>) => Promise<CleanRoom>;
}

export interface Incomplete {
	readonly columns: Columns;
	readonly gaps: readonly string[];
	readonly grafts: ReadonlyMap<string, readonly string[]>;
	/** Where the graph can be walked as far as it goes. */
	readonly room: CleanRoom;
}

/** Commits that cannot be compared with their parents before a history counts as not there at all. */
const MAX_HOLES = 100;

/**
 * Reads what is there. Commits whose parents or trees are missing hand over no changes. Throws `failure`, with which
 * the whole reading ended, where something else is wrong than that objects are missing.
 */
export async function readIncomplete(
	room: CleanRoom,
	request: IncompleteRequest,
	failure: WorldError,
): Promise<Incomplete> {
	const grafts = await findOrphans(room, new Set(request.shallow));
	const grafted = grafts.size === 0 ? room : await request.openGrafted(grafts);
	const columns = emptyColumns(request.objectFormat);
	const index = new RowIndex(columns);
	const boundary = new Set([...request.shallow, ...grafts.keys()]);
	const holes = await readAround(grafted, request, { columns, index, boundary }, failure);
	const isReached = (id: string) => index.find(id) !== -1;
	const gaps = [
		...shallowGap(request.shallow.filter(isReached).length),
		...orphanGap([...grafts.keys()].filter(isReached).length),
		...holeGap(holes.length),
	];
	if (gaps.length === 0) throw failure;
	return { columns, gaps, grafts, room: grafted };
}

/** Commits that name a parent which is not there, with the parents that are. */
async function findOrphans(room: CleanRoom, shallow: ReadonlySet<string>): Promise<Map<string, string[]>> {
	const check = ["cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objecttype) %(objectname)"];
	const listing = await room.read(check);
	const commits = Array.from(listing.matchAll(/^commit ([0-9a-f]+)$/gm), ([, id]) => id as string);
	const graph = await room.read(["log", "--no-walk=unsorted", "--stdin", "--format=%H %P"], `${commits.join("\n")}\n`);
	const parentsOf = new Map(
		graph
			.split("\n")
			.filter((line) => line !== "")
			.map((line) => {
				const [id = "", ...parents] = line.trimEnd().split(" ");
				return [id, parents] as const;
			}),
	);
	const orphans = new Map<string, string[]>();
	for (const [id, parents] of parentsOf) {
		const present = parents.filter((parent) => parentsOf.has(parent));
		if (present.length < parents.length && !shallow.has(id)) orphans.set(id, present);
	}
	return orphans;
}

/** Reads again and again, each time without the commit at which git gave up for want of a tree. */
async function readAround(
	room: CleanRoom,
	request: IncompleteRequest,
	{ columns, index, boundary }: { columns: Columns; index: RowIndex; boundary: ReadonlySet<string> },
	failure: WorldError,
): Promise<string[]> {
	const isRead = (id: string) => {
		const row = index.find(id);
		return row !== -1 && (rowValue(columns, row, ROW.state) & IS_READ) === IS_READ;
	};
	const holes: string[] = [];
	let ids: readonly string[] | null = null;
	for (;;) {
		const skipped = new Set([...boundary, ...holes]);
		try {
			const reading = { ...request, processes: 1 as const, without: [], boundary: skipped };
			await readFacts(room, columns, index, reading, (id) => isRead(id) || skipped.has(id));
			break;
		} catch (error) {
			const tree = error instanceof WorldError ? /unable to read tree \(?([0-9a-f]{40,64})/.exec(error.message) : null;
			if (tree === null || holes.length === MAX_HOLES) throw failure;
			if (!(await room.ask(["cat-file", "-e", tree[1] as string])).isNo) throw failure;
			// In the order in which git was asked: the first that it did not show is the one it could not.
			ids ??= await listIds(room, request.tips);
			const next = ids.find((id) => !isRead(id) && !skipped.has(id));
			if (next === undefined) throw failure;
			holes.push(next);
		}
	}
	const left = (ids ?? (await listIds(room, request.tips))).filter((id) => !isRead(id));
	await readHeads(room, columns, index, left, request.trailerKeys);
	return holes;
}

async function listIds(room: CleanRoom, tips: readonly string[]): Promise<string[]> {
	const ids = await room.read(["rev-list", "--stdin"], `${tips.join("\n")}\n--\n`);
	return ids.split("\n").filter((id) => id !== "");
}
