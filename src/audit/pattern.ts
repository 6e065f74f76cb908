// Pure. One path pattern with gitignore meaning, compiled to linear matching on bytes.
import { type RawPath, rawPath } from "#model/history";

/**
 * A pattern ready to match. The law is gitignore(5) as `git check-ignore --no-index` decides it, for positive
 * patterns: without a slash (but a trailing one) a name at any depth; with one, anchored at the root; a trailing
 * slash only folders; a matched folder takes all that lies below it; `**` as a whole segment spans folders.
 */
export interface Pattern {
	readonly isFolderOnly: boolean;
	/** Set when the pattern is one literal path: found by hash instead of by trying. */
	readonly literal: RawPath | null;
	/** True: matches the last name of a path at any depth. */
	readonly isName: boolean;
	readonly segments: readonly Segment[];
}

/** `**`, or the tokens of one name: a byte, any one byte, any run of bytes, one byte of a class. */
type Segment = "**" | readonly Token[];
type Token = number | "?" | "*" | ((byte: number) => boolean);

/** Compiles a pattern. It must be well formed, as the content schema `pathPattern` makes sure. */
export function compilePattern(source: string): Pattern {
	let text = trimEnd(rawPath(source));
	const isFolderOnly = text.endsWith("/") && !text.endsWith("\\/");
	if (isFolderOnly) text = text.slice(0, -1);
	const isName = !text.includes("/");
	if (text.startsWith("/")) text = text.slice(1);
	const isLiteral = !/[*?[\\]/.test(text);
	const segments = isName ? [tokens(text)] : text.split("/").map((part) => (part === "**" ? "**" : tokens(part)));
	return { isFolderOnly, literal: isLiteral ? text : null, isName, segments };
}

/** Whether the pattern takes the file at `path`: the path itself, or a folder above it, matches. */
export function matchesFile(pattern: Pattern, path: RawPath): boolean {
	const names = path.split("/");
	const folders = names.length - 1;
	const last = pattern.isFolderOnly ? folders : names.length;
	for (let count = 1; count <= last; count++) {
		if (matchesExactly(pattern, names, count)) return true;
	}
	return false;
}

/** Whether the pattern matches the first `count` names of a path, taken as a path of its own. */
function matchesExactly(pattern: Pattern, names: readonly string[], count: number): boolean {
	if (pattern.isName) return matchesName(pattern.segments[0] as readonly Token[], names[count - 1] as string);
	return matchesSegments(pattern.segments, names, count);
}

/** Greedy match with a retry at the last `**`: linear in segments times names, whatever the pattern. */
function matchesSegments(segments: readonly Segment[], names: readonly string[], count: number): boolean {
	let at = 0;
	let name = 0;
	let star = -1;
	let retry = 0;
	while (name < count) {
		const segment = segments[at];
		if (segment === "**") {
			if (at === segments.length - 1) return true;
			star = at++;
			retry = name;
		} else if (segment !== undefined && matchesName(segment, names[name] as string)) {
			at++;
			name++;
		} else if (star !== -1) {
			at = star + 1;
			name = ++retry;
		} else return false;
	}
	// A trailing `**` wants something below it, so names that ran out leave it unmatched.
	return at === segments.length;
}

/** The same greedy law for the bytes of one name. */
function matchesName(pattern: readonly Token[], name: string): boolean {
	let at = 0;
	let byte = 0;
	let star = -1;
	let retry = 0;
	while (byte < name.length) {
		const token = pattern[at];
		if (token === "*") {
			star = at++;
			retry = byte;
		} else if (token !== undefined && matchesByte(token, name.charCodeAt(byte))) {
			at++;
			byte++;
		} else if (star !== -1) {
			at = star + 1;
			byte = ++retry;
		} else return false;
	}
	while (pattern[at] === "*") at++;
	return at === pattern.length;
}

function matchesByte(token: Exclude<Token, "*">, byte: number): boolean {
	return typeof token === "number" ? token === byte : token === "?" || token(byte);
}

/** gitignore drops spaces at the end unless a backslash guards them. */
function trimEnd(text: string): string {
	let end = text.length;
	while (end > 0 && text[end - 1] === " " && text[end - 2] !== "\\") end--;
	return text.slice(0, end);
}

function tokens(text: string): Token[] {
	const found: Token[] = [];
	for (let at = 0; at < text.length; at++) {
		const char = text[at];
		if (char === "*") {
			if (found.at(-1) !== "*") found.push("*");
		} else if (char === "?") found.push("?");
		else if (char === "\\") found.push(text.charCodeAt(++at));
		else if (char === "[") {
			const [matches, end] = readClass(text, at);
			found.push(matches);
			at = end;
		} else found.push(text.charCodeAt(at));
	}
	return found;
}

/** A character class from its `[`; returns its test and the place of its `]`. Source: git's wildmatch. */
function readClass(text: string, open: number): [(byte: number) => boolean, number] {
	let at = open + 1;
	const isNegated = text[at] === "!" || text[at] === "^";
	if (isNegated) at++;
	const tests: ((byte: number) => boolean)[] = [];
	let isFirst = true;
	for (; at < text.length && (isFirst || text[at] !== "]"); at++, isFirst = false) {
		const named = /^\[:([a-z]*):\]/.exec(text.slice(at));
		if (named !== null) {
			tests.push(NAMED_CLASSES[named[1] as string] ?? (() => false));
			at += named[0].length - 1;
			continue;
		}
		if (text[at] === "\\") at++;
		const low = text.charCodeAt(at);
		let high = low;
		if (text[at + 1] === "-" && at + 2 < text.length && text[at + 2] !== "]") {
			at += 2;
			if (text[at] === "\\") at++;
			high = text.charCodeAt(at);
		}
		tests.push((byte) => byte >= low && byte <= high);
	}
	return [(byte) => tests.some((test) => test(byte)) !== isNegated, at];
}

const isDigit = (byte: number) => byte >= 48 && byte <= 57;
const isUpper = (byte: number) => byte >= 65 && byte <= 90;
const isLower = (byte: number) => byte >= 97 && byte <= 122;
const isAlpha = (byte: number) => isUpper(byte) || isLower(byte);
const isGraph = (byte: number) => byte > 32 && byte < 127;
const NAMED_CLASSES: Record<string, (byte: number) => boolean> = {
	alnum: (byte) => isAlpha(byte) || isDigit(byte),
	alpha: isAlpha,
	blank: (byte) => byte === 32 || byte === 9,
	cntrl: (byte) => byte < 32 || byte === 127,
	digit: isDigit,
	graph: isGraph,
	lower: isLower,
	print: (byte) => byte >= 32 && byte < 127,
	punct: (byte) => isGraph(byte) && !isAlpha(byte) && !isDigit(byte),
	space: (byte) => byte === 32 || (byte >= 9 && byte <= 13),
	upper: isUpper,
	xdigit: (byte) => isDigit(byte) || (byte >= 65 && byte <= 70) || (byte >= 97 && byte <= 102),
};
