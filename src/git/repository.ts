// Edge(git). A repository opened for reading: its refs, its commits as a stream, its tree.
import { availableParallelism } from "node:os";
import type { Commit, Ref, Repository, TreeEntry } from "#model/history";
import { WorldError } from "#model/problem";
import { type CleanRoom, openCleanRoom } from "./clean-room.ts";
import { createCommitViews } from "./commit-view.ts";
import { emptyColumns, RowIndex } from "./facts.ts";
import { type Location, locateRepository } from "./location.ts";
import { orderRows } from "./order.ts";
import { TRAILER_KEYS } from "./parse-log.ts";
import { parseTree } from "./parse-tree.ts";
import { readFacts } from "./read-facts.ts";
import { listBranches, resolveRefs } from "./refs.ts";

export interface OpenRepository {
	readonly repository: Repository;
	/** Streams every commit reachable from the refs, children before parents. */
	readCommits(onCommit: (commit: Commit) => void): Promise<void>;
	/** Every branch, local and remote, as its short name; a remote's without the remote's. */
	readBranches(): Promise<{ branch: string; oid: string }[]>;
	/** Ids of the commits reachable from `tip` and from no branch that `isOther` accepts. */
	commitsOnlyOn(tip: string, isOther: (branch: string) => boolean): Promise<ReadonlySet<string>>;
	/** Every tracked file at the head. */
	readTree(): Promise<TreeEntry[]>;
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
	if (location.shallow.length > 0) throw shallowError(path);
	const objectFormat = await readObjectFormat(location);
	const room = await openCleanRoom(location, objectFormat);
	try {
		const refs = await resolveRefs(room, path, refNames);
		const head = refs[0] as Ref;
		const headDate = (await room.read(["log", "-1", "--date=raw", "--format=%cd", head.oid])).trimEnd();
		const repository: Repository = { head: head.oid, headDate, refs, objectFormat, complete: true, gaps: [] };
		return { repository, ...readers(room, refs, objectFormat, options), close: room.close };
	} catch (error) {
		await room.close();
		throw error;
	}
}

function readers(
	room: CleanRoom,
	refs: readonly Ref[],
	objectFormat: Repository["objectFormat"],
	options: OpenOptions,
): Omit<OpenRepository, "repository" | "close"> {
	return {
		async readCommits(onCommit) {
			const columns = emptyColumns(objectFormat);
			const index = new RowIndex(columns);
			const tips = [...new Set(refs.map((ref) => ref.oid))];
			await readFacts(room, columns, index, {
				tips,
				without: [],
				trailerKeys: options.trailerKeys ?? TRAILER_KEYS,
				processes: options.processes ?? (availableParallelism() >= 2 ? 2 : 1),
				boundary: new Set(),
				onProgress: options.onProgress ?? (() => {}),
			});
			const view = createCommitViews(columns);
			const order = orderRows(
				columns,
				tips.map((tip) => index.find(tip)),
			);
			for (const row of order) onCommit(view(row));
		},
		readBranches: () => listBranches(room),
		async commitsOnlyOn(tip, isOther) {
			const others = (await listBranches(room)).filter(({ branch }) => isOther(branch)).map(({ oid }) => oid);
			// By stdin: a repository may have more branches than a command line has room for.
			const revisions = [tip, ...[...new Set(others)].map((oid) => `^${oid}`), "--"];
			const ids = await room.read(["rev-list", "--stdin"], `${revisions.join("\n")}\n`);
			return new Set(ids.split("\n").filter((id) => id !== ""));
		},
		async readTree() {
			return parseTree(await room.read(["ls-tree", "-r", "-z", "--full-tree", (refs[0] as Ref).oid]));
		},
	};
}

function shallowError(path: string): WorldError {
	return new WorldError(
		`the clone at ${path} is shallow: its oldest commits would read as if they had added every file`,
		"fetch the rest with `git fetch --unshallow`; in CI check out with `fetch-depth: 0`",
	);
}

async function readObjectFormat(location: Location): Promise<"sha1" | "sha256"> {
	const room = await openCleanRoom(location, "sha1");
	try {
		const format = (await room.resolve(["rev-parse", "--show-object-format"]))?.trim();
		if (format === "sha1" || format === "sha256") return format;
		throw new WorldError(
			`the git directory ${location.gitDir} cannot be read by this git`,
			"`git status` in that repository says what is wrong with it",
		);
	} finally {
		await room.close();
	}
}
