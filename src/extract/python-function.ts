// Pure. One Python function: its signature, its parameters, and what its `return` statements give.
import type { PythonCondition, PythonFunction, PythonName, PythonResult } from "#model/tree-facts";
import { childrenOf, type PythonText, type SyntaxNode } from "./python-tree.ts";

export interface Around {
	/** Whether it stands in the body of a class. */
	readonly isMethod: boolean;
	readonly decorators: readonly string[];
	readonly under: PythonCondition | null;
}

export interface ReadFunction {
	readonly facts: PythonFunction;
	/** Names that its own body assigns to the first parameter of a method, or to a `self` that it makes. */
	readonly assigned: readonly PythonName[];
}

/** Reads a FunctionDefinition. */
export function readFunction(node: SyntaxNode, around: Around, python: PythonText): ReadFunction {
	const { text } = python;
	const list = node.getChild("ParamList");
	const annotation = node.getChild("TypeDef");
	const body = node.getChild("Body");
	const all = list === null ? [] : readParameters(list, text);
	const isBound = around.isMethod && !around.decorators.includes("staticmethod") && /^[^*/]/.test(all[0] ?? "");
	const own = readBody(body, isBound ? (all[0] as string) : null, python);
	const name = node.getChild("VariableName");
	return {
		facts: {
			name: name === null ? "" : text.slice(name.from, name.to),
			line: python.line(node),
			signature: closeUp(python.say(node.from, (annotation ?? list ?? node).to)),
			isAsync: node.getChild("async") !== null,
			parameters: isBound ? withoutFirst(all) : all,
			returns: annotation === null ? null : python.say(annotation.from + "->".length, annotation.to),
			...(own.gives.length === 0 ? {} : { gives: own.gives }),
			...(own.isGenerator ? { isGenerator: true } : {}),
			...(isStub(body) ? { isStub: true } : {}),
			...(around.decorators.length === 0 ? {} : { decorators: around.decorators }),
			...(around.under === null ? {} : { under: around.under }),
		},
		assigned: own.assigned,
	};
}

/** What was written on several lines, as on one. */
function closeUp(signature: string): string {
	return signature.replaceAll("( ", "(").replace(/,? \)/g, ")");
}

/** In the notation of `PythonFunction.parameters`. */
function readParameters(list: SyntaxNode, text: string): string[] {
	const parameters: string[] = [];
	let [star, name, hasDefault] = ["", "", false];
	let end = list.from;
	for (let child = list.firstChild; child !== null; child = child.nextSibling) {
		const isEnd = child.name === "," || child.name === ")";
		if (child.name === "*" || child.name === "**") star = child.name;
		else if (child.name === "AssignOp") hasDefault = true;
		else if (child.name === "VariableName" && name === "" && !hasDefault) name = text.slice(child.from, child.to);
		// The parser makes no node of the slash.
		else if (isEnd && star === "" && name === "" && text.slice(end, child.from).trim() === "/") name = "/";
		if (isEnd) {
			if (star !== "" || name !== "") parameters.push(`${star}${name}${hasDefault ? "=" : ""}`);
			[star, name, hasDefault] = ["", "", false];
		}
		end = child.to;
	}
	return parameters;
}

/** Without the parameter that a call of a method fills in, and without a slash that stood for it alone. */
function withoutFirst([, ...rest]: readonly string[]): string[] {
	return rest[0] === "/" ? rest.slice(1) : rest;
}

type Given = NonNullable<PythonFunction["gives"]>[number];

/** What a body says of itself; not what functions and classes within it say. */
function readBody(body: SyntaxNode | null, self: string | null, python: PythonText) {
	const gives = new Map<string, Given>();
	const assigned = new Map<string, PythonName>();
	let isGenerator = false;
	body?.cursor().iterate((node) => {
		if (node.name === "FunctionDefinition" || node.name === "ClassDefinition" || node.name === "LambdaExpression")
			return false;
		if (/^Yield/.test(node.name)) isGenerator = true;
		if (node.name === "ReturnStatement") {
			const given = readReturn(node.node, python);
			const key = `${given.result} ${given.size ?? ""}`;
			if (!gives.has(key)) gives.set(key, given);
		}
		if (
			node.name === "CallExpression" &&
			self !== null &&
			!assigned.has(ANY) &&
			isOpenDoor(node.node, self, python.text)
		) {
			assigned.set(ANY, { name: ANY, line: python.line(node) });
		}
		if (node.name === "AssignStatement" && self !== null) {
			for (const target of readTargets(node.node, python)) {
				if ((target.of === self || target.of === "self") && !assigned.has(target.name))
					assigned.set(target.name, nameOf(target));
			}
		}
		return true;
	});
	return { gives: [...gives.values()], assigned: [...assigned.values()], isGenerator };
}

