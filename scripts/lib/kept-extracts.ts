// Edge(fs). What was read out of files, kept between audits: by blob and way of reading, as long as no reader's code changes.
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { RawPath, TreeEntry } from "#model/history";
import type { Aspect, Unread } from "#model/tree-facts";
import { keep, readKept } from "./kept-file.ts";
import { digestReaders } from "./readers.ts";

/** What one extractor says of one text, or why it says nothing. */
export type Extract = { readonly facts: unknown } | Omit<Unread, "path" | "aspect">;

/** How the file at a path is read, by aspect. */
type Ways = Readonly<Record<string, string>>;

interface One {
	readonly entry: TreeEntry;
	readonly aspect: Aspect;
	readonly kind: string;
}

export interface KeptExtracts {
	/** Undefined where nobody has said yet. */
	ways(path: RawPath): Ways | undefined;
	noteWays(path: RawPath, ways: Ways): void;
	extract(one: One): Extract | undefined;
	note(one: One, extract: Extract): void;
	/** Writes what `files` and `wanted` take, if something of it is new. */
	save(files: readonly TreeEntry[], wanted: readonly One[]): Promise<void>;
}

/** What was kept of the repository called `place`; empty where `cacheDir` is null, and then nothing is kept. */
export async function openExtracts(cacheDir: string | null, place: string): Promise<KeptExtracts> {
	const file = cacheDir === null ? null : join(cacheDir, `${digest(place).slice(0, 32)}.extracts`);
	const key = file === null ? "" : await digestReaders();
	const text = file === null ? null : await readKept(file, key);
	const kept = text === null ? { ways: [], extracts: [] } : JSON.parse(text);
	const ways = new Map<RawPath, Ways>(kept.ways);
	const extracts = new Map<string, Extract>(kept.extracts);
	let isNew = false;
	return {
		ways: (path) => ways.get(path),
		noteWays(path, found) {
			ways.set(path, found);
			isNew = true;
		},
		extract: (one) => extracts.get(keyOf(one)),
		note(one, extract) {
			extracts.set(keyOf(one), extract);
			isNew = true;
		},
		async save(files, wanted) {
			if (file === null || !isNew) return;
			const there = new Set(files.map(({ path }) => path));
			const used = new Set(wanted.map(keyOf));
			// A fetch may bring what is missing.
			const lasting = [...extracts].filter(([one, extract]) => used.has(one) && !("isMissing" in extract));
			await keep(file, key, JSON.stringify({ ways: [...ways].filter(([path]) => there.has(path)), extracts: lasting }));
		},
	};
}

function keyOf({ entry, aspect, kind }: One): string {
	return `${entry.id} ${aspect} ${kind}`;
}

function digest(text: string): string {
	return createHash("sha256").update(text).digest("hex");
}
