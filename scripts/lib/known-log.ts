// Edge(fs). The conflict log that the last audit left beside the content.
import { type ConflictLog, conflictLogSchema } from "#model/conflict-log";
import { notALog, readLastLog } from "./known-conflicts.ts";

/** The log; null when no audit has been run. Throws WorldError for one that cannot be read or is none. */
export async function readKnownLog(contentDir: string): Promise<ConflictLog | null> {
	const last = await readLastLog(contentDir);
	if (last === null) return null;
	const parsed = conflictLogSchema.safeParse(parseJson(last.text));
	if (parsed.success) return parsed.data;
	throw notALog(last.file);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// Not JSON: the schema refuses what this stands for.
		return undefined;
	}
}
