// Edge(git, buf). Which changes of .proto files broke the wire: every version read once, answers kept by what was asked.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { listProtoEdits, type ProtoEdit } from "#audit/proto-edits";
import { decodeText, FILE_LIMIT } from "#extract/text";
import type { OpenRepository } from "#git/repository";
import type { CommitTable } from "#model/commit-table";
import type { TreeEntry } from "#model/history";
import type { WireChange } from "#model/tree-facts";
import { askBuf, type BufAnswer, type ProtoTexts } from "./buf-breaking.ts";
import { keep, readKept } from "./kept-file.ts";
import { byLastName, createReader, type ProtoBlobs, type ProtoVersion, readVersion } from "./proto-version.ts";

/** Changes that are read, the newest first. */
const MAX_READ = 1000;

/** Changes of what is declared that are compared, the newest first: each takes buf a tenth of a second, once. */
const MAX_COMPARED = 200;

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
	const texts = await readTexts(opened, edits.slice(0, MAX_READ), tree);
	const moved = edits.slice(0, MAX_READ).filter((edit) => movesDeclarations(edit, texts));
	const compared = moved.slice(0, MAX_COMPARED);
	const left = [...moved.slice(MAX_COMPARED), ...edits.slice(MAX_READ)];
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
	return [...changes, ...tellLeft(left)];
}

const VERSION = "wire-2";

function fileOf(cacheDir: string, place: string): string {
	return join(cacheDir, `${createHash("sha256").update(place).digest("hex").slice(0, 32)}.wire`);
}

/** One for all. */
function tellLeft([newest, ...others]: readonly ProtoEdit[]): WireChange[] {
	if (newest === undefined) return [];
	const { path, commit } = newest;
	const fault = `it and ${others.length} older changes of .proto files are more than the ${MAX_COMPARED} newest, which are compared`;
	return [{ path, commit, package: "", breaks: [], fault }];
}

/** Whether a change may be more than one of comments and options of the file; also where a version cannot be read. */
function movesDeclarations({ before, after }: ProtoEdit, { byBlob, read }: ProtoBlobs): boolean {
	const [old, now] = [before, after].map((id) => read(byBlob.get(id) ?? ""));
	return old == null || now == null || old.digest === "" || old.digest !== now.digest || old.package !== now.package;
}

async function readTexts(
	opened: Pick<OpenRepository, "readBlobs">,
	edits: readonly ProtoEdit[],
	tree: readonly TreeEntry[],
): Promise<ProtoBlobs> {
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
	return { byBlob, heads: byLastName(protos), read: createReader() };
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
async function compare(edit: ProtoEdit, texts: ProtoBlobs, ask: Ask): Promise<WireChange> {
	const { path, commit } = edit;
	const of = (id: string) => readVersion(path, id, texts);
	const [old, now, head] = [of(edit.before), of(edit.after), of(edit.head)];
	const change = { path, commit, package: now?.package ?? "" };
	if (old === null || now === null || head === null)
		return { ...change, breaks: [], fault: "one of its versions is no .proto that can be read" };
	// Of one name, and yet another file.
	if (edit.isMove && old.package !== now.package) return { ...change, breaks: [], fault: null };
	const answer = await ask(old.files, now.files);
	if ("fault" in answer) return { ...change, breaks: [], fault: answer.fault };
	const broken = answer.breaks.filter(({ message }) => !isRename(message, old, now));
	if (broken.length === 0) return { ...change, breaks: [], fault: null };
	const lasting = edit.after === edit.head ? answer : await ask(old.files, head.files);
	const types = new Set("breaks" in lasting ? lasting.breaks.map(({ type }) => type) : []);
	const breaks = broken.filter(({ type }) => types.has(type)).map(({ message, line }) => ({ message, line }));
	return { ...change, breaks, fault: null };
}

/**
 * Whether buf only saw a message under another name. On the wire messages have none: one that has the other's fields by
 * number and type stands for it, and so do entries of maps, which are called after their fields.
 */
function isRename(message: string, old: ProtoVersion, now: ProtoVersion): boolean {
	const [, from = "", to = ""] = /from "([^"]+)" to "([^"]+)"/.exec(message) ?? [];
	const [before, after] = [old.fields.get(from), now.fields.get(to)];
	if (before === undefined && after === undefined) return from.endsWith("Entry") && to.endsWith("Entry");
	return before !== undefined && [...before].every(([number, type]) => after?.get(number) === type);
}
