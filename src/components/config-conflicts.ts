// Pure. Which open conflicts of the log are about which configuration key of content, or about a file that carries keys.
import type { Conflict } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";
import type { NamespaceKey } from "#model/namespace";

/** A key with those above it, as resources name it: `training.sft`. */
export function keyPath(above: string, key: string): string {
	return above === "" ? key : `${above}.${key}`;
}

/** Anchor of a key on the page of namespaces, another for each key: an id holds no white space. */
export function keyAnchor(path: string): string {
	return `key-${path.replace(/[\s~]/g, (char) => `~${char.charCodeAt(0).toString(16)}~`)}`;
}

/**
 * Open conflicts by the path of the key they are told at: the deepest key of content at or above the one they name. What
 * is below no key of content is nobody's here.
 */
export function conflictsByKey(
	namespaces: readonly Pick<NamespaceKey, "key" | "children">[],
	conflicts: readonly Conflict[],
): ReadonlyMap<string, readonly Conflict[]> {
	const paths = new Set(namespaces.flatMap((space) => pathsOf(space, "")));
	const found = new Map<string, Conflict[]>();
	for (const conflict of conflicts) {
		if (!isOpen(conflict) || !conflict.resource.startsWith("config:")) continue;
		let path = conflict.resource.slice("config:".length);
		while (path !== "" && !paths.has(path)) path = path.slice(0, Math.max(0, path.lastIndexOf(".")));
		if (path === "") continue;
		found.set(path, [...(found.get(path) ?? []), conflict]);
	}
	return found;
}

function pathsOf({ key, children }: Pick<NamespaceKey, "key" | "children">, above: string): string[] {
	const path = keyPath(above, key);
	return [path, ...children.flatMap((child) => pathsOf(child, path))];
}
