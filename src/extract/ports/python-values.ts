// Pure. Which ports an expression of Python can mean, as far as the file itself says: constants, defaults, parameters.
import { portOf, portOfAddress } from "./number.ts";
import {
	argumentsOf,
	classOf,
	type Module,
	type Placed,
	type Scope,
	type SyntaxNode,
	stringOf,
} from "./python-scopes.ts";

export interface Value {
	readonly port: number;
	readonly at: number;
	/** By which way the number came to where it is used. */
	readonly how: "call" | "assignment" | "default";
}

/** What is followed at most for one file; a file that asks for more is no hand-written server. */
const MOST_STEPS = 20_000;
const MOST_DEPTH = 12;

/** Values of expressions in one module. Values that only the outside knows are left out. */
export function compileValues(module: Module): (placed: Placed) => Value[] {
	const { text, options, defined } = module;
	const callsOf = Map.groupBy(module.calls, ({ name }) => name);
	const classes = module.scopes.filter(({ kind }) => kind === "class");
	const fields = classes.flatMap((type) => [...type.assigned.keys()].map((name) => ({ name, type })));
	const classesWith = Map.groupBy(fields, ({ name }) => name);
	/** Nodes whose value is being sought: `port = port or 8000` asks for itself. */
	const asked = new Set<number>();
	let steps = 0;

	function evaluate(node: SyntaxNode, scope: Scope, how: Value["how"], depth: number): Value[] {
		steps++;
		const key = node.from * 2 + (node.firstChild === null ? 1 : 0);
		if (steps > MOST_STEPS || depth > MOST_DEPTH || asked.has(key)) return [];
		asked.add(key);
		const values = evaluateKind(node, scope, how, depth);
		asked.delete(key);
		return values;
	}

	function evaluateKind(node: SyntaxNode, scope: Scope, how: Value["how"], depth: number): Value[] {
		const follow = (next: SyntaxNode | null | undefined, by = how) =>
			next === null || next === undefined ? [] : evaluate(next, scope, by, depth + 1);
		switch (node.name) {
			case "Number":
				return literal(portOf(text.slice(node.from, node.to)), node, how);
			case "String": {
				const value = stringOf(node, text);
				return value === null ? [] : literal(portOf(value) ?? portOfAddress(value), node, how);
			}
			case "FormatString":
				return evaluateFormat(node, follow);
			case "ParenthesizedExpression":
				return follow(node.firstChild?.nextSibling);
			case "ConditionalExpression":
				return [...follow(node.firstChild), ...follow(node.lastChild, "default")];
			case "BinaryExpression":
				return evaluateBinary(node, follow);
			case "CallExpression":
				return evaluateCall(node, follow);
			case "VariableName":
				return evaluateName(text.slice(node.from, node.to), scope, how, depth + 1);
			case "MemberExpression":
				return evaluateMember(node, scope, how, depth + 1);
			default:
				return [];
		}
	}

	type Follow = (next: SyntaxNode | null | undefined, by?: Value["how"]) => Value[];

	/** `f"[::]:{port}"`, `f"{host}:50051"`: what stands after the last colon. */
	function evaluateFormat(node: SyntaxNode, follow: Follow): Value[] {
		const last = node.lastChild;
		if (last === null) return [];
		const tail = /^["']{0,3}$/.test(text.slice(last.to, node.to));
		if (last.name === "FormatReplacement" && tail) {
			const isWhole = /^[fFrR]{1,2}["']{1,3}$/.test(text.slice(node.from, last.from));
			const follows = text[last.from - 1] === ":";
			return isWhole || follows ? follow(last.firstChild?.nextSibling) : [];
		}
		const match = /:(\d{1,5})["']{1,3}$/.exec(text.slice(last.to, node.to));
		return match === null ? [] : literal(portOf(match[1] as string), node, "call");
	}

	function evaluateBinary(node: SyntaxNode, follow: Follow): Value[] {
		const [left, operator, right] = [node.firstChild, node.firstChild?.nextSibling, node.lastChild];
		if (left === null || operator === null || operator === undefined) return [];
		const sign = text.slice(operator.from, operator.to);
		if (sign === "or") return [...follow(left), ...follow(right, "default")];
		// `"[::]:" + str(port)` and `"[::]:%d" % port`; sums of numbers are no constants.
		const before = text.slice(Math.max(left.from, left.to - 4), left.to);
		if (sign === "+" && /:["']$/.test(before)) return follow(right);
		if (sign === "%" && /:%[sd]["']$/.test(before)) {
			return follow(right?.name === "TupleExpression" ? elementsOf(right).at(-1) : right);
		}
		return [];
	}

	/** What a call gives if the outside says nothing: `int(x)`, `os.environ.get("PORT", x)`, `Field(default=x)`. */
	function evaluateCall(node: SyntaxNode, follow: Follow): Value[] {
		const called = node.firstChild;
		if (called === null) return [];
		const name = text.slice(Math.max(called.from, called.to - 40), called.to).replace(/^.*\./s, "");
		const { positional, keywords } = argumentsOf(node, text);
		if (keywords.has("default")) return follow(keywords.get("default"), "default");
		if (name === "int" || name === "str") return follow(positional[0]);
		if (GETTERS.has(name)) return follow(positional[1], "default");
		if (FIELDS.has(name)) return follow(positional[0], "default");
		if (name === "format" && called.name === "MemberExpression") {
			const pattern = called.firstChild;
			const ends = pattern !== null && /:\{\w{0,20}\}["']$/.test(text.slice(Math.max(0, pattern.to - 30), pattern.to));
			return ends ? follow(positional.at(-1) ?? keywords.get("port")) : [];
		}
		return [];
	}

	function evaluateName(name: string, scope: Scope, how: Value["how"], depth: number): Value[] {
		for (let around: Scope | null = scope; around !== null; around = around.parent) {
			// Names of a class body are not seen from within its methods.
			if (around.kind === "class" && around !== scope) continue;
			const index = around.parameters.findIndex((parameter) => parameter.name === name);
			const values = around.assigned.get(name) ?? [];
			if (index === -1 && values.length === 0) continue;
			const assigned = values.flatMap((value) =>
				evaluate(value.node, value.scope, how === "call" ? "assignment" : how, depth),
			);
			return index === -1 ? assigned : [...assigned, ...evaluateParameter(around, index, depth)];
		}
		return [];
	}

	/** Its default, what options of the command line say, and what calls in this file hand over. */
	function evaluateParameter(owner: Scope, index: number, depth: number): Value[] {
		const { name, standard } = owner.parameters[index] as Scope["parameters"][number];
		const found = standard === null ? [] : evaluate(standard, owner.parent as Scope, "default", depth);
		if (standard === null) {
			found.push(...(options.get(name) ?? []).flatMap((value) => evaluate(value.node, value.scope, "default", depth)));
		}
		const type = owner.name === "__init__" ? classOf(owner) : null;
		const isMethod = owner.parent?.kind === "class";
		const calls = (callsOf.get(type?.name ?? owner.name) ?? []).slice(0, MOST_CALLS);
		for (const call of calls) {
			// A method is reached by a receiver, a function by its bare name.
			if (type === null && isMethod !== (call.receiver !== "")) continue;
			const { positional, keywords } = argumentsOf(call.node, text);
			const argument = keywords.get(name) ?? positional[isMethod ? index - 1 : index];
			if (argument !== undefined) found.push(...evaluate(argument, call.scope, "call", depth));
		}
		return found;
	}

	function evaluateMember(node: SyntaxNode, scope: Scope, how: Value["how"], depth: number): Value[] {
		const owner = node.firstChild;
		const property = node.lastChild;
		if (owner === null || property?.name !== "PropertyName") return [];
		const name = text.slice(property.from, property.to);
		const all = (values: readonly Placed[] | undefined, by: Value["how"]) =>
			(values ?? []).flatMap((value) => evaluate(value.node, value.scope, by, depth));
		const receiver = owner.name === "VariableName" ? text.slice(owner.from, owner.to) : "";
		if (receiver === "self" || receiver === "cls") {
			const type = classOf(scope);
			return type === null ? [] : attributesOf(type, name, how, depth);
		}
		const option = all(options.get(name), "default");
		if (option.length > 0) return option;
		const type = typeOf(receiver, scope) ?? onlyClassWith(name);
		return type === null ? [] : attributesOf(type, name, "default", depth);
	}

	function attributesOf(type: Scope, name: string, how: Value["how"], depth: number): Value[] {
		const by = how === "call" ? "assignment" : how;
		return [...(type.attributes.get(name) ?? []), ...(type.assigned.get(name) ?? [])].flatMap((value) =>
			evaluate(value.node, value.scope, by, depth),
		);
	}

	/** The class of this module that a variable is made of, or names: `settings = Settings()`. */
	function typeOf(name: string, scope: Scope): Scope | null {
		if (name === "") return null;
		const itself = defined.get(name);
		if (itself?.kind === "class") return itself;
		for (let around: Scope | null = scope; around !== null; around = around.parent) {
			for (const { node } of around.assigned.get(name) ?? []) {
				const called = node.name === "CallExpression" ? node.firstChild : null;
				const type = called === null ? undefined : defined.get(text.slice(called.from, called.to));
				if (type?.kind === "class") return type;
			}
		}
		return null;
	}

	function onlyClassWith(name: string): Scope | null {
		const [only, ...others] = classesWith.get(name) ?? [];
		return only !== undefined && others.length === 0 ? only.type : null;
	}

	return ({ node, scope }) => distinct(evaluate(node, scope, "call", 0));
}

const MOST_CALLS = 50;
const GETTERS: ReadonlySet<string> = new Set(["get", "getenv", "setdefault", "env", "getint", "int_env"]);
const FIELDS: ReadonlySet<string> = new Set(["Field", "Option", "Argument", "c_int"]);

function distinct(values: readonly Value[]): Value[] {
	return [...new Map(values.map((value) => [value.at, value])).values()];
}

function literal(port: number | null, { from }: SyntaxNode, how: Value["how"]): Value[] {
	return port === null ? [] : [{ port, at: from, how }];
}

/** The elements of a tuple or list, without its signs. */
export function elementsOf(node: SyntaxNode): SyntaxNode[] {
	const found: SyntaxNode[] = [];
	for (let child = node.firstChild; child !== null; child = child.nextSibling) {
		if (!/^[([\],)]$/.test(child.name) && child.name !== "Comment") found.push(child);
	}
	return found;
}
