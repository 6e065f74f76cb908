// Pure. Text of one YAML file -> plain values, with the way back to line and column; or what is wrong with it.
import {
	isAlias,
	isCollection,
	isMap,
	isScalar,
	isSeq,
	LineCounter,
	type Node,
	type Pair,
	parseDocument,
	type Scalar,
	type YAMLMap,
} from "yaml";
import type { Problem } from "#model/problem";
import type { FieldPath, Locator, Place, SourceFile } from "./entry.ts";

/** Values a file may hold once its aliases are written out: far above any real file, far below what hurts. */
const MAX_VALUES = 200_000;
/** Brackets, or list marks on one line, inside each other. */
const MAX_DEPTH = 200;
/** Aliases of one file; each costs the parser a walk. */
const MAX_ALIASES = 100;

export interface ParsedYaml extends Locator {
	/** Undefined when the text is no YAML at all. */
	readonly value: unknown;
	readonly problems: readonly Problem[];
}

/** Reads one document, YAML 1.2 core schema; a key written twice, an unknown tag or a second document is a problem. */
export function parseYaml(file: SourceFile): ParsedYaml {
	const lines = new LineCounter();
	const at = (offset: number): Place => {
		const { line, col } = lines.linePos(offset);
		// A file refused before its lines are counted has none yet.
		return { line: Math.max(line, 1), column: Math.max(col, 1) };
	};
	const complain = (offset: number, message: string, hint: string | null): Problem => {
		return { file: file.path, ...at(offset), field: "", message, hint };
	};
	const start: Place = { line: 1, column: 1 };
	const refused = (problem: Problem): ParsedYaml => {
		return { value: undefined, problems: [problem], valueAt: () => start, keyAt: () => start };
	};

	const tooDeep = "nested too deeply to be read";
	if (isTooDeep(file.text)) return refused(complain(0, tooDeep, null));
	let document: ReturnType<typeof parseDocument>;
	try {
		document = parseDocument(file.text, {
			lineCounter: lines,
			version: "1.2",
			schema: "core",
			// Checked in `inspect`: the parser's own check takes the square of a map's size.
			uniqueKeys: false,
			prettyErrors: false,
		});
	} catch (error) {
		if (error instanceof RangeError) return refused(complain(0, tooDeep, null));
		throw error;
	}
	if (document.directives?.yaml.explicit && document.directives.yaml.version !== "1.2") {
		return refused(complain(0, `expected YAML 1.2, got ${document.directives.yaml.version}`, "Remove the %YAML line."));
	}
	const broken = document.errors[0] ?? document.warnings[0];
	// What follows the first syntax error is mostly its echo: one mistake, one line.
	if (broken !== undefined) {
		const { message, hint } = yamlWords(broken.code, broken.message);
		return refused(complain(broken.pos[0], message, hint));
	}
	const { shapeProblem, twice, anchors } = inspect(document.contents);
	if (shapeProblem !== null) return refused(complain(shapeProblem.offset, shapeProblem.message, shapeProblem.hint));

	const locator = locate(document.contents, anchors, at);
	return {
		value: document.toJS({ maxAliasCount: -1 }),
		problems: twice.map((key) =>
			complain(key.range?.[0] ?? 0, `the key "${keyText(key.value)}" is written twice`, "Keep one of the two."),
		),
		...locator,
	};
}

/** What people get wrong most, in their words: the parser's code and message -> ours. */
const WORDS: readonly [said: RegExp, message: string, hint: string][] = [
	[/^MULTIPLE_DOCS/, "a second document starts here", "Keep one document a file: remove the `---`."],
	[/^TAB_AS_INDENT/, "a tab indents this line", "Indent with spaces."],
	[
		/^BLOCK_AS_IMPLICIT_KEY/,
		"`: ` inside a value",
		"Put the text in quotes, or begin the key in the column of its neighbours.",
	],
	[/Implicit (map )?keys? need/, "a key without its `: `", "Write `key: value`, with a space after the colon."],
	[/Missing closing .quote/, "a quote is not closed", "Close it with the same quote, on the same line."],
	[/^[A-Z_]+ Flow (map|sequence)/, "a bracket is not closed above", "Close `[` with `]`, `{` with `}`."],
	[/Maximum call stack/, "nested too deeply to be read", "Flatten it."],
	[/^BAD_SCALAR_START/, "a value cannot begin with this character", "Put the value in quotes."],
	[/^TAG_RESOLVE_FAILED/, "a tag such as !name is not used here", "Remove it, or put the text in quotes."],
];

function yamlWords(code: string, message: string): { message: string; hint: string | null } {
	const known = WORDS.find(([said]) => said.test(`${code} ${message}`));
	return known === undefined ? { message: `not YAML: ${message}`, hint: null } : { message: known[1], hint: known[2] };
}

