// Edge(fs). Files that list nodes, by path or pattern, looked at again and again; what cannot be read keeps its last good list.
import { type FSWatcher, watch } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { FILE_MAX_LENGTH, type FoundNode, readFileSd } from "./file-sd.ts";

/** What is known of one file. */
export interface FileState {
	readonly file: string;
	/** The last good list; null: it never was good. */
	readonly nodes: readonly FoundNode[] | null;
	/** What is wrong with it now; null: nothing. */
	readonly problem: string | null;
}

export interface NodeFiles {
	/** Resolves after the first look. */
	readonly ready: Promise<void>;
	close(): void;
}

/** Watches get lost (another disk, a folder made later), so there is a look without one. */
const LOOK_EVERY_MS = 5_000;
/** In a folder where much else goes on, looks are at least so far apart. */
const LOOK_APART_MS = 50;
/** A change counts when the file is as it was this much later: one that is being written is not read half. */
const SETTLE_MS = 150;

interface Held {
	stamp: string;
	nodes: readonly FoundNode[] | null;
	problem: string | null;
}

/**
 * Looks at the files of `patterns` (paths; `*` in the last part stands for anything) at once, when something in their
 * folders moves, and every five seconds. `onChange` gets the state of all of them, in order, when any of it changed.
 */
export function watchNodeFiles(
	patterns: readonly string[],
	onChange: (files: readonly FileState[]) => void,
	lookEveryMs = LOOK_EVERY_MS,
): NodeFiles {
	const held = new Map<string, Held>();
	const watchers = new Map<string, FSWatcher>();
	let isClosed = false;
	let looking: Promise<void> = Promise.resolve();
	let isWanted = false;

	async function look(isFirst: boolean): Promise<void> {
		watchFolders();
		const files = await filesOf(patterns, held);
		const changes = await Promise.all(files.map((file) => lookAt(file, isFirst)));
		if (changes.includes(true) && !isClosed) {
			onChange(files.map((file) => ({ file, nodes: held.get(file)!.nodes, problem: held.get(file)!.problem })));
		}
	}

	/** Whether anything about the file changed. */
	async function lookAt(file: string, isFirst: boolean): Promise<boolean> {
		const before = held.get(file);
		const stamp = await stampOf(file);
		if (before?.stamp === stamp) return false;
		if (!isFirst) {
			await pause(SETTLE_MS);
			if ((await stampOf(file)) !== stamp) {
				// Still moving: the next look finds it, and that comes at once.
				again();
				return false;
			}
		}
		const reply = await read(file);
		const nodes = "nodes" in reply ? reply.nodes : (before?.nodes ?? null);
		const problem = "problem" in reply ? reply.problem : null;
		held.set(file, { stamp, nodes, problem });
		return before === undefined || problem !== before.problem || JSON.stringify(nodes) !== JSON.stringify(before.nodes);
	}

	/** One look at a time, and one more after it for all that was wanted meanwhile. */
	function again(): void {
		if (isWanted || isClosed) return;
		isWanted = true;
		looking = looking
			.then(() => pause(LOOK_APART_MS))
			.then(() => {
				isWanted = false;
				return isClosed ? undefined : look(false);
			});
	}

	function watchFolders(): void {
		for (const folder of new Set(patterns.map((pattern) => dirname(pattern)))) {
			if (isClosed || watchers.has(folder)) continue;
			try {
				const watcher = watch(folder, { persistent: false }, again);
				const drop = () => {
					watchers.delete(folder);
					watcher.close();
				};
				watcher.on("error", drop);
				watchers.set(folder, watcher);
			} catch {
				// No folder yet, or no watch to be had: the look every few seconds does without.
			}
		}
	}

	const ready = look(true);
	looking = ready;
	const timer = setInterval(again, lookEveryMs);
	return {
		ready,
		close() {
			isClosed = true;
			clearInterval(timer);
			for (const watcher of watchers.values()) watcher.close();
			watchers.clear();
		},
	};
}

/** Reads each file once. */
export async function readNodeFiles(patterns: readonly string[]): Promise<readonly FileState[]> {
	const files = await filesOf(patterns, new Map());
	return Promise.all(
		files.map(async (file) => {
			const reply = await read(file);
			return "nodes" in reply
				? { file, nodes: reply.nodes, problem: null }
				: { file, nodes: null, problem: reply.problem };
		}),
	);
}

/** The files there are, and those that were: one that is gone is a file that cannot be read. */
async function filesOf(patterns: readonly string[], held: ReadonlyMap<string, unknown>): Promise<string[]> {
	const found = await Promise.all(
		patterns.map(async (pattern) => {
			const name = basename(pattern);
			if (!name.includes("*")) return [pattern];
			const folder = dirname(pattern);
			const names = await readdir(folder).catch(() => []);
			const isMatch = matcher(name);
			const known = [...held.keys()].filter((file) => dirname(file) === folder).map((file) => basename(file));
			return [...new Set([...names, ...known])]
				.filter(isMatch)
				.sort()
				.map((entry) => join(folder, entry));
		}),
	);
	return [...new Set(found.flat())];
}

/** `*` stands for any characters, at the beginning for none that start with a dot, as in a shell. */
function matcher(pattern: string): (name: string) => boolean {
	const parts = pattern.split("*").map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&"));
	const form = new RegExp(`^${parts.join("[^/]*")}$`);
	return (name) => form.test(name) && (pattern.startsWith(".") || !name.startsWith("."));
}

async function read(file: string): Promise<ReturnType<typeof readFileSd>> {
	try {
		const info = await stat(file);
		if (!info.isFile()) return { problem: "it is no file" };
		// A character takes at most four bytes.
		if (info.size > 4 * FILE_MAX_LENGTH) return { problem: `it is longer than ${FILE_MAX_LENGTH} characters` };
		return readFileSd(new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file)));
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code;
		if (code === "ENOENT") return { problem: "it is not there" };
		if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return { problem: "it is no text in UTF-8" };
		return { problem: `it may not be read (${code ?? "unknown error"})` };
	}
}

async function stampOf(file: string): Promise<string> {
	const found = await stat(file, { bigint: true }).catch(() => null);
	return found === null ? "none" : `${found.ino}:${found.mtimeNs}:${found.size}`;
}
