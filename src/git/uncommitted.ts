// Edge(git). What lies in a worktree and is in no commit: staged, changed, deleted or not tracked yet, as changes of one commit.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { type Change, rawPath } from "#model/history";
import { WorldError } from "#model/problem";
import { openCleanRoom } from "./clean-room.ts";
import { type FolderFacts, openIndexRoom } from "./index-room.ts";
import { type Location, readText } from "./location.ts";
import { createStatusReader, type FileStatus } from "./parse-status.ts";
import { markOf } from "./ref-stamp.ts";
import { isSilence, SILENCE_LIMIT } from "./silence.ts";
import { type Head, readAnyHead, readStagedIn, type Staged } from "./staged.ts";
import type { WorktreePlace } from "./worktrees.ts";

export interface UncommittedChange extends Change {
	/** All of it is in the index. */
	readonly isStaged: boolean;
	/** In conflict: no commit can hold it as it is. */
	readonly isTorn: boolean;
}

export interface Uncommitted {
	readonly head: Head;
	/** As in `Staged`. */
	readonly parents: readonly string[];
	readonly reverts: readonly string[];
	/** By path, at most `MOST_UNCOMMITTED`. Ids of contents that git has not stored are made up, and differ from all others. */
	readonly changes: readonly UncommittedChange[];
	/** How many there are. */
	readonly count: number;
}

export interface WorktreeFiles {
	/** Looks at the files now. Throws WorldError for what cannot be read, or takes too long. */
	look(): Promise<Uncommitted>;
	close(): Promise<void>;
}

/** Changes of one worktree that are held and judged. */
export const MOST_UNCOMMITTED = 20_000;

/**
 * Copies a worktree's index into a room of ours, with which its files can be looked at again as long as neither its index
 * nor its HEAD nor its settings change. No filter, fsmonitor or hook runs; submodules are not looked into. Throws
 * WorldError for what cannot be read; null: the repository is bare and has no index, so that there is no such worktree.
 */
export async function openWorktreeFiles(
	location: Location,
	{ gitDir, folder }: Pick<WorktreePlace, "gitDir"> & { readonly folder: string },
	globalExcludes: string,
): Promise<WorktreeFiles | null> {
	const own: Location = { ...location, gitDir };
	const { isBare, ...found } = await readAnyHead(own);
	const head = { ...found, branch: found.branch ?? (await rebasedBranch(gitDir)) };
	// That it is bare is only what its configuration says: where an index is, somebody works.
	if (isBare && (await markOf(join(gitDir, "index"))) === "-") return null;
	const facts: FolderFacts = {
		folder,
		head: head.head,
		core: await readCore(own),
		excludes: `${globalExcludes}\n${await readExcludes(location)}`,
	};
	const room = await openIndexRoom(own, join(gitDir, "index"), head.objectFormat, facts);
	try {
		const staged = await readStagedIn(room, own, head);
		return {
			async look() {
				const reader = createStatusReader(2 * MOST_UNCOMMITTED);
				await room.stream(STATUS, reader.push).catch((error: unknown) => {
					throw isSilence(error) ? tooSlow(error) : error;
				});
				const { files, count } = reader.end();
				const changes = joinChanges(staged, files, head.objectFormat);
				// What is staged alone is no file of the status; files beyond the limit are only counted.
				const more = count - files.length;
				const { parents, reverts } = staged;
				return { head, parents, reverts, changes: changes.slice(0, MOST_UNCOMMITTED), count: changes.length + more };
			},
			close: room.close,
		};
	} catch (error) {
		await room.close();
		throw error;
	}
}

function tooSlow(cause: unknown): WorldError {
	return new WorldError(
		`its files could not be looked at within ${SILENCE_LIMIT.timeout.block / 1000} s: there are too many, or git waits for one that is a pipe`,
		"`git status` there shows which; leave out by .gitignore what is made by programs",
		cause,
	);
}

