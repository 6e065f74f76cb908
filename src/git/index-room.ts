// Edge(git, fs). A git directory of ours around a copy of a repository's index: what is staged, read with none of its settings.
import { constants } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { WorldError } from "#model/problem";
import { type CleanRoom, openCleanRoom } from "./clean-room.ts";
import { assertOrdinaryIfThere, type Location } from "./location.ts";

export interface IndexRoom {
	/** Runs a command on the index and the objects; bytes as latin1. Throws WorldError when git cannot read them. */
	read(args: readonly string[]): Promise<string>;
	/** The same for a command whose output may be long, as it comes. */
	stream(args: readonly string[], onChunk: (chunk: Buffer) => void): Promise<void>;
	close(): Promise<void>;
}

/** What a room needs in which an index is held beside the files of a folder. */
export interface FolderFacts {
	/** Null: files are not looked at. */
	readonly folder: string | null;
	/** Commit checked out there; null: none yet. */
	readonly head: string | null;
	/** Settings of files that git would otherwise take for changes, `core.` before each name. */
	readonly core: Readonly<Record<string, "true" | "false">>;
	/** Patterns of files that are not to be listed, in gitignore's format. */
	readonly excludes: string;
}

/**
 * Copies the index, and the shared index of a split one, into a git directory that holds nothing else of the repository
 * but a link to its objects. So no filter, fsmonitor or hook that the repository names can run, and nothing is written
 * to it: even reading a split index would set the time of its shared part. A missing index is an empty one, as for git.
 */
export async function openIndexRoom(
	location: Location,
	indexFile: string,
	objectFormat: "sha1" | "sha256",
	facts: FolderFacts = { folder: null, head: null, core: {}, excludes: "" },
): Promise<IndexRoom> {
	const dir = await mkdtemp(join(tmpdir(), "coordination-index-"));
	let room: CleanRoom | null = null;
	const close = async () => {
		await room?.close();
		await rm(dir, { recursive: true, force: true });
	};
	try {
		await mkdir(join(dir, "refs"));
		await mkdir(join(dir, "info"));
		await writeFile(join(dir, "info/exclude"), facts.excludes);
		await writeFile(join(dir, "HEAD"), `${facts.head ?? "ref: refs/heads/none"}\n`);
		await writeFile(join(dir, "config"), configText(objectFormat, facts.core));
		await symlink(location.objectsDir, join(dir, "objects"), "junction");
		await copyIfThere(indexFile, join(dir, "index"));
		for (const folder of new Set([location.gitDir, dirname(indexFile)])) {
			for (const name of await readdir(folder)) {
				if (/^sharedindex\.[0-9a-f]+$/.test(name)) await copyIfThere(join(folder, name), join(dir, name));
			}
		}
		// `resolve` runs in the directory that the location calls the repository's own: here it is ours.
		room = await openCleanRoom({ ...location, gitDir: dir, commonDir: dir }, objectFormat, { workTree: facts.folder });
		const { resolve, tell } = room;
		return {
			read: async (args) => {
				const output = await resolve(args);
				if (output !== null) return output;
				throw unreadable();
			},
			stream: async (args, onChunk) => {
				if (!(await tell(args, onChunk))) throw unreadable();
			},
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

function unreadable(): WorldError {
	return new WorldError(
		"git cannot read what is staged: the index, or a tree it is compared with, is damaged or missing",
		"`git status` and `git fsck` in that repository say what is wrong",
	);
}

function configText(objectFormat: "sha1" | "sha256", core: FolderFacts["core"]): string {
	const settings = {
		bare: "true",
		commitGraph: "false",
		// Both are lists of what changed that somebody else made: left out, git looks at the files itself.
		fsmonitor: "false",
		untrackedCache: "false",
		...core,
		repositoryFormatVersion: objectFormat === "sha1" ? 0 : 1,
	};
	const lines = Object.entries(settings).map(([key, value]) => `\t${key} = ${value}`);
	const extensions = objectFormat === "sha1" ? [] : ["[extensions]", "\tobjectFormat = sha256"];
	return `${["[core]", ...lines, ...extensions].join("\n")}\n`;
}

async function copyIfThere(from: string, to: string): Promise<void> {
	await assertOrdinaryIfThere(from);
	try {
		const { mtimeMs } = await stat(from);
		await copyFile(from, to, constants.COPYFILE_FICLONE);
		// git compares the contents of files that are not older than the index: a copy must not look newer than it is.
		const second = Math.floor(mtimeMs / 1000);
		await utimes(to, second, second);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
		throw new WorldError(`the index cannot be read: ${(error as Error).message}`, "check who may read it", error);
	}
}
