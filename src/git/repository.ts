// Edge(git). A repository opened for reading: its refs, its commits as a stream, its tree.
import type { Commit, Ref, Repository, TreeEntry } from "#model/history";
import { WorldError } from "#model/problem";
import { type CleanRoom, incompleteError, openCleanRoom } from "./clean-room.ts";
import { type Location, locateRepository } from "./location.ts";
import { createLogParser, logFormat, TRAILER_KEYS } from "./parse-log.ts";
import { parseTree } from "./parse-tree.ts";

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

/** Commits between two calls of `onProgress`. */
const PROGRESS_STEP = 2_000;

const OID = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

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
		return { repository, ...readers(room, refs, options), close: room.close };
	} catch (error) {
		await room.close();
		throw error;
	}
}

function readers(
	room: CleanRoom,
	refs: readonly Ref[],
	options: OpenOptions,
): Omit<OpenRepository, "repository" | "close"> {
	return {
		async readCommits(onCommit) {
			let commits = 0;
			const parser = createLogParser((commit) => {
				onCommit(commit);
				if (++commits % PROGRESS_STEP === 0) options.onProgress?.(commits);
			});
			const tips = [...new Set(refs.map((ref) => ref.oid))];
			await room.stream(logArguments(tips, options.trailerKeys ?? TRAILER_KEYS), (chunk) => parser.push(chunk));
			parser.end();
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

async function listBranches(room: CleanRoom): Promise<{ branch: string; oid: string }[]> {
	const format = "--format=%(objectname) %(refname)";
	const listing = (await room.resolve(["for-each-ref", format, "refs/heads", "refs/remotes"])) ?? "";
	return listing.split("\n").flatMap((line) => {
		const cut = line.indexOf(" ");
		const name = line.slice(cut + 1);
		return cut === -1 ? [] : [{ oid: line.slice(0, cut), branch: branchOf(name) ?? name }];
	});
}

function logArguments(tips: readonly string[], keys: readonly string[]): string[] {
	return [
		"log",
		"--topo-order",
		"--raw",
		"-z",
		"--no-renames",
		"--no-abbrev",
		"--diff-merges=combined",
		"--root",
		"--no-mailmap",
		"--no-show-signature",
		"--no-notes",
		"--no-ext-diff",
		"--no-textconv",
		"--ignore-submodules=none",
		"--no-color",
		"--date=raw",
		`--format=tformat:${logFormat(keys)}`,
		...tips,
		"--",
	];
}

async function resolveRefs(room: CleanRoom, path: string, names: readonly string[]): Promise<Ref[]> {
	const refs: Ref[] = [];
	for (const name of names) {
		const oid = (
			await room.resolve(["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`])
		)?.trim();
		if (oid === undefined || !OID.test(oid)) throw await refError(room, path, name);
		const full = await room.resolve([
			"rev-parse",
			"--symbolic-full-name",
			"--verify",
			"--quiet",
			"--end-of-options",
			name,
		]);
		refs.push({ name, oid, branch: branchOf(full?.trim() ?? "") });
	}
	return refs;
}

/** Short name of a branch's full ref name; null for tags, ids and a detached HEAD. */
function branchOf(fullName: string): string | null {
	if (fullName.startsWith("refs/heads/")) return fullName.slice("refs/heads/".length);
	if (!fullName.startsWith("refs/remotes/")) return null;
	const cut = fullName.indexOf("/", "refs/remotes/".length);
	return cut === -1 ? null : fullName.slice(cut + 1);
}

async function refError(room: CleanRoom, path: string, name: string): Promise<WorldError> {
	// A ref that names an id, and no object of that id: the clone is damaged, and the name is not at fault.
	const oid = (await room.resolve(["rev-parse", "--verify", "--quiet", "--end-of-options", name]))?.trim() ?? "";
	if (OID.test(oid) && oid !== name && (await room.resolve(["cat-file", "-e", oid])) === null) {
		return incompleteError(`the commit of ${name} is missing`);
	}
	if ((await room.resolve(["for-each-ref", "--count=1"])) === "") {
		return new WorldError(`the repository at ${path} has no commits yet`, "commit something first, then audit it");
	}
	return new WorldError(`the repository at ${path} has no commit named ${name}`, "`git branch -a` lists its branches");
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
