// Edge(git). What the last commit holds of a folder, and the commit that last changed each of its files.
import { realpath } from "node:fs/promises";
import { relative, sep } from "node:path";
import { instantOf, type RawPath, rawPath } from "#model/history";
import { openCleanRoom } from "./clean-room.ts";
import { streamLog } from "./commit-log.ts";
import { findRepository } from "./location.ts";
import { parseTree } from "./parse-tree.ts";
import { readAnyHead } from "./staged.ts";

export interface CommittedFile {
	/** Of its content at the head. */
	readonly id: string;
	/** The newest commit that made it what it is, and its author date (ISO, UTC); null: none that was read did. */
	readonly changed: { readonly commit: string; readonly at: string } | null;
}

export interface FolderHistory {
	readonly objectFormat: "sha1" | "sha256";
	/** The clone does not reach back to the beginning: what its oldest commits changed is not known. */
	readonly isShallow: boolean;
	/** Every file below the folder at the head, by its path from there. */
	readonly files: ReadonlyMap<RawPath, CommittedFile>;
}

/**
 * Reads the history of the repository in whose work tree `folder` lies, in one pass that keeps one entry a file. Null:
 * it lies in none. Throws WorldError for a repository that cannot be read.
 */
export async function readFolderHistory(folder: string): Promise<FolderHistory | null> {
	const real = await realpath(folder);
	const location = await findRepository(real);
	if (location === null || location.workTree === null) return null;
	const { objectFormat, head } = await readAnyHead(location);
	const isShallow = location.shallow.length > 0;
	if (head === null) return { objectFormat, isShallow, files: new Map() };

	const below = relative(location.workTree, real).split(sep).join("/");
	const paths = below === "" ? [] : [below];
	const prefix = rawPath(below === "" ? "" : `${below}/`);
	const room = await openCleanRoom(location, objectFormat);
	try {
		const listing = ["--literal-pathspecs", "ls-tree", "-r", "-z", "--full-tree", head];
		const ids = new Map(parseTree(await room.read([...listing, ...paths])).map((entry) => [entry.path, entry.id]));
		const changed = new Map<RawPath, NonNullable<CommittedFile["changed"]>>();
		/** Its parents are not there, so that it seems to have made all that it holds. */
		const boundary = new Set(location.shallow);
		await streamLog(room, { revisions: [head], trailerKeys: [], limits: [], paths }, (commit) => {
			if (boundary.has(commit.id)) return;
			for (const { path, newId } of commit.changes) {
				// A change that a merge left behind made nothing that is there now.
				if (changed.has(path) || ids.get(path) !== newId) continue;
				changed.set(path, { commit: commit.id, at: instantOf(commit.authorDate) });
			}
		});
		const files = Array.from(ids, ([path, id]) => {
			return [path.slice(prefix.length), { id, changed: changed.get(path) ?? null }] as const;
		});
		return { objectFormat, isShallow, files: new Map(files) };
	} finally {
		await room.close();
	}
}
