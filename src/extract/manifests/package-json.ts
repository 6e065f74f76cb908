// Pure. package.json: dependencies, the Node it asks for, whether other packages belong to it.
import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Manifest, Requirement } from "#model/tree-facts";
import { Unreadable } from "../extractor.ts";
import { lineCounter } from "../lines.ts";

/** Fields of dependencies and the groups they are. What a package asks of its user's tree (`peer`) is no install of its own. */
const GROUPS = { dependencies: "runtime", devDependencies: "dev", optionalDependencies: "optional" } as const;

export function readPackageJson(text: string): Manifest {
	const errors: ParseError[] = [];
	const tree = parseTree(text, errors, { disallowComments: true });
	const line = lineCounter(text);
	const [error] = errors;
	if (error !== undefined) throw new Unreadable(line(error.offset), printParseErrorCode(error.error));
	const fields = entriesOf(tree);
	const requirements = Object.entries(GROUPS).flatMap(([field, group]) =>
		entriesOf(fields.get(field)?.value)
			.values()
			.toArray()
			.flatMap((entry): Requirement[] => {
				const range = textOf(entry.value);
				if (range === null) return [];
				return [{ name: entry.name, range, line: line(entry.at), group, isConditional: false }];
			}),
	);
	const node = entriesOf(fields.get("engines")?.value).get("node");
	const range = textOf(node?.value);
	return {
		ecosystem: "npm",
		kind: "package-json",
		requirements,
		runtime: node === undefined || range === null ? null : { range, line: line(node.at) },
		buildBackend: null,
		isLock: false,
		members: membersOf(fields.get("workspaces")?.value),
		isApplication: isTrue(fields.get("private")?.value),
	};
}

interface Entry {
	readonly name: string;
	readonly value: Node | undefined;
	readonly at: number;
}

/** What an object holds, by name; the last of one name holds, as for everybody who reads JSON. */
function entriesOf(node: Node | undefined): ReadonlyMap<string, Entry> {
	const entries = (node?.type === "object" ? (node.children ?? []) : []).map((property): [string, Entry] => {
		const [key, value] = property.children ?? [];
		const name = String(key?.value ?? "");
		return [name, { name, value, at: property.offset }];
	});
	return new Map(entries);
}

/** A list of globs, or an object that holds one. */
function membersOf(node: Node | undefined): Manifest["members"] {
	const list = node?.type === "object" ? entriesOf(node).get("packages")?.value : node;
	if (list?.type !== "array") return null;
	const globs = (list.children ?? []).map(textOf).filter((glob) => glob !== null);
	return {
		include: globs.filter((glob) => !glob.startsWith("!")),
		exclude: globs.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1)),
	};
}

function textOf(node: Node | undefined): string | null {
	return node?.type === "string" ? String(node.value) : null;
}

function isTrue(node: Node | undefined): boolean {
	return node?.type === "boolean" && node.value === true;
}
