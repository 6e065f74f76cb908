// Pure. The artefacts as JSON text: fixed key order, two spaces, invisible characters escaped.
import type { Conflict, ConflictLog } from "#model/conflict-log";
import { escapeJson } from "#model/visible";

/** Same value → same bytes; ends with a newline. */
export function formatJson(value: object): string {
	return `${escapeJson(JSON.stringify(value, null, 2))}\n`;
}

/** Occurrences that fill a piece: some hundred kilobytes of text. */
const PIECE = 400;

/** The text of `formatJson` in pieces, each made when it is asked for: a log may have tens of megabytes. */
export function* formatLogJson(log: ConflictLog): Generator<string> {
	if (log.conflicts.length === 0) {
		yield formatJson(log);
		return;
	}
	// Without the conflicts there is one empty list of this name, and no text can hold a line break to look like it.
	const [before, after] = formatJson({ ...log, conflicts: [] }).split(`\n${EMPTY_LIST}`) as [string, string];
	yield `${before}\n${OPEN_LIST}`;
	for (let start = 0; start < log.conflicts.length; ) {
		const end = endOfPiece(log.conflicts, start);
		const text = escapeJson(JSON.stringify({ conflicts: log.conflicts.slice(start, end) }, null, 2));
		// The list's own lines, without those of the object around them.
		yield `${text.slice(2 + OPEN_LIST.length, -2 - CLOSE_LIST.length)}${end === log.conflicts.length ? CLOSE_LIST : ","}`;
		start = end;
	}
	yield after;
}

function endOfPiece(conflicts: readonly Conflict[], start: number): number {
	let end = start;
	for (let held = 0; end < conflicts.length && held < PIECE; end++) held += conflicts[end]?.occurrences.length ?? 0;
	return end;
}

const EMPTY_LIST = '  "conflicts": []';
const OPEN_LIST = '  "conflicts": [';
const CLOSE_LIST = "\n  ]";
