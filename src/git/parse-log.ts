// Pure. Turns the bytes of `git log --raw -z` (or `git diff-tree --stdin`) into commits, chunk by chunk.
import type { Change, Commit, Trailer } from "#model/history";
import { BODY_LIMIT, capText, PATH_LIMIT, REVERT_WORDS, revertedIds, splitTrailers } from "./caps.ts";
import { createFieldReader, FIELD_LIMIT } from "./fields.ts";

/**
 * Format of one commit's header: counted fields, each ended by NUL, so that no text in a message can be
 * mistaken for structure. Names and messages may hold any byte but NUL.
 */
const FIELDS = ["%H", "%P", "%an", "%ae", "%ad", "%s", "%b"];

/** Trailer keys the audit asks for by default. */
export const TRAILER_KEYS: readonly string[] = ["Team", "Coordinated-by"];

/** The format for git; `keys` are the trailers wanted, case-insensitive. */
export function logFormat(keys: readonly string[] = TRAILER_KEYS): string {
	// git takes letters, digits and `-` as a key; another one matches no trailer, and must not end the format.
	const wanted = keys.filter((key) => /^[A-Za-z0-9-]+$/.test(key)).map((key) => `key=${key},`);
	const trailers = `%(trailers:${wanted.join("")}unfold,separator=%x0a)`;
	return [...FIELDS, wanted.length === 0 ? "" : trailers].join("%x00");
}

/** A commit without its changes, texts ready to be shown. */
export interface Head {
	readonly id: string;
	readonly parents: readonly string[];
	readonly name: string;
	readonly email: string;
	readonly authorDate: string;
	readonly subject: string;
	readonly reverts: readonly string[];
	readonly trailers: readonly Trailer[];
	/** It had more trailers than are kept. */
	readonly isCut: boolean;
}

export interface LogSink {
	/** The next commit; its changes follow. */
	commit(head: Head): void;
	/** The bytes of `:mode mode id id K`; its path follows. Valid during the call alone. */
	meta(bytes: Buffer, start: number, end: number): void;
	/** The path's bytes, and how many there are: more than handed over where it is longer than any path can be. */
	path(bytes: Buffer, start: number, end: number, size: number): void;
}

export interface LogParser {
	push(chunk: Buffer): void;
	/** Ends the stream; throws when it stopped in the middle of a commit. */
	end(): void;
}

export interface LogReader extends LogParser {
	/** Whether the stream may end here: the last commit's header, and its last change, are whole. */
	isWhole(): boolean;
}

const COLON = 0x3a;
const NEWLINE = 0x0a;

/** Reads the stream into a sink. Its memory is bounded, whatever the sizes in the repository. */
export function createLogReader(sink: LogSink): LogReader {
	// What comes next: -1 a change or a new header, 0 to 7 a field of the header, 8 the path of a change.
	const PATH = FIELDS.length + 1;
	let next = -1;
	let id = "";
	let parents = "";
	let name = "";
	let email = "";
	let authorDate = "";
	let subject = "";
	let reverts: string[] = [];

	const fields = createFieldReader((bytes, start, end, size) => {
		switch (next) {
			case -1: {
				const from = bytes[start] === NEWLINE ? start + 1 : start;
				if (from >= end) return;
				if (bytes[from] === COLON) {
					sink.meta(bytes, from, end);
					next = PATH;
					return;
				}
				id = bytes.toString("latin1", from, end);
				if (!/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(id)) throw new Error("git's output is not a log: no commit id");
				next = 1;
				return;
			}
			case 1:
				parents = bytes.toString("latin1", start, end);
				break;
			case 2:
				name = capText(bytes.toString("latin1", start, end), size);
				break;
			case 3:
				email = capText(bytes.toString("latin1", start, end), size);
				break;
			case 4:
				authorDate = capText(bytes.toString("latin1", start, end), size);
				break;
			case 5:
				subject = capText(bytes.toString("latin1", start, end), size);
				reverts = revertedIds(subject);
				break;
			case 6:
				// The search in bytes spares making a string of every body.
				if (bytes.subarray(start, Math.min(end, start + BODY_LIMIT)).includes(REVERT_WORDS)) {
					const body = bytes.toString("latin1", start, Math.min(end, start + BODY_LIMIT));
					reverts = [...new Set([...reverts, ...revertedIds(body)])];
				}
				break;
			case 7: {
				const found = splitTrailers(bytes.toString("latin1", start, end));
				const isCut = found.isCut || size > FIELD_LIMIT;
				const ids = parents === "" ? [] : parents.split(" ");
				sink.commit({ id, parents: ids, name, email, authorDate, subject, reverts, trailers: found.trailers, isCut });
				next = -1;
				return;
			}
			default:
				sink.path(bytes, start, end, size);
				next = -1;
				return;
		}
		next++;
	});
	return {
		push: fields.push,
		isWhole: () => fields.isWhole() && next === -1,
		end() {
			if (!fields.isWhole()) throw new Error("git's output ended within a field");
			if (next !== -1) throw new Error("git's output ended within a commit");
		},
	};
}

/** A parser that hands over each commit as soon as it is whole, in the order git prints them. */
export function createLogParser(onCommit: (commit: Commit) => void): LogParser {
	let head: Head | null = null;
	let changes: Change[] = [];
	let meta = "";
	const flush = () => {
		if (head !== null) onCommit(makeCommit(head, changes));
		head = null;
		changes = [];
	};
	const reader = createLogReader({
		commit(next) {
			flush();
			head = next;
		},
		meta(bytes, start, end) {
			meta = bytes.toString("latin1", start, end);
		},
		path(bytes, start, end, size) {
			if (head === null) throw new Error("git's output is not a log: a change of no commit");
			if (changes.length < PATH_LIMIT && size === end - start) {
				changes.push(makeChange(meta, bytes.toString("latin1", start, end)));
			}
		},
	});
	return {
		push: reader.push,
		end() {
			reader.end();
			flush();
		},
	};
}

function makeCommit({ name, email, isCut: _, ...head }: Head, changes: readonly Change[]): Commit {
	return { ...head, author: { name, email }, changes };
}

/**
 * `:mode mode id id K` and a path. In a merge there is one colon, mode and id a parent, and one letter a
 * parent: the entry is a path that differs from every parent, judged against the first.
 */
function makeChange(meta: string, path: string): Change {
	let parents = 1;
	while (meta[parents] === ":") parents++;
	const parts = meta.slice(parents).split(" ");
	const [oldMode, newMode] = [parts[0] as string, parts[parents] as string];
	const [oldId, newId] = [parts[parents + 1] as string, parts[2 * parents + 1] as string];
	const letters = parts[2 * parents + 2];
	if (letters === undefined) throw new Error("git's output is not a raw diff");
	return { path, kind: kindOf(letters, oldMode, newMode), oldMode, newMode, oldId, newId };
}

/** What a change is, by git's letters (one a parent) and the modes of both sides. */
export function kindOf(letters: string, oldMode: string, newMode: string): Change["kind"] {
	if (letters.length === 1 && (letters === "A" || letters === "M" || letters === "D" || letters === "T"))
		return letters;
	if (/^0+$/.test(newMode)) return "D";
	if (/^0+$/.test(oldMode)) return "A";
	return oldMode.slice(0, 2) === newMode.slice(0, 2) ? "M" : "T";
}
