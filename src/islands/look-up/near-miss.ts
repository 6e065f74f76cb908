// Pure. Was a tracked path meant? Those that what was typed differs from in case or spelling alone, or is a part of.
import { editDistance } from "#model/nearest";
import type { AskedPath } from "#rules/look-up";
import { fold } from "./fold.ts";
import { lettersOf, type Searchable } from "./search.ts";

/** `form`: looks the same, other characters. `case`: upper and lower case alone. `like`: a slip, or a part of the path. */
export type Miss = "form" | "case" | "like";

export interface NearMisses {
	readonly why: Miss;
	/** Nearest first; at least one. */
	readonly paths: readonly AskedPath[];
}

/**
 * `isInTracked`: the folder it would lie in is tracked, so that what lies in other folders is not meant. Null: nothing is so
 * near.
 */
export function findNearMisses(
	path: string,
	{ paths, written, folded }: Searchable,
	isInTracked: boolean,
	most: number,
): NearMisses | null {
	const wanted = fold(path);
	if (wanted === "") return null;
	const name = wanted.slice(wanted.lastIndexOf("/") + 1);
	const isBare = name === wanted;
	const isWord = !name.includes(".");
	const slips = wanted.length < 4 ? 0 : wanted.length < 12 ? 1 : 2;
	const depth = wanted.split("/").length;
	const found: { at: number; far: number }[] = [];
	for (const [at, slashed] of folded.entries()) {
		const known = slashed.endsWith("/") ? slashed.slice(0, -1) : slashed;
		const end = isInTracked && !isBare ? known : lastNames(known, depth);
		const far = distance(wanted, end, slips);
		if (far <= slips && (far === 0 || !isSeries(wanted, end))) found.push({ at, far });
		else if (isWord && isPartOf(known, wanted, isBare, isInTracked)) found.push({ at, far: 3 });
		else if (isBare && isBehindBreak(known.slice(known.lastIndexOf("/") + 1), wanted)) found.push({ at, far: 3 });
	}
	if (found.length === 0) return null;
	const length = (at: number) => (folded[at] as string).length;
	found.sort((one, other) => one.far - other.far || length(one.at) - length(other.at) || one.at - other.at);
	const same = found.find(({ at, far }) => far === 0 && unslashed(folded[at] as string) === wanted);
	const isForm = same !== undefined && unslashed(written[same.at] as string).normalize() === path.normalize();
	return {
		why: same === undefined ? "like" : isForm ? "form" : "case",
		paths: found.slice(0, most).map(({ at }) => paths[at] as AskedPath),
	};
}

function unslashed(path: string): string {
	return path.endsWith("/") ? path.slice(0, -1) : path;
}

/** The last names of a path: `b/c` of `a/b/c`. */
function lastNames(path: string, count: number): string {
	let at = path.length;
	for (let left = count; left > 0; left--) {
		at = path.lastIndexOf("/", at - 1);
		if (at <= 0) return path;
	}
	return path.slice(at + 1);
}

/** A word without an ending is a part of a name; behind slashes it begins one. */
function isPartOf(known: string, wanted: string, isBare: boolean, isInTracked: boolean): boolean {
	if (isBare) return known.includes(wanted, known.lastIndexOf("/") + 1);
	return known.startsWith(wanted) || (!isInTracked && known.includes(`/${wanted}`));
}

/** `api.py` of `distributed_api.py`, but not of `okapi.py`. */
function isBehindBreak(name: string, wanted: string): boolean {
	const at = name.indexOf(wanted);
	return at > 0 && !/[\p{L}\d]/u.test(name[at - 1] as string);
}

/** Alike but for numbers: `0012.sql` is no slip of `0011.sql`. */
function isSeries(one: string, other: string): boolean {
	return one.replace(/\d+/g, "") === other.replace(/\d+/g, "");
}

/** Edits from one text to the other; more than `most` is Infinity. Most paths are told apart by their letters alone. */
function distance(from: string, to: string, most: number): number {
	if (from === to) return 0;
	if (most === 0 || bits(lettersOf(from) & ~lettersOf(to)) > most) return Number.POSITIVE_INFINITY;
	return editDistance(from, to, most);
}

function bits(mask: number): number {
	let count = 0;
	for (let left = mask; left !== 0; left &= left - 1) count++;
	return count;
}
