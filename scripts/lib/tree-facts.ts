// Edge(git, fs). What the files of the tree say: each text read and parsed once, and kept by the id of its blob.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { type Extractor, Unreadable } from "#extract/extractor";
import { extractors } from "#extract/extractors";
import { decodeText, FILE_LIMIT } from "#extract/text";
import type { OpenRepository } from "#git/repository";
import type { TreeEntry } from "#model/history";
import type { Aspect, TreeFacts, Unread } from "#model/tree-facts";
import { keep, readKept } from "./kept-file.ts";

/** What one extractor says of one text. */
type Extract = { readonly facts: unknown } | Omit<Unread, "path" | "aspect">;

/** By blob, extractor, its version, and how it reads. */
type Extracts = Map<string, Extract>;

interface Wanted {
	readonly entry: TreeEntry;
	readonly aspect: Aspect;
	readonly extractor: Extractor<unknown>;
	readonly kind: string;
	readonly key: string;
}

/**
 * Reads what detectors ask of the tree. Contents come out of the repository's objects, never from a work tree. A file that
 * cannot be read is told of once, and the others are read. `cacheDir` null: nothing is kept.
 */
export async function readTreeFacts(
	opened: Pick<OpenRepository, "readBlobs" | "place" | "isOutside">,
	tree: readonly TreeEntry[],
	cacheDir: string | null,
): Promise<TreeFacts> {
	const wanted = tree.filter(({ mode }) => mode.startsWith("100")).flatMap(wantedOf);
	const cache = cacheDir !== null && (await opened.isOutside(cacheDir)) ? fileOf(cacheDir, opened.place) : null;
	const kept = cache === null ? null : await readKept(cache, VERSION);
	const extracts: Extracts = kept === null ? new Map() : new Map(JSON.parse(kept) as [string, Extract][]);
	const fresh = wanted.filter(({ key }) => !extracts.has(key));
	await extractAll(opened, fresh, extracts);
	if (cache !== null && fresh.length > 0) {
		const used = new Set(wanted.map(({ key }) => key));
		const lasting = [...extracts].filter(([key, extract]) => used.has(key) && !isPassing(extract));
		await keep(cache, VERSION, JSON.stringify(lasting));
	}
	return joinFacts(wanted, extracts);
}

const VERSION = "extracts-1";

function fileOf(cacheDir: string, place: string): string {
	return join(cacheDir, `${createHash("sha256").update(place).digest("hex").slice(0, 32)}.extracts`);
}

function wantedOf(entry: TreeEntry): Wanted[] {
	return Object.entries(extractors).flatMap(([name, extractor]) => {
		const kind = extractor.kindOf(entry.path);
		if (kind === null) return [];
		const key = `${entry.id} ${name} ${extractor.version} ${kind}`;
		return [{ entry, aspect: name as Aspect, extractor, kind, key }];
	});
}

const MISSING = "its contents are not in this clone";

/** A fetch may bring it. */
function isPassing(extract: Extract): boolean {
	return "reason" in extract && extract.reason === MISSING;
}

async function extractAll(
	opened: Pick<OpenRepository, "readBlobs">,
	wanted: readonly Wanted[],
	extracts: Extracts,
): Promise<void> {
	const byBlob = Map.groupBy(wanted, ({ entry }) => entry.id);
	await opened.readBlobs([...byBlob.keys()], FILE_LIMIT, (id, blob) => {
		const asked = byBlob.get(id) ?? [];
		const tell = (line: number, reason: string) => {
			for (const { key } of asked) extracts.set(key, { line, reason });
		};
		if (blob.kind === "missing") return tell(0, MISSING);
		if (blob.kind === "too large") return tell(0, `it has ${blob.size} bytes, more than are read (${FILE_LIMIT})`);
		let text: string;
		try {
			text = decodeText(blob.bytes);
		} catch (error) {
			const { line, reason } = describe(error);
			return tell(line, reason);
		}
		for (const { key, extractor, kind } of asked) {
			if (!extracts.has(key))
				extracts.set(
					key,
					attempt(() => extractor.extract(text, kind)),
				);
		}
	});
}

function attempt(extract: () => unknown): Extract {
	try {
		return { facts: extract() };
	} catch (error) {
		return describe(error);
	}
}

/** One file that a parser cannot read, or fails at, must not end the audit of all others: it is told of instead. */
function describe(error: unknown): { line: number; reason: string } {
	if (error instanceof Unreadable) return { line: error.line, reason: error.message };
	if (error instanceof RangeError) return { line: 0, reason: "it is nested too deeply" };
	return { line: 0, reason: `its parser failed: ${error instanceof Error ? error.message : String(error)}` };
}

/** The facts by path; of a file that could not be read for several reasons, the first is told. */
function joinFacts(wanted: readonly Wanted[], extracts: Extracts): TreeFacts {
	const facts = {
		ports: new Map(),
		config: new Map(),
		python: new Map(),
		protobuf: new Map(),
		manifests: new Map(),
		generated: new Map(),
		sketches: new Map(),
	};
	const unread = new Map<string, Unread>();
	for (const { entry, aspect, key } of wanted) {
		const extract = extracts.get(key);
		if (extract === undefined) throw new Error("git did not show every blob it was asked for");
		if ("facts" in extract) facts[aspect].set(entry.path, extract.facts);
		else if (!unread.has(entry.path)) unread.set(entry.path, { path: entry.path, aspect, ...extract });
	}
	return { ...facts, unread: [...unread.values()], wireChanges: [] };
}
