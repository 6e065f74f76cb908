// Pure. Many globs, few of which can match a path: sorted by what is literal in them, so that the rest is never tried.
import type { RawPath } from "#model/history";
import { literalEnd, matchesFile, matchesName, type Pattern } from "./pattern.ts";

export interface Globs<T> {
	add(pattern: Pattern, item: T): void;
	/** Items whose pattern takes the file at `path`, as `matchesFile` says. */
	matching(path: RawPath): readonly T[];
}

interface Glob<T> {
	readonly pattern: Pattern;
	readonly item: T;
}

/** Patterns that are no literals. */
export function createGlobs<T>(): Globs<T> {
	/** Anchored ones by the folder their literal beginning names; those that begin at the root's names under "". */
	const byFolder = new Map<RawPath, Glob<T>[]>();
	/** Names at any depth by their literal ending. */
	const byEnd = new Map<string, Glob<T>[]>();
	const ends = new Set<number>();
	/** Which names match which of them: a tree has the same names again and again. */
	const known = new Map<RawPath, readonly Glob<T>[]>();

	const ofName = (name: RawPath): readonly Glob<T>[] => {
		const before = known.get(name);
		if (before !== undefined) return before;
		const found: Glob<T>[] = [];
		for (const length of ends) {
			if (length > name.length) continue;
			for (const glob of byEnd.get(name.slice(name.length - length)) ?? []) {
				if (matchesName(glob.pattern, name)) found.push(glob);
			}
		}
		known.set(name, found);
		return found;
	};
	return {
		add(pattern, item) {
			if (!pattern.isName)
				return addTo(byFolder, pattern.prefix.slice(0, pattern.prefix.lastIndexOf("/") + 1), { pattern, item });
			const end = literalEnd(pattern);
			ends.add(end.length);
			addTo(byEnd, end, { pattern, item });
		},
		matching(path) {
			if (byFolder.size === 0 && byEnd.size === 0) return NONE;
			const found: T[] = [];
			const isFolder = path.endsWith("/");
			for (let start = 0; start < path.length; ) {
				const slash = path.indexOf("/", start);
				const end = slash === -1 ? path.length : slash;
				for (const { pattern, item } of byFolder.get(path.slice(0, start)) ?? []) {
					if (matchesFile(pattern, path)) found.push(item);
				}
				if (ends.size > 0) {
					const isLast = slash === -1;
					for (const { pattern, item } of ofName(path.slice(start, end))) {
						if (!isLast || isFolder || !pattern.isFolderOnly) found.push(item);
					}
				}
				start = end + 1;
			}
			return found;
		},
	};
}

const NONE: readonly never[] = [];

function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
	const list = map.get(key);
	if (list === undefined) map.set(key, [value]);
	else list.push(value);
}
