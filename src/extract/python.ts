// Pure. What a Python module defines: classes with their methods and attributes, functions, names, imports.
import type {
	PythonClass,
	PythonCondition,
	PythonFunction,
	PythonImport,
	PythonModule,
	PythonName,
} from "#model/tree-facts";
import type { Extractor } from "./extractor.ts";
import { nameOf, readFunction, readTargets } from "./python-function.ts";
import { childrenOf, dottedName, type PythonText, parsePython, type SyntaxNode } from "./python-tree.ts";
import { pythonKind } from "./source-kind.ts";

export const python: Extractor<PythonModule> = {
	kindOf: pythonKind,
	extract: readModule,
};

/** Definitions within definitions that are followed, and characters of what their names begin with. */
const MAX_DEPTH = 20;
const MAX_PREFIX = 500;

interface OpenClass {
	readonly name: string;
	readonly line: number;
	readonly bases: readonly string[];
	readonly methods: PythonFunction[];
	readonly attributes: Map<string, PythonName>;
	readonly decorators: readonly string[];
	readonly under: PythonCondition | null;
}

interface Reading {
	readonly python: PythonText;
	readonly classes: OpenClass[];
	/** The last class of each name. */
	readonly byName: Map<string, OpenClass>;
	readonly functions: PythonFunction[];
	readonly names: Map<string, PythonName>;
	readonly imports: PythonImport[];
}

/** Where a statement stands. */
interface Scope {
	/** What the names defined here begin with: empty at the top of a module, else with its dot at the end. */
	readonly prefix: string;
	readonly kind: "module" | "class" | "function";
	/** The class whose body it is. */
	readonly owner: OpenClass | null;
	readonly under: PythonCondition | null;
	readonly depth: number;
}

function readModule(text: string): PythonModule {
	const reading: Reading = {
		python: parsePython(text),
		classes: [],
		byName: new Map(),
		functions: [],
		names: new Map(),
		imports: [],
	};
	const top: Scope = { prefix: "", kind: "module", owner: null, under: null, depth: 0 };
	readStatements(reading, childrenOf(reading.python.top), top);
	const { classes, functions, names, imports } = reading;
	const { fault } = reading.python;
	const module = { classes: classes.map(closeClass), functions, names: [...names.values()], imports };
	return fault === null ? module : { ...module, fault };
}

function closeClass({ attributes, decorators, under, ...rest }: OpenClass): PythonClass {
	return {
		...rest,
		attributes: [...attributes.values()],
		...(decorators.length === 0 ? {} : { decorators }),
		...(under === null ? {} : { under }),
	};
}

function readStatements(reading: Reading, statements: readonly SyntaxNode[], scope: Scope): void {
	if (scope.depth > MAX_DEPTH || scope.prefix.length > MAX_PREFIX) return;
	for (const statement of statements) readStatement(reading, statement, scope, []);
}

function readStatement(reading: Reading, node: SyntaxNode, scope: Scope, decorators: readonly string[]): void {
	const { python } = reading;
	switch (node.name) {
		case "DecoratedStatement": {
			const children = childrenOf(node);
			const names = children.filter(({ name }) => name === "Decorator").map((one) => decoratorName(one, python.text));
			const inner = children.at(-1);
			if (inner !== undefined) readStatement(reading, inner, scope, names);
			return;
		}
		case "ClassDefinition":
			addClass(reading, node, scope, decorators);
			return;
		case "FunctionDefinition":
			addFunction(reading, node, scope, decorators);
			return;
		case "AssignStatement":
			for (const target of readTargets(node, python)) {
				if (target.of === null) bind(reading, scope, nameOf(target));
				else if (scope.kind === "module") bindAttribute(reading, target.of, nameOf(target));
			}
			return;
		case "ImportStatement":
			for (const one of readImport(node, python.text)) {
				if (scope.kind === "module") reading.imports.push(one);
				else bind(reading, scope, { name: one.name, line: python.line(node) });
			}
			return;
		case "TypeDefinition": {
			const name = node.getChild("VariableName");
			if (name !== null) bind(reading, scope, { name: python.text.slice(name.from, name.to), line: python.line(node) });
			return;
		}
		case "WithStatement":
			readStatements(reading, bodyOf(node), { ...scope, depth: scope.depth + 1 });
			return;
		default:
			if (/^(If|Try|For|While|Match)Statement$/.test(node.name)) readBranches(reading, node, scope);
	}
}

/** A name in its scope: what is local to a function is nobody's interface. */
function bind({ names }: Reading, { kind, owner }: Scope, found: PythonName): void {
	const known = kind === "module" ? names : owner?.attributes;
	if (known !== undefined && !known.has(found.name)) known.set(found.name, found);
}

/** `A.b = …` below the class. */
function bindAttribute({ byName }: Reading, owner: string, found: PythonName): void {
	const attributes = byName.get(owner)?.attributes;
	if (attributes !== undefined && !attributes.has(found.name)) attributes.set(found.name, found);
}

