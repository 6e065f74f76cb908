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
	/** What an anchored path begins with; `segments` are about what follows, as in git. */
	readonly prefix: RawPath;
	readonly segments: readonly Segment[];
}

/**
 * A name that no rule can mean: what lies in a folder is judged by a file so named. No name holds this byte, and none is so
 * long (255 bytes, as file systems have it), so that no run of `?` and classes takes it either.
 */
export const ANY_NAME = "\u0000".repeat(256);

/** `**`, or the tokens of one name: a byte, any one byte, any run of bytes, one byte of a class. */
type Segment = "**" | readonly Token[];
type Token = number | "?" | "*" | ((byte: number) => boolean);

/** Compiles a pattern. It must be well formed, as the content schema `pathPattern` makes sure. */
export function compilePattern(source: string): Pattern {
	let text = trimEnd(rawPath(source));
	const isFolderOnly = text.endsWith("/");
	if (isFolderOnly) text = text.slice(0, -1);
	const isName = !text.includes("/");
	if (text.startsWith("/")) text = text.slice(1);
	const special = text.search(/[*?[\\]/);
	const literal = special === -1 ? text : null;
	if (isName) return { isFolderOnly, literal, isName, prefix: "", segments: [tokens(text).map(asRun)] };
	// git takes what follows the literal start as a pattern of its own: in `a**/b` the stars are a whole segment.
	const prefix = literal ?? text.slice(0, special);
	return {
		isFolderOnly,
		literal,
		isName,
		prefix,
		segments: literal === null ? split(tokens(text.slice(special))) : [],
	};
}

/**
 * Whether the pattern takes the file at `path`: the path itself, or a folder above it, matches. A path that ends in a
 * slash is itself a folder: a submodule.
 */
export function matchesFile(pattern: Pattern, path: RawPath): boolean {
	const { isName, isFolderOnly, prefix, literal, segments } = pattern;
	if (!path.startsWith(prefix)) return false;
	if (!isName && literal !== null) return path[literal.length] === "/" || (path === literal && !isFolderOnly);
	// Of a path that is the literal start and no more, the rest is one empty name, which `*` and `**` take.
	const names = path.slice(prefix.length).split("/");
	const isFolder = path.endsWith("/");
	if (isFolder) names.pop();
	const last = isFolderOnly && !isFolder ? names.length - 1 : names.length;
	if (isName) return names.slice(0, last).some((name) => matchesName(pattern, name));
	for (let count = 1; count <= last; count++) {
		if (matchesSegments(segments, names, count)) return true;
	}
	return false;
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
		} else if (segment !== undefined && matchesTokens(segment, names[name] as string)) {
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

/** Whether a pattern without slashes takes one name of a path. */
export function matchesName({ segments }: Pattern, name: RawPath): boolean {
	return matchesTokens(segments[0] as readonly Token[], name);
}

/** What a name must end with for a pattern without slashes to take it; empty where that is not literal. */
export function literalEnd({ segments }: Pattern): RawPath {
	const all = segments[0] as readonly Token[];
	const from = all.findLastIndex((token) => typeof token !== "number") + 1;
	return all
		.slice(from)
		.map((token) => String.fromCharCode(token as number))
		.join("");
}

/** The same greedy law for the bytes of one name. */
function matchesTokens(pattern: readonly Token[], name: string): boolean {
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
	let end = 0;
	for (let at = 0; at < text.length; at++) {
		if (text[at] === "\\") end = ++at + 1;
		else if (text[at] !== " ") end = at + 1;
	}
	return text.slice(0, end);
}

/** As `Token`, with runs of two stars and more and the slashes between segments still to be told apart. */
type Part = Token | "**" | "/";

function tokens(text: string): Part[] {
	const found: Part[] = [];
	for (let at = 0; at < text.length; at++) {
		const char = text[at];
		if (char === "*") {
			const isRun = text[at + 1] === "*";
			while (text[at + 1] === "*") at++;
			found.push(isRun ? "**" : "*");
		} else if (char === "?" || char === "/") found.push(char);
		else if (char === "\\") found.push(text.charCodeAt(++at));
		else if (char === "[") {
			const [matches, end] = readClass(text, at);
			found.push(matches);
			at = end;
		} else found.push(text.charCodeAt(at));
	}
	return found;
}

function split(parts: readonly Part[]): Segment[] {
	const segments: Part[][] = [[]];
	for (const part of parts) {
		if (part === "/") segments.push([]);
		else (segments.at(-1) as Part[]).push(part);
	}
	return segments.map((segment) => (segment.length === 1 && segment[0] === "**" ? "**" : segment.map(asRun)));
}

/** Within a name, more stars mean no more than one. */
function asRun(part: Part): Token {
	return part === "**" ? "*" : part === "/" ? 47 : part;
}

/** A character class from its `[`; returns its test and the place of its `]`. Source: git's wildmatch. */
function readClass(text: string, open: number): [(byte: number) => boolean, number] {
	let at = open + 1;
	const isNegated = text[at] === "!" || text[at] === "^";
	if (isNegated) at++;
	const tests: ((byte: number) => boolean)[] = [];
	let isMalformed = false;
	let isFirst = true;
	for (; at < text.length && (isFirst || text[at] !== "]"); at++, isFirst = false) {
		const named = /^\[:([^\]]*):\]/.exec(text.slice(at, text.indexOf("]", at + 2) + 1));
		if (named !== null) {
			const name = named[1] as string;
			if (Object.hasOwn(NAMED_CLASSES, name)) tests.push(NAMED_CLASSES[name] as (byte: number) => boolean);
			else isMalformed = true;
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
		// In a range the wrong way round git still takes its first byte.
		tests.push((byte) => byte === low || (byte > low && byte <= high));
	}
	// A class git does not know makes the whole pattern match nothing, negated or not.
	return [(byte) => !isMalformed && tests.some((test) => test(byte)) !== isNegated, at];
}

const isDigit = (byte: number) => byte >= 48 && byte <= 57;
const isUpper = (byte: number) => byte >= 65 && byte <= 90;
const isLower = (byte: number) => byte >= 97 && byte <= 122;
const isAlpha = (byte: number) => isUpper(byte) || isLower(byte);
const isGraph = (byte: number) => byte > 32 && byte < 127;
const NAMED_CLASSES: Readonly<Record<string, (byte: number) => boolean>> = {
	alnum: (byte) => isAlpha(byte) || isDigit(byte),
	alpha: isAlpha,
	blank: (byte) => byte === 32 || byte === 9,
	cntrl: (byte) => byte < 32 || byte === 127,
	digit: isDigit,
	graph: isGraph,
	lower: isLower,
	print: (byte) => byte >= 32 && byte < 127,
	punct: (byte) => isGraph(byte) && !isAlpha(byte) && !isDigit(byte),
	// git's own: no vertical tab, no form feed.
	space: (byte) => byte === 32 || byte === 9 || byte === 10 || byte === 13,
	upper: isUpper,
	xdigit: (byte) => isDigit(byte) || (byte >= 65 && byte <= 70) || (byte >= 97 && byte <= 102),
};
