// Pure. A commit as a window on the columns of facts: cheap to make and to keep, its parts made when asked for.
import type { Change, Commit, Trailer } from "#model/history";
import { type Columns, ROW, rowValue } from "./facts.ts";

type Author = Commit["author"];

/** Columns with the authors made of them so far, once each. */
export interface ViewedColumns {
	readonly columns: Columns;
	readonly authors: Author[];
}

const NONE: readonly never[] = [];

/** The author of an identity's number. */
export function authorOf({ columns, authors }: ViewedColumns, identity: number): Author {
	const known = authors[identity];
	if (known !== undefined) return known;
	const [name = "", email = ""] = columns.identities.get(identity).split("\0");
	const author = { name, email };
	authors[identity] = author;
	return author;
}

/** The trailers of a block's number. */
export function trailersOf({ trailers }: Columns, block: number): readonly Trailer[] {
	if (block === 0) return NONE;
	const words = trailers.get(block).split("\0");
	const found: Trailer[] = [];
	for (let at = 0; at + 1 < words.length; at += 2) {
		found.push({ key: words[at] as string, value: words[at + 1] as string });
	}
	return found;
}

export function authorDateOf(columns: Columns, row: number): string {
	const start = rowValue(columns, row, ROW.textStart);
	return columns.texts.text(start, start + rowValue(columns, row, ROW.dateLength), "latin1");
}

export function subjectOf(columns: Columns, row: number): string {
	const start = rowValue(columns, row, ROW.textStart) + rowValue(columns, row, ROW.dateLength);
	return columns.texts.text(start, start + rowValue(columns, row, ROW.subjectLength), "utf8");
}

export function revertsOf(columns: Columns, row: number): readonly string[] {
	const length = rowValue(columns, row, ROW.revertsLength);
	if (length === 0) return NONE;
	const before = rowValue(columns, row, ROW.dateLength) + rowValue(columns, row, ROW.subjectLength);
	const start = rowValue(columns, row, ROW.textStart) + before;
	return columns.texts.text(start, start + length, "latin1").split(" ");
}

export class CommitView implements Commit {
	/** An own property, so that even a careless comparison of two commits compares something. */
	readonly id: string;
	readonly #viewed: ViewedColumns;
	readonly #row: number;

	constructor(viewed: ViewedColumns, row: number) {
		const { ids, idSize } = viewed.columns;
		this.id = ids.hex(row * idSize, (row + 1) * idSize);
		this.#viewed = viewed;
		this.#row = row;
	}

	get #columns(): Columns {
		return this.#viewed.columns;
	}

	get parents(): readonly string[] {
		const count = rowValue(this.#columns, this.#row, ROW.parentCount);
		if (count === 0) return NONE;
		const { ids, parents, idSize } = this.#columns;
		const start = rowValue(this.#columns, this.#row, ROW.parentStart);
		return Array.from({ length: count }, (_, index) => {
			const parent = parents.at(start + index);
			return ids.hex(parent * idSize, (parent + 1) * idSize);
		});
	}

	get author(): Author {
		return authorOf(this.#viewed, rowValue(this.#columns, this.#row, ROW.identity));
	}

	get authorDate(): string {
		return authorDateOf(this.#columns, this.#row);
	}

	get subject(): string {
		return subjectOf(this.#columns, this.#row);
	}

	get trailers(): readonly Trailer[] {
		return trailersOf(this.#columns, rowValue(this.#columns, this.#row, ROW.trailers));
	}

	get reverts(): readonly string[] {
		return revertsOf(this.#columns, this.#row);
	}

	get changes(): readonly Change[] {
		const count = rowValue(this.#columns, this.#row, ROW.changeCount);
		if (count === 0) return NONE;
		const start = rowValue(this.#columns, this.#row, ROW.changeStart);
		const changes = new Array<Change>(count);
		for (let index = 0; index < count; index++) changes[index] = new ChangeView(this.#columns, start + index);
		return changes;
	}

	/** The commit as plain data. */
	toJSON(): Commit {
		const { id, parents, author, authorDate, subject, trailers, reverts } = this;
		const changes = this.changes.map((change) => (change as ChangeView).toJSON());
		return { id, parents, author, authorDate, subject, trailers, reverts, changes };
	}
}

export class ChangeView implements Change {
	readonly path: string;
	readonly #columns: Columns;
	readonly #index: number;

	constructor(columns: Columns, index: number) {
		this.#columns = columns;
		this.#index = index;
		this.path = columns.paths.get(columns.changes.at(2 * index));
	}

	/** `kind oldMode newMode` */
	get #shape(): string {
		return this.#columns.shapes.get(this.#columns.changes.at(2 * this.#index + 1));
	}

	get kind(): Change["kind"] {
		return this.#shape[0] as Change["kind"];
	}

	get oldMode(): string {
		return this.#shape.slice(2, 8);
	}

	get newMode(): string {
		return this.#shape.slice(9, 15);
	}

	get oldId(): string {
		return this.#blob(0);
	}

	get newId(): string {
		return this.#blob(1);
	}

	#blob(side: 0 | 1): string {
		const { blobs, idSize } = this.#columns;
		const start = (2 * this.#index + side) * idSize;
		return blobs.hex(start, start + idSize);
	}

	toJSON(): Change {
		const { path, kind, oldMode, newMode, oldId, newId } = this;
		return { path, kind, oldMode, newMode, oldId, newId };
	}
}
