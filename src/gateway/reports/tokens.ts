// Pure. The tokens with which teams report: how one is made, what is kept of it, and whose a presented one is.
import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { teamId } from "#model/field";

/** 24 random bytes, 192 bits: nobody guesses one, so a plain digest is enough to keep. */
export const TOKEN_BYTES = 24;
const PREFIX = "coord_";
/** A header of more than this holds no token of ours. */
const TOKEN_MAX_LENGTH = 256;

/** What is kept of a token: enough to know it again, not to make it. */
const keptTokenSchema = z.strictObject({
	team: teamId,
	/** sha256 of the token, in hex; its first characters are the token's name in `--tokens` and `--token-id`. */
	sha256: z.string().regex(/^[0-9a-f]{64}$/),
	createdAt: z.iso.datetime(),
});
export type KeptToken = z.output<typeof keptTokenSchema>;

/** tokens.json of the state folder. A team may have several, so that one can be replaced while the old one still works. */
export const tokensFileSchema = z.strictObject({ version: z.literal(1), tokens: z.array(keptTokenSchema) });

/** A token from random bytes: a prefix by which leaked ones can be searched for, the bytes in base64url. */
export function makeToken(random: Uint8Array): string {
	return PREFIX + Buffer.from(random).toString("base64url");
}

/** What is kept of a token; `createdAt` is ISO, UTC. */
export function keptToken(token: string, team: string, createdAt: string): KeptToken {
	return { team, sha256: digest(token).toString("hex"), createdAt };
}

/** The name of a token that may be shown. */
export function tokenId({ sha256 }: Pick<KeptToken, "sha256">): string {
	return sha256.slice(0, 8);
}

/** The token of an `authorization` header; null: it holds none. */
export function bearerToken(header: string | null): string | null {
	return /^Bearer +(\S+) *$/i.exec(header ?? "")?.[1] ?? null;
}

/**
 * The team a token was given to; null: nobody. Digests are compared, each of them whole and all of them always, so that the time
 * this takes says nothing of how near a guess came, nor of which team has tokens.
 */
export function teamOfToken(token: string, kept: readonly KeptToken[]): string | null {
	const presented = digest(token.slice(0, TOKEN_MAX_LENGTH));
	let found: string | null = null;
	for (const { sha256, team } of kept) {
		if (timingSafeEqual(presented, Buffer.from(sha256, "hex"))) found = team;
	}
	return found;
}

function digest(token: string): Buffer {
	return createHash("sha256").update(token).digest();
}
