// Pure. What a name of a Python module stands for, followed through the imports of the tree.
import type { RawPath } from "#model/history";
import type { Doubt } from "#model/reality";
import type { PythonClass, PythonFunction, PythonModule, PythonName } from "#model/tree-facts";

export type PythonFiles = ReadonlyMap<RawPath, PythonModule>;

export interface ClassAt {
	readonly path: RawPath;
	readonly class: PythonClass;
}

/** What a class or a module has under a name. */
export type Member =
	| { readonly kind: "functions"; readonly path: RawPath; readonly functions: readonly PythonFunction[] }
	| { readonly kind: "attribute"; readonly path: RawPath; readonly name: PythonName }
	| { readonly kind: "class"; readonly path: RawPath; readonly line: number }
	| { readonly kind: "unknown"; readonly doubt: Doubt }
	| { readonly kind: "absent" };

export interface PythonNames {
	/** A member of a class, its own or inherited. What gives a class attributes as it runs gives it no methods. */
	readonly memberOf: (at: ClassAt, name: string, kind: "method" | "attribute") => Member;
	/** What a module has under a name, defined or imported. */
	readonly exportOf: (path: RawPath, name: string) => Member;
}

/** Imports and bases that are followed one after another; what lies further is not known. */
const MAX_STEPS = 20;

/** Bases that bring no member of their own but what every class has. */
const BARE = new Set(
	["object", "ABC", "abc.ABC", "Exception", "metaclass=ABCMeta", "metaclass=abc.ABCMeta"].concat(
		["Protocol", "Generic"].flatMap((name) => [name, `typing.${name}`, `t.${name}`, `typing_extensions.${name}`]),
	),
);

/** Decorators of classes that add no member but such with two underscores. */
const PLAIN = new Set(
	["dataclass", "dataclasses.dataclass", "final", "typing.final", "total_ordering", "functools.total_ordering"].concat([
		"runtime_checkable",
		"typing.runtime_checkable",
		"typing_extensions.runtime_checkable",
	]),
);

/** The name a module is imported by from the root of the tree: `a.b` of `a/b.py` and of `a/b/__init__.py`. */
export function moduleName(path: RawPath): string {
	return path
		.replace(/\.pyi?$/, "")
		.replace(/(^|\/)__init__$/, "")
		.replaceAll("/", ".");
}

/**
 * Of definitions of one name in one scope, those that may hold: not those for the type checker alone where others are,
 * and none before one that stands under no condition.
 */
export function holding<T extends { readonly under?: string }>(definitions: readonly T[]): readonly T[] {
	const running = definitions.filter(({ under }) => under !== "typing");
	if (running.length === 0) return definitions;
	return running.slice(
		Math.max(
			running.findLastIndex(({ under }) => under === undefined),
			0,
		),
	);
}

/** A search for one member through the bases of a class. */
interface Search {
	readonly kind: "method" | "attribute";
	/** What is known of each class; each is looked into but once. */
	readonly known: Map<PythonClass, Member>;
	readonly steps: number;
}

