// Edge(git). A repository opened for reading: its refs, its commits as a stream, its tree.
import { availableParallelism } from "node:os";
import type { CommitTable } from "#model/commit-table";
import type { Collision, Ref, Repository, TreeEntry } from "#model/history";
import { WorldError } from "#model/problem";
import { allEnded } from "./all-ended.ts";
import { type Blob, readBlobs } from "./blobs.ts";
import { type CleanRoom, openCleanRoom, type RoomOptions } from "./clean-room.ts";
import { findCollisions } from "./collisions.ts";
import { createCommitTable } from "./commit-table.ts";
import { liesIn, openFactsCache } from "./facts-cache.ts";
import { type History, readHistory } from "./history.ts";
import { type Location, locateRepository } from "./location.ts";
import { TRAILER_KEYS } from "./parse-log.ts";
import { parseTree } from "./parse-tree.ts";
import { listBranches, resolveRefs } from "./refs.ts";

export interface OpenRepository {
	/** `complete` and `gaps` are whole once commits and collisions are read. */
	readonly repository: Repository;
	/** Every commit reachable from the refs, children before parents. */
	readCommits(): Promise<CommitTable>;
	/** Every branch, local and remote, as its short name; a remote's without the remote's. */
	readBranches(): Promise<{ branch: string; oid: string }[]>;
	/** Ids of the commits reachable from `tip` and from no branch that `isOther` accepts. */
	commitsOnlyOn(tip: string, isOther: (branch: string) => boolean): Promise<ReadonlySet<string>>;
	/**
	 * Open branches of different teams that do not merge cleanly, by branches and path. Pairs that could not be tried are
	 * told by `repository.gaps`.
	 */
	readCollisions(teamOfBranch: (branch: string) => string | null): Promise<Collision[]>;
	/** Every tracked file at the head. */
	readTree(): Promise<TreeEntry[]>;
	/** The contents of files; those of more than `limit` bytes by their size alone. */
	readBlobs(ids: readonly string[], limit: number, onBlob: (id: string, blob: Blob) => void): Promise<void>;
	/** A name for the repository on this machine, and whether a folder lies outside of it, where things may be kept. */
	readonly place: string;
	isOutside(folder: string): Promise<boolean>;
	close(): Promise<void>;
}

export interface OpenOptions {
	/** Trailers handed over with each commit, case-insensitive; default `Team` and `Coordinated-by`. */
	readonly trailerKeys?: readonly string[];
	/** Read a shallow or damaged history as far as it goes; default: refuse it. */
	readonly allowIncomplete?: boolean;
	/** Folder for the cache of facts, outside the repository; null (default): none. */
	readonly cacheDir?: string | null;
	/** git processes that read at once; default: two where there are two cores. */
	readonly processes?: 1 | 2;
	/** Told in a sentence what went wrong beside the work: a cache that cannot be used. */
	readonly onNotice?: (sentence: string) => void;
	/** Told how many commits were read, now and then. */
	readonly onProgress?: (commits: number) => void;
}

/**
 * Opens the repository at `path` and resolves `refNames`; the first is the head whose tree is audited.
 * Throws WorldError (exit 3) for a missing folder, an empty or shallow repository and an unknown ref.
 */
export async function openRepository(
	path: string,
	refNames: readonly string[],
	options: OpenOptions = {},
): Promise<OpenRepository> {
	const location = await locateRepository(path);
	if (location.shallow.length > 0 && options.allowIncomplete !== true) throw shallowError(path);
	// Names are resolved where the format does not matter, so that both are asked for at once.
	const [objectFormat, refs] = await withRoom(location, async (asking) =>
		allEnded([readObjectFormat(asking, location), resolveRefs(asking, path, refNames)]),
	);
	const room = await openCleanRoom(location, objectFormat);
	try {
		const head = refs[0] as Ref;
		const headDate = (await room.read(["log", "-1", "--date=raw", "--format=%cd", head.oid])).trimEnd();
		const repository = { head: head.oid, headDate, refs, objectFormat, complete: true, gaps: [] };
		return { repository, ...readers({ location, room, repository, options }) };
	} catch (error) {
		await room.close();
		throw error;
	}
}

interface Opened {
	readonly location: Location;
	readonly room: CleanRoom;
	readonly repository: { complete: boolean; gaps: string[] } & Omit<Repository, "complete" | "gaps">;
	readonly options: OpenOptions;
}

