// Pure. A promised result beside what a Python function says it gives. Promised are names as often as types: only what can
// be told apart for sure is a difference.
import type { Difference, Unproved } from "#model/reality";
import type { PythonFunction, PythonName, PythonResult } from "#model/tree-facts";

/** Types that cannot stand for one another, by the names they have in annotations. */
const TYPES: Readonly<Record<string, PythonResult>> = {
	dict: "dictionary",
	Dict: "dictionary",
	list: "list",
	List: "list",
	set: "set",
	Set: "set",
	frozenset: "set",
	FrozenSet: "set",
	tuple: "tuple",
	Tuple: "tuple",
	str: "text",
	bytes: "text",
	int: "number",
	float: "number",
	complex: "number",
	bool: "boolean",
};

/** A type, as far as it can be compared. */
interface Shape {
	readonly result: PythonResult;
	/** Of a tuple; null: not said. */
	readonly size: number | null;
	readonly text: string;
}

/** How what a function gives differs from the promised result; null: none is promised. */
export function compareResult(promised: string | null, found: PythonFunction): Difference[] {
	if (promised === null || /\bNone\b/.test(promised) || isGivenLater(found)) return [];
	const told = (kind: Difference["kind"], line: number, said: string): Difference => {
		return { kind, line, name: "", promised, found: said };
	};
	if (found.returns !== null && unquoted(found.returns) === "None") {
		return [told("result-nothing", found.line, "None")];
	}
	const wanted = shapeOf(promised);
	const annotated = found.returns === null ? null : shapeOf(found.returns);
	if (wanted !== null && annotated !== null) {
		const kind = differenceOf(wanted, annotated);
		return kind === null ? [] : [told(kind, found.line, annotated.text)];
	}
	// An annotation that cannot be compared says more than the text of the body.
	if (found.returns !== null) return [];
	const gives = found.gives ?? [];
	if (gives.every(({ result }) => result === "nothing")) {
		return found.isStub || isAbstract(found) ? [] : [told("result-nothing", found.line, "")];
	}
	if (wanted === null) return [];
	return gives.flatMap(({ result, size = null, line }) => {
		if (result === "nothing" || result === "value") return [];
		const kind = differenceOf(wanted, { result, size, text: result });
		return kind === null ? [] : [told(kind, line, kind === "result-count" ? String(size) : result)];
	});
}

function isGivenLater({ isGenerator, returns }: PythonFunction): boolean {
	return isGenerator === true || /\b(Awaitable|Coroutine|Future|Task|NoReturn|Never)\b/.test(returns ?? "");
}

/** What of a promised result its text leaves open, where it shows no difference. */
export function openResult(promised: string | null, found: PythonFunction): Unproved[] {
	if (promised === null) return [];
	if (found.returns !== null) return isGivenLater(found) ? ["result"] : openType(promised, found.returns);
	const gives = found.gives ?? [];
	const isNothing = gives.every(({ result }) => result === "nothing");
	if (isGivenLater(found) || found.isStub || isAbstract(found)) return ["result"];
	if (isNothing) return unquoted(promised) === "None" ? [] : ["result"];
	const wanted = shapeOf(promised);
	if (wanted === null || gives.some(({ result }) => result === "nothing" || result === "value")) return ["result"];
	// Of a literal its kind alone is known: a number may be of any width, a text may be bytes.
	return isPlain(wanted.text) && ["dictionary", "list", "tuple", "boolean"].includes(wanted.result)
		? []
		: ["result-parts"];
}

/** The same of an attribute, by its annotation. */
export function openAttribute(promised: string | null, { annotation }: PythonName): Unproved[] {
	if (promised === null) return [];
	return annotation === undefined ? ["result"] : openType(promised, annotation);
}

