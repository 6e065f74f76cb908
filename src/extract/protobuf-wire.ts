// Pure. A .proto file without what says nothing of the wire and cannot be compiled where its sources are not.
import { readTokens, type Token } from "./protobuf-tokens.ts";

/**
 * The same declarations on the same lines, without comments, without options that others define (`(buf.validate.field)`,
 * `(google.api.http)`), and without imports for which `isThere` says no: mostly they bring those options. Throws
 * Unreadable as the reader of declarations does.
 */
export function wireText(text: string, isThere: (name: string) => boolean): string {
	const tokens = readAll(text);
	const kept: Token[] = [];
	for (let at = 0; at < tokens.length; at++) {
		const token = tokens[at] as Token;
		if (isPlain(token, "[")) {
			const end = closing(tokens, at);
			for (const own of ownOptions(tokens.slice(at, end + 1))) kept.push(own);
			at = end;
		} else if (isStart(tokens[at - 1]) && isPlain(token, "option") && isPlain(tokens[at + 1], "(")) {
			at = endOfStatement(tokens, at);
		} else if (isStart(tokens[at - 1]) && isPlain(token, "import")) {
			const end = endOfStatement(tokens, at);
			const name = tokens.slice(at, end).find(({ isString }) => isString)?.text ?? "";
			if (isThere(name)) for (const part of tokens.slice(at, end + 1)) kept.push(part);
			at = end;
		} else {
			kept.push(token);
		}
	}
	return write(kept);
}

function readAll(text: string): Token[] {
	const reader = readTokens(text);
	const tokens: Token[] = [];
	for (let token = reader.next(); token !== null; token = reader.next()) tokens.push(token);
	return tokens;
}

function isPlain(token: Token | undefined, text: string): boolean {
	return token !== undefined && !token.isString && token.text === text;
}

/** Whether a statement begins after it. */
function isStart(before: Token | undefined): boolean {
	return before === undefined || isPlain(before, ";") || isPlain(before, "{") || isPlain(before, "}");
}

/** The place of the `;` that ends a statement, or of the last token. */
function endOfStatement(tokens: readonly Token[], from: number): number {
	let depth = 0;
	for (let at = from; at < tokens.length; at++) {
		depth += depthOf(tokens[at] as Token);
		if (depth === 0 && isPlain(tokens[at], ";")) return at;
	}
	return tokens.length - 1;
}

/** The place of the bracket that closes the one at `from`, or of the last token. */
function closing(tokens: readonly Token[], from: number): number {
	let depth = 0;
	for (let at = from; at < tokens.length; at++) {
		depth += depthOf(tokens[at] as Token);
		if (depth === 0) return at;
	}
	return tokens.length - 1;
}

function depthOf({ text, isString }: Token): number {
	if (isString) return 0;
	return text === "{" || text === "[" ? 1 : text === "}" || text === "]" ? -1 : 0;
}

/** `[a = 1, (b) = 2]` without what others define; nothing where nothing is left. */
function ownOptions(list: readonly Token[]): Token[] {
	const [open, close] = [list[0] as Token, list.at(-1) as Token];
	const entries: Token[][] = [[]];
	let depth = 0;
	for (const token of list.slice(1, -1)) {
		depth += depthOf(token);
		if (depth === 0 && isPlain(token, ",")) entries.push([]);
		else entries.at(-1)?.push(token);
	}
	const own = entries.filter(([first]) => first !== undefined && !isPlain(first, "("));
	if (own.length === 0) return [];
	const comma = (entry: readonly Token[]): Token => ({ text: ",", line: entry[0]?.line ?? open.line, isString: false });
	return [open, ...own.flatMap((entry, at) => (at === 0 ? entry : [comma(entry), ...entry])), close];
}

function write(tokens: readonly Token[]): string {
	const parts: string[] = [];
	let line = 1;
	for (const token of tokens) {
		parts.push(token.line > line ? "\n".repeat(token.line - line) : " ");
		line = Math.max(line, token.line);
		parts.push(token.isString ? JSON.stringify(token.text) : token.text);
	}
	return `${parts.join("")}\n`;
}
