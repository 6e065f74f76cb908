// Pure. YAML: what stands in it, or why it does not parse. Tags and aliases are read as they stand, never followed.
import {
	isAlias,
	isMap,
	isPair,
	isScalar,
	isSeq,
	LineCounter,
	type Node,
	type ParsedNode,
	parseAllDocuments,
	type YAMLError,
} from "yaml";
import type { Parsed } from "./config-json.ts";
import { isTemplate } from "./config-template.ts";
import { type ConfigEntry, type ConfigValue, checkDepth, writeScalar } from "./config-tree.ts";
import { Unreadable } from "./extractor.ts";

/**
 * Keys that stand twice are let pass, as most readers do, and because the parser's search for them takes the square of
 * their number. Tags are nobody's business here: `!Ref` and its like mean something to one program only.
 */
const OPTIONS = { strict: false, uniqueKeys: false, logLevel: "silent", prettyErrors: false } as const;

/** All documents of a text. */
export function parseYaml(text: string): Parsed {
	const lines = new LineCounter();
	const documents = readDocuments(text, lines);
	const error = faultOf(documents);
	if (error === null) return { tops: documents.map(({ contents }) => readNode(contents, lines, 1)), fault: null };
	if (isTemplate(text)) return { tops: null, fault: null };
	const mended = readMended(shiftClosers(text));
	if (mended !== null) return { tops: mended, fault: null };
	return { tops: null, fault: { line: lines.linePos(error.pos[0]).line, reason: reasonOf(error) } };
}

function readDocuments(text: string, lineCounter: LineCounter) {
	const documents = parseAllDocuments<ParsedNode>(text, { ...OPTIONS, lineCounter });
	// Without a document the parser answers with an empty list of another type.
	const list = Array.from(documents);
	for (const { errors } of list) {
		for (const { code, pos } of errors) {
			if (code === "RESOURCE_EXHAUSTION") {
				throw new Unreadable(lineCounter.linePos(pos[0]).line, "it is nested too deeply");
			}
		}
	}
	return list;
}

/** The first thing that is no YAML. What a tag means is for the program that reads it. */
function faultOf(documents: readonly { readonly errors: readonly YAMLError[] }[]): YAMLError | null {
	return documents.flatMap(({ errors }) => errors).find(({ code }) => code !== "TAG_RESOLVE_FAILED") ?? null;
}

/** By the letter of YAML a bracket that closes stands further in than its key. Most readers do not insist, and people do not either. */
function shiftClosers(text: string): string {
	return text.replace(/^( *)(?=[\]}])/gm, "$1 ");
}

/** Texts larger than this are not tried again and again, and no text more often than so. */
const MEND_LIMIT = 128 * 1024;
const MAX_MENDED = 10;

/**
 * The values of a text that only breaks rules of indentation on which most readers do not insist: lines of a text in quotes
 * may stand as far out as its key. Null where it is broken all the same.
 */
function readMended(shifted: string): ConfigValue[] | null {
	let text = shifted;
	for (let tried = 0; tried <= MAX_MENDED; tried++) {
		const lines = new LineCounter();
		const documents = readDocuments(text, lines);
		const error = faultOf(documents);
		if (error === null) return documents.map(({ contents }) => readNode(contents, lines, 1));
		const next = text.length > MEND_LIMIT ? null : indentQuoted(text, error, lines);
		if (next === null) return null;
		text = next;
	}
	return null;
}

/** The text with the lines up to the closing quote that the parser missed set further in; they are folded anyway. */
function indentQuoted(text: string, error: YAMLError, places: LineCounter): string | null {
	const [, quote] = /^Missing closing (['"])quote/.exec(error.message) ?? [];
	if (quote === undefined) return null;
	const lines = text.split("\n");
	const start = places.linePos(error.pos[0]).line;
	const end = lines.findIndex((line, index) => index >= start && line.includes(quote));
	if (end === -1) return null;
	return lines.map((line, index) => (index >= start && index <= end ? `${" ".repeat(100)}${line}` : line)).join("\n");
}

/** What the parser says, without its first capital and the place that is told beside it. */
function reasonOf({ message }: YAMLError): string {
	const plain = (message.split("\n")[0] as string).replace(/ at line \d+.*$/, "").replace(/[.:]$/, "");
	return plain.charAt(0).toLowerCase() + plain.slice(1);
}

function readNode(node: Node | null, lines: LineCounter, depth: number): ConfigValue {
	if (node === null) return "null";
	const line = lineOf(node, lines);
	checkDepth(depth, line);
	if (isAlias(node)) return `*${node.source}`;
	const tag = node.tag === undefined ? "" : `${node.tag} `;
	if (isScalar(node)) {
		const text = writeScalar(node.value, node.source ?? "");
		return tag === "" ? text : tag + text;
	}
	if (isSeq(node)) {
		const items = node.items.map((item) => readNode(isPair(item) ? null : (item as Node | null), lines, depth + 1));
		return tag === "" ? items : [tag, ...items];
	}
	if (!isMap(node)) return "null";
	const entries = node.items.map(({ key, value }): ConfigEntry => {
		const name = key as Node | null;
		return {
			key: isScalar(name) ? String(name.value) : JSON.stringify(readNode(name, lines, depth + 1)),
			line: name === null ? line : lineOf(name, lines),
			value: readNode(value as Node | null, lines, depth + 1),
		};
	});
	return { entries, tag };
}

function lineOf(node: Node, lines: LineCounter): number {
	return lines.linePos(node.range?.[0] ?? 0).line;
}
