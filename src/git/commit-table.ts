// Pure. The columns of facts as the table that the audit judges.
import type { CommitTable } from "#model/commit-table";
import type { Change, Commit, RawPath, Trailer } from "#model/history";
import { secondsOf } from "#model/history";
import {
	authorDateOf,
	authorOf,
	ChangeView,
	CommitView,
	revertsOf,
	subjectOf,
	trailersOf,
	type ViewedColumns,
} from "./commit-view.ts";
import { type Columns, findRow, ROW, ROW_WIDTH, RowIndex, rowCount } from "./facts.ts";

/** The table of the rows in `order`. The columns must not grow any more. */
export function createCommitTable(columns: Columns, order: Uint32Array): CommitTable {
	return new FactsTable(columns, order);
}

class FactsTable implements CommitTable {
	readonly order: Uint32Array;
	readonly rowCount: number;
	readonly changeCount: number;
	readonly pathCount: number;
	readonly identityCount: number;
	readonly #viewed: ViewedColumns;
	readonly #columns: Columns;
	readonly #rows: Uint32Array;
	readonly #changes: Uint32Array;
	/** By shape: 1 for that of a submodule. */
	readonly #submodules: Uint8Array;

	constructor(columns: Columns, order: Uint32Array) {
		this.order = order;
		this.rowCount = rowCount(columns);
		this.changeCount = columns.changes.length / 2;
		this.pathCount = columns.paths.ends.length;
		this.identityCount = columns.identities.ends.length;
		this.#viewed = { columns, authors: [] };
		this.#columns = columns;
		this.#rows = columns.rows.data;
		this.#changes = columns.changes.data;
		this.#submodules = Uint8Array.from({ length: columns.shapes.ends.length }, (_, shape) =>
			SUBMODULE.test(columns.shapes.get(shape)) ? 1 : 0,
		);
	}

	parentCount(row: number): number {
		return this.#rows[row * ROW_WIDTH + ROW.parentCount] as number;
	}

	parent(row: number, index: number): number {
		return this.#columns.parents.at((this.#rows[row * ROW_WIDTH + ROW.parentStart] as number) + index);
	}

	mergedBranch(row: number, index: number): number {
		const start = this.#rows[row * ROW_WIDTH + ROW.parentStart] as number;
		return this.#columns.parentBranches.at(start + index) - 1;
	}

	identity(row: number): number {
		return this.#rows[row * ROW_WIDTH + ROW.identity] as number;
	}

	trailerBlock(row: number): number {
		return this.#rows[row * ROW_WIDTH + ROW.trailers] as number;
	}

	saysReverts(row: number): boolean {
		return this.#rows[row * ROW_WIDTH + ROW.revertsLength] !== 0;
	}

	authorSeconds(row: number): number {
		const { data } = this.#columns.texts;
		const start = this.#rows[row * ROW_WIDTH + ROW.textStart] as number;
		const length = this.#rows[row * ROW_WIDTH + ROW.dateLength] as number;
		let seconds = 0;
		let at = start;
		for (; at < start + length && data[at] !== SPACE; at++) {
			const digit = (data[at] as number) - ZERO;
			if (digit < 0 || digit > 9 || at - start === PLAIN_DIGITS) return secondsOf(this.authorDate(row));
			seconds = seconds * 10 + digit;
		}
		return at === start ? secondsOf(this.authorDate(row)) : seconds;
	}

	firstChange(row: number): number {
		return this.#rows[row * ROW_WIDTH + ROW.changeStart] as number;
	}

	countChanges(row: number): number {
		return this.#rows[row * ROW_WIDTH + ROW.changeCount] as number;
	}

	path(change: number): number {
		return this.#changes[2 * change] as number;
	}

	isSubmodule(change: number): boolean {
		return this.#submodules[this.#changes[2 * change + 1] as number] === 1;
	}

	branchName(branch: number): string {
		return this.#columns.branches.get(branch);
	}

	authorOf(identity: number): Commit["author"] {
		return authorOf(this.#viewed, identity);
	}

	trailersOf(block: number): readonly Trailer[] {
		return trailersOf(this.#columns, block);
	}

	pathText(path: number): RawPath {
		return this.#columns.paths.get(path);
	}

	subject(row: number): string {
		return subjectOf(this.#columns, row);
	}

	authorDate(row: number): string {
		return authorDateOf(this.#columns, row);
	}

	reverts(row: number): readonly string[] {
		return revertsOf(this.#columns, row);
	}

	id(row: number): string {
		const { ids, idSize } = this.#columns;
		return ids.hex(row * idSize, (row + 1) * idSize);
	}

	idBits(row: number): number {
		const { ids, idSize } = this.#columns;
		const { data } = ids;
		const at = row * idSize;
		const high = ((data[at] as number) << 20) | ((data[at + 1] as number) << 12);
		return high | ((data[at + 2] as number) << 4) | ((data[at + 3] as number) >> 4);
	}

	rowOf(id: string): number {
		return findRow(this.#columns, id);
	}

	rowsOf(ids: Iterable<string>): number[] {
		const index = new RowIndex(this.#columns);
		return Array.from(ids, (id) => index.find(id)).filter((row) => row !== -1);
	}

	commit(row: number): Commit {
		return new CommitView(this.#viewed, row);
	}

	change(change: number): Change {
		return new ChangeView(this.#columns, change);
	}
}

/** A shape with the mode of a submodule on either side. */
const SUBMODULE = / 160000(?: |$)/;
const SPACE = 0x20;
const ZERO = 0x30;
/** Dates of more digits lie beyond the years that are told apart, and are clamped by `secondsOf`. */
const PLAIN_DIGITS = 11;
