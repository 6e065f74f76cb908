// Edge(fs). tokens.json of the state folder: read again when it changed, written by `npm run report` alone.
import { open, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { WorldError } from "#model/problem";
import { ifThere, makeFolder, replaceFile } from "../store/disk.ts";
import { type KeptToken, tokensFileSchema } from "./tokens.ts";

const LOCK_PATIENCE_MS = 5_000;

export function tokensFile(folder: string): string {
	return join(folder, "tokens.json");
}

/** A reader of the tokens as they are now. What cannot be read is no empty list: it throws WorldError. */
export function openTokens(folder: string): () => Promise<readonly KeptToken[]> {
	let stamp = "";
	let tokens: readonly KeptToken[] = [];
	return async () => {
		const file = tokensFile(folder);
		const found = await ifThere(stat(file, { bigint: true }));
		const now = found === null ? "none" : `${found.ino}:${found.mtimeNs}:${found.size}`;
		if (now === stamp) return tokens;
		tokens = await readTokens(folder);
		stamp = now;
		return tokens;
	};
}

/** The tokens of a state folder; none where it holds no such file. Throws WorldError for a file that is none of ours. */
export async function readTokens(folder: string): Promise<readonly KeptToken[]> {
	const file = tokensFile(folder);
	const text = await ifThere(readFile(file, "utf8"));
	if (text === null) return [];
	try {
		return tokensFileSchema.parse(JSON.parse(text)).tokens;
	} catch (error) {
		throw new WorldError(
			`${file} is damaged`,
			"take it away and make new tokens: npm run report -- --new-token TEAM",
			error,
		);
	}
}

/** Changes the tokens of a state folder, alone for that time. Throws WorldError while another does. */
export async function changeTokens(
	folder: string,
	change: (tokens: readonly KeptToken[]) => readonly KeptToken[],
): Promise<void> {
	await makeFolder(folder);
	const lock = `${tokensFile(folder)}.lock`;
	await takeLock(lock);
	try {
		const tokens = change(await readTokens(folder));
		await replaceFile(tokensFile(folder), `${JSON.stringify({ version: 1, tokens }, null, "\t")}\n`);
	} finally {
		await rm(lock, { force: true });
	}
}

async function takeLock(lock: string): Promise<void> {
	for (const start = performance.now(); ; await sleep(50)) {
		try {
			await (await open(lock, "wx", 0o600)).close();
			return;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
			if (performance.now() - start < LOCK_PATIENCE_MS) continue;
			throw new WorldError(`${lock} is there: another command changes the tokens`, "if none runs, take it away");
		}
	}
}
