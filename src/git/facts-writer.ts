// Pure. Takes what git prints into the columns of facts.
import { mergedBranches } from "#model/merge-subject";
import { PATH_LIMIT } from "./caps.ts";
import { Bytes, Numbers } from "./columns.ts";
import { type Columns, IS_READ, PATHS_CUT, ROW, ROW_WIDTH, type RowIndex, TRAILERS_CUT } from "./facts.ts";
import { type Head, kindOf, type LogSink } from "./parse-log.ts";

export interface FactsWriter extends LogSink {
	/** Closes the last commit. */
	finish(): void;
}

export interface WriterOptions {
	/** Told the id of each commit whose header is read. */
	readonly onCommit: (id: string) => void;
	/** Whether the changes git shows for a commit are to be left out: it was compared with what is not there. */
	readonly isBoundary: (id: string) => boolean;
}

/**
 * A writer for one stream of git's output. Several may write into the same columns by turns: a commit's changes are
 * set aside until all are there, so that they lie together.
 */
export function createFactsWriter(columns: Columns, index: RowIndex, options: WriterOptions): FactsWriter {
	const { idSize } = columns;
	const idLength = idSize * 2;
	const pairs = new Numbers();
	const ids = new Bytes();
	const shapes = new Map<string, number>();
	let row = -1;
	let state = 0;
	let isBoundary = false;
	let shape = 0;

	const shapeOf = (letters: string, oldMode: string, newMode: string): number => {
		const key = `${letters} ${oldMode} ${newMode}`;
		const known = shapes.get(key);
		if (known !== undefined) return known;
		const made = columns.shapes.number(`${kindOf(letters, oldMode, newMode)} ${oldMode} ${newMode}`);
		shapes.set(key, made);
		return made;
	};
	const set = (field: number, value: number) => {
		columns.rows.data[row * ROW_WIDTH + field] = value;
	};
	const flush = () => {
		if (row === -1) return;
		const { changes, blobs } = columns;
		set(ROW.state, state);
		set(ROW.changeStart, changes.length / 2);
		set(ROW.changeCount, pairs.length / 2);
		const start = changes.length;
		changes.reach(start + pairs.length);
		changes.data.set(pairs.data.subarray(0, pairs.length), start);
		const at = blobs.length;
		blobs.reach(at + ids.length);
		ids.data.copy(blobs.data, at, 0, ids.length);
		pairs.length = 0;
		ids.length = 0;
		row = -1;
	};
	return {
		commit(head) {
			flush();
			const parents = head.parents.map((parent) => index.reserve(parent));
			row = index.reserve(head.id);
			state = IS_READ | (head.isCut ? TRAILERS_CUT : 0);
			isBoundary = options.isBoundary(head.id);
			writeParents(columns, parents, head.subject, set);
			writeWords(columns, head, set);
			options.onCommit(head.id);
		},
		/** n parents: n colons, n + 1 modes, n + 1 ids, n letters; the first parent's side and the new one are kept. */
		meta(bytes, start, end) {
			let parents = 1;
			while (bytes[start + parents] === COLON) parents++;
			const modes = start + parents;
			const sides = modes + (parents + 1) * MODE_WIDTH;
			const letters = sides + (parents + 1) * (idLength + 1);
			if (letters + parents !== end) throw new Error("git's output is not a raw diff");
			if (row === -1) throw new Error("git's output is not a log: a change of no commit");
			if (isBoundary || pairs.length >= 2 * PATH_LIMIT) return;
			const oldMode = bytes.toString("latin1", modes, modes + 6);
			const newModeAt = modes + parents * MODE_WIDTH;
			shape = shapeOf(
				bytes.toString("latin1", letters, end),
				oldMode,
				bytes.toString("latin1", newModeAt, newModeAt + 6),
			);
			const at = ids.length;
			ids.reach(at + 2 * idSize);
			decodeHex(bytes, sides, ids.data, at, idSize);
			decodeHex(bytes, sides + parents * (idLength + 1), ids.data, at + idSize, idSize);
		},
		path(bytes, start, end, size) {
			if (isBoundary) return;
			if (pairs.length >= 2 * PATH_LIMIT || size > end - start) {
				state |= PATHS_CUT;
				ids.length = pairs.length * idSize;
				return;
			}
			pairs.push(columns.paths.number(bytes.toString("latin1", start, end)));
			pairs.push(shape);
		},
		finish: flush,
	};
}

type Words = Pick<Head, "name" | "email" | "authorDate" | "subject" | "trailers" | "reverts">;

const COLON = 0x3a;
/** Six digits and a space. */
const MODE_WIDTH = 7;

/** Writes the parents of a commit, which are rows, and what its subject calls those that it merged. */
export function writeParents(
	{ parents: column, parentBranches, branches }: Columns,
	parents: readonly number[],
	subject: string,
	set: (field: number, value: number) => void,
): void {
	set(ROW.parentStart, column.length);
	set(ROW.parentCount, parents.length);
	const names = parents.length > 1 ? mergedBranches(subject, parents.length - 1) : [];
	for (const [index, parent] of parents.entries()) {
		const name = names[index - 1];
		column.push(parent);
		parentBranches.push(name === undefined ? 0 : branches.number(name) + 1);
	}
}

/** Writes the words of a commit into the columns, and their places into its row. */
export function writeWords(columns: Columns, head: Words, set: (field: number, value: number) => void): void {
	const { identities, texts, trailers } = columns;
	set(ROW.identity, identities.number(`${head.name}\0${head.email}`));
	set(ROW.textStart, texts.length);
	set(ROW.dateLength, texts.write(head.authorDate, "utf8"));
	set(ROW.subjectLength, texts.write(head.subject, "utf8"));
	const block = head.trailers.map(({ key, value }) => `${key}\0${value}\0`).join("");
	set(ROW.trailers, block === "" ? 0 : trailers.number(block));
	set(ROW.revertsLength, texts.write(head.reverts.join(" "), "latin1"));
}

function decodeHex(from: Buffer, start: number, to: Buffer, at: number, size: number): void {
	// Stops at the first character that is no digit.
	const written = to.write(from.toString("latin1", start, start + 2 * size), at, size, "hex");
	if (written !== size) throw new Error("git's output is not a raw diff");
}
