// Edge(fs). What the last audit found, as far as a check asks: without the log's schema, which takes longer to load than
// a check may take.
import { join } from "node:path";
import { WorldError } from "#model/problem";
import type { KnownConflict } from "./judge.ts";
import { readIfThere } from "./presence.ts";

/** The last log's conflicts; null when no audit has been run. Throws WorldError for what is no such log. */
export async function readKnownConflicts(contentDir: string): Promise<readonly KnownConflict[] | null> {
	const last = await readLastLog(contentDir);
	if (last === null) return null;
	const found = conflictsOf(last.text);
	if (found?.every(isKnown)) return found;
	throw notALog(last.file);
}

/** The text of the last log and its file; null when no audit has been run. Throws WorldError when it cannot be read. */
export async function readLastLog(contentDir: string): Promise<{ file: string; text: string } | null> {
	const file = join(contentDir, "conflict-log.json");
	const text = await readIfThere(file);
	return text === null ? null : { file, text };
}

/** What stands in a log's place. */
export function notALog(file: string): WorldError {
	return new WorldError(`${file} is no conflict log of this version`, "run `npm run audit` to write it anew");
}

function conflictsOf(text: string): readonly unknown[] | null {
	try {
		const log: unknown = JSON.parse(text);
		const { version, conflicts } = (log ?? {}) as { version?: unknown; conflicts?: unknown };
		return version === 1 && Array.isArray(conflicts) ? conflicts : null;
	} catch {
		// Not JSON: the caller says so.
		return null;
	}
}

function isKnown(value: unknown): value is KnownConflict {
	const { id, code, resource, actor, owner, teams, episode } = (value ?? {}) as Record<string, unknown>;
	const areTexts = [id, code, resource].every((text) => typeof text === "string");
	const areTeams = [actor, owner].every((team) => team === null || typeof team === "string") && Array.isArray(teams);
	return areTexts && areTeams && typeof episode === "number";
}
