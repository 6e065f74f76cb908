// Edge(git, fs). What the files of the tree say: each text read and parsed once, and kept by the id of its blob.
import { type Extractor, Unreadable } from "#extract/extractor";
import { type Reader, type Readers, readers } from "#extract/extractors";
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
	using = readers,
): Promise<TreeFacts> {
	const files = tree.filter(({ mode }) => mode.startsWith("100"));
	const kept = await openExtracts(
		cacheDir !== null && (await opened.isOutside(cacheDir)) ? cacheDir : null,
		opened.place,
	);
	const asked = Object.entries(using).filter(([aspect]) => isAsked(catalog, aspect as Aspect)) as [Aspect, Kind][];
	const found = files.flatMap((entry) => waysOf(entry, asked));
	// Copies have one name: a file whose name no other has is none.
	const isNamesake = findNamesakes(found.filter(({ aspect }) => aspect === "sketches"));
	const wanted = found.filter(({ aspect, entry }) => aspect !== "sketches" || isNamesake(entry.path));
	const fresh = wanted.filter((one) => kept.extract(one) === undefined);
	if (fresh.length > 0) await extractAll(opened, fresh, using, (one, extract) => kept.note(one, extract));
	await kept.save(wanted);
	return joinFacts(wanted, (one) => kept.extract(one));
}

type Kind = Pick<Reader<unknown>, "kindOf">;

const NONE: readonly Wanted[] = [];

/** Most files of most trees are read in no way. */
function waysOf(entry: TreeEntry, asked: readonly [Aspect, Kind][]): readonly Wanted[] {
	let ways: Wanted[] | null = null;
	for (const [aspect, { kindOf }] of asked) {
		const kind = kindOf(entry.path);
		if (kind === null) continue;
		ways ??= [];
		ways.push({ entry, aspect, kind });
	}
	return ways ?? NONE;
}

/** Whether another of the files has the same name. */
function findNamesakes(files: readonly Wanted[]): (path: RawPath) => boolean {
	const nameOf = (path: RawPath) => path.slice(path.lastIndexOf("/") + 1);
	const counts = new Map<string, number>();
	for (const { entry } of files) counts.set(nameOf(entry.path), (counts.get(nameOf(entry.path)) ?? 0) + 1);
	return (path) => (counts.get(nameOf(path)) ?? 0) > 1;
}

async function extractAll(
	opened: Pick<OpenRepository, "readBlobs">,
	wanted: readonly Wanted[],
	using: Readers,
	note: (one: Wanted, extract: Extract) => void,
): Promise<void> {
	const byBlob = Map.groupBy(wanted, ({ entry }) => entry.id);
	const extractors = new Map<Aspect, Extractor<unknown>>();
	for (const aspect of new Set(wanted.map((one) => one.aspect))) {
		const reader = using[aspect];
		if (reader !== undefined) extractors.set(aspect, await reader.load());
	}
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
				attempt(() => extractors.get(one.aspect)?.extract(text, one.kind)),
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
