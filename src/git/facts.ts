// Pure. What git says about commits, in columns: some hundred bytes a commit, and no object until one is asked for.
import { Bytes, Numbers, Texts } from "./columns.ts";

/** Numbers of one commit, in this order in `rows`. */
export const ROW = {
	state: 0,
	parentStart: 1,
	parentCount: 2,
	identity: 3,
	textStart: 4,
	dateLength: 5,
	subjectLength: 6,
	/** Number of a block of trailers; 0: none. */
	trailers: 7,
	revertsLength: 8,
	changeStart: 9,
	changeCount: 10,
} as const;
export const ROW_WIDTH = 11;

/** Bits of `state`. */
export const IS_READ = 1;
/** It had more trailers than are kept. */
export const TRAILERS_CUT = 2;
/** It had more paths than are judged, or one longer than is kept. */
export const PATHS_CUT = 4;

/** All of it, as it is kept: what `commit-view.ts` reads and `facts-file.ts` writes. */
export interface Columns {
	/** Bytes of an id: 20 or 32. */
	readonly idSize: number;
	readonly ids: Bytes;
	readonly rows: Numbers;
	/** Row numbers. */
	readonly parents: Numbers;
	/** Beside each parent the branch that a merge's words call it, its number plus 1; 0: they call it none. */
	readonly parentBranches: Numbers;
	readonly branches: Texts;
	/** Name, NUL, e-mail. */
	readonly identities: Texts;
	/** Date, subject and reverts (ids with a space between) of each commit. */
	readonly texts: Bytes;
	/** Blocks of trailers: key, NUL, value, NUL …; the first is empty. Commits of one team have the same again and again. */
	readonly trailers: Texts;
	/** `kind oldMode newMode` */
	readonly shapes: Texts;
	readonly paths: Texts;
	/** Two a change: its path and its shape. */
	readonly changes: Numbers;
	/** Old and new id of each change. */
	readonly blobs: Bytes;
}

export function emptyColumns(objectFormat: "sha1" | "sha256"): Columns {
	const trailers = new Texts("utf8");
	trailers.number("");
	return {
		idSize: objectFormat === "sha1" ? 20 : 32,
		ids: new Bytes(),
		rows: new Numbers(),
		parents: new Numbers(),
		parentBranches: new Numbers(),
		branches: new Texts("utf8"),
		identities: new Texts("utf8"),
		texts: new Bytes(),
		trailers,
		shapes: new Texts("latin1"),
		paths: new Texts("latin1"),
		changes: new Numbers(),
		blobs: new Bytes(),
	};
}

/** How many commits have a row: also those that are only named as a parent so far. */
export function rowCount(columns: Columns): number {
	return columns.rows.length / ROW_WIDTH;
}

export function rowValue({ rows }: Columns, row: number, field: number): number {
	return rows.data[row * ROW_WIDTH + field] as number;
}

/** The row of an id, or -1. For a few ids: it looks through all, in less time than an index takes to make. */
export function findRow({ ids, idSize }: Columns, id: string): number {
	if (id.length !== idSize * 2) return -1;
	const bytes = Buffer.from(id, "hex");
	const all = ids.data.subarray(0, ids.length);
	let at = all.indexOf(bytes);
	while (at !== -1 && at % idSize !== 0) at = all.indexOf(bytes, at + 1);
	return at === -1 ? -1 : at / idSize;
}

/** Finds rows by commit id. Grows with the columns. */
export class RowIndex {
	readonly #columns: Columns;
	#slots: Int32Array;
	#filled = 0;
	readonly #probe: Buffer;

	constructor(columns: Columns) {
		this.#columns = columns;
		this.#probe = Buffer.alloc(columns.idSize);
		this.#slots = new Int32Array(1024).fill(-1);
		this.#fill();
	}

	/** The row of an id, or -1. */
	find(id: string): number {
		if (id.length !== this.#columns.idSize * 2) return -1;
		this.#probe.write(id, "hex");
		return this.#slots[this.#slotOf(this.#probe, 0)] as number;
	}

	/** The row of an id, a new one if need be. */
	reserve(id: string): number {
		const { ids, rows, idSize } = this.#columns;
		const found = this.find(id);
		if (found !== -1) return found;
		if (id.length !== idSize * 2) throw new Error("git's output is not a log: an id of another format");
		const row = rowCount(this.#columns);
		ids.reach((row + 1) * idSize);
		this.#probe.copy(ids.data, row * idSize);
		rows.reach((row + 1) * ROW_WIDTH);
		this.#fill();
		return row;
	}

	#fill(): void {
		const count = rowCount(this.#columns);
		if (count * 2 > this.#slots.length) {
			this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(count * 3))).fill(-1);
			this.#filled = 0;
		}
		const { ids, idSize } = this.#columns;
		for (; this.#filled < count; this.#filled++) {
			this.#slots[this.#slotOf(ids.data, this.#filled * idSize)] = this.#filled;
		}
	}

	/** The slot that holds the id at `offset` of `bytes`, or is free for it. */
	#slotOf(bytes: Buffer, offset: number): number {
		const { ids, idSize } = this.#columns;
		const mask = this.#slots.length - 1;
		// Ids are hashes already; their last bytes are as good as any.
		for (let slot = bytes.readUInt32LE(offset + idSize - 4) & mask; ; slot = (slot + 1) & mask) {
			const row = this.#slots[slot] as number;
			if (row === -1) return slot;
			if (bytes.compare(ids.data, row * idSize, (row + 1) * idSize, offset, offset + idSize) === 0) return slot;
		}
	}
}