function readers({ location, room, repository, options }: Opened): Omit<OpenRepository, "repository"> {
	const { refs, objectFormat } = repository;
	const { trailerKeys = TRAILER_KEYS, allowIncomplete = false, onNotice = () => {} } = options;
	const rooms = [room];
	const openRoom = async (roomOptions: RoomOptions) => {
		const opened = await openCleanRoom(location, objectFormat, roomOptions);
		rooms.push(opened);
		return opened;
	};
	const tell = (gaps: readonly string[]) => {
		repository.gaps.push(...gaps);
		repository.complete = repository.gaps.length === 0;
	};
	const tips = [...new Set(refs.map((ref) => ref.oid))];
	const read = async () => {
		const { cacheDir = null } = options;
		const cache =
			cacheDir === null ? null : await openFactsCache(cacheDir, location, objectFormat, trailerKeys, onNotice);
		const history = await readHistory(room, {
			tips,
			trailerKeys,
			processes: options.processes ?? (availableParallelism() >= 2 ? 2 : 1),
			onProgress: options.onProgress ?? (() => {}),
			objectFormat,
			shallow: location.shallow,
			allowIncomplete,
			cache,
			onNotice,
			openGrafted: (parents) => openRoom({ parents }),
		});
		tell(history.gaps);
		return history;
	};
	let reading: Promise<History> | null = null;
	const readOnce = () => {
		reading ??= read();
		return reading;
	};
	let listing: ReturnType<typeof listBranches> | null = null;
	/** Asked of git once, so that every answer is of the same branches. */
	const readBranchesOnce = () => {
		listing ??= listBranches(room);
		return listing;
	};
	/** Where the graph can be walked: with grafts, once it is known what is missing. */
	const walkable = async () => (allowIncomplete ? (await readOnce()).room : room);
	return {
		async readCommits() {
			const { columns, order } = await readOnce();
			return createCommitTable(columns, order);
		},
		readBranches: readBranchesOnce,
		async commitsOnlyOn(tip, isOther) {
			const others = (await readBranchesOnce()).filter(({ branch }) => isOther(branch)).map(({ oid }) => oid);
			// By stdin: a repository may have more branches than a command line has room for.
			const revisions = [tip, ...[...new Set(others)].map((oid) => `^${oid}`), "--"];
			const args = ["rev-list", "--stdin", ...(allowIncomplete ? ["--ignore-missing"] : [])];
			const ids = await (await walkable()).read(args, `${revisions.join("\n")}\n`);
			return new Set(ids.split("\n").filter((id) => id !== ""));
		},
		async readCollisions(teamOfBranch) {
			const parents = allowIncomplete ? (await readOnce()).grafts : new Map();
			const merging = await openRoom({ makesObjects: true, parents });
			const branches = await readBranchesOnce();
			const request = { room: merging, branches, heads: refs, teamOfBranch, trailerKeys };
			const { collisions, gaps } = await findCollisions(request);
			tell(gaps);
			return collisions;
		},
		async readTree() {
			return parseTree(await room.read(["ls-tree", "-r", "-z", "--full-tree", (refs[0] as Ref).oid]));
		},
		readBlobs: (ids, limit, onBlob) => readBlobs(room, ids, limit, onBlob),
		place: location.commonDir,
		isOutside: async (folder) => !(await liesIn(folder, location)),
		async close() {
			await reading?.catch(() => {});
			await Promise.all(rooms.map((one) => one.close()));
		},
	};
}

function shallowError(path: string): WorldError {
	return new WorldError(
		`the clone at ${path} is shallow: its oldest commits would read as if they had added every file`,
		"fetch the rest with `git fetch --unshallow`; in CI check out with `fetch-depth: 0`",
	);
}

async function withRoom<T>(location: Location, ask: (room: CleanRoom) => Promise<T>): Promise<T> {
	const room = await openCleanRoom(location, "sha1");
	try {
		return await ask(room);
	} finally {
		await room.close();
	}
}

async function readObjectFormat(room: CleanRoom, { gitDir }: Location): Promise<"sha1" | "sha256"> {
	const format = (await room.resolve(["rev-parse", "--show-object-format"]))?.trim();
	if (format === "sha1" || format === "sha256") return format;
	throw new WorldError(
		`the git directory ${gitDir} cannot be read by this git`,
		"`git status` in that repository says what is wrong with it",
	);
}
