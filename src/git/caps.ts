// Pure. How much of a commit's words is kept, and how a cut shows.
import { showPath, type Trailer } from "#model/history";

/** Characters of a subject, a name, an e-mail and a trailer's value that are kept. */
export const TEXT_LIMIT = 1_024;
/** Bytes of a message's body that are looked at. */
export const BODY_LIMIT = 64 * 1024;
/** Trailers of one commit that are kept. */
export const TRAILER_LIMIT = 64;
/** Paths of one commit that are judged. */
export const PATH_LIMIT = 1_000_000;

/** Bytes (one a character) as text. */
export function decodeText(raw: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: the test is for bytes beyond ASCII
	return /[^\x00-\x7f]/.test(raw) ? showPath(raw).text : raw;
}

/** The first characters of a text of `size` bytes; says so where it was longer. */
export function capText(raw: string, size = raw.length): string {
	if (size <= TEXT_LIMIT) return decodeText(raw);
	// A character takes four bytes at most, and its last bytes may be cut off.
	const head = raw.slice(0, 4 * TEXT_LIMIT);
	const text = Array.from(decodeText(head.length < size ? head.replace(/[\xc0-\xff][\x80-\xbf]*$/, "") : head));
	if (text.length <= TEXT_LIMIT && head.length === size) return text.join("");
	return `${text.slice(0, TEXT_LIMIT).join("")}… [cut, ${size} bytes]`;
}

/** Words in every message that `git revert` writes. */
export const REVERT_WORDS = "his reverts commit ";

/** Ids in git's own words for a revert, also in the `--reference` form, which abbreviates them. */
export function revertedIds(message: string): string[] {
	// Most messages say nothing of the kind, and the search is far cheaper than the pattern.
	if (!message.includes(REVERT_WORDS)) return [];
	const found = message.matchAll(/\bThis reverts commit ([0-9a-f]{7,64})\b/gi);
	return [...new Set(Array.from(found, ([, id]) => (id as string).toLowerCase()))];
}

/** Trailers as git prints them, one a line: unfolded, so that no value holds a line's end, and no key a colon. */
export function splitTrailers(raw: string): { trailers: Trailer[]; isCut: boolean } {
	const trailers: Trailer[] = [];
	for (let start = 0; start < raw.length; ) {
		if (trailers.length === TRAILER_LIMIT) return { trailers, isCut: true };
		const found = raw.indexOf("\n", start);
		const end = found === -1 ? raw.length : found;
		const cut = raw.indexOf(":", start);
		if (cut > start && cut < end) {
			trailers.push({ key: decodeText(raw.slice(start, cut)), value: capText(raw.slice(cut + 1, end).trim()) });
		}
		start = end + 1;
	}
	return { trailers, isCut: false };
}
