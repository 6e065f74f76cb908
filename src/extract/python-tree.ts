// Pure. Python's text as a syntax tree.
import { parser } from "@lezer/python";
import { lineCounter } from "./lines.ts";

export type SyntaxNode = ReturnType<typeof parser.parse>["topNode"];

/** A text with its tree. */
export interface PythonText {
	readonly top: SyntaxNode;
	/** The text of a place, white space folded, cut off where it is too long to be looked at. */
	readonly say: (from: number, to: number) => string;
	readonly line: (node: { readonly from: number }) => number;
	readonly text: string;
	/** The first line that breaks the structure of the text; null: none does. */
	readonly fault: number | null;
}

/** Faults that may be none: more of them in one file are no accident of the parser's. */
const MAX_DOUBTS = 1_000;

/** Patterns within patterns. */
const MAX_PATTERNS = 10;

/** Characters of a text that are kept of a signature or an annotation. */
const MAX_SHOWN = 300;

/** The parser makes a tree of any text; `fault` says whether all of it is to be believed. */
export function parsePython(text: string): PythonText {
	const tree = parser.parse(bridge(text));
	const lineAt = lineCounter(text);
	const line = ({ from }: { readonly from: number }) => lineAt(from);
	let fault: number | null = null;
	let doubts = 0;
	tree.iterate({
		enter: (node) => {
			if (fault !== null || !node.type.isError || (isHarmless(node.node) && doubts++ < MAX_DOUBTS)) return;
			fault = line(node);
		},
	});
	const say = (from: number, to: number) => {
		const shown = text.slice(from, Math.min(to, from + 4 * MAX_SHOWN));
		const words = shown.replace(/\s+/g, " ").trim();
		return words.length > MAX_SHOWN ? `${words.slice(0, MAX_SHOWN)}…` : words;
	};
	return { top: tree.topNode, say, line, text, fault };
}

/**
 * Two things that Python reads and the parser does not, put into others as long as they are: a form feed is white space,
 * and the point of `1.` may end a number.
 */
function bridge(text: string): string {
	return text.replaceAll("\f", " ").replace(/(?<![\w.])(\d[\d_]*)\.(?![\w.])/g, "$10");
}

/** Valid Python that the parser takes for a fault, and that leaves statements around it as they are. */
function isHarmless(fault: SyntaxNode): boolean {
	const { parent } = fault;
	if (parent === null) return false;
	// `yield` alone.
	if (fault.from === fault.to && /^Yield(Statement|Expression)$/.test(parent.name)) return true;
	// `with a() as self.b:`, patterns of `case`: the body that follows was found.
	let around: SyntaxNode | null = parent;
	for (let depth = 0; depth < MAX_PATTERNS && /Pattern$/.test(around?.name ?? ""); depth++)
		around = around?.parent ?? null;
	return /^(WithStatement|MatchClause)$/.test(around?.name ?? "") && around?.lastChild?.name === "Body";
}

/** The children of a node, comments left out. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
	const children: SyntaxNode[] = [];
	for (let child = node.firstChild; child !== null; child = child.nextSibling) {
		if (child.name !== "Comment") children.push(child);
	}
	return children;
}

/** A dotted name, subscripts and arguments at its end left out; `?` for anything else. */
export function dottedName(node: SyntaxNode | null, text: string): string {
	let names = "";
	for (let part = node; part !== null; part = part.firstChild) {
		if (part.name === "VariableName") return `${text.slice(part.from, part.to)}${names}`;
		if (part.name === "CallExpression" || part.getChild("[") !== null) continue;
		const last = part.lastChild;
		if (part.name !== "MemberExpression" || last?.name !== "PropertyName") return "?";
		names = `.${text.slice(last.from, last.to)}${names}`;
	}
	return "?";
}
