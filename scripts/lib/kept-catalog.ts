// Edge(fs). The catalog for commands that must answer at once: kept from the last time this very content was found valid.
//
// Reading the content takes the YAML parser, the schemas and a calendar, which take longer to start than all else that a
// check does. So a valid catalog is kept as JSON under the digest of every byte of the content and of the code that read
// it. Content with problems is never kept: it is read again, and complains again.
import { createHash } from "node:crypto";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { ARTEFACTS } from "#model/artefacts";
import type { Catalog } from "#model/catalog";
import { keep, readKept } from "./kept-file.ts";

const PRODUCT = join(import.meta.dirname, "../..");

/** Made by the product for itself; may be deleted at any time. COORD_CACHE puts it elsewhere. */
const CACHE = join(process.env["COORD_CACHE"] ?? join(PRODUCT, ".cache"), "catalogs");

/** Code whose change may change what the same content means. */
const READERS = ["src/model", "src/catalog"];
/** As `readCatalog`, quickly where nothing changed since. Throws as it does. */
export async function readKeptCatalog(dir: string, cacheDir = CACHE): Promise<Catalog> {
	const digest = await digestContent(dir);
	if (digest !== null) {
		const kept = await readKept(fileOf(cacheDir, digest), digest.content);
		if (kept !== null) return JSON.parse(kept) as Catalog;
	}
	const { readCatalog } = await import("#catalog/read");
	const catalog = await readCatalog(dir);
	if (digest !== null) await keep(fileOf(cacheDir, digest), digest.content, JSON.stringify(catalog));
	return catalog;
}

function fileOf(cacheDir: string, { folder }: Digest): string {
	return join(cacheDir, `${folder}.json`);
}

interface Digest {
	/** Of the folder's place: one catalog is kept for each. */
	readonly folder: string;
	/** Of all that the catalog follows from. */
	readonly content: string;
}

/** Null for a folder that holds what is no plain file or cannot be read: `readCatalog` has the words for that. */
async function digestContent(dir: string): Promise<Digest | null> {
	try {
		const root = await realpath(dir);
		const hash = createHash("sha256").update(process.version);
		for (const folder of READERS) hash.update(await digestStats(join(PRODUCT, folder)));
		hash.update(await digestStats(PRODUCT, ["package-lock.json"]));
		const entries = await readdir(root, { recursive: true, withFileTypes: true });
		const files: string[] = [];
		for (const entry of entries) {
			const path = join(entry.parentPath, entry.name).slice(root.length + 1);
			if (path.split("/").some((step) => step.startsWith(".")) || ARTEFACTS.includes(path)) continue;
			if (entry.isFile()) files.push(path);
			else if (!entry.isDirectory()) return null;
			else hash.update(`folder ${path}\0`);
		}
		const bytes = await Promise.all(files.sort().map((path) => readFile(join(root, path))));
		for (const [index, path] of files.entries()) {
			const text = bytes[index] as Buffer;
			hash.update(`file ${path}\0${text.length}\0`).update(text);
		}
		return {
			folder: createHash("sha256").update(root).digest("hex").slice(0, 16),
			content: hash.digest("hex"),
		};
	} catch (error) {
		if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
		return null;
	}
}

/** Names, sizes and times of the files in a folder: the product's own code is not read a second time. */
async function digestStats(folder: string, only?: readonly string[]): Promise<string> {
	const names = only ?? (await readdir(folder)).sort();
	const stats = await Promise.all(names.map((name) => stat(join(folder, name))));
	return JSON.stringify(names.map((name, index) => [name, stats[index]?.size, stats[index]?.mtimeMs]));
}
