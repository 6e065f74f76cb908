// Pure. Chance that can be had again: the same seed gives the same numbers.

export interface Random {
	/** From 0 to 1, 1 excluded. */
	next(): number;
	/** From `least` to `most`, ms. */
	between(least: number, most: number): number;
	/** Another source of chance, told by a name, that does not depend on how often this one was asked. */
	fork(name: string): Random;
}

/** Mulberry32: small, and even enough to choose moments by. */
export function seeded(seed: number): Random {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	return {
		next,
		between: (least, most) => least + next() * (most - least),
		fork(name) {
			let hash = seed >>> 0;
			for (const char of name) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
			return seeded(hash);
		},
	};
}
