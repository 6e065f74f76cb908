// Edge(fs). Files that are there whole or not at all, also after a power cut.
import { randomBytes } from "node:crypto";
import { link, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** Only who runs the gateway may read what it keeps. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** Makes a folder and those that lead to it. */
export async function makeFolder(folder: string): Promise<void> {
	const first = await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
	if (first !== undefined) await syncFolder(dirname(first));
}

/** Puts `bytes` in the place of a file, or of none: written aside, made to last, renamed. */
export async function replaceFile(file: string, bytes: Uint8Array | string): Promise<void> {
	await withDraft(file, bytes, (draft) => rename(draft, file));
}

/** Makes a file that was not there; false: it is there already. Of many who try at once, one gets true. */
export async function createFile(file: string, bytes: Uint8Array | string): Promise<boolean> {
	return withDraft(file, bytes, async (draft) => {
		try {
			await link(draft, file);
			return true;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
			throw error;
		} finally {
			await rm(draft, { force: true });
		}
	});
}

/** Names in a folder; none where it is not there. */
export async function namesIn(folder: string): Promise<string[]> {
	return await readdir(folder).catch((error: NodeJS.ErrnoException) => {
		if (error.code === "ENOENT") return [];
		throw error;
	});
}

/** What `read` gives; null where the file is not there. */
export async function ifThere<T>(read: Promise<T>): Promise<T | null> {
	return await read.catch((error: NodeJS.ErrnoException) => {
		if (error.code === "ENOENT") return null;
		throw error;
	});
}

async function withDraft<T>(
	file: string,
	bytes: Uint8Array | string,
	place: (draft: string) => Promise<T>,
): Promise<T> {
	const draft = `${file}.${process.pid}-${randomBytes(4).toString("hex")}.draft`;
	try {
		const handle = await open(draft, "wx", FILE_MODE);
		try {
			await handle.writeFile(bytes);
			await handle.sync();
		} finally {
			await handle.close();
		}
		const result = await place(draft);
		await syncFolder(dirname(file));
		return result;
	} catch (error) {
		await rm(draft, { force: true }).catch(() => undefined);
		throw error;
	}
}

/** Makes new names in a folder last: a file's own sync does not. */
async function syncFolder(folder: string): Promise<void> {
	const handle = await open(folder, "r");
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
