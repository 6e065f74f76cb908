// Pure. How much of two texts is the same, by their sketches.
import { HASH_WIDTH, HASHES_KEPT, type TextSketch } from "#model/tree-facts";

/**
 * The share of distinct lines of both texts that each of them has, 0 to 1 (Jaccard's index), after Broder's bottom-k
 * sketches: of the least hashes of both together, the part that both have. Exact where both are kept whole.
 */
export function sharedPart(a: Pick<TextSketch, "hashes">, b: Pick<TextSketch, "hashes">): number {
	let [left, right, common, seen] = [0, 0, 0, 0];
	while (seen < HASHES_KEPT && (left < a.hashes.length || right < b.hashes.length)) {
		const one = a.hashes.slice(left, left + HASH_WIDTH);
		const other = b.hashes.slice(right, right + HASH_WIDTH);
		if (one === other) {
			common++;
			left += HASH_WIDTH;
			right += HASH_WIDTH;
		} else if (other === "" || (one !== "" && one < other)) left += HASH_WIDTH;
		else right += HASH_WIDTH;
		seen++;
	}
	return seen === 0 ? 0 : common / seen;
}

/**
 * Groups of two and more things of which each is similar to another of its group by at least `least`. Things that have
 * none of their lowest hashes in common are not compared: nearly all similar ones have, and a name may have thousands.
 */
export function groupSimilar<T extends { readonly sketch: TextSketch }>(things: readonly T[], least: number): T[][] {
	const parent = things.map((_, index) => index);
	const rootOf = (index: number): number => {
		let at = index;
		while (parent[at] !== at) {
			parent[at] = parent[parent[at] as number] as number;
			at = parent[at] as number;
		}
		return at;
	};
	const byDigest = Map.groupBy(things.keys(), (index) => (things[index] as T).sketch.digest);
	for (const [first = 0, ...others] of byDigest.values()) for (const other of others) parent[other] = first;
	const distinct = [...byDigest.values()].map(([first = 0]) => first);
	for (const [one, other] of pairsToCompare(distinct, things)) {
		const [a, b] = [rootOf(one), rootOf(other)];
		if (a === b) continue;
		if (sharedPart((things[one] as T).sketch, (things[other] as T).sketch) >= least)
			parent[Math.max(a, b)] = Math.min(a, b);
	}
	const groups = Map.groupBy(things.keys(), rootOf);
	return [...groups.values()].filter((own) => own.length > 1).map((own) => own.map((index) => things[index] as T));
}

/** Lowest hashes of which one must be common: of texts alike in half of their lines, one pair in 65,000 has none. */
const PROBES = 16;

/** Things with one hash that are compared with one another: a line that more of them have tells them not apart. */
const MOST_ALIKE = 50;

function* pairsToCompare<T extends { readonly sketch: TextSketch }>(
	distinct: readonly number[],
	things: readonly T[],
): Generator<[number, number]> {
	if (distinct.length <= MOST_ALIKE) {
		for (const [at, one] of distinct.entries()) for (const other of distinct.slice(at + 1)) yield [one, other];
		return;
	}
	const byHash = new Map<string, number[]>();
	for (const index of distinct) {
		const { hashes } = (things[index] as T).sketch;
		for (let at = 0; at < PROBES * HASH_WIDTH && at < hashes.length; at += HASH_WIDTH) {
			const hash = hashes.slice(at, at + HASH_WIDTH);
			const own = byHash.get(hash);
			if (own === undefined) byHash.set(hash, [index]);
			else own.push(index);
		}
	}
	for (const own of byHash.values()) {
		if (own.length > MOST_ALIKE) continue;
		for (const [at, one] of own.entries()) for (const other of own.slice(at + 1)) yield [one, other];
	}
}
