// Pure. JSON, and JSON with comments: what stands in it, or why it does not parse.
import { type JSONVisitor, type ParseErrorCode, type ParseOptions, printParseErrorCode, visit } from "jsonc-parser";
import { isTemplate } from "./config-template.ts";
import { type ConfigEntry, type ConfigMapping, type ConfigValue, checkDepth, writeScalar } from "./config-tree.ts";

export interface Fault {
	readonly line: number;
	readonly reason: string;
}

/** The values at the top of a text; null where it does not parse, or is made into configuration by something else. */
export interface Parsed {
	readonly tops: readonly ConfigValue[] | null;
	readonly fault: Fault | null;
}

/**
 * Reads JSON. A text with comments is read as JSON with comments, trailing commas and all, whatever its name: somebody
 * reads it who skips them. `lenient`: the name says so already.
 */
export function parseJson(text: string, lenient: boolean): Parsed {
	if (isStrictJson(text)) return { tops: [readTree(text, {})], fault: null };
	if (isJsonLines(text) || isTemplate(text)) return { tops: null, fault: null };
	const options = { allowTrailingComma: lenient || hasComments(text) };
	const fault = findFault(text, options);
	if (fault !== null) return { tops: null, fault: fault === "placeholder" ? null : fault };
	return { tops: [readTree(text, options)], fault: null };
}

function isStrictJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

/** Whether each of several lines is JSON by itself. */
function isJsonLines(text: string): boolean {
	const lines = text.split("\n").filter((line) => line.trim() !== "");
	return lines.length > 1 && lines.every(isStrictJson);
}

function hasComments(text: string): boolean {
	let found = false;
	walk(text, { onComment: () => (found = true) }, {});
	return found;
}

/** Python's json module writes these and reads them, and so do others. */
const NOT_A_NUMBER = /^-?(NaN|Infinity)\b/;

/** Where a value is put in by a program: `${PORT}`, `@VERSION@`, `%(name)s`. */
const PLACEHOLDER = /^(\$\{|\$\(|@[A-Za-z_]|%\(|#\{)/;

/** The first thing that is no JSON, unless it is where a program puts a value in. */
function findFault(text: string, options: ParseOptions): Fault | "placeholder" | null {
	let first: { code: ParseErrorCode; line: number; at: number } | null = null;
	let isPlaceholder = false;
	/** Past a value that is no number, the parser stumbles over what is left of it. */
	let skipTo = -1;
	walk(
		text,
		{
			onError(code, at, _length, line) {
				const rest = text.slice(at, at + 20);
				const word = NOT_A_NUMBER.exec(rest) ?? NOT_A_NUMBER.exec(text.slice(Math.max(0, at - 1), at + 20));
				if (word !== null) skipTo = at + word[0].length + 1;
				if (at <= skipTo || first !== null) return;
				first = { code, line: line + 1, at };
				isPlaceholder = PLACEHOLDER.test(rest);
			},
		},
		options,
	);
	if (isPlaceholder) return "placeholder";
	if (first === null) return null;
	const { code, line } = first as { code: ParseErrorCode; line: number };
	return { line, reason: REASONS[printParseErrorCode(code)] ?? "it is no JSON here" };
}

const REASONS: Readonly<Record<string, string>> = {
	InvalidSymbol: "a word that is no JSON",
	InvalidNumberFormat: "a number that is none",
	PropertyNameExpected: "a key in double quotes is expected",
	ValueExpected: "a value is expected",
	ColonExpected: "a colon is expected",
	CommaExpected: "a comma is expected",
	CloseBraceExpected: "a closing brace is expected",
	CloseBracketExpected: "a closing bracket is expected",
	EndOfFileExpected: "something follows the end of the value",
	UnexpectedEndOfComment: "a comment does not end",
	UnexpectedEndOfString: "a string does not end",
	UnexpectedEndOfNumber: "a number does not end",
	InvalidUnicode: "a \\u that four digits do not follow",
	InvalidEscapeCharacter: "a backslash before a character that needs none",
	InvalidCharacter: "a line's end, a tab or another control character within a string",
};

/** The parser goes down one call a level; what lies too deep is refused before it runs out of stack. */
function walk(text: string, visitor: JSONVisitor, options: ParseOptions): void {
	let depth = 0;
	const down = (_at: number, _length: number, line: number) => checkDepth(++depth, line + 1);
	const up = () => {
		depth--;
	};
	visit(text, { onObjectBegin: down, onArrayBegin: down, onObjectEnd: up, onArrayEnd: up, ...visitor }, options);
}

/** The value of a text that parses. */
function readTree(text: string, options: ParseOptions): ConfigValue {
	const root: ConfigValue[] = [];
	const open: { add: (value: ConfigValue) => void }[] = [{ add: (value) => root.push(value) }];
	let next: { key: string; line: number } | null = null;
	const add = (value: ConfigValue) => open.at(-1)?.add(value);
	visit(
		text,
		{
			onObjectBegin(_at, _length, line) {
				checkDepth(open.length, line + 1);
				const entries: ConfigEntry[] = [];
				const mapping: ConfigMapping = { entries, tag: "" };
				add(mapping);
				open.push({
					add(value) {
						if (next !== null) entries.push({ ...next, value });
						next = null;
					},
				});
			},
			onObjectProperty(key, _at, _length, line) {
				next = { key, line: line + 1 };
			},
			onObjectEnd: () => void open.pop(),
			onArrayBegin(_at, _length, line) {
				checkDepth(open.length, line + 1);
				const items: ConfigValue[] = [];
				add(items);
				open.push({ add: (value) => items.push(value) });
			},
			onArrayEnd: () => void open.pop(),
			onLiteralValue: (value, at, length) => add(writeScalar(value, text.slice(at, at + length))),
		},
		options,
	);
	return root[0] ?? "null";
}
