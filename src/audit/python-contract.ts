// Pure. A promised Python symbol in the tree: each definition of it, and what of its members each keeps.
import type { Contract, ContractMember } from "#model/contract";
import type { RawPath } from "#model/history";
import type { Doubt } from "#model/reality";
import type { PythonClass, PythonFunction } from "#model/tree-facts";
import type { Definition, JudgedPlace } from "./definition.ts";
import { isFetched } from "./folders.ts";
import { changingDecorator, compareFunction, isOverload, openParts } from "./promise.ts";
import { compareAttribute, openAttribute } from "./promised-result.ts";
import { compileNames, holding, type Member, moduleName, type PythonFiles, type PythonNames } from "./python-names.ts";

/** Finds and judges promised symbols in files of Python. */
export function compilePython(
	files: PythonFiles,
): (symbol: Contract["symbol"], isIn: (path: RawPath) => boolean) => Definition[] {
	const names = compileNames(files);
	const byName = indexNames(files);
	return (symbol, isIn) => {
		const paths = [...(byName.get(lastPart(symbol)) ?? [])].filter(isIn);
		const found = [classesIn, functionsIn, namesIn, modulesIn]
			.map((find) => paths.flatMap((path) => find(files, names, path, symbol)))
			.find((definitions) => definitions.length > 0);
		return prefer(found ?? [], symbol).map((one) => ({ ...one, judge: (member) => believe(files, one, member) }));
	};
}

function lastPart(dotted: string): string {
	return dotted.slice(dotted.lastIndexOf(".") + 1);
}

/** The files that define something by its last name, or are called so. */
function indexNames(files: PythonFiles): ReadonlyMap<string, ReadonlySet<RawPath>> {
	const byName = new Map<string, Set<RawPath>>();
	for (const [path, { classes, functions, names }] of files) {
		for (const name of [
			moduleName(path),
			...[classes, functions, names].flatMap((list) => list.map((one) => one.name)),
		]) {
			const paths = byName.get(lastPart(name));
			if (paths === undefined) byName.set(lastPart(name), new Set([path]));
			else paths.add(path);
		}
	}
	return byName;
}

/** Where other things bear the name too, those that are less likely meant are left out. */
function prefer(found: readonly Found[], symbol: string): readonly Found[] {
	const depth = symbol.split(".").length;
	const likely: ((one: Found) => boolean)[] = [
		({ name }) => !name.includes("<locals>"),
		({ name }) => name.split(".").length <= depth,
		({ path }) => !isAside(path),
		// A stub says what its module holds; the module holds it.
		({ path }) => !/\.pyi$/i.test(path),
	];
	return likely.reduce((left, isLikely) => {
		const rest = left.filter(isLikely);
		return rest.length > 0 ? rest : left;
	}, found);
}

/** What stands in for it in a test, what others wrote, and what a tool made, is no promise kept or broken. */
function isAside(path: RawPath): boolean {
	return isFetched(path) || ASIDE.test(path);
}

const ASIDE = /(^|\/)(tests?|testing|_vendor)\/|(^|\/)(test_[^/]*|[^/]*_test|conftest|[^/]*_pb2(_grpc)?)\.pyi?$/i;

/** Of a file that was not understood as a whole, what looks broken may not be. */
function believe(files: PythonFiles, { path, line, judge }: Found, member: ContractMember): JudgedPlace {
	const place = judge(member);
	const fault = [place.path, path].map((one) => files.get(one)?.fault).find((one) => one !== undefined);
	return fault === undefined || place.state === "kept" || place.state === "unknown"
		? place
		: unknown(path, line, { kind: "fault", name: String(fault) });
}

interface Found extends Definition {
	/** With the classes and functions around it. */
	readonly name: string;
}

type Find = (files: PythonFiles, names: PythonNames, path: RawPath, symbol: string) => Found[];

/** Whether a name in a module is the one promised: by itself, or with the module or its outer classes before it. */
function isMeant(path: RawPath, name: string, symbol: string): boolean {
	return lastPart(symbol) === lastPart(name) && `.${moduleName(path)}.${name}`.endsWith(`.${symbol}`);
}

