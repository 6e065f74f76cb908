// Edge(fs). What git shows: the repository as it is now where somebody watches it, else what the last audit wrote.
import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { activitySchema } from "#model/activity";
import { standingOf } from "#model/conflict-delta";
import { conflictLogSchema } from "#model/conflict-log";
import { WorldError } from "#model/problem";
import type { Team } from "#model/team";
import type { Log } from "../log.ts";
import type { Notices } from "../notices.ts";
import type { LiveRepository, RepositoryNow } from "./live-repository.ts";

const ACTIVITY = "activity.json";
const LOG = "conflict-log.json";
/** Files are looked at again no more often than this, however many readers ask. */
const LOOK_EVERY_MS = 1_000;

export interface Evidence {
	/** Another object each time something changed. */
	readonly now: RepositoryNow;
	/** Since it was last seen that this is as the repository is, ms; null: nobody looks. */
	readonly ageMs: number | null;
}

export interface EvidenceReader {
	/**
	 * The newest whole evidence. Throws WorldError while there never was any; what was read once stays until newer
	 * evidence reads well. Sets the notice about the repository.
	 */
	read(): Promise<Evidence>;
	/** The same as of the last time it was asked for; null: it never was, or there was none. */
	last(): Evidence | null;
}

export interface EvidenceOptions {
	/** Folder in which the audit writes. */
	readonly content: string;
	readonly teams: readonly Team[];
	readonly updatedAt: string | null;
	/** Null: nobody watches the repository. */
	readonly live: LiveRepository | null;
	readonly notices: Notices;
	readonly log: Log;
}

/** Opens it; `log` gets a line for each time the audit's files cannot be used. */
export function openEvidence(options: EvidenceOptions): EvidenceReader {
	const { content, teams, updatedAt, live, notices, log } = options;
	let written: RepositoryNow | null = null;
	let failure: WorldError | null = null;
	let stamp = "";
	let lookedAt = Number.NEGATIVE_INFINITY;
	let looking: Promise<void> | null = null;
	let last: Evidence | null = null;

	async function look(): Promise<void> {
		const now = await stampOf(content);
		if (now === stamp) return;
		stamp = now;
		try {
			written = await readWritten(content, teams, updatedAt);
			failure = null;
		} catch (error) {
			if (!(error instanceof WorldError)) throw error;
			failure = error;
			log({ level: "warn", event: "audit-files", message: `teams: ${error.message}` });
		}
	}

	async function readFiles(): Promise<RepositoryNow> {
		if (performance.now() - lookedAt >= LOOK_EVERY_MS) {
			looking ??= look().finally(() => {
				lookedAt = performance.now();
				looking = null;
			});
			await looking;
		}
		if (written !== null) return written;
		const missing = failure ?? new WorldError("the audit was not read yet");
		if (live === null) throw missing;
		const why = live.trouble() ?? "it is being read for the first time";
		throw new WorldError(`the repository is not read yet: ${why}; and ${missing.message}`, missing.hint, missing);
	}

	return {
		async read() {
			const trouble = live?.trouble() ?? null;
			const now = live?.now() ?? null;
			const shown = now === null ? "; shown is what the last audit wrote" : "; shown is what was read last";
			notices.set(
				"git",
				"live",
				trouble === null ? null : `the repository is not read as it is now: ${trouble}${shown}`,
			);
			last = now === null ? { now: await readFiles(), ageMs: null } : { now, ageMs: live?.ageMs() ?? null };
			return last;
		},
		last: () => last,
	};
}

async function readWritten(content: string, teams: readonly Team[], updatedAt: string | null): Promise<RepositoryNow> {
	// One after the other: of two that are missing, always the same is told.
	const activity = await readJson(join(content, ACTIVITY), (value) => activitySchema.safeParse(value));
	const log = await readJson(join(content, LOG), (value) => conflictLogSchema.safeParse(value));
	if (activity.head !== log.repository.head) {
		throw new WorldError(`${ACTIVITY} and ${LOG} are of two different audits`, "npm run audit");
	}
	return { teams, updatedAt, activity, log: standingOf(log), branches: {}, worktrees: [] };
}

interface Checked<T> {
	success: boolean;
	data?: T;
	error?: { issues: readonly { path: PropertyKey[]; message: string }[] };
}

/** The value of a JSON file; its folder is not told to readers. Throws WorldError for what is not there, no JSON, or refused. */
async function readJson<T>(file: string, check: (value: unknown) => Checked<T>): Promise<T> {
	const value = await readFile(file, "utf8")
		.then(JSON.parse)
		.catch((cause: NodeJS.ErrnoException) => {
			const what = cause.code === "ENOENT" ? "there is no" : "cannot read";
			throw new WorldError(`${what} ${basename(file)} in the content`, "npm run audit writes it", cause);
		});
	const result = check(value);
	if (result.data !== undefined) return result.data;
	const issue = result.error?.issues[0];
	throw new WorldError(
		`${basename(file)} is no such file of this version: ${issue?.path.join(".")} ${issue?.message}`,
		"npm run audit",
	);
}

/** Changes when either file does; a file that is not there has a stamp of its own. */
async function stampOf(content: string): Promise<string> {
	return (await Promise.all([ACTIVITY, LOG].map((name) => fileStamp(join(content, name))))).join(" ");
}

/** Changes when the file does. */
export async function fileStamp(path: string): Promise<string> {
	const file = await stat(path, { bigint: true }).catch(() => null);
	return file === null ? "none" : `${file.ino}:${file.mtimeNs}:${file.size}`;
}
