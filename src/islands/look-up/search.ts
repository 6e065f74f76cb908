// Pure. Fuzzy search over very many paths: a cheap sieve picks who may be meant, fuzzysort ranks those.
import { cleanup, single } from "fuzzysort";
import type { AskedPath } from "#rules/look-up";
import { writePath } from "#rules/look-up";
import { fold } from "./fold.ts";

export interface Hit {
	readonly asked: AskedPath;
	/** Places in the written path of the characters that were meant. */
	readonly marks: readonly number[];
}

export interface Found {
	/** Best first. */
	readonly hits: readonly Hit[];
	/** How many match in all. */
	readonly total: number;
	/** Only the beginning of what was typed was searched for. */
	readonly isCut: boolean;
}

/** So many are ranked; of more, those that match best at first sight. */
const MOST_RANKED = 600;

/** From a name that begins with a word to letters strewn over the whole path. */
const TIERS = 5;

/** Longer queries are cut: each word costs a look at every path. */
const MOST_WORDS = 12;
const MOST_CHARACTERS = 300;

/** Paths made ready to be compared with what somebody types. */
export interface Searchable {
	readonly paths: readonly AskedPath[];
	/** Each as people write it. */
	readonly written: readonly string[];
	/** The same folded (`fold`). */
	readonly folded: readonly string[];
}

export function makeSearchable(paths: readonly AskedPath[]): Searchable {
	const written = paths.map(writePath);
	return { paths, written, folded: written.map(fold) };
}

/** Compiles paths to be searched; in a query, spaces part words that must all be met. */
export function createSearch({ paths, written, folded: lower }: Searchable): (query: string, most: number) => Found {
	const names = Uint32Array.from(lower, nameStart);
	const letters = Uint32Array.from(lower, lettersOf);

	return (query, most) => {
		const all = fold(query.slice(0, MOST_CHARACTERS)).split(/\s+/).filter(Boolean);
		const words = all.slice(0, MOST_WORDS);
		const isCut = query.trim().length > MOST_CHARACTERS || all.length > MOST_WORDS;
		const wanted = lettersOf(words.join(""));
		const tiers: number[][] = Array.from({ length: TIERS }, () => []);
		let total = 0;
		for (const [at, path] of lower.entries()) {
			if (((letters[at] as number) & wanted) >>> 0 !== wanted) continue;
			const tier = tierOf(path, names[at] as number, words);
			if (tier === TIERS) continue;
			total++;
			const met = tiers[tier] as number[];
			if (met.length < MOST_RANKED) met.push(at);
		}
		if (words.length === 0) return { hits: [], total: 0, isCut };
		const candidates = tiers.flat().slice(0, MOST_RANKED);
		const wordsText = words.join(" ");
		const ranked = candidates
			.flatMap((at) => {
				const text = (written[at] as string).normalize();
				const result = single(wordsText, text);
				return result === null ? [] : [{ at, text, score: result.score, indexes: result.indexes }];
			})
			.sort((a, b) => b.score - a.score);
		// Folders are typed before names: where the last word is met in the name, that is meant.
		const last = words.slice(-1);
		const tierOfLast = new Map(candidates.map((at) => [at, tierOf(lower[at] as string, names[at] as number, last)]));
		const placed = ranked.sort((a, b) => (tierOfLast.get(a.at) ?? 0) - (tierOfLast.get(b.at) ?? 0));
		const hits = placed.slice(0, most).map(({ at, text, indexes }) => ({
			asked: paths[at] as AskedPath,
			// Of a name that is written otherwise the places are others.
			marks: text === written[at] ? [...indexes] : [],
		}));
		// It keeps what it was asked about: with each query that would be other paths.
		cleanup();
		return { hits, total, isCut };
	};
}

/** Where the last name of a path begins; a folder's slash at the end belongs to its name. */
function nameStart(path: string): number {
	return path.lastIndexOf("/", path.length - 2) + 1;
}

/** The worst tier of the words; `TIERS` where one is not met. */
function tierOf(path: string, name: number, words: readonly string[]): number {
	let worst = 0;
	for (const word of words) {
		const tier = tierOfWord(path, name, word);
		if (tier === TIERS) return TIERS;
		if (tier > worst) worst = tier;
	}
	return worst;
}

function tierOfWord(path: string, name: number, word: string): number {
	const first = path.indexOf(word);
	if (first === -1) return holds(path, name, word) ? 3 : holds(path, 0, word) ? 4 : TIERS;
	if (first === 0 || path.startsWith(word, name)) return 0;
	return first >= name || path.includes(word, name) ? 1 : 2;
}

/** Whether the letters of a word stand in a path in their order, from a place on. */
function holds(path: string, from: number, word: string): boolean {
	let at = from - 1;
	for (let letter = 0; letter < word.length; letter++) {
		at = path.indexOf(word[letter] as string, at + 1);
		if (at === -1) return false;
	}
	return true;
}

/** One bit for each letter that occurs; digits and all else share bits. */
export function lettersOf(text: string): number {
	let bits = 0;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		bits |= 1 << (code >= 97 && code <= 122 ? code - 97 : 26 + (code % 6));
	}
	return bits >>> 0;
}
