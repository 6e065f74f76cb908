// Pure. What one version of a configuration file says other than the one before it: key by key.
import type { ConfigFile, ConfigKey, EditedKey, KeyDifference } from "#model/tree-facts";

/** Edited keys that are listed; a change of more is told by these. */
const MAX_EDITED = 200;

/**
 * The keys that were added, removed or given another value, each as deep as both versions tell; null where a version does
 * not parse, or is a template. Sections that were empty before, or are now, say nothing.
 */
export function differenceOf(before: ConfigFile, after: ConfigFile): KeyDifference | null {
	if (!before.isRead || !after.isRead) return null;
	const edited: EditedKey[] = [];
	compare(before.keys, after.keys, [], edited);
	const isCut = before.isCut || after.isCut;
	return { keys: edited.slice(0, MAX_EDITED), count: edited.length, isCut };
}

function compare(
	before: readonly ConfigKey[],
	after: readonly ConfigKey[],
	above: readonly string[],
	edited: EditedKey[],
): void {
	const [olds, news] = [byName(before), byName(after)];
	for (const name of new Set([...olds.keys(), ...news.keys()])) {
		const [old, now] = [olds.get(name) ?? NONE, news.get(name) ?? NONE];
		if (digestOf(old) === digestOf(now)) continue;
		const path = [...above, name];
		const [inOld, inNow] = [childrenOf(old), childrenOf(now)];
		// Where one side is no mapping, or says nothing, the other is looked into; where both hold something else, it is the key.
		const isInside = (inOld.length > 0 || digestOf(old) === "") && (inNow.length > 0 || digestOf(now) === "");
		if (isInside) compare(inOld, inNow, path, edited);
		else if (digestOf(now) === "") edited.push({ path, how: "removed", value: digestOf(old) });
		else edited.push({ path, how: digestOf(old) === "" ? "added" : "changed", value: digestOf(now) });
	}
}

const NONE: readonly ConfigKey[] = [];

function byName(keys: readonly ConfigKey[]): ReadonlyMap<string, readonly ConfigKey[]> {
	return Map.groupBy(keys, ({ key }) => key);
}

/** A key that stands twice has the values of both. */
function digestOf(keys: readonly ConfigKey[]): string {
	return keys.map(({ value }) => value).join("");
}

function childrenOf(keys: readonly ConfigKey[]): readonly ConfigKey[] {
	return keys.length === 1 ? (keys[0] as ConfigKey).children : keys.flatMap(({ children }) => children);
}
