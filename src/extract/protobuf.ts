// Pure. What a .proto file declares: its package, messages, enums and services with their rpcs, each with its line.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { ProtobufFile, ProtobufMethod } from "#model/tree-facts";
import { type Extractor, Unreadable } from "./extractor.ts";
import { joinName, resolveMethods } from "./protobuf-names.ts";
import { readTokens, type Token, type Tokens } from "./protobuf-tokens.ts";
import { protobufKind } from "./source-kind.ts";

export const protobuf: Extractor<ProtobufFile> = {
	kindOf: protobufKind,
	extract: readProtobuf,
};

/** Messages within messages that are followed, as many as protobuf's own compiler follows. */
const MAX_DEPTH = 32;

/** Characters of a full name: what is kept of a file must not outgrow it, however deep its names are. */
const MAX_NAME = 512;

type Block = "file" | "message" | "enum" | "service" | "oneof" | "extend";

interface Declared {
	readonly name: string;
	readonly line: number;
}

interface Reading {
	readonly tokens: Tokens;
	package: string;
	readonly imports: string[];
	readonly messages: Declared[];
	readonly enums: Declared[];
	readonly services: { name: string; line: number; methods: ProtobufMethod[] }[];
	/** Texts of the tokens of declarations, strings marked. */
	readonly declared: string[];
	/** Blocks that are open, the file first. */
	readonly open: { readonly block: Block; readonly name: string }[];
	readonly fields: Map<string, Map<string, string>>;
}

function readProtobuf(text: string): ProtobufFile {
	const reading = readAll(text);
	const { imports, messages, enums, services, declared } = reading;
	const file = { package: reading.package, imports, messages, enums, services: resolveMethods(reading) };
	return { ...file, digest: services.length + messages.length + enums.length === 0 ? "" : digestOf(declared) };
}

/**
 * The fields of each message by their numbers: how they are repeated and the last part of their type's name. What names
 * and options a field has is nothing to the wire. Throws Unreadable.
 */
export function readFields(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
	return readAll(text).fields;
}

function readAll(text: string): Reading {
	const reading: Reading = {
		tokens: readTokens(text),
		package: "",
		imports: [],
		messages: [],
		enums: [],
		services: [],
		declared: [],
		open: [{ block: "file", name: "" }],
		fields: new Map(),
	};
	for (let token = reading.tokens.next(); token !== null; token = reading.tokens.next()) readStatement(reading, token);
	if (reading.open.length > 1) throw new Unreadable(0, "it ends within a declaration");
	return reading;
}

/** A part of a digest: it tells copies apart, and proves nothing to anybody. */
function digestOf(tokens: readonly string[]): string {
	return bytesToHex(sha256(new TextEncoder().encode(tokens.join("\n"))).subarray(0, 16));
}

/** Reads from its first token to its end, or into the block that it opens. */
function readStatement(reading: Reading, first: Token): void {
	const { block } = innermost(reading);
	if (first.isString) throw unexpected(first);
	if (first.text === ";") return;
	if (first.text === "}" && block !== "file") {
		reading.declared.push("}");
		reading.open.pop();
		return;
	}
	if (block === "file") {
		readTop(reading, first);
		return;
	}
	reading.declared.push(first.text);
	if (block === "message" && OPENS.has(first.text) && isName(reading.tokens.peek())) openNamed(reading, first);
	else if (block === "service" && first.text === "rpc") readMethod(reading);
	else if (STATEMENT.test(first.text)) readRest(reading, first);
	else throw unexpected(first);
}

/** A field, a value of an enum, an option: they start with a word, or with the dot of a full name. */
const STATEMENT = /^\.?[A-Za-z_][\w.]*$/;

/** What opens a block within a message. */
const OPENS: ReadonlySet<string> = new Set(["message", "enum", "extend", "oneof"]);

function readTop(reading: Reading, first: Token): void {
	switch (first.text) {
		case "syntax":
		case "edition":
		case "option":
			skipStatement(reading, first);
			return;
		case "package":
			reading.package = checkName(
				skipStatement(reading, first)
					.map(({ text }) => text)
					.join(""),
				first.line,
			);
			return;
		case "import": {
			const path = skipStatement(reading, first).find(({ isString }) => isString);
			if (path === undefined) throw unexpected(first);
			reading.imports.push(path.text);
			return;
		}
		case "message":
		case "enum":
		case "service":
		case "extend":
			reading.declared.push(first.text);
			openNamed(reading, first);
			return;
		default:
			throw unexpected(first);
	}
}

/** `message NAME {` and its like; `extend` and `oneof` declare no name of their own. */
function openNamed(reading: Reading, keyword: Token): void {
	const name = take(reading);
	if (name.isString || !/^\.?[A-Za-z_][\w.]*$/.test(name.text)) throw unexpected(name);
	const brace = take(reading);
	if (brace.text !== "{") throw unexpected(brace);
	declare(reading, keyword.text, name.text, keyword.line);
}

