// Pure. A promised Python symbol in the tree: each definition of it, and what of its members each keeps.
import type { Contract, ContractMember } from "#model/contract";
import type { RawPath } from "#model/history";
import type { Doubt } from "#model/reality";
import type { PythonClass, PythonFunction } from "#model/tree-facts";
import type { Definition, JudgedPlace } from "./definition.ts";
import { changingDecorator, compareFunction, isOverload } from "./promise.ts";
import { compareAttribute } from "./promised-result.ts";
import { compileNames, holding, type Member, moduleName, type PythonFiles, type PythonNames } from "./python-names.ts";

/** Finds and judges promised symbols in files of Python. */
export function compilePython(
	files: PythonFiles,
): (symbol: Contract["symbol"], scope: Iterable<RawPath>) => Definition[] {
	const names = compileNames(files);
	return (symbol, scope) => {
		const paths = [...scope];
		const found = [classesIn, functionsIn, namesIn, modulesIn]
			.map((find) => paths.flatMap((path) => find(files, names, path, symbol)))
			.find((definitions) => definitions.length > 0);
		const lasting = (found ?? []).filter(({ isLocal }) => !isLocal);
		const definitions = lasting.length > 0 ? lasting : (found ?? []);
		// What stands in for it in a test is no promise kept or broken, unless there is nothing else.
		const real = definitions.filter(({ path }) => !isTest(path));
		return real.length > 0 ? real : definitions;
	};
}

function isTest(path: RawPath): boolean {
	return /(^|\/)(tests?|testing)\/|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.pyi?$/i.test(path);
}

interface Found extends Definition {
	readonly isLocal: boolean;
}

type Find = (files: PythonFiles, names: PythonNames, path: RawPath, symbol: string) => Found[];

/** Whether a name in a module is the one promised: by itself, or with the module or its outer classes before it. */
function isMeant(path: RawPath, name: string, symbol: string): boolean {
	return symbol.split(".").at(-1) === name.split(".").at(-1) && `.${moduleName(path)}.${name}`.endsWith(`.${symbol}`);
}

const classesIn: Find = (files, names, path, symbol) => {
	const classes = (files.get(path)?.classes ?? []).filter(({ name }) => isMeant(path, name, symbol));
	return [...Map.groupBy(classes, ({ name }) => name).values()].map((group) => {
		const held = holding(group) as readonly [PythonClass, ...PythonClass[]];
		const { line, name } = held[0];
		const isLocal = name.includes("<locals>");
		const judge = (member: ContractMember) =>
			isLocal
				? unknown(path, line, { kind: "local", name: "" })
				: best(
						held.map((one) =>
							judgeMember(member, names.memberOf({ path, class: one }, member.name), { path, line: one.line }),
						),
					);
		return { path, line, isLocal, judge };
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
	return [{ ...place, isLocal: false, judge }];
};

const namesIn: Find = (files, _names, path, symbol) =>
	(files.get(path)?.names ?? [])
		.filter(({ name }) => isMeant(path, name, symbol))
		.map(({ line }) => ({
			path,
			line,
			isLocal: false,
			judge: () => unknown(path, line, { kind: "assigned", name: "" }),
		}));

const modulesIn: Find = (_files, names, path, symbol) => {
	if (!`.${moduleName(path)}`.endsWith(`.${symbol}`)) return [];
	const judge = (member: ContractMember) => judgeMember(member, names.exportOf(path, member.name), { path, line: 0 });
	return [{ path, line: 0, isLocal: false, judge }];
};

/** `around`: the class or module that the member was looked for in. */
function judgeMember(
	member: ContractMember,
	found: Member,
	around: { readonly path: RawPath; readonly line: number },
): JudgedPlace {
	switch (found.kind) {
		case "absent":
			return { ...around, signature: null, state: "absent", doubt: null, differences: [] };
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
			return { path, line: name.line, signature, state: stateOf(differences), doubt: null, differences };
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
	return { path, line, signature, state: stateOf(differences), doubt: null, differences };
}

function stateOf(differences: JudgedPlace["differences"]): JudgedPlace["state"] {
	return differences.length === 0 ? "kept" : "differs";
}

function unknown(path: RawPath, line: number, doubt: Doubt): JudgedPlace {
	return { path, line, signature: null, state: "unknown", doubt, differences: [] };
}

const RANKS: readonly JudgedPlace["state"][] = ["kept", "unknown", "differs", "absent"];

/** Of several that may hold, the one that keeps most: of the others nobody can say that they do hold. */
function best(places: readonly JudgedPlace[]): JudgedPlace {
	const rank = ({ state, differences }: JudgedPlace) => RANKS.indexOf(state) * 1_000 + differences.length;
	return places.reduce((one, other) => (rank(other) < rank(one) ? other : one));
}