function addClass(reading: Reading, node: SyntaxNode, scope: Scope, decorators: readonly string[]): void {
	const { python } = reading;
	const name = node.getChild("VariableName");
	const added: OpenClass = {
		name: `${scope.prefix}${name === null ? "" : python.text.slice(name.from, name.to)}`,
		line: python.line(node),
		bases: readBases(node.getChild("ArgList"), python.text),
		methods: [],
		attributes: new Map(),
		decorators,
		under: scope.under,
	};
	reading.classes.push(added);
	reading.byName.set(added.name, added);
	const inner = { prefix: `${added.name}.`, kind: "class", owner: added, under: null, depth: scope.depth + 1 } as const;
	readStatements(reading, bodyOf(node), inner);
}

function addFunction(reading: Reading, node: SyntaxNode, scope: Scope, decorators: readonly string[]): void {
	const around = { isMethod: scope.kind === "class", decorators, under: scope.under };
	const { facts, assigned } = readFunction(node, around, reading.python);
	if (scope.kind === "module") reading.functions.push(facts);
	scope.owner?.methods.push(facts);
	for (const one of assigned) bind(reading, scope, one);
	const prefix = `${scope.prefix}${facts.name}.<locals>.`;
	const inner = { prefix, kind: "function", owner: null, under: null, depth: scope.depth + 1 } as const;
	readStatements(reading, bodyOf(node), inner);
}

function readBranches(reading: Reading, node: SyntaxNode, scope: Scope): void {
	const depth = scope.depth + 1;
	let under: PythonCondition | null = scope.under ?? "condition";
	for (const child of childrenOf(node)) {
		if (node.name === "IfStatement" && child.name !== "Body") under = conditionOf(child, reading.python.text) ?? under;
		else if (child.name === "MatchBody") for (const one of childrenOf(child)) readBranches(reading, one, scope);
		else if (child.name === "Body") {
			readStatements(reading, childrenOf(child), { ...scope, under: scope.under ?? under, depth });
			// What is not for the type checker alone is what runs.
			under = under === "typing" ? null : "condition";
		}
	}
}

/** What a part of an `if` says of the body that follows; null: nothing. */
function conditionOf(part: SyntaxNode, text: string): PythonCondition | null {
	if (/^(if|elif|else|:)$/.test(part.name)) return null;
	return /^(\w+\.)?TYPE_CHECKING$/.test(text.slice(part.from, part.to)) ? "typing" : "condition";
}

function bodyOf(node: SyntaxNode): SyntaxNode[] {
	const body = node.getChild("Body");
	return body === null ? [] : childrenOf(body);
}

/** `@a.b(c)`: its parts lie side by side in the decorator's node. */
function decoratorName(node: SyntaxNode, text: string): string {
	const parts = childrenOf(node).filter(({ name }) => name !== "At" && name !== "ArgList");
	const name = parts.map(({ from, to }) => text.slice(from, to)).join("");
	return /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name) ? name : "?";
}

function readBases(list: SyntaxNode | null, text: string): string[] {
	const bases: string[] = [];
	const children = list === null ? [] : childrenOf(list).slice(1, -1);
	for (const argument of splitAt(children)) {
		const [first, assign, value] = argument;
		if (first === undefined) continue;
		if (assign?.name !== "AssignOp") bases.push(argument.length === 1 ? dottedBase(first, text) : "?");
		else if (text.slice(first.from, first.to) === "metaclass")
			bases.push(`metaclass=${dottedName(value ?? null, text)}`);
	}
	return bases;
}

/** A call makes a class that nobody sees. */
function dottedBase(node: SyntaxNode, text: string): string {
	return node.name === "CallExpression" ? "?" : dottedName(node, text);
}

function splitAt(nodes: readonly SyntaxNode[]): SyntaxNode[][] {
	const parts: SyntaxNode[][] = [[]];
	for (const node of nodes) {
		if (node.name === ",") parts.push([]);
		else parts.at(-1)?.push(node);
	}
	return parts;
}

function readImport(node: SyntaxNode, text: string): PythonImport[] {
	const children = childrenOf(node).filter(({ name }) => name !== "(" && name !== ")");
	const said = (nodes: readonly SyntaxNode[]) => nodes.map(({ from, to }) => text.slice(from, to)).join("");
	const at = children.findIndex(({ name }) => name === "import");
	const module = children[0]?.name === "from" ? said(children.slice(1, at)) : null;
	return splitAt(children.slice(at + 1)).flatMap((part) => {
		const as = part.findIndex(({ name }) => name === "as");
		const member = said(as === -1 ? part : part.slice(0, as));
		if (member === "") return [];
		const name = as === -1 ? member : said(part.slice(as + 1));
		return [module === null ? { name, from: member } : { name, from: module, member }];
	});
}
