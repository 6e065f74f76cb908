// Pure. Ports in shell scripts: flags and variables of the commands they run, assignments, addresses, code they hold.
import { type Assignment, type Command, forEachChild, parse, type SyntaxNode, type Word, type WordPart } from "unbash";
import type { PortUse } from "#model/tree-facts";
import { type CommandWord, readCommand, readEnvironment } from "./command.ts";
import { addressesIn, isPortName, lineIndex, portOf } from "./number.ts";
import { readPython } from "./python.ts";

type Use = Omit<PortUse, "line">;

/** `firstLine`: as for Python. */
export function readShell(text: string, firstLine = 1): PortUse[] {
	const line = lineIndex(text);
	const uses = new Map<number, PortUse>();
	const add = (at: number, use: Use) => {
		if (!uses.has(at)) uses.set(at, { ...use, line: line(at) + firstLine - 1 });
	};
	const within: PortUse[] = [];
	readScript(text, 0, 0, add, within, line, firstLine);
	for (const { port, at } of addressesIn(text)) {
		add(at, { port, protocol: "tcp", use: "mention", how: "address", starts: null });
	}
	return [...uses.values(), ...within].sort((a, b) => a.line - b.line);
}

type Add = (at: number, use: Use) => void;

function readScript(
	source: string,
	offset: number,
	depth: number,
	add: Add,
	within: PortUse[],
	line: (at: number) => number,
	firstLine: number,
): void {
	const commands: Command[] = [];
	const assignments: Assignment[] = [];
	walk(parse(source), commands, assignments);
	const variables = Map.groupBy(assignments, ({ name }) => name);
	const wordOf = (word: Word) => compileWord(word, variables, offset, 0);
	for (const command of commands) {
		const words = [command.name, ...command.args]
			.filter((word) => word?.type === "Word")
			.map((word) => wordOf(word as Word));
		const { uses, starts, code } = readCommand(words);
		for (const { at, ...use } of uses) add(at, use);
		for (const each of command.prefix) {
			if (each.type !== "Assignment" || each.value.type !== "Word" || command.name === undefined) continue;
			const use = readEnvironment(each.name, wordOf(each.value), starts);
			if (use !== null) {
				const { at, ...rest } = use;
				add(at, rest);
			}
		}
		for (const { text, at, file } of pythonWithin(command, code, offset)) {
			const bound = readPython(text, line(at) + firstLine - 1).uses.filter(({ use }) => use === "bind");
			within.push(...bound.map((use) => ({ ...use, starts: use.starts ?? file })));
		}
		if (depth === 0) {
			for (const { text, at } of scriptsWithin(command, offset)) {
				readScript(text, at, depth + 1, add, within, line, firstLine);
			}
		}
	}
	for (const { name, value } of assignments) {
		if (value.type !== "Word" || !isPortName(name)) continue;
		const word = wordOf(value);
		const port = portOf(word.text);
		if (port === null) continue;
		add(word.at, {
			port,
			protocol: "tcp",
			use: "mention",
			how: word.how === "flag" ? "assignment" : word.how,
			starts: null,
		});
	}
}

/** Without recursion: the parser bounds how deep a script nests, the stack shall not. */
function walk(root: SyntaxNode, commands: Command[], assignments: Assignment[]): void {
	const open: SyntaxNode[] = [root];
	for (let node = open.pop(); node !== undefined; node = open.pop()) {
		if (node.type === "Command") commands.push(node);
		if (node.type === "Assignment") assignments.push(node);
		const children: SyntaxNode[] = [];
		forEachChild(node, (child) => children.push(child));
		open.push(...children.reverse());
	}
}

type Variables = ReadonlyMap<string, readonly Assignment[]>;

/** A word with the variables that this script sets to one constant put in. */
function compileWord(word: Word, variables: Variables, offset: number, depth: number): CommandWord {
	let [text, at, how]: [string, number, CommandWord["how"]] = ["", offset + word.pos, "flag"];
	const take = (value: CommandWord) => {
		text += value.text;
		if (value.how !== "flag") [at, how] = [value.at, value.how];
	};
	const read = (part: WordPart) => {
		if (part.type === "DoubleQuoted") part.parts.forEach(read);
		else if (part.type === "Literal" || part.type === "SingleQuoted") text += part.value;
		else if (part.type === "SimpleExpansion") take(variable(part.text.slice(1)));
		else if (part.type === "ParameterExpansion") {
			const known = part.operation === undefined ? variable(part.parameter) : null;
			if (known !== null) take(known);
			else if (part.operation?.type === "Default" && /^:?[-=]$/.test(part.operation.operator)) {
				take({ ...compileWord(part.operation.operand, variables, offset, depth + 1), how: "default" });
			} else text += UNKNOWN;
		} else text += UNKNOWN;
	};
	const variable = (name: string): CommandWord => {
		const values = depth > MOST_DEPTH ? [] : (variables.get(name) ?? []).slice(0, 1);
		const [only] = values.flatMap(({ value }) => (value.type === "Word" ? [value] : []));
		if (only === undefined) return { text: UNKNOWN, at, how: "flag" };
		const value = compileWord(only, variables, offset, depth + 1);
		return value.how === "flag" ? { ...value, how: "assignment" } : value;
	};
	if (word.parts === undefined) return { text: word.value, at, how };
	word.parts.forEach(read);
	return { text, at, how };
}

const UNKNOWN = "\0";
const MOST_DEPTH = 5;

interface Code {
	readonly text: string;
	readonly at: number;
	/** The file that it is written into; null: it is run as it stands. */
	readonly file: string | null;
}

/** Python that a command gets: by `-c`, on its input, or that is written into a `.py` file. */
function pythonWithin(command: Command, code: CommandWord | null, offset: number): Code[] {
	if (code !== null && code.text !== "") return [{ text: code.text, at: code.at, file: null }];
	const written = command.redirects.flatMap((each) =>
		each.type === "Redirect" && each.operator.startsWith(">") ? [each.target?.value ?? ""] : [],
	);
	const file = written.find((name) => name.endsWith(".py")) ?? null;
	if (code === null && file === null) return [];
	return command.redirects.flatMap((each) =>
		each.type === "HereDoc" ? [{ text: each.body.text, at: offset + each.body.pos, file }] : [],
	);
}

/** Commands that a command gets as one word: `ssh host "…"`, `bash -c "…"`, a function that starts what it is told. */
function scriptsWithin(command: Command, offset: number): { text: string; at: number }[] {
	if (command.name === undefined || SPEAKERS.test(command.name.value)) return [];
	return command.args.flatMap((word) => {
		if (word.type !== "Word" || !/\s/.test(word.value)) return [];
		const isQuoted = /^["']/.test(word.text);
		return isQuoted && /port|uvicorn|gunicorn/i.test(word.value)
			? [{ text: word.text.slice(1, -1), at: offset + word.pos + 1 }]
			: [];
	});
}

/** Commands that only say what they are given, or search for it. */
const SPEAKERS =
	/^(?:echo|printf|say|die|cat|grep|egrep|awk|sed|curl|jq|pkill|pgrep|python[0-9.]*|.*(?:print|log|info|warn|error|message|success).*)$/i;
