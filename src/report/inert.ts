// Pure. Text from outside as Markdown that GitHub shows and does nothing with: no element, link, mention or reference.
import { visible } from "#model/visible";

/** Characters of one text; the rest is counted. */
const MAX_CHARACTERS = 400;

/**
 * Words that mean nothing to Markdown or GitHub in any place but the beginning of a line: letters, joined by `'`, `’` or
 * `-`; or a short number; with the marks of a sentence around them. A list of what is harmless, not of what harms.
 */
const PLAIN = /^[“(‘]*(?:\p{L}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*|\d{1,6})?[,.;:!?)”’'…→]*$/u;
/** What GitHub would take for the id of a commit. */
const HEX = /^[^\p{L}\p{N}]*[0-9a-f]{7,}[^\p{L}\p{N}]*$/iu;
/** Marks of a sentence stay outside of the code they surround. */
const SURROUNDED = /^([“(]*)(.*?)([,.;:”]*)$/u;

/**
 * A sentence: plain words stay prose, everything else becomes a code span, in which neither Markdown nor GitHub looks for
 * anything. One line; must not be put at the beginning of a line.
 */
export function inert(text: string): string {
	const parts: { readonly isCode: boolean; text: string }[] = [];
	for (const word of cut(text).split(/( +)/)) {
		const isSpace = /^ *$/.test(word);
		const last = parts.at(-1);
		const isCode = !isSpace && !isPlain(word);
		if (last !== undefined && (isSpace || last.isCode === isCode)) last.text += word;
		else parts.push({ isCode, text: word });
	}
	return parts.map((part) => (part.isCode ? codeThenRest(part.text) : part.text.replace(/ +/g, " "))).join("");
}

/** A value that is no sentence: a path, an id, an address. */
export function code(text: string): string {
	return span(cut(text));
}

function isPlain(word: string): boolean {
	return PLAIN.test(word) && !HEX.test(word);
}

function codeThenRest(text: string): string {
	const [, before = "", inner = "", after = ""] = SURROUNDED.exec(text.trimEnd()) ?? [];
	const space = text.endsWith(" ") ? " " : "";
	return inner === "" ? span(text.trimEnd()) + space : before + span(inner) + after + space;
}

/** A code span whose fence is longer than every run of backticks within. Source: CommonMark 0.31, 6.1. */
function span(text: string): string {
	if (text.trim() === "") return "(empty)";
	const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
	const fence = "`".repeat(longest + 1);
	const pad = /^[` ]|[` ]$/.test(text) ? " " : "";
	return `${fence}${pad}${text}${pad}${fence}`;
}

function cut(text: string): string {
	const shown = Array.from(visible(text));
	const more = shown.length - MAX_CHARACTERS;
	return more <= 0 ? shown.join("") : `${shown.slice(0, MAX_CHARACTERS).join("")}… (${more} more characters)`;
}
