// Pure. The scopes of a Python module: what is assigned, declared and called where, as nodes of its syntax tree.
import type { parser } from "@lezer/python";

export type Tree = ReturnType<(typeof parser)["parse"]>;
export type SyntaxNode = Tree["topNode"];

/** An expression, and the scope in which its names mean something. */
export interface Placed {
	readonly node: SyntaxNode;
	readonly scope: Scope;
}

export interface Scope {
	readonly kind: "module" | "function" | "class";
	readonly name: string;
	readonly parent: Scope | null;
	/** Expressions assigned to each name. */
	readonly assigned: Map<string, Placed[]>;
	/** Of a function: its parameters in order, with their defaults and annotations. */
	readonly parameters: Parameter[];
	/** Of a class: expressions assigned to `self.<name>` in its methods. */
	readonly attributes: Map<string, Placed[]>;
}

export interface Parameter {
	readonly name: string;
	readonly standard: SyntaxNode | null;
}

export interface Call {
	readonly node: SyntaxNode;
	readonly scope: Scope;
	/** The last name of what is called: `run` of `uvicorn.run`. */
	readonly name: string;
	/** What stands before the last dot, as written; empty: nothing. */
	readonly receiver: string;
}

export interface Module {
	readonly text: string;
	readonly scopes: readonly Scope[];
	readonly calls: readonly Call[];
	/** Defaults of command-line options, by the name under which the program reads them: argparse and click. */
	readonly options: ReadonlyMap<string, readonly Placed[]>;
	/** What is assigned to an attribute `bind`. */
	readonly bound: readonly Placed[];
	/** First names of the modules imported. */
	readonly imports: ReadonlySet<string>;
	/** By the name it has here: `package.module:name` as written, without the dots of a relative import. */
	readonly imported: ReadonlyMap<string, string>;
	/** Names that functions and classes of this module have. */
	readonly defined: ReadonlyMap<string, Scope>;
}

