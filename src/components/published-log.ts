// Edge(build). The conflict log as the site publishes it, and the digest by which a page tells a gateway which log it shows.
import { createHash } from "node:crypto";
import type { ConflictLog } from "#model/conflict-log";
import { formatJson } from "#report/json";

/** What `/conflict-log.json` holds. */
export function publishedText(log: ConflictLog): string {
	return formatJson(log);
}

/** sha256, in hex, of the published bytes: `baseline` of GetConflictsRequest. */
export function baselineOf(log: ConflictLog): string {
	return createHash("sha256").update(publishedText(log), "utf8").digest("hex");
}
