// Pure. Turns the bytes of `git log --raw -z` into commits, chunk by chunk.
import type { Change, Commit, Trailer } from "#model/history";
import { showPath } from "#model/history";

/**
 * Format of one commit's header: counted fields, each ended by NUL, so that no text in a message can be
 * mistaken for structure. Names and messages may hold any byte but NUL.
 */
const FIELDS = ["%H", "%P", "%an", "%ae", "%ad", "%s", "%b"];
const FIELD_COUNT = FIELDS.length + 1;

/** Trailer keys the audit asks for by default. */
export const TRAILER_KEYS: readonly string[] = ["Team", "Coordinated-by"];

/** The format for `git log`; `keys` are the trailers wanted, case-insensitive. */
export function logFormat(keys: readonly string[] = TRAILER_KEYS): string {
	// git takes letters, digits and `-` as a key; another one matches no trailer, and must not end the format.
	const wanted = keys.filter((key) => /^[A-Za-z0-9-]+$/.test(key)).map((key) => `key=${key},`);
	const trailers = `%(trailers:${wanted.join("")}unfold,separator=%x1f,key_value_separator=%x1e)`;
	return [...FIELDS, wanted.length === 0 ? "" : trailers].join("%x00");
}

export interface LogParser {
	push(chunk: Buffer): void;
	/** Ends the stream; throws when it stopped in the middle of a commit. */
	end(): void;
}

/** A parser that hands over each commit as soon as it is whole, in the order git prints them. */
export function createLogParser(onCommit: (commit: Commit) => void): LogParser {
	let rest = "";
	let header: string[] = [];
	let changes: Change[] = [];
	let meta: string | null = null;

	const flush = () => {
		if (header.length === 0) return;
		if (header.length !== FIELD_COUNT || meta !== null) throw new Error("git's output ended within a commit");
		onCommit(makeCommit(header, changes));
		header = [];
		changes = [];
	};
	const take = (token: string) => {
		if (meta !== null) {
			changes.push(makeChange(meta, token));
			meta = null;
		} else if (header.length > 0 && header.length < FIELD_COUNT) {
			header.push(token);
		} else if (token.startsWith(":")) {
			meta = token;
		} else if (token.startsWith("\n:")) {
			meta = token.slice(1);
		} else if (token !== "" && token !== "\n") {
			flush();
			header.push(token.startsWith("\n") ? token.slice(1) : token);
		}
	};
	return {
		push(chunk) {
			const tokens = (rest + chunk.toString("latin1")).split("\0");
			rest = tokens.pop() as string;
			for (const token of tokens) take(token);
		},
		end() {
			if (rest !== "" && rest !== "\n") throw new Error("git's output ended within a field");
			flush();
		},
	};
}

function makeCommit(header: readonly string[], changes: readonly Change[]): Commit {
	const [id, parents, name, email, authorDate, subject, body, trailers] = header as [
		string,
		string,
		string,
		string,
		string,
		string,
		string,
		string,
	];
	if (!/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(id)) throw new Error("git's output is not a log: no commit id");
	return {
		id,
		parents: parents === "" ? [] : parents.split(" "),
		author: { name: decode(name), email: decode(email) },
		authorDate,
		subject: decode(subject),
		trailers: trailers === "" ? [] : trailers.split("\x1f").flatMap(makeTrailer),
		reverts: revertedIds(`${subject}\n${body}`),
		changes,
	};
}

/** Ids in git's own words for a revert, also in the `--reference` form, which abbreviates them. */
function revertedIds(message: string): string[] {
	const found = message.matchAll(/\bThis reverts commit ([0-9a-f]{7,64})\b/gi);
	return [...new Set(Array.from(found, ([, id]) => (id as string).toLowerCase()))];
}

function makeTrailer(text: string): Trailer[] {
	const cut = text.indexOf("\x1e");
	// A value may itself hold the separators: what is left without a key is no trailer.
	return cut < 1 ? [] : [{ key: decode(text.slice(0, cut)), value: decode(text.slice(cut + 1)).trim() }];
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

function kindOf(letters: string, oldMode: string, newMode: string): Change["kind"] {
	if (letters.length === 1 && (letters === "A" || letters === "M" || letters === "D" || letters === "T"))
		return letters;
	if (/^0+$/.test(newMode)) return "D";
	if (/^0+$/.test(oldMode)) return "A";
	return oldMode.slice(0, 2) === newMode.slice(0, 2) ? "M" : "T";
}

function decode(raw: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: the test is for bytes beyond ASCII
	return /[^\x00-\x7f]/.test(raw) ? showPath(raw).text : raw;
}
