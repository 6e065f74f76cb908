// Pure. The id of a conflict: the same for the same story, whatever rebase, re-clone or order did to it.
import { sha256 } from "@noble/hashes/sha2.js";
import { base32 } from "@scure/base";
import type { Anchor } from "./finding.ts";

export interface Identity {
	readonly code: string;
	readonly resource: string;
	readonly teams: readonly string[];
	/** Null for findings of the tree. */
	readonly anchor: Anchor | null;
}

/** Characters of the digest in an id; more only where two ids would be equal. */
const ID_LENGTH = 10;

/**
 * Ids in the order of `identities`: `CF-` and the first ten characters of base32(sha256(canonical JSON of {v, code,
 * resource, teams sorted, anchor})). The anchor is empty for findings of the tree, else the first occurrence's author
 * e-mail, author date (`seconds zone`) and subject, a line each. Identities that would share an id get as many characters as tell them apart.
 */
export function conflictIds(identities: readonly Identity[]): string[] {
	const digests = identities.map(digest);
	const lengths = digests.map(() => ID_LENGTH);
	for (let length = ID_LENGTH; length < 52; length++) {
		const seen = new Map<string, number[]>();
		for (const [index, text] of digests.entries()) {
			if (lengths[index] !== length) continue;
			const short = text.slice(0, length);
			seen.set(short, [...(seen.get(short) ?? []), index]);
		}
		for (const same of seen.values()) if (same.length > 1) for (const index of same) lengths[index] = length + 1;
	}
	return digests.map((text, index) => `CF-${text.slice(0, lengths[index])}`);
}

function digest({ code, resource, teams, anchor }: Identity): string {
	// Keys in alphabetical order, no white space: one text for one identity.
	const canonical = JSON.stringify({
		anchor: anchor === null ? "" : [anchor.email, anchor.authorDate, anchor.subject].join("\n"),
		code,
		resource,
		teams: [...teams].sort(),
		v: 1,
	});
	return base32.encode(sha256(new TextEncoder().encode(canonical))).replace(/=+$/, "");
}
