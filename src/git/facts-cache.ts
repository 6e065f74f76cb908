// Edge(fs). The facts of a repository kept on disk between runs: read if they can be trusted, written whole or not at all.
import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import type { Columns } from "./facts.ts";
import { decodeFacts, encodeFacts, FactsRefused } from "./facts-file.ts";
import type { Location } from "./location.ts";

export interface FactsCache {
	/** The facts of the last run; null where there are none, or none that can be used. */
	load(): Promise<Columns | null>;
	save(columns: Columns): Promise<void>;
}

/** Larger files are not read: they are made anew. */
const SIZE_LIMIT = 2 ** 30;

/**
 * The cache of one repository below `dir`; null when `dir` lies in the repository, where nothing is ever written. It
 * fails by saying so to `onNotice`, and never otherwise.
 */
export async function openFactsCache(
	dir: string,
	location: Location,
	objectFormat: "sha1" | "sha256",
	trailerKeys: readonly string[],
	onNotice: (sentence: string) => void,
): Promise<FactsCache | null> {
	const common = await realpath(location.commonDir);
	if (await liesIn(dir, location)) return null;
	const keys = [...new Set(trailerKeys.map((one) => one.toLowerCase()))].sort();
	const key = JSON.stringify([objectFormat, common, keys, [...location.shallow].sort()]);
	const file = join(dir, `${createHash("sha256").update(key).digest("hex").slice(0, 32)}.facts`);
	return {
		async load() {
			try {
				if ((await stat(file)).size > SIZE_LIMIT) throw new FactsRefused("it is too large");
				return decodeFacts(await readFile(file), key, objectFormat === "sha1" ? 20 : 32);
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
					onNotice(`the cache of the history is not used, and made anew: ${(error as Error).message}`);
				}
				return null;
			}
		},
		async save(columns) {
			const draft = `${file}.${randomUUID()}`;
			try {
				await mkdir(dir, { recursive: true, mode: 0o700 });
				const handle = await open(draft, "wx", 0o600);
				try {
					for (const piece of encodeFacts(columns, key)) if (piece.length > 0) await handle.writeFile(piece);
				} finally {
					await handle.close();
				}
				await rename(draft, file);
			} catch (error) {
				onNotice(`the cache of the history could not be written: ${(error as Error).message}`);
				await rm(draft, { force: true }).catch(() => onNotice(`${draft} could not be removed`));
			}
		},
	};
}

/** Whether a folder, there or not, lies in the git directory or in the work tree around it. */
export async function liesIn(dir: string, location: Pick<Location, "commonDir" | "gitDir">): Promise<boolean> {
	const place = await nearestReal(resolve(dir));
	const gitDirs = [await realpath(location.commonDir), await realpath(location.gitDir)];
	const roots = gitDirs.map((gitDir) => (gitDir.endsWith(`${sep}.git`) ? dirname(gitDir) : gitDir));
	return roots.some((root) => place === root || place.startsWith(root.endsWith(sep) ? root : `${root}${sep}`));
}

async function nearestReal(path: string): Promise<string> {
	try {
		return await realpath(path);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "ENOENT" || dirname(path) === path) throw error;
		return join(await nearestReal(dirname(path)), path.slice(dirname(path).length).replaceAll(sep, ""));
	}
}
