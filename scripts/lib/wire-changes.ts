// Edge(git, buf). Which changes of .proto files broke the wire: every version read once, answers kept by what was asked.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { listProtoEdits, type ProtoEdit } from "#audit/proto-edits";
import { protobuf } from "#extract/protobuf";
import { decodeText, FILE_LIMIT } from "#extract/text";
import type { OpenRepository } from "#git/repository";
import type { CommitTable } from "#model/commit-table";
import type { RawPath, TreeEntry } from "#model/history";
import type { WireChange } from "#model/tree-facts";
import { askBuf, type BufAnswer, type ProtoTexts } from "./buf-breaking.ts";
import { keep, readKept } from "./kept-file.ts";

/** Changes that are compared, the newest first: each takes buf a tenth of a second, once. */
const MAX_CHANGES = 100;

/** Files that one imports, and those import. */
const MAX_IMPORTS = 100;

/** Changes that buf gave no answer about, after which it is not asked again. */
const MAX_STUCK = 3;

type Answers = Map<string, BufAnswer>;

/**
 * Compares the versions of every .proto file of the tree. Without changes of such files nothing is read and buf is not
 * started. What could not be compared says so. `cacheDir` null: nothing is kept.
 */
export async function readWireChanges(
	opened: Pick<OpenRepository, "readBlobs" | "place" | "isOutside">,
	commits: CommitTable,
	tree: readonly TreeEntry[],
	{ sinceAt, cacheDir }: { sinceAt: string | null; cacheDir: string | null },
): Promise<WireChange[]> {
	const edits = listProtoEdits(commits, tree, sinceAt);
	if (edits.length === 0) return [];
	const compared = edits.slice(0, MAX_CHANGES);
	const texts = await readTexts(opened, compared, tree);
	const cache = cacheDir !== null && (await opened.isOutside(cacheDir)) ? fileOf(cacheDir, opened.place) : null;
	const kept = cache === null ? null : await readKept(cache, VERSION);
	const answers: Answers = new Map(kept === null ? [] : (JSON.parse(kept) as [string, BufAnswer][]));
	const { ask, used, fresh } = createAsker(answers);
	const changes: WireChange[] = [];
	// Two at once, for buf is mostly waited for while it starts.
	for (let at = 0; at < compared.length; at += 2) {
		changes.push(...(await Promise.all(compared.slice(at, at + 2).map((edit) => compare(edit, texts, ask)))));
	}
	if (cache !== null && fresh.size > 0) {
		const lasting = [...answers].filter(([key, answer]) => used.has(key) && !isPassing(answer));
		await keep(cache, VERSION, JSON.stringify(lasting));
	}
	return [...changes, ...tellLeft(edits.slice(MAX_CHANGES))];
}

const VERSION = `wire-1-${protobuf.version}`;

function fileOf(cacheDir: string, place: string): string {
	return join(cacheDir, `${createHash("sha256").update(place).digest("hex").slice(0, 32)}.wire`);
}

/** One for each path. */
function tellLeft(edits: readonly ProtoEdit[]): WireChange[] {
	return [...new Map(edits.map((edit) => [edit.path, edit])).values()].map(({ path, commit }) => ({
		path,
		commit,
		package: "",
		breaks: [],
		fault: `of all changes of .proto files only the newest ${MAX_CHANGES} are compared`,
	}));
}

interface Texts {
	/** By blob; what is no text or not there is left out. */
	readonly byBlob: ReadonlyMap<string, string>;
	/** The head's .proto files by their last names. */
	readonly heads: ReadonlyMap<string, readonly TreeEntry[]>;
}

async function readTexts(
	opened: Pick<OpenRepository, "readBlobs">,
	edits: readonly ProtoEdit[],
	tree: readonly TreeEntry[],
): Promise<Texts> {
	const protos = tree.filter(({ path, mode }) => path.endsWith(".proto") && mode.startsWith("100"));
	const byBlob = new Map<string, string>();
	const ids = [...edits.flatMap(({ before, after, head }) => [before, after, head]), ...protos.map(({ id }) => id)];
	await opened.readBlobs([...new Set(ids)], FILE_LIMIT, (id, blob) => {
		if (blob.kind !== "read") return;
		try {
			byBlob.set(id, decodeText(blob.bytes));
		} catch {
			// No text: the file's own note says so at the head, and an older version is told of where it is compared.
		}
	});
	return { byBlob, heads: Map.groupBy(protos, ({ path }) => nameOf(path)) };
}

