// Pure. Ways to spoil text: what a broken disk, a hostile repository or a hurried person does to bytes.
import fc from "fast-check";

/** One place of a text, spoiled. Places and lengths are taken modulo the text's length. */
export interface Damage {
	readonly at: number;
	/** Characters taken out there. */
	readonly gone: number;
	/** What is put in their place, `times` over. */
	readonly put: string;
	readonly times: number;
	/** Everything behind the place goes too. */
	readonly isEnd: boolean;
}

/** Up to four damages; `scraps` are what has a meaning in the format at hand. */
export function damages(scraps: readonly string[]): fc.Arbitrary<Damage[]> {
	const put = fc.oneof(
		{ weight: 4, arbitrary: fc.constantFrom("", ...scraps) },
		{ weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 8 }) },
	);
	const damage = fc.record({
		at: fc.nat(),
		gone: fc.oneof({ weight: 4, arbitrary: fc.nat(12) }, { weight: 1, arbitrary: fc.nat(4_000) }),
		put,
		times: fc.oneof({ weight: 8, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.nat(3_000) }),
		isEnd: fc.oneof({ weight: 7, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
	});
	return fc.array(damage, { maxLength: 4 });
}

/** The text after all damages, in order. */
export function spoil(text: string, damages: readonly Damage[]): string {
	return damages.reduce((spoiled, { at, gone, put, times, isEnd }) => {
		const from = at % (spoiled.length + 1);
		return spoiled.slice(0, from) + put.repeat(times) + (isEnd ? "" : spoiled.slice(from + gone));
	}, text);
}
