// Edge(fs). Whether something lies at a path, and the text of a file that need not be there.
import { access, readFile } from "node:fs/promises";
import { WorldError } from "#model/problem";

/** Whether anything can be reached at a path; a link that leads nowhere is nothing. */
export async function isThere(path: string): Promise<boolean> {
	return access(path).then(
		() => true,
		() => false,
	);
}

/** The text of a file; null where there is none. Throws WorldError where the disk gives no answer. */
export async function readIfThere(file: string): Promise<string | null> {
	try {
		return await readFile(file, "utf8");
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
		throw new WorldError(`${file} cannot be read: ${(error as Error).message}`, "check who may read it", error);
	}
}
