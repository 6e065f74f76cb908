// Edge(git, fs). What changes of configuration changed in it, key by key: contents read once, differences kept by their ids.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { type ConfigChange, differenceKey, listConfigChanges, MAX_CONFIG_CHANGES } from "#audit/config-changes";
import type { KeyDifferences } from "#audit/config-edits";
import { compileNamespaces } from "#audit/namespaces";
import type { configExtractor } from "#extract/config";
import { differenceOf } from "#extract/config-difference";
import { configKind } from "#extract/config-kind";
import { decodeText } from "#extract/text";
import type { OpenRepository } from "#git/repository";
import type { Catalog } from "#model/catalog";
import type { CommitTable } from "#model/commit-table";
import type { ConfigFile, KeyDifference } from "#model/tree-facts";
import { plural } from "#report/plural";
import { keep, readKept } from "./kept-file.ts";
import { digestReaders } from "./readers.ts";

/** Bytes of a version that is read: what people divide among them is far smaller. */
const VERSION_LIMIT = 256 * 1024;

/** Changes whose contents are held in memory at a time. */
const AT_ONCE = 500;

export interface ReadDifferences {
	readonly differences: KeyDifferences;
	/** One sentence for each thing that was not read. */
	readonly gaps: readonly string[];
}

interface Asked {
	readonly edit: ConfigChange;
	readonly kind: string;
	/** Of the two contents, and how they are read. */
	readonly key: string;
}

/** By `Asked.key`; null: a side does not parse, is no text or too large. */
type Kept = Map<string, KeyDifference | null>;

/**
 * Reads both sides of every change of a file that a namespace names. Without such namespaces nothing is read. `cacheDir`
 * null: nothing is kept.
 */
export async function readConfigDifferences(
	opened: Pick<OpenRepository, "readBlobs" | "place" | "isOutside">,
	commits: CommitTable,
	{
		catalog,
		sinceAt,
		cacheDir,
	}: { catalog: Pick<Catalog, "namespaces">; sinceAt: string | null; cacheDir: string | null },
): Promise<ReadDifferences> {
	const { changes, left } = listConfigChanges(commits, compileNamespaces(catalog.namespaces), sinceAt);
	if (changes.length === 0) return { differences: new Map(), gaps: [] };
	const asked = changes.flatMap(askFor);
	const cache = cacheDir !== null && (await opened.isOutside(cacheDir)) ? fileOf(cacheDir, opened.place) : null;
	const version = cache === null ? "" : await digestReaders();
	const text = cache === null ? null : await readKept(cache, version);
	const kept: Kept = text === null ? new Map() : new Map(JSON.parse(text) as [string, KeyDifference | null][]);
	const fresh = asked.filter(({ key }) => !kept.has(key));
	const missing = new Set<string>();
	for (let start = 0; start < fresh.length; start += AT_ONCE) {
		await compareAll(opened, fresh.slice(start, start + AT_ONCE), kept, missing);
	}
	if (cache !== null && fresh.length > 0) {
		const used = new Set(asked.map(({ key }) => key));
		await keep(cache, version, JSON.stringify([...kept].filter(([key]) => used.has(key))));
	}
	const differences = asked.flatMap(({ edit, key }): [string, KeyDifference][] => {
		const difference = kept.get(key) ?? null;
		return difference === null ? [] : [[differenceKey(edit), difference]];
	});
	return { differences: new Map(differences), gaps: tellGaps(left, missing.size) };
}

function fileOf(cacheDir: string, place: string): string {
	return join(cacheDir, `${createHash("sha256").update(place).digest("hex").slice(0, 32)}.differences`);
}

function askFor(edit: ConfigChange): Asked[] {
	const kind = configKind(edit.change.path);
	return kind === null ? [] : [{ edit, kind, key: `${edit.before ?? "-"} ${edit.after ?? "-"} ${kind}` }];
}

/** Reads what is asked for into `kept`, and the ids of contents that are not there into `missing`. */
async function compareAll(
	opened: Pick<OpenRepository, "readBlobs">,
	asked: readonly Asked[],
	kept: Kept,
	missing: Set<string>,
): Promise<void> {
	const kinds = new Map<string, Set<string>>();
	for (const { edit, kind } of asked) {
		for (const id of [edit.before, edit.after]) {
			if (id !== null) kinds.set(id, (kinds.get(id) ?? new Set()).add(kind));
		}
	}
	const files = new Map<string, ConfigFile | null>();
	const { configExtractor } = await import("#extract/config");
	await opened.readBlobs([...kinds.keys()], VERSION_LIMIT, (id, blob) => {
		if (blob.kind === "missing") missing.add(id);
		for (const kind of kinds.get(id) ?? []) {
			files.set(`${id} ${kind}`, blob.kind === "read" ? readFile(configExtractor, blob.bytes, kind) : null);
		}
	});
	for (const { edit, kind, key } of asked) {
		const { before, after } = edit;
		// A fetch may bring it: nothing is kept of it.
		if ([before, after].some((id) => id !== null && missing.has(id))) continue;
		const sides = [before, after].map((id) => (id === null ? NO_FILE : (files.get(`${id} ${kind}`) ?? null)));
		const [old, now] = sides as [ConfigFile | null, ConfigFile | null];
		kept.set(key, old === null || now === null ? null : differenceOf(old, now));
	}
}

/** A file that is not there has no keys. */
const NO_FILE: ConfigFile = { format: "JSON", keys: [], isRead: true, isCut: false, fault: null };

/** Null for what cannot be read. An old version that is broken is no news: the head's is told by the tree. */
function readFile(extractor: typeof configExtractor, bytes: Uint8Array, kind: string): ConfigFile | null {
	try {
		return extractor.extract(decodeText(bytes), kind);
	} catch {
		return null;
	}
}

function tellGaps(left: number, missing: number): string[] {
	const gaps: string[] = [];
	if (left > 0) {
		const changes = plural(left, "change");
		const were = left === 1 ? "was" : "were";
		gaps.push(
			`configuration: the oldest ${changes} of files that namespaces name ${were} not compared: more than ${MAX_CONFIG_CHANGES.toLocaleString("en")} are too many`,
		);
	}
	if (missing > 0) {
		const [are, they] = missing === 1 ? ["is", "it"] : ["are", "they"];
		gaps.push(
			`configuration: ${plural(missing, "earlier content")} of files that namespaces name ${are} not in this clone, and what ${they} changed was not judged`,
		);
	}
	return gaps;
}
