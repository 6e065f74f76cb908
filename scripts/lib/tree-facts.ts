// Edge(git, fs). What the files of the tree say: each text read and parsed once, and kept by the id of its blob.
import { Unreadable } from "#extract/extractor";
import type { Extractors } from "#extract/extractors";
import { decodeText, FILE_LIMIT } from "#extract/text";
import type { OpenRepository } from "#git/repository";
import type { Catalog } from "#model/catalog";
import type { RawPath, TreeEntry } from "#model/history";
import type { Aspect, TreeFacts, Unread } from "#model/tree-facts";
import { type Extract, openExtracts } from "./kept-extracts.ts";

/** One text to be read in one way. */
interface Wanted {
	readonly entry: TreeEntry;
	readonly aspect: Aspect;
	readonly kind: string;
}

/** The parsers: they take longer to load than all else that a second audit does. */
const loadExtractors = async (): Promise<Extractors> => (await import("#extract/extractors")).extractors;

/** What the detectors of a project ask files for; what is asked of every project is not said. */
export function isAsked(catalog: Pick<Catalog, "contracts">, aspect: Aspect): boolean {
	return aspect !== "python" || catalog.contracts.some(({ language }) => language === "python");
}

/**
 * Reads what detectors ask of the tree. Contents come out of the repository's objects, never from a work tree. A file that
 * cannot be read is told of once, and the others are read. `cacheDir` null: nothing is kept.
 */
export async function readTreeFacts(
	opened: Pick<OpenRepository, "readBlobs" | "place" | "isOutside">,
	tree: readonly TreeEntry[],
	catalog: Pick<Catalog, "contracts">,
	cacheDir: string | null,
	load = loadExtractors,
): Promise<TreeFacts> {
	const files = tree.filter(({ mode }) => mode.startsWith("100"));
	const kept = await openExtracts(
		cacheDir !== null && (await opened.isOutside(cacheDir)) ? cacheDir : null,
		opened.place,
	);
	// Kept ways of reading are asked first, so that nothing is loaded where nothing is new.
	const strangers = files.filter(({ path }) => kept.ways(path) === undefined);
	if (strangers.length > 0) {
		const extractors = Object.entries(await load());
		for (const { path } of strangers) kept.noteWays(path, waysOf(path, extractors));
	}
	const isNamesake = findNamesakes(files.filter(({ path }) => kept.ways(path)?.["sketches"] !== undefined));
	const wanted: Wanted[] = [];
	for (const entry of files) {
		for (const [name, kind] of Object.entries(kept.ways(entry.path) ?? UNREAD)) {
			const aspect = name as Aspect;
			// Copies have one name: a file whose name no other has is none.
			if (isAsked(catalog, aspect) && (aspect !== "sketches" || isNamesake(entry.path)))
				wanted.push({ entry, aspect, kind });
		}
	}
	const fresh = wanted.filter((one) => kept.extract(one) === undefined);
	if (fresh.length > 0) await extractAll(opened, fresh, await load(), (one, extract) => kept.note(one, extract));
	await kept.save(files, wanted);
	return joinFacts(wanted, (one) => kept.extract(one));
}

/** Most files of most trees: one object for all of them. */
const UNREAD: Readonly<Record<string, string>> = {};

function waysOf(path: RawPath, extractors: readonly [string, Extractors[Aspect]][]): Readonly<Record<string, string>> {
	let ways: Record<string, string> | null = null;
	for (const [name, extractor] of extractors) {
		const kind = extractor?.kindOf(path) ?? null;
		if (kind !== null) {
			ways ??= {};
			ways[name] = kind;
		}
	}
	return ways ?? UNREAD;
}

/** Whether another of the files has the same name. */
function findNamesakes(files: readonly TreeEntry[]): (path: RawPath) => boolean {
	const nameOf = (path: RawPath) => path.slice(path.lastIndexOf("/") + 1);
	const counts = new Map<string, number>();
	for (const { path } of files) counts.set(nameOf(path), (counts.get(nameOf(path)) ?? 0) + 1);
	return (path) => (counts.get(nameOf(path)) ?? 0) > 1;
}

async function extractAll(
	opened: Pick<OpenRepository, "readBlobs">,
	wanted: readonly Wanted[],
	extractors: Extractors,
	note: (one: Wanted, extract: Extract) => void,
): Promise<void> {
	const byBlob = Map.groupBy(wanted, ({ entry }) => entry.id);
	await opened.readBlobs([...byBlob.keys()], FILE_LIMIT, (id, blob) => {
		const asked = byBlob.get(id) ?? [];
		const tell = (line: number, reason: string, more: { isMissing?: true } = {}) => {
			for (const one of asked) note(one, { line, reason, ...more });
		};
		if (blob.kind === "missing") return tell(0, "its contents are not in this clone", { isMissing: true });
		if (blob.kind === "too large") return tell(0, `it has ${blob.size} bytes, more than are read (${FILE_LIMIT})`);
		let text: string;
		try {
			text = decodeText(blob.bytes);
		} catch (error) {
			const { line, reason } = describe(error);
			return tell(line, reason);
		}
		for (const one of asked)
			note(
				one,
				attempt(() => extractors[one.aspect]?.extract(text, one.kind)),
			);
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
function joinFacts(wanted: readonly Wanted[], extractOf: (one: Wanted) => Extract | undefined): TreeFacts {
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
	for (const one of wanted) {
		const { entry, aspect } = one;
		const extract = extractOf(one);
		if (extract === undefined) throw new Error("git did not show every blob it was asked for");
		if ("facts" in extract) facts[aspect].set(entry.path, extract.facts);
		else if (!unread.has(entry.path)) {
			unread.set(entry.path, { path: entry.path, aspect, ...extract });
		}
	}
	return { ...facts, unread: [...unread.values()], wireChanges: [] };
}