/** The name under which a class keeps whatever it was given as it runs. */
const ANY = "__dict__";

/** `setattr(self, …)` and `self.__dict__.update(…)`: attributes come in by names that the text does not say. */
const OPEN_DOOR = /^(setattr\s*\(\s*(\w+)\s*,|(\w+)\.__dict__\.update\s*\()/;

function isOpenDoor(node: SyntaxNode, self: string, text: string): boolean {
	const found = OPEN_DOOR.exec(text.slice(node.from, node.from + 100));
	return found !== null && (found[2] ?? found[3]) === self;
}

const RESULTS: Readonly<Record<string, PythonResult>> = {
	None: "nothing",
	DictionaryExpression: "dictionary",
	DictionaryComprehensionExpression: "dictionary",
	ArrayExpression: "list",
	ArrayComprehensionExpression: "list",
	SetExpression: "set",
	SetComprehensionExpression: "set",
	String: "text",
	FormatString: "text",
	ContinuedString: "text",
	Number: "number",
	Boolean: "boolean",
};

function readReturn(node: SyntaxNode, python: PythonText): Given {
	const line = python.line(node);
	const [, first, ...more] = childrenOf(node);
	if (first === undefined) return { result: "nothing", line };
	if (more.length > 0) return tuple([first, ...more], line);
	if (first.name === "TupleExpression") return tuple(childrenOf(first).slice(1, -1), line);
	return { result: RESULTS[first.name] ?? "value", line };
}

/** Elements with commas between; what unpacks others has no size. */
function tuple(parts: readonly SyntaxNode[], line: number): Given {
	const isOpen = parts.some(({ name }) => name === "*");
	const size = parts.filter(({ name }) => name !== ",").length;
	return isOpen ? { result: "tuple", line } : { result: "tuple", line, size };
}

/** Whether all statements are words, `...`, `pass` or `raise`. */
function isStub(body: SyntaxNode | null): boolean {
	const statements = body === null ? [] : childrenOf(body).slice(1);
	return statements.every((statement) => {
		if (statement.name === "PassStatement" || statement.name === "RaiseStatement") return true;
		const [only, more] = childrenOf(statement);
		return (
			statement.name === "ExpressionStatement" && more === undefined && /^(Ellipsis|\w*String)$/.test(only?.name ?? "")
		);
	});
}

export interface Target extends PythonName {
	/** The name whose attribute it is; null: it is a name itself. */
	readonly of: string | null;
}

/** The names and attributes that an AssignStatement binds, also those that it only annotates. */
export function readTargets(node: SyntaxNode, python: PythonText): Target[] {
	const children = childrenOf(node);
	const last = children.findLastIndex(({ name }) => name === "AssignOp");
	const annotation = children.find(({ name }) => name === "TypeDef");
	const said = annotation === undefined ? {} : { annotation: python.say(annotation.from + ":".length, annotation.to) };
	const places = last === -1 ? children : children.slice(0, last);
	return places.flatMap((place) => readTarget(place, python)).map((target) => ({ ...target, ...said }));
}

function readTarget(place: SyntaxNode, python: PythonText): Target[] {
	const text = ({ from, to }: SyntaxNode) => python.text.slice(from, to);
	const line = python.line(place);
	if (place.name === "VariableName") return [{ of: null, name: text(place), line }];
	if (/^(Tuple|Array|Parenthesized)Expression$/.test(place.name)) {
		// One level: what is nested deeper is nobody's interface.
		return childrenOf(place)
			.filter(({ name }) => name === "VariableName" || name === "MemberExpression")
			.flatMap((inner) => readTarget(inner, python));
	}
	const { firstChild, lastChild } = place;
	if (place.name !== "MemberExpression" || firstChild?.name !== "VariableName") return [];
	return lastChild?.name === "PropertyName" ? [{ of: text(firstChild), name: text(lastChild), line }] : [];
}

export function nameOf({ name, line, annotation }: Target): PythonName {
	return annotation === undefined ? { name, line } : { name, line, annotation };
}
