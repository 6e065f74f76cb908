// Pure. Facts as the bytes of a file and back. The file is not trusted: what does not fit together is refused.
import { createHash } from "node:crypto";
import { endianness } from "node:os";
import { Bytes, Numbers, Texts } from "./columns.ts";
import { type Columns, IS_READ, ROW, ROW_WIDTH, rowCount } from "./facts.ts";

/** Moves with every change of what the columns mean. */
const FORMAT = `coordination facts 2 ${endianness()}\n`;
const CHECKSUM = 32;
const SECTIONS = 17;
const ALIGNMENT = 8;

/** The file is damaged, or of another version or repository. */
export class FactsRefused extends Error {
	override readonly name = "FactsRefused";
}

/** The sections of the file, in order. */
function sectionsOf(columns: Columns): Buffer[] {
	const { ids, rows, parents, parentBranches, branches, identities, texts, trailers, shapes, paths, changes, blobs } =
		columns;
	const bytes = (pool: Bytes) => pool.data.subarray(0, pool.length);
	const numbers = ({ data, length }: Numbers) => Buffer.from(data.buffer, data.byteOffset, length * 4);
	const both = (pool: Texts) => [bytes(pool.bytes), numbers(pool.ends)];
	return [
		bytes(ids),
		numbers(rows),
		numbers(parents),
		numbers(parentBranches),
		...both(branches),
		...both(identities),
		bytes(texts),
		...both(trailers),
		...both(shapes),
		...both(paths),
		numbers(changes),
		bytes(blobs),
	];
}

/** The pieces of a file. `key` says of what the facts are, and on what they depend. */
export function encodeFacts(columns: Columns, key: string): Buffer[] {
	const sections = sectionsOf(columns);
	const head = Buffer.from(JSON.stringify({ key, lengths: sections.map((section) => section.length) }));
	const size = Buffer.alloc(4);
	size.writeUInt32LE(head.length);
	const first = Buffer.concat([size, head]);
	// Numbers are read in place, so each section starts where a number may.
	const start = FORMAT.length + CHECKSUM;
	const body: Buffer[] = [first, padding(start + first.length)];
	for (const section of sections) body.push(section, padding(section.length));
	const checksum = createHash("sha256");
	for (const piece of body) checksum.update(piece);
	return [Buffer.from(FORMAT, "latin1"), checksum.digest(), ...body];
}

/** The columns of a file, read in place. Throws FactsRefused. */
export function decodeFacts(file: Buffer, key: string, idSize: number): Columns {
	const start = FORMAT.length + CHECKSUM;
	if (file.toString("latin1", 0, FORMAT.length) !== FORMAT) throw new FactsRefused("it is of another version");
	if (file.length < start + 4) throw new FactsRefused("it is cut short");
	if (!createHash("sha256").update(file.subarray(start)).digest().equals(file.subarray(FORMAT.length, start))) {
		throw new FactsRefused("its checksum is wrong");
	}
	const size = file.readUInt32LE(start);
	const head = readHead(file.toString("utf8", start + 4, start + 4 + size));
	if (head.key !== key) throw new FactsRefused("it is of another repository");
	let at = start + 4 + size;
	at += padded(at);
	const sections = head.lengths.map((length) => {
		const section = file.subarray(at, at + length);
		if (section.length !== length) throw new FactsRefused("it is cut short");
		at += length + padded(length);
		return section;
	});
	if (sections.length !== SECTIONS || at !== file.length) throw new FactsRefused("its parts do not fit");
	let next = 0;
	const take = () => sections[next++] as Buffer;
	const bytes = () => bytesOf(take());
	const texts = (encoding: "utf8" | "latin1") => new Texts(encoding, bytes(), numbersOf(take()));
	// In the order in which `sectionsOf` lists them, which is that of the evaluation here.
	const columns: Columns = {
		idSize,
		ids: bytes(),
		rows: numbersOf(take()),
		parents: numbersOf(take()),
		parentBranches: numbersOf(take()),
		branches: texts("utf8"),
		identities: texts("utf8"),
		texts: bytes(),
		trailers: texts("utf8"),
		shapes: texts("latin1"),
		paths: texts("latin1"),
		changes: numbersOf(take()),
		blobs: bytes(),
	};
	if (!fitTogether(columns)) throw new FactsRefused("its parts do not fit");
	return columns;
}

