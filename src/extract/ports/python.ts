// Pure. Ports in Python: what its calls listen on, and what its names and addresses mention.
import { parser } from "@lezer/python";
import type { PortUse } from "#model/tree-facts";
import { addressesIn, isPortName, lineIndex, portOf } from "./number.ts";
import { boundAddresses, listeningCalls } from "./python-listeners.ts";
import {
	argumentsOf,
	type Module,
	type Placed,
	readScopes,
	type SyntaxNode,
	stringOf,
	type Tree,
} from "./python-scopes.ts";
import { compileValues, type Value } from "./python-values.ts";

export interface PythonPorts {
	readonly uses: readonly PortUse[];
	readonly listens: boolean;
}

/** `firstLine`: the line of the file on which the text begins, where it is part of another. */
export function readPython(text: string, firstLine = 1): PythonPorts {
	const tree = parser.parse(text);
	const module = readScopes(tree, text);
	const valuesOf = compileValues(module);
	const line = lineIndex(text);
	const uses = new Map<number, PortUse>();
	const add = (value: Value, use: Omit<PortUse, "port" | "line">) => {
		if (!uses.has(value.at)) {
			uses.set(value.at, { port: value.port, line: line(value.at) + firstLine - 1, ...use });
		}
	};
	const listening = listeningCalls(module);
	for (const { protocol, port, starts } of listening) {
		if (port === null) continue;
		for (const value of valuesOf(port)) add(value, { protocol, use: "bind", how: value.how, starts });
	}
	const addressed = boundAddresses(module);
	for (const value of addressed.flatMap(valuesOf)) {
		add(value, { protocol: "tcp", use: "bind", how: value.how, starts: null });
	}
	for (const { how, placed } of namedPorts(module)) {
		for (const value of valuesOf(placed)) add(value, { protocol: "tcp", use: "mention", how, starts: null });
	}
	for (const value of entries(tree, text)) add(value, { protocol: "tcp", use: "mention", how: "key", starts: null });
	for (const value of addresses(tree, text))
		add(value, { protocol: "tcp", use: "mention", how: "address", starts: null });
	return {
		uses: [...uses].sort(([a], [b]) => a - b).map(([, use]) => use),
		listens: listening.length + addressed.length > 0,
	};
}

/** What stands under the name of a port: assignments, defaults, options, arguments by keyword. */
function namedPorts({ scopes, options, calls, text }: Module): { how: PortUse["how"]; placed: Placed }[] {
	const found: { how: PortUse["how"]; placed: Placed }[] = [];
	const take = (how: PortUse["how"], name: string, placed: Placed) => {
		if (isPortName(name) && isLiteral(placed.node)) found.push({ how, placed });
	};
	for (const scope of scopes) {
		for (const [name, values] of [...scope.assigned, ...scope.attributes])
			for (const value of values) take("assignment", name, value);
		for (const { name, standard } of scope.parameters)
			if (standard !== null) take("default", name, { node: standard, scope });
	}
	for (const [name, values] of options) for (const value of values) take("default", name, value);
	for (const call of calls) {
		for (const [name, node] of argumentsOf(call.node, text).keywords) take("call", name, { node, scope: call.scope });
	}
	return found;
}

/** Names lead elsewhere; what they lead to is found where it stands. */
function isLiteral({ name }: SyntaxNode): boolean {
	return name === "Number" || name === "String" || name === "CallExpression" || name === "BinaryExpression";
}

/** URLs and addresses in its strings. */
function addresses(tree: Tree, text: string): Value[] {
	const found: Value[] = [];
	tree.iterate({
		enter({ name, from, to }) {
			if (name !== "String" && name !== "FormatString") return;
			for (const { port, at } of addressesIn(text.slice(from, to))) found.push({ port, at: from + at, how: "call" });
		},
	});
	return found;
}

/** `{"port": 8100}` */
function entries(tree: Tree, text: string): Value[] {
	const found: Value[] = [];
	tree.iterate({
		enter({ name, node }) {
			const key = name === ":" && node.parent?.name === "DictionaryExpression" ? node.prevSibling : null;
			const value = node.nextSibling;
			if (key === null || value?.name !== "Number" || !isPortName(stringOf(key, text) ?? "")) return;
			const port = portOf(text.slice(value.from, value.to));
			if (port !== null) found.push({ port, at: value.from, how: "call" });
		},
	});
	return found;
}
