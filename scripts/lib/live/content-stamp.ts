// Edge(fs). A cheap mark of the content folder: differs from an earlier one when a file of it may have changed.
import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { markOf } from "#git/ref-stamp";
import { ARTEFACTS } from "#model/artefacts";

/** Never throws: a folder that cannot be read has a mark of its own. */
export async function stampContent(dir: string): Promise<string> {
	const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => null);
	if (entries === null) return "none";
	const paths = entries
		.filter((entry) => !entry.isDirectory() && !(entry.parentPath === dir && ARTEFACTS.includes(entry.name)))
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((path) =>
			path
				.slice(dir.length)
				.split("/")
				.every((step) => !step.startsWith(".")),
		)
		.sort();
	const hash = createHash("sha256");
	const marks = await Promise.all(paths.map(markOf));
	for (const [index, path] of paths.entries()) hash.update(`${path}\0${marks[index]}\0`);
	return hash.digest("hex");
}