type Ask = (old: ProtoTexts, now: ProtoTexts) => Promise<BufAnswer>;

/** `used` are the keys of what was asked, `fresh` of those that were not known before. */
function createAsker(answers: Answers): { ask: Ask; used: ReadonlySet<string>; fresh: ReadonlySet<string> } {
	const [used, fresh] = [new Set<string>(), new Set<string>()];
	const stuck: BufAnswer[] = [];
	const ask: Ask = async (old, now) => {
		const key = createHash("sha256")
			.update(JSON.stringify([[...old], [...now]]))
			.digest("hex");
		used.add(key);
		const known = answers.get(key) ?? stuck[MAX_STUCK - 1];
		if (known !== undefined) return known;
		const answer = await askBuf(old, now);
		if (isPassing(answer)) stuck.push(answer);
		answers.set(key, answer);
		fresh.add(key);
		return answer;
	};
	return { ask, used, fresh };
}

function isPassing(answer: BufAnswer): boolean {
	return "fault" in answer && answer.isPassing;
}

/** A change broke what the head still breaks: what was mended since is no news. */
async function compare(edit: ProtoEdit, texts: Texts, ask: Ask): Promise<WireChange> {
	const { path, commit } = edit;
	const of = (id: string) => withImports(path, id, texts);
	const [old, now, head] = [of(edit.before), of(edit.after), of(edit.head)];
	const change = { path, commit, package: now?.package ?? "" };
	if (old === null || now === null || head === null)
		return { ...change, breaks: [], fault: "one of its versions is no .proto that can be read" };
	const answer = await ask(old.files, now.files);
	if ("fault" in answer) return { ...change, breaks: [], fault: answer.fault };
	if (answer.breaks.length === 0) return { ...change, breaks: [], fault: null };
	const lasting = edit.after === edit.head ? answer : await ask(old.files, head.files);
	const types = new Set("breaks" in lasting ? lasting.breaks.map(({ type }) => type) : []);
	const breaks = answer.breaks.filter(({ type }) => types.has(type)).map(({ message, line }) => ({ message, line }));
	return { ...change, breaks, fault: null };
}

/** No file of the tree has this name, for it is in no package's way. */
const SUBJECT = "coordination_subject.proto";

/** A version of a file with what it imports, as that is at the head; null: it is not there, or no .proto. */
function withImports(
	path: RawPath,
	id: string,
	{ byBlob, heads }: Texts,
): { files: ProtoTexts; package: string } | null {
	const text = byBlob.get(id);
	const subject = text === undefined ? null : read(text);
	if (text === undefined || subject === null) return null;
	const files = new Map([[SUBJECT, text]]);
	const open = subject.imports.map((name) => ({ name, from: path }));
	for (let next = open.pop(); next !== undefined && files.size <= MAX_IMPORTS; next = open.pop()) {
		const { name, from } = next;
		if (files.has(name) || !isPlain(name)) continue;
		const found = locate(name, from, heads);
		const imported = found === null ? undefined : byBlob.get(found.id);
		if (found === null || imported === undefined) continue;
		files.set(name, imported);
		for (const further of read(imported)?.imports ?? []) open.push({ name: further, from: found.path });
	}
	return { files, package: subject.package };
}

function read(text: string): { imports: readonly string[]; package: string } | null {
	try {
		return protobuf.extract(text, "proto");
	} catch {
		return null;
	}
}

/** A name that stays within the folder it is written into. */
function isPlain(name: string): boolean {
	return (
		/^[\w.-]+(\/[\w.-]+)*$/.test(name) &&
		!name.split("/").some((part) => part === "." || part === "..") &&
		name !== SUBJECT
	);
}

/** The file of the tree that an import means: one whose path ends so, the one that shares most folders with its user. */
function locate(name: string, from: RawPath, heads: Texts["heads"]): TreeEntry | null {
	let best: TreeEntry | null = null;
	for (const entry of heads.get(nameOf(name)) ?? []) {
		if (entry.path !== name && !entry.path.endsWith(`/${name}`)) continue;
		if (best === null || sharedFolders(entry.path, from) > sharedFolders(best.path, from)) best = entry;
	}
	return best;
}

function nameOf(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1);
}

function sharedFolders(a: RawPath, b: RawPath): number {
	const [one, other] = [a.split("/"), b.split("/")];
	const apart = one.findIndex((part, at) => part !== other[at]);
	return apart === -1 ? one.length : apart;
}