export function compileNames(files: PythonFiles): PythonNames {
	const byLastName = Map.groupBy(files.keys(), (path) => moduleName(path).split(".").at(-1) ?? "");
	/** By module and name; what is asked for while it is looked for is not known, so that imports in a circle end. */
	const resolved = new Map<string, ClassAt[] | null>();
	return {
		memberOf: (at, name, kind) => memberOf(at, name, { kind, known: new Map(), steps: 0 }),
		exportOf: (path, name) => exportOf(path, name, 0),
	};

	function memberOf(at: ClassAt, name: string, search: Search): Member {
		const known = search.known.get(at.class);
		if (known !== undefined) return known;
		// A class that is its own base is not known to be anything.
		search.known.set(at.class, { kind: "unknown", doubt: { kind: "base", name: at.class.name } });
		const member = findMember(at, name, search);
		search.known.set(at.class, member);
		return member;
	}

	function findMember({ path, class: found }: ClassAt, name: string, search: Search): Member {
		const functions = holding(found.methods.filter((method) => method.name === name));
		if (functions.length > 0) return { kind: "functions", path, functions };
		const attribute = found.attributes.find((one) => one.name === name);
		if (attribute !== undefined) return { kind: "attribute", path, name: attribute };
		const inner = files.get(path)?.classes.find((one) => one.name === `${found.name}.${name}`);
		if (inner !== undefined) return { kind: "class", path, line: inner.line };
		for (const base of found.bases) {
			const member = inherited(path, base, name, { ...search, steps: search.steps + 1 });
			if (member.kind !== "absent") return member;
		}
		const dynamic = found.methods.find((method) => /^__getattr(ibute)?__$/.test(method.name));
		if (dynamic !== undefined) return { kind: "unknown", doubt: { kind: "dynamic", name: dynamic.name } };
		if (search.kind === "attribute" && found.attributes.some((one) => one.name === "__dict__")) {
			return { kind: "unknown", doubt: { kind: "dynamic", name: "setattr" } };
		}
		const decorator = found.decorators?.find((one) => !PLAIN.has(one));
		if (decorator !== undefined) return { kind: "unknown", doubt: { kind: "dynamic", name: `@${decorator}` } };
		const fault = files.get(path)?.fault;
		if (fault !== undefined) return { kind: "unknown", doubt: { kind: "fault", name: String(fault) } };
		// What every class has, and what Python makes for it.
		return /^__\w+__$/.test(name) ? { kind: "unknown", doubt: { kind: "base", name: "object" } } : { kind: "absent" };
	}

	function inherited(path: RawPath, base: string, name: string, search: Search): Member {
		const classes = search.steps > MAX_STEPS ? null : classesOf(path, base, search.steps);
		if (classes === null || classes.length === 0) {
			return BARE.has(base) ? { kind: "absent" } : { kind: "unknown", doubt: { kind: "base", name: base } };
		}
		const members = classes.map((at) => memberOf(at, name, search));
		if (members.length === 1 || members.every(({ kind }) => kind === "absent")) return members[0] as Member;
		return { kind: "unknown", doubt: { kind: "ambiguous", name: base } };
	}

	/** The classes a dotted name of a module stands for; null: not known. */
	function classesOf(path: RawPath, dotted: string, steps: number): ClassAt[] | null {
		const key = `${path}\0${dotted}`;
		const known = resolved.get(key);
		if (known !== undefined) return known;
		resolved.set(key, null);
		const found = findClasses(path, dotted, steps);
		resolved.set(key, found);
		return found;
	}

	function findClasses(path: RawPath, dotted: string, steps: number): ClassAt[] | null {
		const module = files.get(path);
		if (module === undefined || steps > MAX_STEPS) return null;
		const own = holding(module.classes.filter(({ name }) => name === dotted));
		if (own.length > 0) return own.map((found) => ({ path, class: found }));
		const [head = ""] = dotted.split(".");
		if (module.names.some(({ name }) => name === head)) return null;
		const found = module.imports.flatMap(({ name, from, member }) => {
			if (name === "*") return [{ from, rest: dotted, isSure: false }];
			if (dotted !== name && !dotted.startsWith(`${name}.`)) return [];
			const rest = dotted.slice(name.length + 1);
			return [{ from, rest: [member, rest].filter(Boolean).join("."), isSure: true }];
		});
		const sure = found.filter(({ isSure }) => isSure);
		return sure.length > 0 ? follow(sure) : (found.map((one) => follow([one])).find((one) => one !== null) ?? null);

		/** All of what the imports may mean, or null where one is not known. */
		function follow(imports: readonly { readonly from: string; readonly rest: string }[]): ClassAt[] | null {
			const places = imports.flatMap(({ from, rest }) => {
				// `from a import b` may name the module a/b.py, whose class is then the rest.
				const [first = "", ...more] = rest.split(".");
				const within = join(from, first);
				const direct = modulesOf(path, from).map((one) => classesOf(one, rest, steps + 1));
				if (direct.some((one) => one !== null)) return direct.filter((one) => one !== null);
				return more.length === 0
					? [null]
					: modulesOf(path, within).map((one) => classesOf(one, more.join("."), steps + 1));
			});
			return places.length === 0 || places.includes(null) ? null : places.flatMap((one) => one ?? []);
		}
	}

	function exportOf(path: RawPath, name: string, steps: number): Member {
		const module = files.get(path);
		if (module === undefined || steps > MAX_STEPS) return { kind: "unknown", doubt: { kind: "imported", name } };
		const functions = holding(module.functions.filter((one) => one.name === name));
		if (functions.length > 0) return { kind: "functions", path, functions };
		const found = module.classes.find((one) => one.name === name);
		if (found !== undefined) return { kind: "class", path, line: found.line };
		const assigned = module.names.find((one) => one.name === name);
		if (assigned !== undefined) return { kind: "attribute", path, name: assigned };
		const imported = module.imports.find((one) => one.name === name || one.name === "*");
		if (imported === undefined) {
			const dynamic = module.functions.some((one) => one.name === "__getattr__");
			return dynamic ? { kind: "unknown", doubt: { kind: "dynamic", name: "__getattr__" } } : { kind: "absent" };
		}
		const [only, ...others] = modulesOf(path, imported.from);
		const unknown: Member = { kind: "unknown", doubt: { kind: "imported", name: imported.from } };
		if (only === undefined || others.length > 0 || imported.name === "*" || imported.member === undefined)
			return unknown;
		const member = exportOf(only, imported.member, steps + 1);
		return member.kind === "absent" ? unknown : member;
	}

	/** The files that an import may mean: of an absolute one those whose root is nearest above the importing file. */
	function modulesOf(importing: RawPath, from: string): RawPath[] {
		const dots = /^\.+/.exec(from)?.[0].length ?? 0;
		if (dots > 0) {
			const folders = importing.split("/").slice(0, -dots);
			if (folders.length < importing.split("/").length - dots) return [];
			const wanted = join(folders.join("."), from.slice(dots));
			return (byLastName.get(wanted.split(".").at(-1) ?? "") ?? []).filter((path) => moduleName(path) === wanted);
		}
		const candidates = (byLastName.get(from.split(".").at(-1) ?? "") ?? []).flatMap((path) => {
			const name = moduleName(path);
			if (name !== from && !name.endsWith(`.${from}`)) return [];
			return [{ path, root: name.slice(0, name.length - from.length) }];
		});
		const place = `${moduleName(importing)}.`;
		const above = candidates.filter(({ root }) => place.startsWith(root));
		const nearest = Math.max(...above.map(({ root }) => root.length));
		const meant = above.length === 0 ? candidates : above.filter(({ root }) => root.length === nearest);
		return meant.map(({ path }) => path);
	}
}

function join(module: string, name: string): string {
	return module === "" || module.endsWith(".") || name === "" ? `${module}${name}` : `${module}.${name}`;
}
