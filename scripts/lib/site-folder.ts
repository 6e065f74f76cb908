// Edge(fs). The folder of a site, replaced by a new one only once that is whole: a reader never gets a page of a build that failed.
import { cp, lstat, readdir, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { WorldError } from "#model/problem";

/** Where the next site of a folder is built: beside it, so that it can be moved there. A link to a folder is followed. */
export async function nextFolder(dist: string): Promise<string> {
	const target = await targetOf(dist);
	return join(dirname(target), `.${basename(target)}.next`);
}

/**
 * Puts the built `next` in the place of `dist`. Where the folder itself cannot be moved (a mounted one), its files are
 * replaced one by one. Throws WorldError, with both left as they are as far as they can be.
 */
export async function replaceFolder(dist: string, next: string): Promise<void> {
	const target = await targetOf(dist);
	const previous = join(dirname(target), `.${basename(target)}.previous`);
	try {
		await rm(previous, { recursive: true, force: true });
		const isThere = await exists(target);
		if (isThere) {
			try {
				await rename(target, previous);
			} catch (error) {
				if (!["EBUSY", "EXDEV", "EACCES", "EPERM"].includes(codeOf(error))) throw error;
				return await replaceFiles(target, next);
			}
		}
		try {
			await rename(next, target);
		} catch (error) {
			if (isThere) await rename(previous, target);
			throw error;
		}
		await rm(previous, { recursive: true, force: true });
	} catch (error) {
		throw new WorldError(`the built site in ${next} could not be put in place of ${dist}: ${(error as Error).message}`);
	}
}

async function replaceFiles(target: string, next: string): Promise<void> {
	for (const name of await readdir(target)) await rm(join(target, name), { recursive: true });
	await cp(next, target, { recursive: true });
	await rm(next, { recursive: true });
}

async function targetOf(dist: string): Promise<string> {
	return (await exists(dist)) ? await realpath(dist) : resolve(dist);
}

async function exists(path: string): Promise<boolean> {
	try {
		await lstat(path);
		return true;
	} catch (error) {
		if (codeOf(error) === "ENOENT") return false;
		throw error;
	}
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? "";