const classesIn: Find = (files, names, path, symbol) => {
	const classes = (files.get(path)?.classes ?? []).filter(({ name }) => isMeant(path, name, symbol));
	return [...Map.groupBy(classes, ({ name }) => name).values()].map((group) => {
		const held = holding(group) as readonly [PythonClass, ...PythonClass[]];
		const { line, name } = held[0];
		const judge = (member: ContractMember) => {
			const kind = member.kind === "attribute" ? "attribute" : "method";
			if (name.includes("<locals>")) return unknown(path, line, { kind: "local", name: "" });
			// `try: from fast import A` and `except ImportError: class A: …`: it stands in for another.
			const other = files.get(path)?.imports.find((one) => one.name === name);
			if (other !== undefined && held.every(({ under }) => under !== undefined)) {
				return unknown(path, line, { kind: "imported", name: other.from });
			}
			const found = held.map((one) => {
				const place = { path, line: one.line };
				return judgeMember(member, names.memberOf({ path, class: one }, member.name, kind), place);
			});
			return best(found);
		};
		return { path, line, name, judge };
	});
};

/** A function of the promised name is a promise kept only where it is itself the member. */
const functionsIn: Find = (files, _names, path, symbol) => {
	const functions = (files.get(path)?.functions ?? []).filter(({ name }) => isMeant(path, name, symbol));
	const [first] = holding(functions);
	if (first === undefined) return [];
	const place = { path, line: first.line };
	const judge = (member: ContractMember) =>
		member.name === first.name
			? judgeMember(member, { kind: "functions", path, functions: holding(functions) }, place)
			: unknown(path, first.line, { kind: "assigned", name: "" });
	return [{ ...place, name: first.name, judge }];
};

const namesIn: Find = (files, _names, path, symbol) =>
	(files.get(path)?.names ?? [])
		.filter(({ name }) => isMeant(path, name, symbol))
		.map(({ name, line }) => ({
			path,
			line,
			name,
			judge: () => unknown(path, line, { kind: "assigned", name: "" }),
		}));

const modulesIn: Find = (_files, names, path, symbol) => {
	if (!`.${moduleName(path)}`.endsWith(`.${symbol}`)) return [];
	const judge = (member: ContractMember) => judgeMember(member, names.exportOf(path, member.name), { path, line: 0 });
	return [{ path, line: 0, name: lastPart(symbol), isModule: true, judge }];
};

/** `around`: the class or module that the member was looked for in. */
function judgeMember(
	member: ContractMember,
	found: Member,
	around: { readonly path: RawPath; readonly line: number },
): JudgedPlace {
	switch (found.kind) {
		case "absent":
			return { ...around, signature: null, state: "absent", doubt: null, differences: [], unproved: [] };
		case "unknown":
			return unknown(around.path, around.line, found.doubt);
		case "functions": {
			const bodies = found.functions.filter((one) => !isOverload(one));
			const choices = bodies.length > 0 ? bodies : found.functions;
			return best(choices.map((one) => judgeFunction(member, one, found.path)));
		}
		case "attribute": {
			const { path, name } = found;
			// What it holds may well be called.
			if (member.kind !== "attribute") return unknown(path, name.line, { kind: "assigned", name: "" });
			const differences = compareAttribute(member.returns, name);
			const signature = `${name.name}${name.annotation === undefined ? "" : `: ${name.annotation}`}`;
			const unproved = openAttribute(member.returns, name);
			return { path, line: name.line, signature, state: stateOf(differences), doubt: null, differences, unproved };
		}
		case "class":
			return unknown(found.path, found.line, { kind: "assigned", name: "" });
	}
}

function judgeFunction(member: ContractMember, found: PythonFunction, path: RawPath): JudgedPlace {
	const { line, signature } = found;
	const decorator = changingDecorator(found);
	if (decorator !== null) return { ...unknown(path, line, { kind: "decorator", name: decorator }), signature };
	const differences = compareFunction(member, found);
	const unproved = openParts(member, found);
	return { path, line, signature, state: stateOf(differences), doubt: null, differences, unproved };
}

function stateOf(differences: JudgedPlace["differences"]): JudgedPlace["state"] {
	return differences.length === 0 ? "kept" : "differs";
}

function unknown(path: RawPath, line: number, doubt: Doubt): JudgedPlace {
	return { path, line, signature: null, state: "unknown", doubt, differences: [], unproved: [] };
}

const RANKS: readonly JudgedPlace["state"][] = ["kept", "unknown", "differs", "absent"];

/** Of several that may hold, the one that keeps most: of the others nobody can say that they do hold. */
function best(places: readonly JudgedPlace[]): JudgedPlace {
	const rank = ({ state, differences, unproved }: JudgedPlace) =>
		RANKS.indexOf(state) * 1_000 + differences.length * 10 + unproved.length;
	return places.reduce((one, other) => (rank(other) < rank(one) ? other : one));
}
