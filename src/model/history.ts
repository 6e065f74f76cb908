// Pure. What git told us, before anyone judges it: commits, changes, refs, the tree.

/**
 * A path as git stores it: bytes, held one byte per character (latin1), so that no byte is lost and
 * matching works on bytes as git's own does. Shown only through `showPath`.
 */
export type RawPath = string;

/** One path changed by one commit. Renames are a delete and an add. */
export interface Change {
	readonly path: RawPath;
	/** Added, modified, deleted, type changed (file, symlink, submodule). */
	readonly kind: "A" | "M" | "D" | "T";
	/** Octal file modes and blob ids of both sides; of the first parent in a merge. */
	readonly oldMode: string;
	readonly newMode: string;
	readonly oldId: string;
	readonly newId: string;
}

export interface Trailer {
	readonly key: string;
	readonly value: string;
}

export interface Commit {
	readonly id: string;
	readonly parents: readonly string[];
	readonly author: { readonly name: string; readonly email: string };
	/** Author date as git holds it: seconds since 1970 and the zone, e.g. `1753973100 +0200`. */
	readonly authorDate: string;
	readonly subject: string;
	/** Trailers by git's own rules: the last paragraph only, folded lines joined. Those the audit asks for, no others. */
	readonly trailers: readonly Trailer[];
	/** Ids (or their beginnings, seven digits at least) that the message says are reverted: `This reverts commit …`. */
	readonly reverts: readonly string[];
	readonly changes: readonly Change[];
}

export interface Ref {
	/** As configured: `HEAD`, `main`, `refs/heads/x`. */
	readonly name: string;
	readonly oid: string;
	/** Short name of the branch the ref stands for, if any: `main`, `team-b/optimizer`. */
	readonly branch: string | null;
}

/** The repository as it was read. */
export interface Repository {
	readonly head: string;
	/** Committer date of the head, as `authorDate`. */
	readonly headDate: string;
	readonly refs: readonly Ref[];
	readonly objectFormat: "sha1" | "sha256";
	/** False only when an incomplete history was allowed by name. */
	readonly complete: boolean;
	/** One sentence for each thing of the history that was not read; empty where `complete`. */
	readonly gaps: readonly string[];
}

/** Two branches that do not merge cleanly, as `git merge-tree` says. */
export interface Collision {
	/** Short names, sorted: the first is `ours`. */
	readonly branches: readonly [ours: string, theirs: string];
	/** Paths git could not merge, with the commits of each side that changed them since the branches parted. */
	readonly paths: readonly {
		readonly path: RawPath;
		readonly ours: readonly Commit[];
		readonly theirs: readonly Commit[];
	}[];
}

/** One tracked file at the head. */
export interface TreeEntry {
	readonly path: RawPath;
	readonly mode: string;
	readonly id: string;
}

/** Mode of a submodule. */
const GITLINK = "160000";

/** The path as rules see it: a submodule is a folder, which a slash at its end says. */
export function ruledPath(path: RawPath, ...modes: readonly string[]): RawPath {
	return modes.includes(GITLINK) ? `${path}/` : path;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * A raw path for people and JSON. Valid UTF-8 is decoded; other bytes become `\xNN`, and `bytes` is set
 * to the raw bytes so that nothing is lost.
 */
export function showPath(raw: RawPath): { text: string; bytes: Uint8Array | null } {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: the test is for bytes beyond ASCII
	if (!/[^\x00-\x7f]/.test(raw)) return { text: raw, bytes: null };
	const bytes = Uint8Array.from(raw, (char) => char.charCodeAt(0));
	try {
		return { text: utf8.decode(bytes), bytes: null };
	} catch {
		const shown = Array.from(raw, (char) => {
			const code = char.charCodeAt(0);
			return code < 0x80 ? char : `\\x${code.toString(16).padStart(2, "0").toUpperCase()}`;
		});
		return { text: shown.join(""), bytes };
	}
}

/** Text as the raw bytes git would hold it in. */
export function rawPath(text: string): RawPath {
	return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
}

/** First and last second of the four-digit years, which ISO text, schemas and sorting by text all hold. */
const FIRST_SECOND = -62_167_219_200;
const LAST_SECOND = 253_402_300_799;

/** Seconds since 1970 of a git date (`<seconds> <zone>`), clamped as `instantOf` clamps them. */
export function secondsOf(gitDate: string): number {
	const seconds = Number(gitDate.split(" ", 1)[0]);
	return Number.isNaN(seconds) ? LAST_SECOND : Math.min(Math.max(seconds, FIRST_SECOND), LAST_SECOND);
}

/**
 * ISO instant in UTC, to the second, of a git date (`<seconds> <zone>`). Git accepts any number of seconds: what lies
 * outside the years 0000 to 9999 is clamped to their first or last second.
 */
export function instantOf(gitDate: string): string {
	return new Date(secondsOf(gitDate) * 1000).toISOString().replace(".000Z", "Z");
}
