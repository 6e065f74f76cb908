// Pure. What a string literal of Python says, where that is plain.

/** The text between its quotes; null: it is no plain text (an f-string, bytes, or one with escapes). */
export function stringValue(literal: string): string | null {
	const [, prefix = "", quotes = "", inner = ""] = /^([A-Za-z]*)("""|'''|"|')([\s\S]*)\2$/.exec(literal) ?? [];
	if (quotes === "" || !/^[rRuU]?$/.test(prefix)) return null;
	return inner.includes("\\") && !/^[rR]$/.test(prefix) ? null : inner;
}
