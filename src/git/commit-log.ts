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
	const parser = createLogParser((commit) => commits.push(commit));
	await room.stream([...FLAGS, `--format=tformat:${logFormat(trailerKeys)}`, ...limits, ...revisions, "--"], (chunk) =>
		parser.push(chunk),
	);
	parser.end();
	return commits;
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
