// Edge(git, fs). Looks at every worktree of a repository, again and again, with as little as tells whether anything moved.
import { createHash } from "node:crypto";
import { lstat } from "node:fs/promises";
import type { Location } from "#git/location";
import { stampWorktree } from "#git/ref-stamp";
import { readAnyHead } from "#git/staged";
import { openWorktreeFiles, type Uncommitted, type WorktreeFiles } from "#git/uncommitted";
import { listWorktrees, type WorktreePlace } from "#git/worktrees";
import { WorldError } from "#model/problem";

/** One worktree as it was seen. */
export interface LookedWorktree {
	readonly name: string;
	/** Null: there is none to look into. */
	readonly folder: string | null;
	/** Short name of the branch checked out, or being rebased, as bytes; null: none is, or it could not be told. */
	readonly branch: string | null;
	/** Null where it could not be read. */
	readonly found: Uncommitted | null;
	/** Why it could not be read; null: it was. */
	readonly trouble: string | null;
	/** When the last of its changed files changed (ISO, UTC); null: there is none, or it was not read. */
	readonly changedAt: string | null;
	/** Differs from an earlier one when anything of it may have changed. */
	readonly stamp: string;
}

export interface WorktreeEyes {
	/** What is in every worktree now; `refs` is the mark of the refs. */
	look(refs: string): Promise<LookedWorktree[]>;
	/** Differs from an earlier one when a worktree came, went, or had something staged or checked out; cheap. */
	glance(): Promise<string>;
	close(): Promise<void>;
}

/** Worktrees that are looked at: the main one and the first by name. */
const MOST_WORKTREES = 50;
/** Worktrees that are looked at at a time: one that git waits for holds up few others. */
const AT_ONCE = 4;
/** What failed after this long is left alone for a while. */
const LONG_MS = 5_000;
const REST_MS = 60_000;
/** Changed files by whose marks it is seen that they changed again. */
const MOST_MARKS = 1_000;

/** A file may bear any time: the last one that ISO text of four digits a year holds. */
const LAST_INSTANT_MS = Date.UTC(9999, 11, 31);

/** `excludes` are patterns of files, in gitignore's format, that the caller never wants listed. */
export function openWorktreeEyes(location: Location, excludes: string): WorktreeEyes {
	/** Rooms kept from look to look, by git directory, as long as what they were made from stays the same. */
	const open = new Map<string, { stamp: string; files: WorktreeFiles | null }>();

	/** Worktrees that held us up, and what is said of them until they are looked at again. */
	const resting = new Map<string, { until: number; looked: LookedWorktree }>();

	const glanceAt = async (places: readonly WorktreePlace[]) =>
		Promise.all(
			places.map(async ({ gitDir, folder, trouble }) =>
				[gitDir, folder, trouble, await stampWorktree(gitDir, location.commonDir)].join(" "),
			),
		);
	const listed = async () => (await listWorktrees(location)).slice(0, MOST_WORKTREES);
	const drop = async (gitDir: string) => {
		const held = open.get(gitDir);
		open.delete(gitDir);
		await held?.files?.close();
	};
	const filesOf = async (gitDir: string, folder: string, stamp: string): Promise<WorktreeFiles | null> => {
		const held = open.get(gitDir);
		if (held?.stamp === stamp) return held.files;
		await drop(gitDir);
		const files = await openWorktreeFiles(location, { gitDir, folder }, excludes);
		open.set(gitDir, { stamp, files });
		return files;
	};

	/** Null: a bare repository has no such worktree. */
	const lookAt = async (place: WorktreePlace, stamp: string): Promise<LookedWorktree | null> => {
		const { name, gitDir, folder, trouble } = place;
		const lost = async (words: string | null) => {
			const branch = await branchAt(location, gitDir);
			return stamped({ name, folder, branch, found: null, trouble: words, changedAt: null }, []);
		};
		if (folder === null) return lost(trouble);
		const rest = resting.get(gitDir);
		if (rest !== undefined && performance.now() < rest.until) return rest.looked;
		const start = performance.now();
		try {
			const files = await filesOf(gitDir, folder, stamp);
			if (files === null) return null;
			const found = await files.look();
			const marks = await marksOf(folder, found);
			const latest = Math.min(Math.max(...marks.map(({ mtimeMs }) => mtimeMs)), LAST_INSTANT_MS);
			const changedAt = Number.isFinite(latest) ? new Date(latest).toISOString() : null;
			const texts = marks.map(({ text }) => text);
			return stamped({ name, folder, branch: found.head.branch, found, trouble: null, changedAt }, texts);
		} catch (error) {
			if (!(error instanceof WorldError)) throw error;
			await drop(gitDir);
			const tookMs = performance.now() - start;
			const looked = await lost(error.message);
			if (tookMs >= LONG_MS) resting.set(gitDir, { until: start + tookMs + REST_MS, looked });
			return looked;
		}
	};

	return {
		glance: async () => (await glanceAt(await listed())).join("\n"),
		async look(refs) {
			const places = await listed();
			const stamps = await glanceAt(places);
			for (const gitDir of [...open.keys()]) if (!places.some((place) => place.gitDir === gitDir)) await drop(gitDir);
			const looked: (LookedWorktree | null)[] = [];
			for (let start = 0; start < places.length; start += AT_ONCE) {
				const some = places.slice(start, start + AT_ONCE);
				looked.push(...(await Promise.all(some.map((place, at) => lookAt(place, `${refs} ${stamps[start + at]}`)))));
			}
			return looked.filter((one) => one !== null);
		},
		async close() {
			await Promise.all([...open.keys()].map(drop));
		},
	};
}

/** What is checked out where files cannot be read; null where that cannot be told either. */
async function branchAt(location: Location, gitDir: string): Promise<string | null> {
	try {
		return (await readAnyHead({ ...location, gitDir })).branch;
	} catch (error) {
		if (error instanceof WorldError) return null;
		throw error;
	}
}

function stamped(seen: Omit<LookedWorktree, "stamp">, marks: readonly string[]): LookedWorktree {
	const text = JSON.stringify([seen, marks]);
	return { ...seen, stamp: createHash("sha256").update(text).digest("hex") };
}

/** Of the files that are there. */
async function marksOf(folder: string, { changes }: Uncommitted): Promise<{ text: string; mtimeMs: number }[]> {
	const files = changes.filter(({ kind }) => kind !== "D").slice(0, MOST_MARKS);
	const marks = await Promise.all(
		files.map(async ({ path }) => {
			const file = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(path, "latin1")]);
			const found = await lstat(file, { bigint: true }).catch(() => null);
			if (found === null) return null;
			return { text: `${found.ino}:${found.ctimeNs}:${found.size}`, mtimeMs: Number(found.mtimeMs) };
		}),
	);
	return marks.filter((mark) => mark !== null);
}