/** The branch that is being rebased, for as long as that takes no branch is checked out; null: none is. */
async function rebasedBranch(gitDir: string): Promise<string | null> {
	for (const folder of ["rebase-merge", "rebase-apply"]) {
		const name = (await readText(join(gitDir, folder, "head-name")))?.trimEnd();
		// As the bytes that git holds names in.
		if (name?.startsWith("refs/heads/")) return rawPath(name.slice("refs/heads/".length));
	}
	return null;
}

/** Patterns beside the tracked ones; none where what lies there is no ordinary file: then more is listed, not less. */
async function readExcludes({ commonDir }: Location): Promise<string> {
	try {
		return (await readText(join(commonDir, "info/exclude"))) ?? "";
	} catch (error) {
		if (error instanceof WorldError) return "";
		throw error;
	}
}

const STATUS = [
	"status",
	"--porcelain=v2",
	"-z",
	"--untracked-files=all",
	"--ignored=no",
	"--ignore-submodules=all",
	"--no-renames",
	"--no-ahead-behind",
];

/** Settings by which git knows what a file system cannot hold; all others stay behind. */
const CORE = ["fileMode", "symlinks", "ignoreCase"];

/** Of them, those that the repository sets. */
async function readCore(location: Location): Promise<FolderFacts["core"]> {
	const room = await openCleanRoom(location, "sha1");
	try {
		const pattern = `^core\\.(${CORE.join("|").toLowerCase()})$`;
		const told = (await room.resolve(["config", "--null", "--type=bool", "--get-regexp", pattern])) ?? "";
		const values = new Map(told.split("\0").map((entry) => entry.split("\n") as [string, string]));
		return Object.fromEntries(
			CORE.flatMap((name) => {
				const value = values.get(`core.${name.toLowerCase()}`);
				return value === "true" || value === "false" ? [[name, value]] : [];
			}),
		);
	} finally {
		await room.close();
	}
}

const NONE = "000000";

/** What is staged and how files lie in the folder, as one change a path: from the head to what the folder holds. */
export function joinChanges(
	{ changes, parents }: Pick<Staged, "changes" | "parents">,
	files: readonly FileStatus[],
	objectFormat: "sha1" | "sha256",
): UncommittedChange[] {
	const joined = new Map<string, UncommittedChange>(
		changes.map((change) => [change.path, { ...change, isStaged: true, isTorn: false }]),
	);
	const zero = "0".repeat(objectFormat === "sha1" ? 40 : 64);
	for (const file of files) {
		// A folder that is a repository of its own would be added as a submodule.
		const isNested = file.kind === "?" && file.path.endsWith("/");
		const path = isNested ? file.path.slice(0, -1) : file.path;
		const staged = joined.get(path);
		// In a merge the head's side is no measure: what differs here differs from what was merged.
		const [mode, id] =
			staged !== undefined
				? [staged.oldMode, staged.oldId]
				: parents.length > 1
					? [file.modes[1], file.ids[1]]
					: [file.modes[0], file.ids[0]];
		const old = { oldMode: mode, oldId: mode === NONE ? zero : id };
		// Staged as new and gone again from the folder: what is staged is what there is.
		if (file.kind === "D" && old.oldMode === NONE) continue;
		const newMode = file.kind === "?" ? (isNested ? "160000" : "100644") : file.modes[2];
		const kind = kindOf(old.oldMode, newMode);
		const newId = kind === "D" ? zero : madeUp(path, zero.length);
		joined.set(path, { path, kind, ...old, newMode, newId, isStaged: false, isTorn: file.kind === "U" });
	}
	return [...joined.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function kindOf(oldMode: string, newMode: string): Change["kind"] {
	if (oldMode === NONE) return "A";
	if (newMode === NONE) return "D";
	return oldMode.slice(0, 2) === newMode.slice(0, 2) ? "M" : "T";
}

/** An id that no content has, one a path. */
function madeUp(path: string, length: number): string {
	return createHash("sha256").update(`not stored\0${path}`, "latin1").digest("hex").slice(0, length);
}
