// Text from a repository must not steer a terminal, a reader's eye or a JSON reader.
import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeJson, visible } from "#model/visible";

const range = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index));

/** What may not reach a terminal as it is; named here once more, so that a hole in the product's list shows. */
const forbidden = [
	...range(0x00, 0x1f),
	...range(0x7f, 0x9f),
	...range(0x202a, 0x202e),
	...range(0x2066, 0x2069),
	...range(0x200b, 0x200f),
	"\u00ad",
	"\u061c",
	"\u2028",
	"\u2029",
	"\u2060",
	"\ufeff",
	"\u034f",
	"\u115f",
	"\u180e",
	"\u3164",
	"\uffa0",
	"\ufe00",
	"\u{e0041}",
	"\u{e0100}",
	"\ud800",
	"\udfff",
];
const isForbidden = (text: string) =>
	forbidden.some((char) => (char.length === 1 && /[\ud800-\udfff]/.test(char) ? false : text.includes(char)));

test("each character is shown in its own way", () => {
	expect(visible("a\x1b[31mred")).toBe("a\\x1B[31mred");
	expect(visible("a\nb\tc\r")).toBe("a\\x0Ab\\x09c\\x0D");
	expect(visible("\x00\x7f\x9b")).toBe("\\x00\\x7F\\x9B");
	expect(visible("user\u202e\u2066nimda")).toBe("user\\u{202E}\\u{2066}nimda");
	expect(visible("zero\u200bwidth\ufeff")).toBe("zero\\u{200B}width\\u{FEFF}");
	expect(visible("tag\u{e0041}")).toBe("tag\\u{E0041}");
	expect(visible("\ud800 alone \udc00")).toBe("\\u{D800} alone \\u{DC00}");
});

test("what people write stays as it is", () => {
	for (const text of ["src/a b.py", "café 日本語 ✅ → 🟡 ß", "<script>&amp;{x}", "C:\\dir", "e\u0301", "👩", "⚠️ x"])
		expect(visible(text)).toBe(text);
});

test("every forbidden character is escaped, alone and in JSON", () => {
	for (const char of forbidden) {
		const name = `U+${char.codePointAt(0)?.toString(16)}`;
		expect(visible(char), name).toMatch(/^\\(x[0-9A-F]{2}|u\{[0-9A-F]{4,6}\})$/);
		const json = escapeJson(JSON.stringify({ text: `a${char}b` }));
		expect(json, name).toMatch(/^[\x20-\x7e]+$/);
		expect(JSON.parse(json), name).toEqual({ text: `a${char}b` });
	}
});

const wild = fc
	.array(
		fc.oneof(
			fc.constantFrom(...forbidden),
			fc.string({ unit: "binary", maxLength: 3 }),
			fc.integer({ min: 0xd800, max: 0xdfff }).map((code) => String.fromCharCode(code)),
		),
		{ maxLength: 12 },
	)
	.map((parts) => parts.join(""));

test("10,000 wild strings: no raw control left, one line, twice the same", () => {
	fc.assert(
		fc.property(wild, (text) => {
			const shown = visible(text);
			expect(isForbidden(shown)).toBe(false);
			expect(shown.isWellFormed()).toBe(true);
			expect(visible(shown)).toBe(shown);
		}),
		{ numRuns: 10_000 },
	);
});

test("10,000 wild strings in JSON: no raw control left, and they read back whole", () => {
	fc.assert(
		fc.property(wild, (text) => {
			const json = escapeJson(JSON.stringify([text, { [text]: text }], null, 2));
			expect(isForbidden(json.replaceAll("\n", ""))).toBe(false);
			expect(JSON.parse(json)).toEqual([text, { [text]: text }]);
		}),
		{ numRuns: 10_000 },
	);
});
