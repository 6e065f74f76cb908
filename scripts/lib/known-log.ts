// Edge(fs). The conflict log that the last audit left beside the content.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type ConflictLog, conflictLogSchema } from "#model/conflict-log";
import { WorldError } from "#model/problem";

/** The log; null when no audit has been run. Throws WorldError for one that cannot be read or is none. */
export async function readKnownLog(contentDir: string): Promise<ConflictLog | null> {
	const file = join(contentDir, "conflict-log.json");
	let text: string;
	try {
		text = await readFile(file, "utf8");
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
		throw new WorldError(`${file} cannot be read: ${(error as Error).message}`, "check who may read it", error);
	}
	const parsed = conflictLogSchema.safeParse(parseJson(text));
	if (parsed.success) return parsed.data;
	throw new WorldError(`${file} is no conflict log of this version`, "run `npm run audit` to write it anew");
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// Not JSON: the schema refuses what this stands for.
		return undefined;
	}
}
