// Pure. A commit as a window on the columns of facts: cheap to make and to keep, its parts made when asked for.
import type { Change, Commit, Trailer } from "#model/history";
import { type Columns, ROW, ROW_WIDTH } from "./facts.ts";

type Author = Commit["author"];

/** Makes commits of rows. Authors are made once each. */
export function createCommitViews(columns: Columns): (row: number) => Commit {
	const authors: Author[] = [];
	return (row) => new CommitView(columns, row, authors);
}

const NONE: readonly never[] = [];

class CommitView implements Commit {
	/** An own property, so that even a careless comparison of two commits compares something. */
	readonly id: string;
	readonly #columns: Columns;
	readonly #row: number;
	readonly #authors: Author[];

	constructor(columns: Columns, row: number, authors: Author[]) {
		this.#columns = columns;
		this.#row = row;
		this.#authors = authors;
		this.id = columns.ids.hex(row * columns.idSize, (row + 1) * columns.idSize);
	}

	#value(field: number): number {
		return this.#columns.rows.data[this.#row * ROW_WIDTH + field] as number;
	}

	get parents(): readonly string[] {
		const count = this.#value(ROW.parentCount);
		if (count === 0) return NONE;
		const { ids, parents, idSize } = this.#columns;
		const start = this.#value(ROW.parentStart);
		return Array.from({ length: count }, (_, index) => {
			const parent = parents.at(start + index);
			return ids.hex(parent * idSize, (parent + 1) * idSize);
		});
	}

	get author(): Author {
		const index = this.#value(ROW.identity);
		const known = this.#authors[index];
		if (known !== undefined) return known;
		const [name = "", email = ""] = this.#columns.identities.get(index).split("\0");
		const author = { name, email };
		this.#authors[index] = author;
		return author;
	}

	get authorDate(): string {
		const start = this.#value(ROW.textStart);
		return this.#columns.texts.text(start, start + this.#value(ROW.dateLength), "latin1");
	}

	get subject(): string {
		const start = this.#value(ROW.textStart) + this.#value(ROW.dateLength);
		return this.#columns.texts.text(start, start + this.#value(ROW.subjectLength), "utf8");
	}

	get trailers(): readonly Trailer[] {
		const length = this.#value(ROW.trailersLength);
		if (length === 0) return NONE;
		const start = this.#value(ROW.textStart) + this.#value(ROW.dateLength) + this.#value(ROW.subjectLength);
		const words = this.#columns.texts.text(start, start + length, "utf8").split("\0");
		const trailers: Trailer[] = [];
		for (let at = 0; at + 1 < words.length; at += 2) {
			trailers.push({ key: words[at] as string, value: words[at + 1] as string });
		}
		return trailers;
	}

	get reverts(): readonly string[] {
		const length = this.#value(ROW.revertsLength);
		if (length === 0) return NONE;
		const before = this.#value(ROW.dateLength) + this.#value(ROW.subjectLength) + this.#value(ROW.trailersLength);
		const start = this.#value(ROW.textStart) + before;
		return this.#columns.texts.text(start, start + length, "latin1").split(" ");
	}

	get changes(): readonly Change[] {
		const count = this.#value(ROW.changeCount);
		if (count === 0) return NONE;
		const start = this.#value(ROW.changeStart);
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

class ChangeView implements Change {
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
