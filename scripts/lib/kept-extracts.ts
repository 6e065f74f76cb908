// Edge(fs). What was read out of files, kept between audits: by blob and way of reading, as long as no reader's code changes.
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { TreeEntry } from "#model/history";
import type { Aspect, Unread } from "#model/tree-facts";
import { keep, readKept } from "./kept-file.ts";
import { digestReaders } from "./readers.ts";

/** What one extractor says of one text, or why it says nothing. */
export type Extract = { readonly facts: unknown } | Omit<Unread, "path" | "aspect">;

interface One {
	readonly entry: TreeEntry;
	readonly aspect: Aspect;
	readonly kind: string;
}

export interface KeptExtracts {
	/** Undefined where it was never read. */
	extract(one: One): Extract | undefined;
	note(one: One, extract: Extract): void;
	/** Writes what `wanted` takes, if something of it is new. */
	save(wanted: readonly One[]): Promise<void>;
}

/** What was kept of the repository called `place`; empty where `cacheDir` is null, and then nothing is kept. */
export async function openExtracts(cacheDir: string | null, place: string): Promise<KeptExtracts> {
	const file = cacheDir === null ? null : join(cacheDir, `${digest(place).slice(0, 32)}.extracts`);
	const key = file === null ? "" : await digestReaders();
	const text = file === null ? null : await readKept(file, key);
	const extracts = new Map<string, Extract>(text === null ? [] : JSON.parse(text));
	let isNew = false;
	return {
		extract: (one) => extracts.get(keyOf(one)),
		note(one, extract) {
			extracts.set(keyOf(one), extract);
			isNew = true;
		},
		async save(wanted) {
			if (file === null || !isNew) return;
			const used = new Set(wanted.map(keyOf));
			// A fetch may bring what is missing.
			const lasting = [...extracts].filter(([one, extract]) => used.has(one) && !("isMissing" in extract));
			await keep(file, key, JSON.stringify(lasting));
		},
	};
}

function keyOf({ entry, aspect, kind }: One): string {
	return `${entry.id} ${aspect} ${kind}`;
}

function digest(text: string): string {
	return createHash("sha256").update(text).digest("hex");
}
