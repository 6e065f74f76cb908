// Pure. The known word a mistyped one was probably meant to be.

/** The candidate closest to `word`, if it is close enough to be meant; null otherwise. Case does not count. */
export function nearest(word: string, candidates: readonly string[]): string | null {
	let best: string | null = null;
	let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
	for (const candidate of candidates) {
		const found = distance(word.toLowerCase(), candidate.toLowerCase());
		if (found < bestDistance) {
			best = candidate;
			bestDistance = found;
		}
	}
	return best;
}

/** The candidate closest to `word`, where no other is as close; null otherwise. */
export function onlyNearest(word: string, candidates: readonly string[]): string | null {
	const match = nearest(word, candidates);
	if (match === null) return null;
	const rival = nearest(
		word,
		candidates.filter((one) => one !== match),
	);
	const far = (one: string) => distance(word.toLowerCase(), one.toLowerCase());
	return rival !== null && far(rival) === far(match) ? null : match;
}

/** `Did you mean "owner"?`, or else the list of what is known. */
export function suggest(word: string, candidates: readonly string[], known: string): string {
	const match = nearest(word, candidates);
	return match === null ? `${known}: ${candidates.join(", ")}.` : `Did you mean "${match}"?`;
}

/** Of more than eight letters' difference in length no two words are slips of each other. */
function distance(from: string, to: string): number {
	return Math.abs(from.length - to.length) > 8 ? Number.POSITIVE_INFINITY : editDistance(from, to);
}

/**
 * Edits (insert, delete, replace, swap of neighbours) from one text to the other; more than `most` is Infinity. Optimal
 * string alignment: no part is edited twice.
 */
export function editDistance(from: string, to: string, most = Number.POSITIVE_INFINITY): number {
	if (Math.abs(from.length - to.length) > most) return Number.POSITIVE_INFINITY;
	let beforeLast: number[] = [];
	let last = Array.from({ length: to.length + 1 }, (_, index) => index);
	for (let i = 1; i <= from.length; i++) {
		const row = [i];
		for (let j = 1; j <= to.length; j++) {
			const same = from[i - 1] === to[j - 1];
			let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
			if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
				cost = Math.min(cost, beforeLast[j - 2]! + 1);
			}
			row.push(cost);
		}
		if (Math.min(...row) > most) return Number.POSITIVE_INFINITY;
		beforeLast = last;
		last = row;
	}
	const found = last[to.length]!;
	return found > most ? Number.POSITIVE_INFINITY : found;
}
