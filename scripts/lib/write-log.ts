// Edge(fs). Replaces the conflict log and tells, in news.json, what the new one holds that the replaced one did not.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { standingOf } from "#model/conflict-delta";
import type { ConflictLog } from "#model/conflict-log";
import type { News } from "#model/news";
import { formatJson, formatLogJson } from "#report/json";

/**
 * Writes conflict-log.json, then news.json. A log of the same bytes brings no news: what was told of it stays told. The log
 * that is replaced may be the one a published site shows, put into its place before the build. One that cannot be compared
 * is said on stderr through `tell`, and there are no news then. `isRead`: whether a commit is of the history that was read.
 */
export async function writeLog(
	contentDir: string,
	log: ConflictLog,
	isRead: (commit: string) => boolean,
	tell: (sentence: string) => void = (sentence) => process.stderr.write(`${sentence}\n`),
): Promise<void> {
	const file = join(contentDir, "conflict-log.json");
	const newsFile = join(contentDir, "news.json");
	const before = await orNone(readFile(file));
	const hash = createHash("sha256");
	await writeFile(file, hashed(formatLogJson(log), hash));
	const digest = hash.digest("hex");
	const isSame = before !== null && createHash("sha256").update(before).digest("hex") === digest;
	if (isSame && (await isNewsOf(newsFile, digest))) return;
	const news = await tellNews({ log, digest, before, isRead, tell });
	await writeFile(newsFile, formatJson(news));
}

function* hashed(pieces: Generator<string>, hash: ReturnType<typeof createHash>): Generator<string> {
	for (const piece of pieces) {
		hash.update(piece, "utf8");
		yield piece;
	}
}

interface Replacing {
	readonly log: ConflictLog;
	readonly digest: string;
	/** Bytes of the log that is replaced; null: there was none. */
	readonly before: Buffer | null;
	readonly isRead: (commit: string) => boolean;
	readonly tell: (sentence: string) => void;
}

async function tellNews({ log, digest, before, isRead, tell }: Replacing): Promise<News> {
	// The schema takes longer to load than an audit that finds nothing new may take.
	const { incomparable, newsOf } = await import("#model/news");
	const replaced = before === null ? null : await parseLog(before);
	if (before !== null && replaced === null) tell(`${NO_NEWS} cannot be read as one of this version`);
	const reason = replaced === null ? null : incomparable(replaced, log, isRead);
	if (reason !== null) tell(`${NO_NEWS} ${reason}`);
	const isComparable = replaced !== null && reason === null;
	return newsOf(standingOf(log), digest, isComparable ? standingOf(replaced) : null);
}

const NO_NEWS = "no news are told of this log: the one it replaces";

/** Null for what is no log of this version. */
async function parseLog(bytes: Buffer): Promise<ConflictLog | null> {
	const { conflictLogSchema } = await import("#model/conflict-log");
	const found = conflictLogSchema.safeParse(parseJson(bytes));
	return found.success ? found.data : null;
}

async function isNewsOf(file: string, digest: string): Promise<boolean> {
	const bytes = await orNone(readFile(file));
	if (bytes === null) return false;
	const { newsSchema } = await import("#model/news");
	const found = newsSchema.safeParse(parseJson(bytes));
	return found.success && found.data.log === digest;
}

function parseJson(bytes: Buffer): unknown {
	try {
		return JSON.parse(bytes.toString("utf8"));
	} catch {
		// No JSON: the schema refuses what this stands for.
		return undefined;
	}
}

async function orNone(reading: Promise<Buffer>): Promise<Buffer | null> {
	try {
		return await reading;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
		throw error;
	}
}
