// Pure. TOML: what stands in it, or why it does not parse.
import { parse, TomlDate, TomlError, type TomlTable } from "smol-toml";
import type { Parsed } from "./config-json.ts";
import { isTemplate } from "./config-template.ts";
import { type ConfigEntry, type ConfigValue, checkDepth, writeScalar } from "./config-tree.ts";
import { Unreadable } from "./extractor.ts";

export function parseToml(text: string): Parsed {
	try {
		const table = parse(text, { integersAsBigInt: "asNeeded" });
		return { tops: [readTable(table, locateKeys(text), [], 1)], fault: null };
	} catch (error) {
		if (!(error instanceof TomlError)) throw error;
		if (error.message.includes("excessively nested")) throw new Unreadable(error.line, "it is nested too deeply");
		return { tops: null, fault: isTemplate(text) ? null : { line: error.line, reason: reasonOf(error) } };
	}
}

/** What the parser says, without the excerpt below it. */
function reasonOf({ message }: TomlError): string {
	return (message.split("\n")[0] as string).replace(/^Invalid TOML document: /, "");
}

type Table = TomlTable;

function readTable(
	table: Table,
	lines: ReadonlyMap<string, number>,
	above: readonly string[],
	depth: number,
): ConfigValue {
	const entries = Object.entries(table).map(([key, value]): ConfigEntry => {
		const path = [...above, key];
		return { key, line: lineOf(lines, path), value: readValue(value, lines, path, depth + 1) };
	});
	return { entries, tag: "" };
}

function readValue(
	value: Table[string],
	lines: ReadonlyMap<string, number>,
	path: readonly string[],
	depth: number,
): ConfigValue {
	checkDepth(depth, 0);
	if (Array.isArray(value)) return value.map((item) => readValue(item, lines, path, depth + 1));
	if (value instanceof TomlDate) return writeScalar(undefined, "") + value.toISOString();
	if (typeof value === "object") return readTable(value as Table, lines, path, depth);
	return writeScalar(value, String(value));
}

/** The line of a key; of one within an inline table, that of the table. */
function lineOf(lines: ReadonlyMap<string, number>, path: readonly string[]): number {
	for (let length = path.length; length > 0; length--) {
		const line = lines.get(JSON.stringify(path.slice(0, length)));
		if (line !== undefined) return line;
	}
	return 0;
}

/**
 * The first line of each key. The parser tells no places, so each line that can hold a key is given to it alone: its own
 * reading of headers and quoted names decides.
 */
function locateKeys(text: string): ReadonlyMap<string, number> {
	const found = new Map<string, number>();
	const note = (path: readonly string[], line: number) => {
		for (let length = 1; length <= path.length; length++) {
			const key = JSON.stringify(path.slice(0, length));
			if (!found.has(key)) found.set(key, line);
		}
	};
	let header: readonly string[] = [];
	/** The quotes that end the text of several lines that is open; null: none is. */
	let open: string | null = null;
	for (const [index, line] of text.split("\n").entries()) {
		if (open !== null) {
			if (line.includes(open)) open = null;
			continue;
		}
		const trimmed = line.trim();
		if (trimmed.startsWith("#")) continue;
		open = openQuotes(line);
		const path = trimmed.startsWith("[") ? pathOf(trimmed) : pathOf(`${beforeEquals(trimmed)}= 0`);
		if (path === null) continue;
		if (trimmed.startsWith("[")) header = path;
		note(trimmed.startsWith("[") ? path : [...header, ...path], index + 1);
	}
	return found;
}

/** A name in quotes may hold an equals sign. */
const NAME = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^"'=#])+(?==)/;

function beforeEquals(line: string): string {
	return NAME.exec(line.slice(0, 1000))?.[0] ?? "";
}

/** The one path of names that a header, or a key with a value, makes; null: it makes none. */
function pathOf(line: string): string[] | null {
	if (line.length > 1000 || line.startsWith("=")) return null;
	try {
		const path: string[] = [];
		let table: unknown = parse(line);
		while (Array.isArray(table) || (typeof table === "object" && table !== null)) {
			if (Array.isArray(table)) {
				table = table[0];
				continue;
			}
			const [name] = Object.keys(table);
			if (name === undefined) break;
			path.push(name);
			table = (table as Record<string, unknown>)[name];
		}
		return path.length === 0 ? null : path;
	} catch {
		return null;
	}
}

function openQuotes(line: string): string | null {
	for (const quotes of ['"""', "'''"]) {
		if (line.split(quotes).length % 2 === 0) return quotes;
	}
	return null;
}
