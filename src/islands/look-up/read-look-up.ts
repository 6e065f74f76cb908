// Pure. Bytes of /api/v1/look-up.json -> the data set, or null for anything else.
import type { LookUpFile } from "#model/look-up";
import { flag, instant, listOf, object, oneOf, orNull, recordOf, type Shape, text, whole } from "./shape.ts";

const rule = object({
	file: text,
	line: whole,
	mode: oneOf("exclusive", "shared"),
	owner: orNull(text),
	pattern: text,
	except: listOf(text),
	fromAt: orNull(instant),
	untilAt: orNull(instant),
	purpose: oneOf("own", "delete"),
	risk: oneOf("low", "medium", "high", null),
	protocol: orNull(text),
	note: orNull(text),
});
const claim = object({
	id: text,
	resource: text,
	team: text,
	agreedBy: text,
	reason: text,
	fromAt: instant,
	untilAt: instant,
});
const conflict = object({
	id: text,
	code: text,
	level: oneOf("error", "warning", "note"),
	state: text,
	source: oneOf("history", "tree"),
	teams: listOf(text),
	message: text,
	paths: listOf(text),
});
const promise = object({
	contract: text,
	title: text,
	from: text,
	to: text,
	what: text,
	path: text,
	line: whole,
	state: oneOf("kept", "differs", "absent", "unknown"),
	isProved: flag,
});
const addresses = recordOf(text);
const file: Shape = object({
	version: oneOf(1),
	repository: object({ name: text, head: text, headAt: instant, complete: flag, isSample: flag }),
	data: object({
		teams: listOf(object({ id: text, name: text })),
		coordinator: text,
		coordinatorWord: orNull(text),
		trailer: text,
		coordinationTrailer: text,
		rules: listOf(rule),
		sharedProtocol: listOf(text),
		claims: listOf(claim),
		contracts: listOf(object({ id: text, title: text, from: text, to: text, source: text })),
		promises: orNull(listOf(promise)),
		conflicts: listOf(conflict),
	}),
	pages: object({ teams: addresses, contracts: addresses, conflicts: addresses, rules: addresses }),
	edit: addresses,
});

/** The same test as the published schema's, but for words that only people read. */
export function readLookUp(json: string): LookUpFile | null {
	try {
		const value: unknown = JSON.parse(json);
		return file(value) ? (value as LookUpFile) : null;
	} catch {
		// No JSON at all: a page of an error, or half a file.
		return null;
	}
}
