// Pure. The artefacts as JSON text: fixed key order, two spaces, invisible characters escaped.
import type { Activity } from "#model/activity";
import type { ConflictLog } from "#model/conflict-log";
import type { ClusterSnapshot } from "#model/snapshot";
import { escapeJson } from "#model/visible";

/** Same value → same bytes; ends with a newline. */
export function formatJson(value: ConflictLog | Activity | ClusterSnapshot): string {
	return `${escapeJson(JSON.stringify(value, null, 2))}\n`;
}

/** Conflicts a piece: some hundred kilobytes of text. */
const PIECE = 64;

/** The text of `formatJson` in pieces, each made when it is asked for: a log may have tens of megabytes. */
export function* formatLogJson(log: ConflictLog): Generator<string> {
	if (log.conflicts.length === 0) {
		yield formatJson(log);
		return;
	}
	// Without the conflicts there is one empty list of this name, and no text can hold a line break to look like it.
	const [before, after] = formatJson({ ...log, conflicts: [] }).split(`\n${EMPTY_LIST}`) as [string, string];
	yield `${before}\n${OPEN_LIST}`;
	for (let at = 0; at < log.conflicts.length; at += PIECE) {
		const text = escapeJson(JSON.stringify({ conflicts: log.conflicts.slice(at, at + PIECE) }, null, 2));
		const isLast = at + PIECE >= log.conflicts.length;
		// The list's own lines, without those of the object around them.
		yield `${text.slice(2 + OPEN_LIST.length, -2 - CLOSE_LIST.length)}${isLast ? CLOSE_LIST : ","}`;
	}
	yield after;
}

const EMPTY_LIST = '  "conflicts": []';
const OPEN_LIST = '  "conflicts": [';
const CLOSE_LIST = "\n  ]";
