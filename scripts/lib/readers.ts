// Edge(fs). Which code reads files, as a key for what is kept of its answers.
import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

const PRODUCT = join(import.meta.dirname, "../..");

/** Of the names, sizes and times of all code that reads files: any change of it makes everything be read anew. */
export async function digestReaders(): Promise<string> {
	const folder = join(PRODUCT, "src/extract");
	const names = (await readdir(folder, { recursive: true })).sort().map((name) => join(folder, name));
	const files = [...names, join(PRODUCT, "package-lock.json")];
	const stats = await Promise.all(files.map((name) => stat(name)));
	const text = JSON.stringify([process.version, files.map((name, at) => [name, stats[at]?.size, stats[at]?.mtimeMs])]);
	return createHash("sha256").update(text).digest("hex");
}
