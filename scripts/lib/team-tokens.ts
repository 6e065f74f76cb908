// Edge(fs). Makes, lists and revokes the tokens teams report with, in the state folder of the gateway.
import { randomBytes } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { keptToken, makeToken, TOKEN_BYTES, tokenId } from "#gateway/reports/tokens";
import { changeTokens, readTokens, tokensFile } from "#gateway/reports/tokens-file";
import { UsageError, WorldError } from "#model/problem";

/** Makes a token for a team and keeps its hash beside those it has. The token itself is kept nowhere. */
export async function newToken(folder: string, team: string): Promise<{ token: string; id: string }> {
	const token = makeToken(randomBytes(TOKEN_BYTES));
	const kept = keptToken(token, team, new Date().toISOString().replace(/\.\d+Z$/, "Z"));
	await changeTokens(folder, (tokens) => [...tokens, kept]);
	return { token, id: tokenId(kept) };
}

/** One line a token: team, name, date. Empty: none. */
export async function listTokens(folder: string): Promise<string> {
	const tokens = [...(await readTokens(folder))].sort((a, b) => (a.team < b.team ? -1 : a.team > b.team ? 1 : 0));
	const width = Math.max(0, ...tokens.map(({ team }) => team.length));
	return tokens.map((token) => `${token.team.padEnd(width)}  ${tokenId(token)}  ${token.createdAt}\n`).join("");
}

/** Takes back the tokens of a team, or the one of them that is named; gives how many. Throws UsageError where there is none. */
export async function revokeTokens(folder: string, team: string, id: string | undefined): Promise<number> {
	let count = 0;
	await changeTokens(folder, (tokens) => {
		const kept = tokens.filter((token) => token.team !== team || (id !== undefined && tokenId(token) !== id));
		count = tokens.length - kept.length;
		if (count > 0) return kept;
		const what = id === undefined ? `${team} has no token` : `${team} has no token ${id}`;
		throw new UsageError(`${what} in ${tokensFile(folder)}`, "npm run report -- --tokens lists them");
	});
	return count;
}

/**
 * The token to report with: what COORD_REPORT_TOKEN holds, or the first line of a file. Throws UsageError for none, and for
 * what is no token; calls `warn` for a file that others may read.
 */
export async function ownToken(
	variable: string | undefined,
	file: string | undefined,
	warn: (line: string) => void,
): Promise<string> {
	const text = file === undefined ? variable : await readTokenFile(file, warn);
	const token = text?.trim() ?? "";
	if (token === "") {
		throw new UsageError(
			file === undefined ? "no token to report with" : `${file} holds no token`,
			"COORD_REPORT_TOKEN or --token-file; npm run report -- --new-token TEAM makes one, beside the gateway",
		);
	}
	// Headers take no other characters; and an error about one would show it.
	if (/^[\x21-\x7e]{1,256}$/.test(token)) return token;
	throw new UsageError(`${file ?? "COORD_REPORT_TOKEN"} holds something, but no token`);
}

async function readTokenFile(file: string, warn: (line: string) => void): Promise<string | undefined> {
	try {
		const { mode } = await stat(file);
		if ((mode & 0o077) !== 0) warn(`warning: others on this machine may read ${file}: chmod 600 ${file}`);
		return (await readFile(file, "utf8")).split("\n", 1)[0];
	} catch (error) {
		throw new WorldError(`cannot read ${file}: ${(error as Error).message}`, null, error);
	}
}
