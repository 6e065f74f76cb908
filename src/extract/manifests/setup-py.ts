// Pure. setup.py: the arguments of its call of setup() that are literals, or names of literals.
import { parser } from "@lezer/python";
import type { Manifest, Requirement } from "#model/tree-facts";
import { Unreadable } from "../extractor.ts";
import { lineCounter } from "../lines.ts";
import { stringValue } from "../python-strings.ts";
import { parseRequirement } from "./requirement.ts";

type Node = ReturnType<typeof parser.parse>["topNode"];

interface Reading {
	readonly text: string;
	readonly line: (offset: number) => number;
	/** Values of names at the top of the module; null where one is assigned more than once. */
	readonly assigned: ReadonlyMap<string, Node | null>;
}

export function readSetupPy(text: string): Manifest {
	const line = lineCounter(text);
	const tree = parser.parse(text);
	const assigned = new Map<string, Node | null>();
	let call: Node | null = null;
	let fault: number | null = null;
	tree.iterate({
		enter({ node, type, from }) {
			if (type.isError) fault ??= from;
			if (node.name === "AssignStatement" && node.parent?.name === "Script") note(assigned, node, text);
			const callee = node.name === "CallExpression" ? node.firstChild : null;
			if (callee !== null && /^(setuptools\.|distutils\.core\.)?setup$/.test(text.slice(callee.from, callee.to)))
				call ??= node;
		},
	});
	const given = call === null ? new Map<string, Node>() : argumentsOf(call, text);
	if (fault !== null && given.size === 0) throw new Unreadable(line(fault), "it is no Python");
	const reading = { text, line, assigned };
	const python = given.get("python_requires");
	const range = python === undefined ? null : stringOf(python, reading);
	return {
		ecosystem: "python",
		kind: "setup",
		requirements: [
			...requirementsIn(given.get("install_requires"), "runtime", reading),
			...extrasIn(given.get("extras_require"), reading),
		],
		runtime: python === undefined || range === null ? null : { range, line: line(python.from) },
		// A call without a name leaves all that to another file: it is kept for tools that look for a setup.py.
		buildBackend: given.has("name") ? { name: "setuptools", line: line((call as unknown as Node).from) } : null,
		isLock: false,
		members: null,
		isApplication: false,
	};
}

function note(assigned: Map<string, Node | null>, node: Node, text: string): void {
	const [target, value] = [node.firstChild, node.lastChild];
	if (target?.name !== "VariableName" || value === null) return;
	const name = text.slice(target.from, target.to);
	assigned.set(name, assigned.has(name) ? null : value);
}

/** Arguments by keyword. */
function argumentsOf(call: Node, text: string): Map<string, Node> {
	const found = new Map<string, Node>();
	const list = call.getChild("ArgList");
	for (let child = list?.firstChild ?? null; child !== null; child = child.nextSibling) {
		if (child.name !== "VariableName" || child.nextSibling?.name !== "AssignOp") continue;
		const value = child.nextSibling.nextSibling;
		if (value !== null) found.set(text.slice(child.from, child.to), value);
	}
	return found;
}

function extrasIn(node: Node | undefined, reading: Reading): Requirement[] {
	const dictionary = node === undefined ? null : follow(node, reading);
	if (dictionary?.name !== "DictionaryExpression") return [];
	const found: Requirement[] = [];
	for (let child = dictionary.firstChild; child !== null; child = child.nextSibling) {
		const value = child.nextSibling?.name === ":" ? child.nextSibling.nextSibling : null;
		const extra = child.name === "String" ? stringOf(child, reading) : null;
		if (value !== null && extra !== null) for (const one of requirementsIn(value, extra, reading)) found.push(one);
	}
	return found;
}

function requirementsIn(node: Node | undefined, group: string, reading: Reading): Requirement[] {
	const list = node === undefined ? null : follow(node, reading);
	if (list?.name !== "ArrayExpression" && list?.name !== "TupleExpression") return [];
	return list.getChildren("String").flatMap((item) => {
		const parsed = parseRequirement(stringOf(item, reading) ?? "");
		return parsed === null ? [] : [{ ...parsed, line: reading.line(item.from), group }];
	});
}

function stringOf(node: Node, reading: Reading): string | null {
	const value = follow(node, reading);
	return value?.name === "String" ? stringValue(reading.text.slice(value.from, value.to)) : null;
}

/** The literal, or the one that a name at the top of the module stands for. */
function follow(node: Node, { assigned, text }: Reading): Node | null {
	return node.name === "VariableName" ? (assigned.get(text.slice(node.from, node.to)) ?? null) : node;
}
