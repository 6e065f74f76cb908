// Edge(fs). Puts our hooks into a repository's hooks folder and takes them out again; never touches anybody else's.
import { chmod, lstat, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { HOOK_NAMES, type HookName, type HookSettings, hookText, isOurs } from "./hook-texts.ts";

/** What was done about one hook. `left` is a hook that is somebody else's. */
export interface Done {
	readonly name: HookName;
	readonly what: "installed" | "updated" | "up to date" | "removed" | "not there" | "left";
}

/** Writes each hook whose place is free or ours; the folder is made when it is missing. */
export async function installHooks(folder: string, settings: HookSettings): Promise<Done[]> {
	await mkdir(folder, { recursive: true });
	const done: Done[] = [];
	for (const name of HOOK_NAMES) {
		const file = join(folder, name);
		const text = hookText(name, settings);
		const there = await readHook(file);
		if (there === "other") done.push({ name, what: "left" });
		else if (there?.text === text && there.isExecutable) done.push({ name, what: "up to date" });
		else {
			await replace(file, text);
			done.push({ name, what: there === null ? "installed" : "updated" });
		}
	}
	return done;
}

/** Removes the hooks that are ours. */
export async function removeHooks(folder: string): Promise<Done[]> {
	const done: Done[] = [];
	for (const name of HOOK_NAMES) {
		const file = join(folder, name);
		const there = await readHook(file);
		if (there !== null && there !== "other") await rm(file);
		done.push({ name, what: there === null ? "not there" : there === "other" ? "left" : "removed" });
	}
	return done;
}

/** Null where nothing is; a link is somebody else's, wherever it leads. */
async function readHook(file: string): Promise<{ text: string; isExecutable: boolean } | "other" | null> {
	let entry: Awaited<ReturnType<typeof lstat>>;
	try {
		entry = await lstat(file);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
		throw error;
	}
	if (!entry.isFile()) return "other";
	const text = await readFile(file, "utf8");
	return isOurs(text) ? { text, isExecutable: (entry.mode & 0o111) === 0o111 } : "other";
}

/** Written aside and renamed: git never meets half a hook. */
async function replace(file: string, text: string): Promise<void> {
	const draft = `${file}.coordination-${process.pid}`;
	try {
		await writeFile(draft, text, { flag: "wx" });
		await chmod(draft, 0o755);
		await rename(draft, file);
	} finally {
		await rm(draft, { force: true });
	}
}
