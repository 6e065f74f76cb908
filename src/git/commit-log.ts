// Edge(git). A part of a history as commits, read in a clean room.
import type { Commit } from "#model/history";
import type { CleanRoom } from "./clean-room.ts";
import { createLogParser, logFormat } from "./parse-log.ts";

/**
 * The commits that `revisions` (ids, `^` before one whose history is left out) and `limits` (further options of `git
 * log`) name, children before parents. Merges as in the audit: only what differs from every parent.
 */
export async function readLog(
	room: CleanRoom,
	revisions: readonly string[],
	trailerKeys: readonly string[],
	limits: readonly string[] = [],
): Promise<Commit[]> {
	const commits: Commit[] = [];
	await streamLog(room, { revisions, trailerKeys, limits, paths: [] }, (commit) => commits.push(commit));
	return commits;
}

/** The same, each commit as it comes, and none is kept. `paths`, if any, are folders or files (no patterns) below the root. */
export async function streamLog(
	room: CleanRoom,
	asked: {
		readonly revisions: readonly string[];
		readonly trailerKeys: readonly string[];
		readonly limits: readonly string[];
		readonly paths: readonly string[];
	},
	onCommit: (commit: Commit) => void,
): Promise<void> {
	const parser = createLogParser(onCommit);
	const format = `--format=tformat:${logFormat(asked.trailerKeys)}`;
	const args = ["--literal-pathspecs", ...FLAGS, format, ...asked.limits, ...asked.revisions, "--", ...asked.paths];
	await room.stream(args, (chunk) => parser.push(chunk));
	parser.end();
}

const FLAGS = [
	"log",
	"--topo-order",
	"--raw",
	"-z",
	"--no-renames",
	"--no-abbrev",
	"--diff-merges=combined",
	"--root",
	"--no-mailmap",
	"--no-show-signature",
	"--no-notes",
	"--no-ext-diff",
	"--no-textconv",
	"--ignore-submodules=none",
	"--no-color",
	"--date=raw",
];