function declare(reading: Reading, keyword: string, name: string, line: number): void {
	if (reading.open.length > MAX_DEPTH) throw new Unreadable(line, "it is nested too deeply");
	const outer = innermost(reading);
	const scope = outer.block === "file" ? reading.package : outer.name;
	if (keyword === "extend" || keyword === "oneof") {
		// What stands in a oneof belongs to the message around it, and groups in it are messages of that one.
		reading.open.push({ block: keyword, name: scope });
		return;
	}
	const full = checkName(joinName(scope, name), line);
	if (keyword === "message") reading.messages.push({ name: full, line });
	if (keyword === "enum") reading.enums.push({ name: full, line });
	if (keyword === "service") reading.services.push({ name: full, line, methods: [] });
	reading.open.push({ block: keyword as Block, name: full });
}

/** `NAME (stream TYPE) returns (TYPE)` and `;`, or a block of options. */
function readMethod(reading: Reading): void {
	const name = take(reading);
	const request = readType(reading);
	const returns = take(reading);
	if (returns.text !== "returns") throw unexpected(returns);
	const response = readType(reading);
	reading.services.at(-1)?.methods.push({ name: checkName(name.text, name.line), line: name.line, request, response });
	const end = take(reading);
	if (end.text === "{" && !end.isString) skipBlock(reading, end);
	else if (end.text !== ";") throw unexpected(end);
}

function readType(reading: Reading): string {
	const parenthesis = take(reading);
	if (parenthesis.text !== "(") throw unexpected(parenthesis);
	const parts: string[] = [];
	let token = take(reading);
	const isStream = token.text === "stream" && reading.tokens.peek()?.text !== ")";
	if (isStream) token = take(reading);
	for (; token.text !== ")"; token = take(reading)) {
		if (token.isString || !/^[\w.]+$/.test(token.text)) throw unexpected(token);
		parts.push(token.text);
	}
	return `${isStream ? "stream " : ""}${parts.join("")}`;
}

/** To the `;` of a statement within a declaration, or into the body of a group. */
function readRest(reading: Reading, first: Token): void {
	let [isGroup, group] = [false, ""];
	const words = [first.text];
	for (let before = first; ; ) {
		const token = take(reading);
		if (!token.isString) {
			if (token.text === ";") {
				noteField(reading, words);
				return;
			}
			words.push(token.text);
			if (before.text === "group") [isGroup, group] = [true, token.text];
			if (token.text === "{" && isGroup) {
				declare(reading, "message", group, first.line);
				return;
			}
			if (token.text === "{" || token.text === "[") skipBlock(reading, token);
			if (token.text === "}") throw unexpected(token);
		}
		before = token;
	}
}

/** `repeated a.b.Item items = 3`, and what follows the number; other statements of a message are none. */
function noteField(reading: Reading, words: readonly string[]): void {
	const { block, name } = innermost(reading);
	const equals = words.indexOf("=");
	if ((block !== "message" && block !== "oneof") || equals < 2 || words[0] === "option") return;
	const type = words.slice(0, equals - 1).map((word) => word.slice(word.lastIndexOf(".") + 1));
	const fields = reading.fields.get(name) ?? new Map<string, string>();
	reading.fields.set(name, fields.set(words[equals + 1] ?? "", type.filter((word) => word !== "optional").join(" ")));
}

/** To the bracket that closes the one just read, whatever stands between them. */
function skipBlock(reading: Reading, first: Token): void {
	const open = [first.text];
	while (open.length > 0) {
		const token = take(reading);
		if (token.isString) continue;
		if (token.text === "{" || token.text === "[") open.push(token.text);
		if (token.text === "}" || token.text === "]") {
			if (open.pop() !== (token.text === "}" ? "{" : "[")) throw unexpected(token);
		}
	}
}

/** The tokens of a statement at the top, up to its `;`: they are no part of what is declared. */
function skipStatement({ tokens }: Reading, first: Token): Token[] {
	const skipped: Token[] = [];
	let depth = 0;
	for (;;) {
		const token = tokens.next();
		if (token === null) throw new Unreadable(first.line, `“${first.text}” has no end`);
		if (!token.isString) {
			if (token.text === ";" && depth === 0) return skipped;
			if (token.text === "{") depth += 1;
			if (token.text === "}") depth -= 1;
			if (depth < 0) throw unexpected(token);
		}
		skipped.push(token);
	}
}

/** The next token, as a part of what is declared. */
function take({ tokens, declared }: Reading): Token {
	const token = tokens.next();
	if (token === null) throw new Unreadable(0, "it ends within a declaration");
	declared.push(token.isString ? JSON.stringify(token.text) : token.text);
	return token;
}

function innermost({ open }: Reading): Reading["open"][number] {
	return open.at(-1) as Reading["open"][number];
}

function isName(token: Token | null): boolean {
	return token !== null && !token.isString && /^\.?[A-Za-z_][\w.]*$/.test(token.text);
}

function checkName(name: string, line: number): string {
	if (name.length > MAX_NAME) throw new Unreadable(line, "a name in it is too long");
	return name;
}

function unexpected({ text, line, isString }: Token): Unreadable {
	const shown = text.length > 20 ? `${text.slice(0, 20)}…` : text;
	return new Unreadable(line, isString ? "a string stands where none may" : `“${shown}” stands where it may not`);
}
