// Pure. Folders of paths: what lies where, and what lies above it.
import type { RawPath } from "#model/history";

/** Without a slash at its end; empty for the top. */
export function folderOf(path: RawPath): string {
	return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** The folder and all above it, the nearest first; the top, which is empty, is the last. */
export function foldersUp(folder: string): string[] {
	const found = [folder];
	for (let at = folder; at !== ""; ) {
		at = folderOf(at);
		found.push(at);
	}
	return found;
}

/** Folders that hold what others publish, by the names that people and tools give them. */
const FETCHED = new Set(["vendor", "third_party", "third-party", "thirdparty", "node_modules", "site-packages"]);

/** Whether it lies in a folder of what others publish: nobody of the project answers for it. */
export function isFetched(path: RawPath): boolean {
	return path
		.split("/")
		.slice(0, -1)
		.some((folder) => FETCHED.has(folder));
}
