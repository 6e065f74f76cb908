// Edge(git). Reads commits and their changes into the columns of facts, by one or two git processes at once.
import type { CleanRoom } from "./clean-room.ts";
import { Bytes } from "./columns.ts";
import type { Columns, RowIndex } from "./facts.ts";
import { createFactsWriter } from "./facts-writer.ts";
import { createLogReader, logFormat } from "./parse-log.ts";

export interface ReadRequest {
	/** Ids of commits: what is reachable from `tips` and not from `without` is read. */
	readonly tips: readonly string[];
	readonly without: readonly string[];
	readonly trailerKeys: readonly string[];
	readonly processes: 1 | 2;
	/** Commits whose parents are not there: their changes are left out. */
	readonly boundary: ReadonlySet<string>;
	/** Told how many commits were read, now and then. */
	readonly onProgress: (commits: number) => void;
}

/** Commits between two calls of `onProgress`. */
const PROGRESS_STEP = 2_000;

/** Commits dealt at a time: few enough to share the work fairly, enough that git finds neighbours in its cache. */
const BLOCK = 512;

/** Reads into the columns. The same facts, in other places, whatever the number of processes. */
export async function readFacts(
	room: CleanRoom,
	columns: Columns,
	index: RowIndex,
	request: ReadRequest,
	isSkipped: ((id: string) => boolean) | null = null,
): Promise<void> {
	const lineLength = columns.idSize * 2 + 1;
	const dealer = createDealer(lineLength, request.processes);
	await listIds(room, request, dealer.push);
	const hands = isSkipped === null ? dealer.hands() : dealer.hands().map((hand) => withoutLines(hand, isSkipped));
	let commits = 0;
	const readings = hands.map(async (hand) => {
		let found = 0;
		const writer = createFactsWriter(columns, index, {
			isBoundary: (id) => request.boundary.has(id),
			onCommit: () => {
				found++;
				if (++commits % PROGRESS_STEP === 0) request.onProgress(commits);
			},
		});
		const reader = createLogReader(writer);
		try {
			await room.stream(diffArguments(request.trailerKeys), reader.push, hand);
		} catch (error) {
			// What git showed before it gave up is true, and tells where it gave up.
			if (reader.isWhole()) writer.finish();
			throw error;
		}
		reader.end();
		writer.finish();
		if (found !== hand.length / lineLength) throw new Error("git did not show every commit it was asked for");
	});
	// All must have ended before the room may be closed.
	for (const outcome of await Promise.allSettled(readings)) if (outcome.status === "rejected") throw outcome.reason;
}

/** Reads commits without asking what they changed, for which their trees are not all there. */
export async function readHeads(
	room: CleanRoom,
	columns: Columns,
	index: RowIndex,
	ids: readonly string[],
	trailerKeys: readonly string[],
): Promise<void> {
	if (ids.length === 0) return;
	const writer = createFactsWriter(columns, index, { isBoundary: () => true, onCommit: () => {} });
	const reader = createLogReader(writer);
	const args = ["log", "--no-walk=unsorted", "--stdin", "-z", ...HEADER, `--format=tformat:${logFormat(trailerKeys)}`];
	await room.stream([...args, "--no-mailmap"], reader.push, `${ids.join("\n")}\n`);
	reader.end();
	writer.finish();
}

function withoutLines(ids: Buffer, isSkipped: (id: string) => boolean): Buffer {
	const left = ids
		.toString("latin1")
		.split("\n")
		.filter((id) => id !== "" && !isSkipped(id));
	return Buffer.from(left.map((id) => `${id}\n`).join(""), "latin1");
}

/** Ids, one a line, children before parents: neighbours in history share most of their trees. */
async function listIds(
	room: CleanRoom,
	{ tips, without }: ReadRequest,
	onChunk: (chunk: Buffer) => void,
): Promise<void> {
	// By stdin: there may be more tips than a command line has room for.
	const revisions = [...tips, ...without.map((id) => `^${id}`), "--"];
	await room.stream(["rev-list", "--topo-order", "--stdin"], onChunk, `${revisions.join("\n")}\n`);
}

/** Deals lines to hands, a block each in turn, as they come: the list of a long history is not held twice. */
function createDealer(lineLength: number, count: number): { push(chunk: Buffer): void; hands(): Buffer[] } {
	const pools = Array.from({ length: count }, () => new Bytes());
	const blockLength = BLOCK * lineLength;
	let dealt = 0;
	return {
		push(chunk) {
			for (let at = 0; at < chunk.length; ) {
				const pool = pools[Math.floor(dealt / blockLength) % count] as Bytes;
				const size = Math.min(chunk.length - at, blockLength - (dealt % blockLength));
				const start = pool.length;
				pool.reach(start + size);
				chunk.copy(pool.data, start, at, at + size);
				dealt += size;
				at += size;
			}
		},
		hands() {
			if (dealt % lineLength !== 0) throw new Error("git's list of commits is malformed");
			return pools.map((pool) => pool.data.subarray(0, pool.length)).filter((hand) => hand.length > 0);
		},
	};
}

/** How the words of a commit are printed. */
const HEADER = ["--no-show-signature", "--no-notes", "--no-color", "--date=raw"];

/** `diff-tree` reads ids as they come. Merges show the paths that differ from every parent (`-c`). */
function diffArguments(trailerKeys: readonly string[]): string[] {
	return [
		"diff-tree",
		"--stdin",
		"--always",
		"-r",
		"-c",
		"--root",
		"--raw",
		"-z",
		"--no-renames",
		"--no-abbrev",
		"--no-ext-diff",
		"--no-textconv",
		"--ignore-submodules=none",
		...HEADER,
		`--format=tformat:${logFormat(trailerKeys)}`,
	];
}
