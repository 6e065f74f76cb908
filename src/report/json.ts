// Pure. The artefacts as JSON text: fixed key order, two spaces, invisible characters escaped.
import type { Activity } from "#model/activity";
import type { ConflictLog } from "#model/conflict-log";
import type { ClusterSnapshot } from "#model/snapshot";
import { escapeJson } from "#model/visible";

/** Same value → same bytes; ends with a newline. */
export function formatJson(value: ConflictLog | Activity | ClusterSnapshot): string {
	return `${escapeJson(JSON.stringify(value, null, 2))}\n`;
}
