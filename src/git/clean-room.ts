// Edge(git). Runs git so that a repository is data: own config, own environment, only its objects are lent.
//
// A repository's config, hooks, attributes, replace refs, grafts and commit-graph can run programs or lie. So
// every reading command runs in a temporary git directory of ours whose only tie to the repository is
// GIT_OBJECT_DIRECTORY, with tips given as ids. Only the resolving of names runs in the repository's own
// directory (`rev-parse`, `symbolic-ref`), which run nothing.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GitError, GitPluginError, simpleGit } from "simple-git";
import { WorldError } from "#model/problem";
import type { Location } from "./location.ts";
import { SILENCE_LIMIT, silenceError } from "./silence.ts";

export interface CleanRoom {
	/**
	 * Runs git among the repository's objects; each chunk of its output goes to `onChunk` as it comes. `input` is what
	 * git reads from stdin.
	 */
	stream(args: readonly string[], onChunk: (chunk: Buffer) => void, input?: string | Buffer): Promise<void>;
	/** The same, for short outputs: bytes as latin1. `input` is what git reads from stdin. */
	read(args: readonly string[], input?: string): Promise<string>;
	/** The same where git may answer no: its output and whether it ended with code 1, which is an answer. */
	ask(args: readonly string[]): Promise<{ output: string; isNo: boolean }>;
	/** Runs a name-resolving command in the repository's own directory; bytes as latin1, null when it fails. */
	resolve(args: readonly string[]): Promise<string | null>;
	/** The same for long outputs, as they come; false when it fails. */
	tell(args: readonly string[], onChunk: (chunk: Buffer) => void): Promise<boolean>;
	close(): Promise<void>;
}

/** git failed, in its own words. A GitError, because simple-git wraps every other error and hides its class. */
class GitFailure extends GitError {
	constructor(words: string) {
		super(undefined, words);
	}
}

/** There is no git to start. */
class GitMissing extends GitError {}

/** The repository's own config is in force where names are resolved: forged indexes must not answer for its commits. */
const HONEST = [
	["core.commitGraph", "false"],
	["core.multiPackIndex", "false"],
	["advice.graftFileDeprecated", "false"],
].flatMap(([key, value]) => ["-c", `${key}=${value}`]);

/** The exit code Node gives a process it could not find (-ENOENT). */
const NOT_FOUND = -2;

export interface RoomOptions {
	/** Parents that git shall believe commits to have, for commits whose own are not all there. */
	readonly parents?: ReadonlyMap<string, readonly string[]>;
	/** Objects that git makes go into the room, and are gone with it; default: it makes none. */
	readonly makesObjects?: boolean;
	/** Folder whose files `resolve` and `tell` look at; default: none, not even one that the repository names. */
	readonly workTree?: string | null;
}

/** Opens a clean room over a repository. Close it, or its temporary folder stays. */
export async function openCleanRoom(
	location: Location,
	objectFormat: "sha1" | "sha256",
	{ parents = new Map(), makesObjects = false, workTree = null }: RoomOptions = {},
): Promise<CleanRoom> {
	const room = await mkdtemp(join(tmpdir(), "coordination-git-"));
	const home = join(room, "home");
	const gitDir = join(room, "git");
	await mkdir(join(gitDir, "refs"), { recursive: true });
	await mkdir(home);
	await writeFile(join(gitDir, "HEAD"), "ref: refs/heads/none\n");
	await writeFile(join(gitDir, "config"), configText(objectFormat));
	if (location.shallow.length > 0) await writeFile(join(gitDir, "shallow"), `${location.shallow.join("\n")}\n`);
	const grafts = Array.from(parents, ([id, ids]) => `${[id, ...ids].join(" ")}\n`).join("");
	if (grafts !== "") await writeFile(join(room, "grafts"), grafts);
	if (makesObjects) await mkdir(join(gitDir, "objects"));
	const objects = makesObjects
		? { GIT_OBJECT_DIRECTORY: join(gitDir, "objects"), GIT_ALTERNATE_OBJECT_DIRECTORIES: quoted(location.objectsDir) }
		: { GIT_OBJECT_DIRECTORY: location.objectsDir };
	const graftFile = grafts === "" ? {} : { GIT_GRAFT_FILE: join(room, "grafts") };
	const inRoom = { ...environment(home), GIT_DIR: gitDir, ...objects, ...graftFile };
	const files = workTree === null ? {} : { GIT_WORK_TREE: workTree };
	const inRepository = { ...environment(home), GIT_DIR: location.gitDir, ...files };

	const tell = async (args: readonly string[], onChunk: (chunk: Buffer) => void) => {
		try {
			await execute(room, inRepository, [...HONEST, ...args], onChunk, undefined, 0, SILENCE_LIMIT);
			return true;
		} catch (error) {
			if (error instanceof GitFailure) return false;
			throw unreadable(error);
		}
	};
	const stream = async (args: readonly string[], onChunk: (chunk: Buffer) => void, input?: string | Buffer) => {
		try {
			await execute(room, inRoom, args, onChunk, input);
		} catch (error) {
			throw unreadable(error);
		}
	};
	return {
		stream,
		read: (args, input) => collect((onChunk) => stream(args, onChunk, input)),
		ask: async (args) => {
			let isNo = false;
			try {
				const output = await collect(async (onChunk) => {
					isNo = (await execute(room, inRoom, args, onChunk, undefined, 1)) === 1;
				});
				return { output, isNo };
			} catch (error) {
				throw unreadable(error);
			}
		},
		resolve: async (args) => {
			const parts: string[] = [];
			return (await tell(args, (chunk) => parts.push(chunk.toString("latin1")))) ? parts.join("") : null;
		},
		tell,
		close: () => rm(room, { recursive: true, force: true }),
	};
}

