// Edge(fs). A text kept in the product's own cache: read if it is whole and of the same key, written whole or not at all.
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** The text kept under a key, which has no line break; null when there is none, it is another key's, or it is damaged. */
export async function readKept(file: string, key: string): Promise<string | null> {
	const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
		if (error.code !== "ENOENT") notice(`what was kept cannot be read: ${error.message}`);
		return null;
	});
	const cut = text?.indexOf("\n") ?? -1;
	if (text === null || cut === -1) return null;
	const body = text.slice(cut + 1);
	return text.slice(0, cut) === `${key} ${digestText(body)}` ? body : null;
}

/** Written aside and renamed, so that nobody reads half a file. A cache that cannot be written is none, and said to be. */
export async function keep(file: string, key: string, body: string): Promise<void> {
	const draft = `${file}.${process.pid}`;
	try {
		await mkdir(dirname(file), { recursive: true });
		await writeFile(draft, `${key} ${digestText(body)}\n${body}`);
		await rename(draft, file);
	} catch (error) {
		notice(`${file} cannot be kept: ${(error as Error).message}`);
		await rm(draft, { force: true }).catch(() => notice(`${draft} could not be removed`));
	}
}

/** Nothing is lost with the cache but time: that is said, and the work done again. */
function notice(sentence: string): void {
	process.stderr.write(`${sentence}\n`);
}

function digestText(text: string): string {
	return createHash("sha256").update(text).digest("hex");
}
