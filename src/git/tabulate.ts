// Pure. Commits that are objects already, as the table that the audit judges.
import type { CommitTable } from "#model/commit-table";
import type { Commit } from "#model/history";
import { createCommitTable } from "./commit-table.ts";
import { type Columns, emptyColumns, IS_READ, ROW, ROW_WIDTH, RowIndex } from "./facts.ts";
import { writeParents, writeWords } from "./facts-writer.ts";

/** A table of these commits in this order, which must be children before parents. */
export function tabulate(commits: readonly Commit[], objectFormat: "sha1" | "sha256"): CommitTable {
	const columns = emptyColumns(objectFormat);
	const index = new RowIndex(columns);
	const order = commits.map((commit) => writeCommit(columns, index, commit));
	return createCommitTable(columns, Uint32Array.from(order));
}

function writeCommit(columns: Columns, index: RowIndex, commit: Commit): number {
	const { paths, shapes, changes, blobs, idSize } = columns;
	const parents = commit.parents.map((parent) => index.reserve(parent));
	const row = index.reserve(commit.id);
	const set = (field: number, value: number) => {
		columns.rows.data[row * ROW_WIDTH + field] = value;
	};
	set(ROW.state, IS_READ);
	writeParents(columns, parents, commit.subject, set);
	// By name: a commit may be a view, whose parts no spread copies.
	const { author, authorDate, subject, trailers, reverts } = commit;
	writeWords(columns, { ...author, authorDate, subject, trailers, reverts }, set);
	set(ROW.changeStart, changes.length / 2);
	set(ROW.changeCount, commit.changes.length);
	for (const { path, kind, oldMode, newMode, oldId, newId } of commit.changes) {
		changes.push(paths.number(path));
		changes.push(shapes.number(`${kind} ${oldMode} ${newMode}`));
		const at = blobs.length;
		blobs.reach(at + 2 * idSize);
		blobs.data.write(oldId, at, "hex");
		blobs.data.write(newId, at + idSize, "hex");
	}
	return row;
}