/** In a list that colons separate: quoted, for a path may hold one. */
function quoted(path: string): string {
	return `"${path.replace(/["\\]/g, "\\$&")}"`;
}

function configText(objectFormat: "sha1" | "sha256"): string {
	// Both lie in the objects directory we borrow, and forged ones change history without a word.
	// The empty graft file of the environment makes git advise against graft files.
	const core = [
		"[advice]",
		"\tgraftFileDeprecated = false",
		"[core]",
		"\tbare = true",
		"\tcommitGraph = false",
		"\tmultiPackIndex = false",
	];
	if (objectFormat === "sha1") return `${[...core, "\trepositoryFormatVersion = 0"].join("\n")}\n`;
	return `${[...core, "\trepositoryFormatVersion = 1", "[extensions]", "\tobjectFormat = sha256"].join("\n")}\n`;
}

/** An environment made from nothing, so that no variable of the caller reaches git. */
function environment(home: string): Record<string, string> {
	return {
		PATH: process.env["PATH"] ?? "/usr/bin:/bin",
		HOME: home,
		LC_ALL: "C",
		TZ: "UTC",
		GIT_CONFIG_NOSYSTEM: "1",
		GIT_ATTR_NOSYSTEM: "1",
		GIT_OPTIONAL_LOCKS: "0",
		GIT_TERMINAL_PROMPT: "0",
		GIT_ALLOW_PROTOCOL: "none",
		GIT_NO_LAZY_FETCH: "1",
		GIT_NO_REPLACE_OBJECTS: "1",
		GIT_GRAFT_FILE: "/dev/null",
		// Else git empties its buffer after every commit: one write, and one wakening of ours, a commit.
		GIT_FLUSH: "0",
	};
}

async function execute(
	baseDir: string,
	env: Record<string, string>,
	args: readonly string[],
	onChunk: (chunk: Buffer) => void,
	input?: string | Buffer,
	allowedCode = 0,
	limit: typeof SILENCE_LIMIT | null = null,
): Promise<number> {
	let failure: unknown = null;
	let code = 0;
	const whole = Promise.withResolvers<void>();
	const git = simpleGit({
		baseDir,
		allowEnvironment: Object.keys(env).filter((key) => key.startsWith("GIT_")),
		// By default the promise resolves 50 ms after exit, with whatever had arrived by then.
		completion: { onClose: true, onExit: false },
		...(input === undefined ? {} : { input: () => input }),
		...limit,
		errors: (error, result) => {
			code = result.exitCode;
			// That it was ended for its silence is no answer of git's.
			if (error instanceof GitPluginError) return error;
			// simple-git makes an error of its own of what git says on stderr.
			if (code === allowedCode || (error === undefined && code === 0)) return undefined;
			if (result.exitCode === NOT_FOUND) return new GitMissing();
			const words = Buffer.concat(result.stdErr).toString("utf8").trim();
			return new GitFailure(words === "" ? `git ended with code ${result.exitCode}` : words);
		},
	});
	git.env(env);
	git.outputHandler((_command, stdout) => {
		// simple-git's own listener would keep every byte in memory.
		stdout.removeAllListeners("data");
		stdout.on("data", (chunk: Buffer) => {
			try {
				if (failure === null) onChunk(chunk);
			} catch (error) {
				failure = error;
			}
		});
		stdout.once("end", whole.resolve);
		stdout.once("error", whole.reject);
	});
	await git.raw(["--no-pager", ...args]);
	await whole.promise;
	if (failure !== null) throw failure;
	return code;
}

async function collect(run: (onChunk: (chunk: Buffer) => void) => Promise<void>): Promise<string> {
	const parts: string[] = [];
	await run((chunk) => parts.push(chunk.toString("latin1")));
	return parts.join("");
}

/** Failures of git as the reader should see them; other errors pass. */
function unreadable(error: unknown): unknown {
	if (error instanceof GitMissing) {
		return new WorldError("git is not installed, or not on the PATH", "install git 2.39 or newer", error);
	}
	const silence = silenceError(error);
	if (silence !== null) return silence;
	if (!(error instanceof GitFailure)) return error;
	const lines = error.message.split("\n");
	const words = lines.find((line) => line.startsWith("fatal: ")) ?? lines[0];
	return incompleteError(words ?? "", error);
}

/** Something of the history is not there, or cannot be read. */
export function incompleteError(words: string, cause?: unknown): WorldError {
	return new WorldError(
		`the history could not be read whole: ${words}`,
		"the clone is damaged or lacks objects: make a full clone (`git clone`, or `git fetch --unshallow --refetch`; in CI `fetch-depth: 0`)",
		cause,
	);
}
