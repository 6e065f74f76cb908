// Edge(git). Reads commits and their changes into the columns of facts, by one or two git processes at once.
import { allEnded } from "./all-ended.ts";
import type { CleanRoom } from "./clean-room.ts";
import type { Columns, RowIndex } from "./facts.ts";
import { createFactsWriter } from "./facts-writer.ts";
import { createHands } from "./hands.ts";
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

/** Commits that a process is asked for while the list is still being made: enough to be worth its start. */
const SHARE = 4_096;

/** Commits dealt at a time: few enough to share the work fairly, enough that git finds neighbours in its cache. */
const BLOCK = 512;

/**
 * Reads into the columns: the first commits while the last ones are still being listed. The same facts, in other places,
 * whatever the number of processes.
 */
export async function readFacts(
	room: CleanRoom,
	columns: Columns,
	index: RowIndex,
	request: ReadRequest,
	isSkipped: ((id: string) => boolean) | null = null,
): Promise<void> {
	const lineLength = columns.idSize * 2 + 1;
	const { processes } = request;
	const share = processes === 1 ? Number.POSITIVE_INFINITY : SHARE;
	const hands = createHands({ lineLength, share, hands: processes, block: BLOCK });
	let commits = 0;
	const readShare = async (share: Buffer) => {
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
			await room.stream(diffArguments(request.trailerKeys), reader.push, share);
		} catch (error) {
			// What git showed before it gave up is true, and tells where it gave up.
			if (reader.isWhole()) writer.finish();
			throw error;
		}
		reader.end();
		writer.finish();
		if (found !== share.length / lineLength) throw new Error("git did not show every commit it was asked for");
	};
	const readShares = async () => {
		for (let share = await hands.next(); share !== null; share = await hands.next()) {
			const wanted = isSkipped === null ? share : withoutLines(share, isSkipped);
			if (wanted.length > 0) await readShare(wanted);
		}
	};
	const list = async () => {
		let isBroken = true;
		try {
			await listIds(room, request, hands.push);
			isBroken = false;
		} finally {
			hands.close(isBroken);
		}
	};
	await allEnded([list(), ...Array.from({ length: processes }, readShares)]);
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

/** Ids, one a line, by and large in the order of dates: neighbours in history share most of their trees. */
async function listIds(
	room: CleanRoom,
	{ tips, without }: ReadRequest,
	onChunk: (chunk: Buffer) => void,
): Promise<void> {
	// By stdin: there may be more tips than a command line has room for.
	const revisions = [...tips, ...without.map((id) => `^${id}`), "--"];
	await room.stream(["rev-list", "--stdin"], onChunk, `${revisions.join("\n")}\n`);
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
