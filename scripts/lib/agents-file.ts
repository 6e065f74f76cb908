// Edge(fs). AGENTS.md on disk: never over a file that somebody else wrote.
import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { UsageError } from "#model/problem";
import { AGENTS_MARKER } from "#report/agents";

/**
 * Writes the text to `file`, which counts from `folder`. Throws UsageError for a file that is there and does not begin
 * with our marker, unless `isForced`; nothing is written then.
 */
export async function writeAgents(file: string, text: string, folder: string, isForced: boolean): Promise<void> {
	if (file === "") throw new UsageError("--out is empty", "give a file, or - for stdout");
	const path = resolve(folder, file);
	const before = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
		if (error.code === "ENOENT") return null;
		throw error;
	});
	if (before !== null && !before.startsWith(AGENTS_MARKER) && !isForced) {
		throw new UsageError(
			`${file} is there and was not written by this command`,
			"give another --out, or --force to write over it",
		);
	}
	await writeFile(path, text);
}