function readHead(text: string): { key: string; lengths: number[] } {
	try {
		const { key, lengths } = JSON.parse(text);
		const isLength = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
		if (typeof key === "string" && Array.isArray(lengths) && lengths.every(isLength)) return { key, lengths };
	} catch {
		// What is no JSON is refused below, as what is no head.
	}
	throw new FactsRefused("its head is malformed");
}

function padded(length: number): number {
	return (ALIGNMENT - (length % ALIGNMENT)) % ALIGNMENT;
}

function padding(length: number): Buffer {
	return Buffer.alloc(padded(length));
}

function bytesOf(section: Buffer): Bytes {
	return new Bytes(section, section.length);
}

function numbersOf(section: Buffer): Numbers {
	if (section.length % 4 !== 0) throw new FactsRefused("its parts do not fit");
	const isInPlace = section.byteOffset % 4 === 0;
	const bytes = isInPlace ? section : Uint8Array.from(section);
	const data = new Uint32Array(bytes.buffer, bytes.byteOffset, section.length / 4);
	return new Numbers(data, data.length);
}

/** Whether every number that points somewhere points into what is there. */
function fitTogether(columns: Columns): boolean {
	const { ids, rows, parents, parentBranches, branches, identities, texts, trailers, shapes, paths, changes } = columns;
	const { blobs, idSize } = columns;
	const count = rowCount(columns);
	if (!Number.isInteger(count) || ids.length !== count * idSize) return false;
	if (changes.length % 2 !== 0 || blobs.length !== changes.length * idSize) return false;
	if (![branches, identities, trailers, shapes, paths].every(isWhole)) return false;
	// Number 0 means that there is none, also for the blocks that are read later.
	if (trailers.ends.length === 0 || trailers.get(0) !== "") return false;
	for (let index = 0; index < shapes.ends.length; index++) {
		if (!/^[AMDT] [0-7]{6} [0-7]{6}$/.test(shapes.get(index))) return false;
	}
	if (parentBranches.length !== parents.length || rows.length !== count * ROW_WIDTH) return false;
	if (!areBelow(parents, count) || !areBelow(parentBranches, branches.ends.length + 1)) return false;
	if (!areBelow(changes, paths.ends.length, shapes.ends.length)) return false;
	const { data } = rows;
	for (let at = 0; at < rows.length; at += ROW_WIDTH) {
		const value = (field: number) => data[at + field] as number;
		const words = value(ROW.dateLength) + value(ROW.subjectLength) + value(ROW.revertsLength);
		const isSound =
			(value(ROW.state) & IS_READ) === IS_READ &&
			value(ROW.parentStart) + value(ROW.parentCount) <= parents.length &&
			value(ROW.identity) < identities.ends.length &&
			value(ROW.trailers) < trailers.ends.length &&
			value(ROW.textStart) + words <= texts.length &&
			2 * (value(ROW.changeStart) + value(ROW.changeCount)) <= changes.length;
		if (!isSound) return false;
	}
	return true;
}

/** Whether the numbers are below a limit: those at even places below the first, at odd places below the second. */
function areBelow({ data, length }: Numbers, even: number, odd = even): boolean {
	for (let at = 0; at < length; at++) {
		if ((data[at] as number) >= ((at & 1) === 0 ? even : odd)) return false;
	}
	return true;
}

function isWhole({ bytes, ends }: Texts): boolean {
	let before = 0;
	for (let index = 0; index < ends.length; index++) {
		const end = ends.at(index);
		if (end < before) return false;
		before = end;
	}
	return before === bytes.length;
}
