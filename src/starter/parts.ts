// Pure. A tree's parts: the folders that people speak of, neither the one that holds all nor those that hold a file each.
import type { RawPath } from "#model/history";

/** A folder with all tracked files below it. */
export interface Part {
	/** With its slash at the end. */
	readonly folder: RawPath;
	readonly files: readonly RawPath[];
}

/** A folder that holds more of the tree than this is divided. */
const MOST = 0.4;
const DEEPEST = 5;

/** Disjoint folders, in order; files that lie beside divided folders are in none. */
export function divideTree(files: readonly RawPath[]): Part[] {
	return divide("", files, files.length, 0);
}

function divide(above: RawPath, files: readonly RawPath[], total: number, depth: number): Part[] {
	const folders = new Map<RawPath, RawPath[]>();
	for (const file of files) {
		const slash = file.indexOf("/", above.length);
		// A submodule ends in a slash: it is a folder of its own.
		if (slash === -1) continue;
		const folder = file.slice(0, slash + 1);
		const held = folders.get(folder);
		if (held === undefined) folders.set(folder, [file]);
		else held.push(file);
	}
	return Array.from(folders).flatMap(([folder, held]) => {
		const isLarge = held.length > total * MOST && depth < DEEPEST;
		const parts = isLarge ? divide(folder, held, total, depth + 1) : [];
		// Divided only where folders hold most of it: else it is one thing.
		const inParts = parts.reduce((sum, part) => sum + part.files.length, 0);
		return inParts * 2 > held.length ? parts : [{ folder, files: held }];
	});
}
