// Edge(fs). Puts the files of a new content folder down without touching one that is there.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readCatalog } from "#catalog/read";
import { UsageError } from "#model/problem";
import { isThere } from "./presence.ts";

/**
 * Writes files into `dir` and checks the content as a whole. Throws UsageError where a file is there already, ContentError
 * where what is there and what is new do not fit together; nothing stays written then.
 */
export async function writeScaffold(dir: string, files: ReadonlyMap<string, string>): Promise<void> {
	const present: string[] = [];
	for (const path of files.keys()) if (await isThere(join(dir, path))) present.push(join(dir, path));
	if (present.length > 0) {
		const more = present.length > 3 ? ` and ${present.length - 3} more` : "";
		throw new UsageError(
			`nothing was written: ${present.slice(0, 3).join(", ")}${more} would be overwritten`,
			"give a folder of its own, or move these away",
		);
	}
	const written: string[] = [];
	try {
		for (const [path, text] of files) {
			await mkdir(dirname(join(dir, path)), { recursive: true });
			await writeFile(join(dir, path), text, { flag: "wx" });
			written.push(path);
		}
		await readCatalog(dir);
	} catch (error) {
		for (const path of written) await rm(join(dir, path));
		throw error;
	}
}
