// Pure. Configuration as one kind of tree, whatever it is written in: YAML, JSON, TOML; each value with its line.
import { getNodeValue, type Node as JsonNode, parseTree } from "jsonc-parser";
import { parse as parseToml, TomlError } from "smol-toml";
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments } from "yaml";
import { Unreadable } from "../extractor.ts";
import { lineIndex } from "./number.ts";

export type Data =
	| { readonly kind: "map"; readonly entries: ReadonlyMap<string, Data> }
	| { readonly kind: "list"; readonly items: readonly Data[] }
	| { readonly kind: "value"; readonly value: unknown; readonly line: number };

/** What is nested deeper is no configuration that people write, and is not looked at. */
const MOST_DEPTH = 40;

const NOTHING: Data = { kind: "value", value: null, line: 0 };

/** The documents of a YAML text. Aliases are not followed: what they stand for is read where it is written. */
export function readYaml(text: string): Data[] {
	const lines = new LineCounter();
	const documents = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: false, logLevel: "silent" });
	const dataOf = (node: unknown, depth: number): Data => {
		if (depth > MOST_DEPTH || isAlias(node)) return NOTHING;
		if (isMap(node)) {
			const entries = node.items.map(({ key, value }) => {
				return [String(isScalar(key) ? key.value : ""), dataOf(value, depth + 1)] as const;
			});
			return { kind: "map", entries: new Map(entries) };
		}
		if (isSeq(node)) return { kind: "list", items: node.items.map((item) => dataOf(item, depth + 1)) };
		if (!isScalar(node)) return NOTHING;
		// `22:22` without quotes is a number in base 60 to YAML 1.1, and text to compose: what is written counts.
		return { kind: "value", value: node.source ?? node.value, line: lines.linePos(node.range?.[0] ?? 0).line };
	};
	if (!("length" in documents)) return [];
	return documents.map((document) => {
		const [error] = document.errors;
		if (error !== undefined) {
			throw new Unreadable(
				error.linePos?.[0].line ?? 0,
				error.message.split("\n", 1)[0]?.replace(/ at line .*$/, "") ?? "",
			);
		}
		return dataOf(document.contents, 0);
	});
}

/** JSON, with comments and trailing commas where there are some. What is wrong in it is told by others. */
export function readJson(text: string): Data {
	const line = lineIndex(text);
	const dataOf = (node: JsonNode | undefined, depth: number): Data => {
		if (node === undefined || depth > MOST_DEPTH) return NOTHING;
		if (node.type === "object") {
			const entries = (node.children ?? []).map(({ children }) => {
				return [String(children?.[0]?.value ?? ""), dataOf(children?.[1], depth + 1)] as const;
			});
			return { kind: "map", entries: new Map(entries) };
		}
		if (node.type === "array")
			return { kind: "list", items: (node.children ?? []).map((item) => dataOf(item, depth + 1)) };
		return { kind: "value", value: getNodeValue(node), line: line(node.offset) };
	};
	return dataOf(parseTree(text, [], { allowTrailingComma: true }), 0);
}

/** TOML; its parser tells no lines, so that keys are looked up by their last name under their table's header. */
export function readToml(text: string): Data {
	let parsed: unknown;
	try {
		parsed = parseToml(text);
	} catch (error) {
		if (error instanceof TomlError) throw new Unreadable(error.line, error.message.split("\n", 1)[0] ?? "");
		throw error;
	}
	const lines = tomlLines(text);
	const dataOf = (value: unknown, path: string, depth: number): Data => {
		if (depth > MOST_DEPTH) return NOTHING;
		if (Array.isArray(value)) return { kind: "list", items: value.map((item) => dataOf(item, path, depth + 1)) };
		if (typeof value === "object" && value !== null && !(value instanceof Date)) {
			const entries = Object.entries(value).map(([key, inner]) => {
				return [key, dataOf(inner, path === "" ? key : `${path}.${key}`, depth + 1)] as const;
			});
			return { kind: "map", entries: new Map(entries) };
		}
		return { kind: "value", value, line: lines.get(path) ?? 0 };
	};
	return dataOf(parsed, "", 0);
}

function tomlLines(text: string): ReadonlyMap<string, number> {
	const found = new Map<string, number>();
	let table = "";
	text.split("\n").forEach((line, index) => {
		const header = /^\s*\[\[?([^\]]{1,200})\]/.exec(line);
		if (header !== null) table = (header[1] as string).replace(/[\s"']/g, "");
		const key = /^\s*([\w"'.-]{1,100})\s*=/.exec(line)?.[1]?.replace(/["']/g, "");
		const path = key === undefined ? null : table === "" ? key : `${table}.${key}`;
		if (path !== null && !found.has(path)) found.set(path, index + 1);
	});
	return found;
}
