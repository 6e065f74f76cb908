// Pure. Configuration namespaces, compiled: which of them carry a file, and whose each of its keys is.
import type { RawPath } from "#model/history";
import type { Namespace, NamespaceKey } from "#model/namespace";
import { compilePattern, matchesFile, type Pattern } from "#rules/pattern";

export interface Namespaces {
	/** Whether they name no file at all. */
	readonly isEmpty: boolean;
	/** What is said of a file; null where no namespace names it. */
	naming(path: RawPath): NamedFile | null;
	/** The namespace of a key, wherever it stands. Keys are unique in content. */
	withKey(key: string): Namespace | null;
}

export interface NamedFile {
	/** Those whose `files` name it, by key. */
	readonly byKey: ReadonlyMap<string, Namespace>;
	/** Whether one of them names it without a wildcard: then it is that file and no other that is meant. */
	readonly isLiteral: boolean;
}

/** A key that content gives to a team. */
export interface OwnedKey {
	/** With the keys above it: `training`, `sft`. */
	readonly path: readonly string[];
	readonly owner: string;
	readonly node: Pick<NamespaceKey, "children">;
}

export function compileNamespaces(namespaces: readonly Namespace[]): Namespaces {
	const compiled = namespaces.map((namespace) => ({ namespace, patterns: namespace.files.map(compilePattern) }));
	const all = new Map(namespaces.map((namespace) => [namespace.key, namespace]));
	const carriers = compiled.filter(({ patterns }) => patterns.length > 0);
	return {
		isEmpty: carriers.length === 0,
		naming(path) {
			const byKey = new Map<string, Namespace>();
			let isLiteral = false;
			for (const { namespace, patterns } of carriers) {
				const taking = patterns.filter((pattern) => matchesFile(pattern, path));
				if (taking.length === 0) continue;
				byKey.set(namespace.key, namespace);
				isLiteral ||= taking.some((pattern) => isThatFile(pattern, path));
			}
			return byKey.size === 0 ? null : { byKey, isLiteral };
		},
		withKey: (key) => all.get(key) ?? null,
	};
}

/** A pattern without wildcards that is the file's own name or path, not a folder's above it. */
function isThatFile({ literal, isName }: Pattern, path: RawPath): boolean {
	return literal !== null && (path === literal || (isName && path.endsWith(`/${literal}`)));
}

/** The deepest key of content on the way down `path`; null where its top is no namespace of this file. */
export function ownerOfKey({ byKey }: NamedFile, path: readonly string[]): OwnedKey | null {
	const top = byKey.get(path[0] ?? "");
	if (top === undefined) return null;
	let found: OwnedKey = { path: [top.key], owner: top.owner, node: top };
	for (const key of path.slice(1)) {
		const child = found.node.children.find((one) => one.key === key);
		if (child === undefined) break;
		found = { path: [...found.path, key], owner: child.owner, node: child };
	}
	return found;
}

/** The resource that a key is: `config:training.sft`. */
export function configResource(path: readonly string[]): string {
	return `config:${path.join(".")}`;
}