/** One pass, without recursion: what is nested deeply costs no stack. */
export function readScopes(tree: Tree, text: string): Module {
	const root = newScope("module", "", null);
	const scopes: Scope[] = [root];
	const stack: Scope[] = [root];
	const calls: Call[] = [];
	const options = new Map<string, Placed[]>();
	const bound: Placed[] = [];
	const imports = new Set<string>();
	const imported = new Map<string, string>();
	const defined = new Map<string, Scope>();
	const sliceOf = ({ from, to }: { from: number; to: number }) => text.slice(from, to);
	tree.iterate({
		enter(reference) {
			const scope = stack.at(-1) as Scope;
			switch (reference.name) {
				case "FunctionDefinition":
				case "ClassDefinition": {
					const { node } = reference;
					const name = node.getChild("VariableName");
					const kind = reference.name === "ClassDefinition" ? "class" : "function";
					const inner = newScope(kind, name === null ? "" : sliceOf(name), scope);
					if (kind === "function") inner.parameters.push(...readParameters(node, sliceOf));
					if (inner.name !== "" && !defined.has(inner.name)) defined.set(inner.name, inner);
					scopes.push(inner);
					stack.push(inner);
					break;
				}
				case "AssignStatement":
					readAssignment(reference.node, scope, bound, sliceOf);
					break;
				case "CallExpression": {
					const call = readCall(reference.node, scope, sliceOf);
					if (call !== null) calls.push(call);
					if (call?.name === "add_argument") readOption(reference.node, scope, options, text);
					break;
				}
				case "Decorator":
					if (/^@\s*(?:\w+\s*\.\s*)?option\s*\(/.test(text.slice(reference.from, reference.from + 50)))
						readOption(reference.node, scope, options, text);
					break;
				case "ImportStatement": {
					const first = reference.node.getChild("VariableName");
					if (first !== null) imports.add(sliceOf(first));
					for (const [name, source] of readImported(sliceOf(reference))) imported.set(name, source);
					break;
				}
			}
		},
		leave(reference) {
			if (reference.name === "FunctionDefinition" || reference.name === "ClassDefinition") stack.pop();
		},
	});
	return { text, scopes, calls, options, bound, imports, imported, defined };
}

function newScope(kind: Scope["kind"], name: string, parent: Scope | null): Scope {
	return { kind, name, parent, assigned: new Map(), parameters: [], attributes: new Map() };
}

/** Names of `from x.y import a, b as c`, with where they are from. */
function readImported(statement: string): [string, string][] {
	const match = /^from\s+\.*([\w.]+)\s+import\s+\(?([\w\s,]{1,2000})/.exec(statement);
	if (match === null) return [];
	const [, source = "", names = ""] = match;
	return names.split(",").flatMap((each): [string, string][] => {
		const [name, as, here] = each.trim().split(/\s+/);
		return name === undefined || name === ""
			? []
			: [[as === "as" && here !== undefined ? here : name, `${source}:${name}`]];
	});
}

type SliceOf = (range: { from: number; to: number }) => string;

function readParameters(node: SyntaxNode, sliceOf: SliceOf): Parameter[] {
	const found: { name: string; standard: SyntaxNode | null }[] = [];
	let isDefault = false;
	for (let child = node.getChild("ParamList")?.firstChild ?? null; child !== null; child = child.nextSibling) {
		if (child.name === "AssignOp") isDefault = true;
		else if (child.name === "," || child.name === ")") isDefault = false;
		else if (isDefault) {
			const last = found.at(-1);
			if (last !== undefined && last.standard === null) last.standard = child;
		} else if (child.name === "VariableName") found.push({ name: sliceOf(child), standard: null });
	}
	return found;
}

/** `a = x`, `a: int = x`, `a = b = x`, `a, b = x, y` and `self.a = x`. */
function readAssignment(node: SyntaxNode, scope: Scope, bound: Placed[], sliceOf: SliceOf): void {
	const sides: SyntaxNode[][] = [[]];
	for (let child = node.firstChild; child !== null; child = child.nextSibling) {
		if (child.name === "AssignOp") sides.push([]);
		else if (child.name !== "," && child.name !== "TypeDef") sides.at(-1)?.push(child);
	}
	const values = sides.pop() ?? [];
	for (const targets of sides) {
		if (targets.length !== values.length) continue;
		targets.forEach((target, index) => {
			const value = values[index] as SyntaxNode;
			if (target.name === "VariableName") add(scope.assigned, sliceOf(target), { node: value, scope });
			else if (target.name === "MemberExpression") {
				const owner = target.firstChild;
				const name = target.getChild("PropertyName");
				const type = classOf(scope);
				if (name !== null && sliceOf(name) === "bind") bound.push({ node: value, scope });
				if (owner !== null && name !== null && type !== null && sliceOf(owner) === "self")
					add(type.attributes, sliceOf(name), { node: value, scope });
			}
		});
	}
}

function add(map: Map<string, Placed[]>, name: string, placed: Placed): void {
	const known = map.get(name);
	if (known === undefined) map.set(name, [placed]);
	else if (known.length < MOST_VALUES) known.push(placed);
}

/** Values of one name that are looked at: a generated file may assign one name ten thousand times. */
const MOST_VALUES = 20;

/** `add_argument("--port", "-p", dest="port", default=8100)`, and click's `option` alike. */
function readOption(node: SyntaxNode, scope: Scope, options: Map<string, Placed[]>, text: string): void {
	const { positional, keywords } = argumentsOf(node, text);
	const value = keywords.get("default");
	if (value === undefined) return;
	const names = positional.filter(({ name }) => name === "String").map((name) => stringOf(name, text) ?? "");
	const dest = keywords.get("dest");
	const name =
		(dest === undefined ? null : stringOf(dest, text)) ??
		names.find((each) => /^\w/.test(each)) ??
		names.find((each) => each.startsWith("--"));
	if (name !== undefined) add(options, name.replace(/^-+/, "").replaceAll("-", "_"), { node: value, scope });
}

/** The text of a plain string; null: it is none, or holds an escape. */
export function stringOf(node: SyntaxNode, text: string): string | null {
	if (node.name !== "String") return null;
	const match = /^[rRuUbB]{0,2}("""|'''|"|')/.exec(text.slice(node.from, node.from + 5));
	if (match === null) return null;
	const quote = match[1] as string;
	const inner = text.slice(node.from + match[0].length, Math.max(node.to - quote.length, node.from + match[0].length));
	return inner.includes("\\") ? null : inner;
}

/** The class around a scope; null: none. */
export function classOf(scope: Scope): Scope | null {
	for (let around: Scope | null = scope; around !== null; around = around.parent) {
		if (around.kind === "class") return around;
	}
	return null;
}

function readCall(node: SyntaxNode, scope: Scope, sliceOf: SliceOf): Call | null {
	const called = node.firstChild;
	if (called === null) return null;
	if (called.name === "VariableName") return { node, scope, name: sliceOf(called), receiver: "" };
	const property = called.name === "MemberExpression" ? called.lastChild : null;
	if (property?.name !== "PropertyName") return null;
	// A receiver may be a whole chain of calls: only a short one is of use, and only its text.
	const from = Math.max(called.from, property.from - 1 - MOST_RECEIVER);
	return { node, scope, name: sliceOf(property), receiver: sliceOf({ from, to: property.from - 1 }) };
}

const MOST_RECEIVER = 100;

export interface Arguments {
	readonly positional: readonly SyntaxNode[];
	readonly keywords: ReadonlyMap<string, SyntaxNode>;
}

/** The arguments of a call, or of a decorator. */
export function argumentsOf(node: SyntaxNode, text: string): Arguments {
	const positional: SyntaxNode[] = [];
	const keywords = new Map<string, SyntaxNode>();
	let part: SyntaxNode[] = [];
	const close = () => {
		const [first, second, third] = part;
		if (second?.name === "AssignOp" && third !== undefined && first !== undefined)
			keywords.set(text.slice(first.from, first.to), third);
		else if (first !== undefined && first.name !== "*" && first.name !== "**") positional.push(first);
		part = [];
	};
	for (let child = node.getChild("ArgList")?.firstChild ?? null; child !== null; child = child.nextSibling) {
		if (child.name === "(") continue;
		if (child.name === "," || child.name === ")") close();
		else if (child.name !== "Comment") part.push(child);
	}
	close();
	return { positional, keywords };
}
