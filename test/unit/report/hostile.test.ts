// Text from a repository in every field of every format: nothing that steers a terminal, nothing that lives in Markdown.
import { describe, expect, test } from "vitest";
import type { ConflictLog } from "#model/conflict-log";
import { visible } from "#model/visible";
import { formatJson } from "#report/json";
import { formatMarkdown } from "#report/markdown";
import { formatSarif } from "#report/sarif";
import { formatLog } from "#report/text";
import { conflictFields, logFields, logOfConflicts } from "#test/hostile-log";
import { hostileKinds, hostileStrings } from "#test/hostile-strings";
import { readLive } from "#test/live-markdown";
import { makeOccurrence } from "#test/make-log";
import { sarifErrors } from "#test/sarif-schema";

const room = { maxCharacters: 50_000_000 };
const sarif = (log: ConflictLog) => formatSarif(log, { toolVersion: "1.2.3" });

/** Characters that steer a screen or leave no trace on it, apart from the line breaks of the format itself. */
function steering(text: string): string[] {
	return text.split("\n").filter((line) => line !== visible(line));
}

/** Elements, attributes and references of a comment; the conflicts' order does not matter. */
async function live(log: ConflictLog) {
	const { elements, attributes, references } = await readLive(formatMarkdown(log, room));
	return { elements: elements.join(" "), attributes, references };
}

const logs: [string, (texts: readonly string[]) => ConflictLog][] = Object.entries(conflictFields).map(
	([name, field]) => [name, (texts) => logOfConflicts(field, texts)],
);

test("there are 500 texts and more, all different", () => {
	expect(hostileStrings.length).toBeGreaterThanOrEqual(500);
	expect(new Set(hostileStrings).size).toBe(hostileStrings.length);
});

describe("the judge of Markdown is awake", () => {
	test.each([
		["[click](https://evil.example)", "a"],
		["![x](https://evil.example/a.png)", "img"],
		["<b>x</b>", "b"],
		["www.evil.example", "a"],
		["- [ ] x", "input"],
		["a|b\n-|-\nc|d", "table"],
		["# x", "h1"],
	])("%j makes <%s>", async (markdown, element) => {
		expect((await readLive(markdown)).elements).toContain(element);
	});

	test.each(["@admin", "see #12", "GH-1", "deadbeef", "fixes TICKET-12", "&#64;admin", "\\@admin"])(
		"%j is a reference",
		async (markdown) => {
			expect((await readLive(markdown)).references).not.toEqual([]);
		},
	);

	test.each(["`@admin`", "`#12`", "`<b>`", "plain words, no more"])("%j is not alive", async (markdown) => {
		expect(await readLive(markdown)).toEqual({ elements: ["p"], attributes: [], references: [] });
	});
});

describe.each(logs)("%s", (_, logOf) => {
	const log = logOf(hostileStrings);

	test("text, also coloured", () => {
		// biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours are the only ones
		const bare = formatLog(log, { isColoured: true }).replace(/\x1b\[(?:1|3[136]|0)m/g, "");

		expect(steering(formatLog(log, { isColoured: false }))).toEqual([]);
		expect(bare).toBe(formatLog(log, { isColoured: false }));
	});

	test("JSON", () => {
		expect(steering(formatJson(log))).toEqual([]);
		expect(JSON.parse(formatJson(log))).toEqual(log);
	});

	test("SARIF: valid, nothing hidden, no Markdown, no link", () => {
		for (const text of sarif(log)) {
			const document = JSON.parse(text);
			expect(steering(text)).toEqual([]);
			expect(sarifErrors(document)).toEqual([]);
			for (const { message, locations } of document.runs[0].results) {
				expect(message.text).not.toMatch(/(?<!\\)(?:\\\\)*\]\(/);
				expect(message).not.toHaveProperty("markdown");
				for (const { physicalLocation } of locations) {
					const { uri } = physicalLocation.artifactLocation;
					const base = "https://host.example/root/";
					expect(new URL(uri, base).href).toBe(base + uri);
				}
			}
		}
	});

	test("Markdown: the elements of harmless text, no others", async () => {
		for (const [kind, texts] of Object.entries(hostileKinds)) {
			const harmless = await live(logOf(texts.map((_, index) => `plain ${index}`)));
			expect({ kind, ...(await live(logOf(texts))) }).toEqual({ kind, ...harmless });
			expect(steering(formatMarkdown(logOf(texts), room))).toEqual([]);
		}
	}, 60_000);
});

describe.each(Object.entries(logFields))("%s", (_, logOf) => {
	test("every format", async () => {
		const harmless = await live(logOf("plain"));
		for (const text of hostileStrings) {
			const log = logOf(text);
			const parts = sarif(log);
			const outputs = [formatLog(log, { isColoured: false }), formatJson(log), ...parts, formatMarkdown(log)];
			expect({ text, steering: outputs.flatMap(steering) }).toEqual({ text, steering: [] });
			expect({ text, errors: parts.flatMap((one) => sarifErrors(JSON.parse(one))) }).toEqual({ text, errors: [] });
			expect({ text, ...(await live(log)) }).toEqual({ text, ...harmless });
		}
	}, 60_000);
});

test("resources told together in one story", async () => {
	const together = (texts: readonly string[]) =>
		logOfConflicts((text) => ({ resource: `path:${text}`, occurrences: [makeOccurrence({ path: text })] }), texts);
	for (let at = 0; at < hostileStrings.length; at += 10) {
		const texts = hostileStrings.slice(at, at + 10);
		const log = together(texts);
		const harmless = await live(together(texts.map((_, index) => `plain ${index}`)));
		expect({ texts, ...(await live(log)) }).toEqual({ texts, ...harmless });
		expect(steering(formatLog(log, { isColoured: false }))).toEqual([]);
	}
}, 60_000);