/** Types are compared as far as `shapeOf` reads them; what they hold, and names of the authors, only as text. */
function openType(promised: string, annotated: string): Unproved[] {
	if (spelled(promised) === spelled(annotated)) return [];
	const wanted = shapeOf(promised);
	if (wanted === null || shapeOf(annotated) === null) return ["result"];
	return isPlain(wanted.text) ? [] : ["result-parts"];
}

/** `Dict[str, int]` and `dict[str,int]` are one. */
function spelled(type: string): string {
	const names = /\b(?:typing\.)?(Dict|List|Set|Tuple|FrozenSet)\b/g;
	return unquoted(type)
		.replace(/\s/g, "")
		.replace(names, (_, name: string) => name.toLowerCase());
}

/** A type that says nothing of what it holds: `dict`, `int`. */
function isPlain(type: string): boolean {
	return /^[\w.]+$/.test(type);
}

/** How the annotation of an attribute differs from what is promised of it. */
export function compareAttribute(promised: string | null, found: PythonName): Difference[] {
	const wanted = promised === null ? null : shapeOf(promised);
	const annotated = shapeOf(found.annotation ?? "");
	if (promised === null || wanted === null || annotated === null) return [];
	const kind = differenceOf(wanted, annotated);
	return kind === null ? [] : [{ kind, line: found.line, name: "", promised, found: annotated.text }];
}

function differenceOf(wanted: Shape, given: Shape): "result-count" | "result-type" | null {
	if (wanted.result === "tuple" && given.result === "tuple") {
		return wanted.size !== null && given.size !== null && wanted.size !== given.size ? "result-count" : null;
	}
	if (wanted.result === given.result) return isWider(given.text, wanted.text) ? "result-type" : null;
	// A list that is written out is unpacked as a tuple is, and a boolean counts as a number.
	const isNear =
		(wanted.result === "tuple" && given.text === "list") || (wanted.result === "number" && given.result === "boolean");
	return isNear ? null : "result-type";
}

/** Types of one kind that are not one another, each holding those before it; of text none holds the other. */
const WIDTHS: readonly (readonly string[])[] = [
	["int", "float", "complex"],
	["str", "bytes"],
	["bytes", "str"],
];

function isWider(given: string, wanted: string): boolean {
	return WIDTHS.some((names) => names.includes(wanted) && names.indexOf(given) > names.indexOf(wanted));
}

/** `(a, b)`, `tuple[a, b]`, `dict[str, int]`, `int`; null: what only its author can compare. */
function shapeOf(text: string): Shape | null {
	const type = unquoted(text);
	if (/^\(.*\)$/s.test(type)) {
		const size = countParts(type.slice(1, -1));
		return size > 1 ? { result: "tuple", size, text: type } : null;
	}
	const [, name = "", parts = null] = /^(?:typing\.)?(\w+)(?:\[(.*)\])?$/s.exec(type) ?? [];
	const result = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
	if (result === undefined || (parts !== null && !isBalanced(parts))) return null;
	const isCounted = result === "tuple" && parts !== null && !parts.includes("...") && !parts.includes("*");
	return { result, size: isCounted ? countParts(parts) : null, text: type };
}

function unquoted(text: string): string {
	return text
		.trim()
		.replace(/^(["'])(.*)\1$/s, "$2")
		.trim();
}

/** Parts between commas that stand in no brackets. */
function countParts(text: string): number {
	let [parts, depth] = [1, 0];
	for (const character of text.replace(/,\s*$/, "")) {
		if ("([{".includes(character)) depth++;
		else if (")]}".includes(character)) depth--;
		else if (character === "," && depth === 0) parts++;
	}
	return text.trim() === "" ? 0 : parts;
}

/** `a] | b[c` is no inside of brackets. */
function isBalanced(text: string): boolean {
	let depth = 0;
	for (const character of text) {
		if (character === "[") depth++;
		else if (character === "]" && --depth < 0) return false;
	}
	return depth === 0;
}

function isAbstract({ decorators = [] }: PythonFunction): boolean {
	return decorators.some((one) => /(^|\.)(abstractmethod|overload)$/.test(one));
}
