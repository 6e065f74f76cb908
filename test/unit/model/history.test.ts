// Paths as bytes and dates as git holds them, made fit to show.
import { expect, test } from "vitest";
import { z } from "zod";
import { instantOf, rawPath, showPath } from "#model/history";

test("text is its UTF-8 bytes, one a character, and back", () => {
	expect(rawPath("é")).toBe("\xc3\xa9");
	expect(showPath("\xc3\xa9")).toEqual({ text: "é", bytes: null });
	expect(showPath(rawPath("日本/a b\n")).text).toBe("日本/a b\n");
});

test("bytes that are no UTF-8 are written out and kept", () => {
	expect(showPath("caf\xe9")).toEqual({ text: "caf\\xE9", bytes: Uint8Array.from([99, 97, 102, 233]) });
	expect(showPath("\xc3").text).toBe("\\xC3");
	expect(showPath("\xed\xa0\x80").text).toBe("\\xED\\xA0\\x80");
});

test("an instant is UTC to the second, whatever zone the commit names", () => {
	expect(instantOf("1753973100 +0200")).toBe("2025-07-31T14:45:00Z");
	expect(instantOf("1753973100 -0800")).toBe("2025-07-31T14:45:00Z");
	expect(instantOf("0 +0000")).toBe("1970-01-01T00:00:00Z");
});

test("dates beyond four-digit years are clamped, so that they sort as text and satisfy the log's schema", () => {
	const wild = ["99999999999999999999 +0000", "253402300800 +0000", "-99999999999999 +0000", "nonsense", ""].map(
		instantOf,
	);

	expect(wild).toEqual([
		"9999-12-31T23:59:59Z",
		"9999-12-31T23:59:59Z",
		"0000-01-01T00:00:00Z",
		"9999-12-31T23:59:59Z",
		"1970-01-01T00:00:00Z",
	]);
	for (const instant of wild) expect(z.iso.datetime().safeParse(instant).success).toBe(true);
});
