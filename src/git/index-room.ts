// Edge(git, fs). A git directory of ours around a copy of a repository's index: what is staged, read with none of its settings.
import { constants } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { WorldError } from "#model/problem";
import { type CleanRoom, openCleanRoom } from "./clean-room.ts";
import { assertOrdinaryIfThere, type Location } from "./location.ts";

export interface IndexRoom {
	/** Runs a command on the index and the objects; bytes as latin1. Throws WorldError when git cannot read them. */
	read(args: readonly string[]): Promise<string>;
	close(): Promise<void>;
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
): Promise<IndexRoom> {
	const dir = await mkdtemp(join(tmpdir(), "coordination-index-"));
	let room: CleanRoom | null = null;
	const close = async () => {
		await room?.close();
		await rm(dir, { recursive: true, force: true });
	};
	try {
		await mkdir(join(dir, "refs"));
		await writeFile(join(dir, "HEAD"), "ref: refs/heads/none\n");
		await writeFile(join(dir, "config"), configText(objectFormat));
		await symlink(location.objectsDir, join(dir, "objects"), "junction");
		await copyIfThere(indexFile, join(dir, "index"));
		for (const folder of new Set([location.gitDir, dirname(indexFile)])) {
			for (const name of await readdir(folder)) {
				if (/^sharedindex\.[0-9a-f]+$/.test(name)) await copyIfThere(join(folder, name), join(dir, name));
			}
		}
		// `resolve` runs in the directory that the location calls the repository's own: here it is ours.
		room = await openCleanRoom({ ...location, gitDir: dir, commonDir: dir }, objectFormat);
		const { resolve } = room;
		return {
			read: async (args) => {
				const output = await resolve(args);
				if (output !== null) return output;
				throw new WorldError(
					"git cannot read what is staged: the index, or a tree it is compared with, is damaged or missing",
					"`git status` and `git fsck` in that repository say what is wrong",
				);
			},
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

function configText(objectFormat: "sha1" | "sha256"): string {
	const version = objectFormat === "sha1" ? 0 : 1;
	const core = ["[core]", "\tbare = true", "\tcommitGraph = false", `\trepositoryFormatVersion = ${version}`];
	const extensions = objectFormat === "sha1" ? [] : ["[extensions]", "\tobjectFormat = sha256"];
	return `${[...core, ...extensions].join("\n")}\n`;
}

async function copyIfThere(from: string, to: string): Promise<void> {
	await assertOrdinaryIfThere(from);
	try {
		await copyFile(from, to, constants.COPYFILE_FICLONE);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
		throw new WorldError(`the index cannot be read: ${(error as Error).message}`, "check who may read it", error);
	}
}