interface ShapeProblem {
	readonly offset: number;
	readonly message: string;
	readonly hint: string | null;
}

interface Inspected {
	/** What makes the file unusable. */
	readonly shapeProblem: ShapeProblem | null;
	/** Keys that are in their map already. */
	readonly twice: readonly Scalar[];
	/** Alias -> node it stands for. */
	readonly anchors: Map<Node, Node>;
}

/** More brackets open than any reader can follow, before the parser tries: its time grows with the square of the depth. */
function isTooDeep(text: string): boolean {
	let open = 0;
	for (const [mark] of text.matchAll(/[[{\]}]/g)) {
		open = mark === "[" || mark === "{" ? open + 1 : Math.max(0, open - 1);
		if (open > MAX_DEPTH) return true;
	}
	return new RegExp(`(?:[-?:] +){${MAX_DEPTH}}`).test(text);
}

/**
 * Walks the nodes once in the order they were written: every alias must point back to a finished anchor,
 * every key must be plain text, and the file must stay small with its aliases written out.
 */
function inspect(root: unknown): Inspected {
	/** Latest node of each anchor's name so far, with its size once written out; an open one is still being walked. */
	const named = new Map<string, { node: Node; size: number | null }>();
	const anchors = new Map<Node, Node>();
	const twice: Scalar[] = [];
	let shapeProblem: ShapeProblem | null = null;
	const refuse = (node: Node, message: string, hint: string | null): number => {
		shapeProblem ??= { offset: node.range?.[0] ?? 0, message, hint };
		return 0;
	};
	const size = (node: unknown): number => {
		if (isAlias(node)) {
			const target = named.get(node.source);
			if (target === undefined) {
				return refuse(
					node,
					`*${node.source} points to no &${node.source} above it`,
					"Put the text in quotes if it starts with `*`.",
				);
			}
			if (target.size === null) return refuse(node, `*${node.source} contains itself`, null);
			anchors.set(node, target.node);
			return anchors.size > MAX_ALIASES
				? refuse(node, `more than ${MAX_ALIASES} aliases in one file`, null)
				: target.size;
		}
		if (isScalar(node)) {
			if (node.anchor !== undefined) named.set(node.anchor, { node, size: 1 });
			return 1;
		}
		if (!isCollection(node)) return 0;
		const own: { node: Node; size: number | null } = { node, size: null };
		if (node.anchor !== undefined) named.set(node.anchor, own);
		let total = 1;
		const keys = new Set<string>();
		for (const item of node.items) {
			if (isMap(node)) {
				const { key, value } = item as Pair;
				if (!isScalar(key)) refuse(key as Node, "a key must be plain text", null);
				else if (keys.has(keyText(key.value))) twice.push(key);
				else keys.add(keyText(key.value));
				total += 1 + size(value);
			} else total += size(item);
			if (total > MAX_VALUES)
				return refuse(node, `more than ${MAX_VALUES} values, aliases written out`, "Split the file.");
			if (shapeProblem !== null) return 0;
		}
		own.size = total;
		return total;
	};
	size(root);
	return { shapeProblem, twice, anchors };
}

function locate(root: unknown, anchors: Map<Node, Node>, at: (offset: number) => Place): Locator {
	const indexes = new WeakMap<YAMLMap, Map<string, Pair>>();
	const pairsOf = (map: YAMLMap): Map<string, Pair> => {
		const known = indexes.get(map);
		if (known !== undefined) return known;
		const index = new Map<string, Pair>();
		for (const pair of map.items) if (isScalar(pair.key)) index.set(keyText(pair.key.value), pair);
		indexes.set(map, index);
		return index;
	};
	const walk = (path: FieldPath): { node: Node | null; key: Node | null } => {
		let node = root as Node | null;
		let key: Node | null = null;
		for (const step of path) {
			const target: unknown = node !== null && isAlias(node) ? anchors.get(node) : node;
			let next: Node | null = null;
			let nextKey: Node | null = null;
			if (isMap(target)) {
				const pair = pairsOf(target).get(String(step));
				next = (pair?.value ?? pair?.key ?? null) as Node | null;
				nextKey = (pair?.key ?? null) as Node | null;
			} else if (isSeq(target)) next = (target.items[Number(step)] ?? null) as Node | null;
			if (next === null) break;
			node = next;
			key = nextKey ?? next;
		}
		return { node, key };
	};
	const start = (node: Node | null): Place => at(node?.range?.[0] ?? 0);
	return {
		valueAt: (path) => {
			const { node, key } = walk(path);
			// A value left empty stands nowhere: show its key.
			return start(isScalar(node) && node.source === "" && node.type === "PLAIN" ? key : node);
		},
		keyAt: (path) => start(walk(path).key),
	};
}

/** A key as it reads in the plain value made of the node. */
function keyText(value: unknown): string {
	return value === null ? "" : String(value);
}
