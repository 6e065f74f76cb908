// Pure. A version of a .proto file with what it imports, so that buf can compile it without the tree.
import { protobuf, readFields } from "#extract/protobuf";
import { wireText } from "#extract/protobuf-wire";
import type { RawPath, TreeEntry } from "#model/history";
import type { ProtobufFile } from "#model/tree-facts";
import type { ProtoTexts } from "./buf-breaking.ts";

export interface ProtoBlobs {
	/** Texts by blob; what is no text or not there is left out. */
	readonly byBlob: ReadonlyMap<string, string>;
	/** The head's .proto files by their last names. */
	readonly heads: ReadonlyMap<string, readonly TreeEntry[]>;
	/** What each text declares, read once. */
	readonly read: (text: string) => ReadProto | null;
}

/** A text that is a .proto: its declarations, and the fields of all its messages. */
export interface ReadProto extends Pick<ProtobufFile, "package" | "imports" | "digest"> {
	readonly fields: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export interface ProtoVersion {
	readonly files: ProtoTexts;
	readonly package: string;
	/** Fields of messages, by full name and number. */
	readonly fields: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** No file of the tree has this name. */
const SUBJECT = "coordination_subject.proto";

/** Files that one imports, and those import. */
const MAX_IMPORTS = 100;

/**
 * The text of a blob as the file at `path`, with its imports as they are at the head: most changes of a type's use come
 * without one of the type. Null: it is not there, or no .proto.
 */
export function readVersion(path: RawPath, id: string, blobs: ProtoBlobs): ProtoVersion | null {
	const { byBlob, heads } = blobs;
	const text = byBlob.get(id);
	const subject = text === undefined ? null : blobs.read(text);
	if (text === undefined || subject === null) return null;
	const files = new Map([[SUBJECT, textOf(text, path)]]);
	const fields = new Map(subject.fields);
	const open = subject.imports.map((name) => ({ name, from: path }));
	for (let next = open.pop(); next !== undefined && files.size <= MAX_IMPORTS; next = open.pop()) {
		const { name, from } = next;
		const found = files.has(name) ? null : locate(name, from, heads);
		const imported = found === null ? undefined : byBlob.get(found.id);
		const read = imported === undefined ? null : blobs.read(imported);
		if (found === null || imported === undefined || read === null) continue;
		files.set(name, textOf(imported, found.path));
		for (const further of read.imports) open.push({ name: further, from: found.path });
		for (const [message, own] of read.fields) fields.set(message, own);
	}
	return { files, package: subject.package, fields };

	function textOf(whole: string, from: RawPath): string {
		return wireText(whole, (name) => BUILT_IN.test(name) || locate(name, from, heads) !== null);
	}
}

/** What buf brings itself. */
const BUILT_IN = /^google\/protobuf\/[a-z_]+\.proto$/;

/** Reads each text once; null: it is no .proto. */
export function createReader(): ProtoBlobs["read"] {
	const known = new Map<string, ReadProto | null>();
	return (text) => {
		const before = known.get(text);
		if (before !== undefined) return before;
		const proto = readProto(text);
		known.set(text, proto);
		return proto;
	};
}

function readProto(text: string): ReadProto | null {
	try {
		const { messages, package: name, imports, digest } = protobuf.extract(text, "proto");
		const fields = readFields(text);
		// Also of messages without any.
		return {
			package: name,
			imports,
			digest,
			fields: new Map(messages.map((each) => [each.name, fields.get(each.name) ?? new Map()])),
		};
	} catch {
		return null;
	}
}

export function byLastName(protos: readonly TreeEntry[]): ProtoBlobs["heads"] {
	return Map.groupBy(protos, ({ path }) => nameOf(path));
}

/** The file of the tree that an import means: one whose path ends so, the one that shares most folders with its user. */
function locate(name: string, from: RawPath, heads: ProtoBlobs["heads"]): TreeEntry | null {
	if (!isPlain(name)) return null;
	let best: TreeEntry | null = null;
	for (const entry of heads.get(nameOf(name)) ?? []) {
		if (entry.path !== name && !entry.path.endsWith(`/${name}`)) continue;
		if (best === null || sharedFolders(entry.path, from) > sharedFolders(best.path, from)) best = entry;
	}
	return best;
}

/** A name that stays within the folder it is written into. */
function isPlain(name: string): boolean {
	const parts = name.split("/");
	return name.length <= 200 && name !== SUBJECT && parts.every((part) => /^[\w.-]+$/.test(part) && !/^\.+$/.test(part));
}

function nameOf(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1);
}

function sharedFolders(a: RawPath, b: RawPath): number {
	const [one, other] = [a.split("/"), b.split("/")];
	const apart = one.findIndex((part, at) => part !== other[at]);
	return apart === -1 ? one.length : apart;
}
