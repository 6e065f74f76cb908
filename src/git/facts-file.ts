// Pure. Facts as the bytes of a file and back. The file is not trusted: what does not fit together is refused.
import { createHash } from "node:crypto";
import { endianness } from "node:os";
import { Bytes, Numbers, Texts } from "./columns.ts";
import { type Columns, IS_READ, ROW, ROW_WIDTH, rowCount, rowValue } from "./facts.ts";

/** Moves with every change of what the columns mean. */
const FORMAT = `coordination facts 1 ${endianness()}\n`;
const CHECKSUM = 32;
const ALIGNMENT = 8;

/** The file is damaged, or of another version or repository. */
export class FactsRefused extends Error {
	override readonly name = "FactsRefused";
}

/** The sections of the file, in order. */
function sectionsOf(columns: Columns): Buffer[] {
	const { ids, rows, parents, identities, texts, shapes, paths, changes, blobs } = columns;
	const bytes = (pool: Bytes) => pool.data.subarray(0, pool.length);
	const numbers = ({ data, length }: Numbers) => Buffer.from(data.buffer, data.byteOffset, length * 4);
	const both = (pool: Texts) => [bytes(pool.bytes), numbers(pool.ends)];
	return [
		bytes(ids),
		numbers(rows),
		numbers(parents),
		...both(identities),
		bytes(texts),
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
	if (sections.length !== 12 || at !== file.length) throw new FactsRefused("its parts do not fit");
	const [ids, rows, parents, names, nameEnds, texts, shapes, shapeEnds, paths, pathEnds, changes, blobs] = sections as [
		Buffer,
		Buffer,
		Buffer,
		Buffer,
		Buffer,
		Buffer,
		Buffer,
		Buffer,
		Buffer,
		Buffer,
		Buffer,
		Buffer,
	];
	const columns: Columns = {
		idSize,
		ids: new Bytes(ids, ids.length),
		rows: numbersOf(rows),
		parents: numbersOf(parents),
		identities: new Texts("utf8", new Bytes(names, names.length), numbersOf(nameEnds)),
		texts: new Bytes(texts, texts.length),
		shapes: new Texts("latin1", new Bytes(shapes, shapes.length), numbersOf(shapeEnds)),
		paths: new Texts("latin1", new Bytes(paths, paths.length), numbersOf(pathEnds)),
		changes: numbersOf(changes),
		blobs: new Bytes(blobs, blobs.length),
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

function numbersOf(section: Buffer): Numbers {
	if (section.length % 4 !== 0) throw new FactsRefused("its parts do not fit");
	const isInPlace = section.byteOffset % 4 === 0;
	const bytes = isInPlace ? section : Uint8Array.from(section);
	const data = new Uint32Array(bytes.buffer, bytes.byteOffset, section.length / 4);
	return new Numbers(data, data.length);
}

/** Whether every number that points somewhere points into what is there. */
function fitTogether(columns: Columns): boolean {
	const { ids, rows, parents, identities, texts, shapes, paths, changes, blobs, idSize } = columns;
	const count = rowCount(columns);
	if (!Number.isInteger(count) || ids.length !== count * idSize) return false;
	if (changes.length % 2 !== 0 || blobs.length !== changes.length * idSize) return false;
	if (![identities, shapes, paths].every(isWhole)) return false;
	for (let index = 0; index < shapes.ends.length; index++) {
		if (!/^[AMDT] [0-7]{6} [0-7]{6}$/.test(shapes.get(index))) return false;
	}
	for (let at = 0; at < parents.length; at++) if (parents.at(at) >= count) return false;
	for (let at = 0; at < changes.length; at += 2) {
		if (changes.at(at) >= paths.ends.length || changes.at(at + 1) >= shapes.ends.length) return false;
	}
	for (let row = 0; row < count; row++) {
		const value = (field: number) => rowValue(columns, row, field);
		const words =
			value(ROW.dateLength) + value(ROW.subjectLength) + value(ROW.trailersLength) + value(ROW.revertsLength);
		const isSound =
			(value(ROW.state) & IS_READ) === IS_READ &&
			value(ROW.parentStart) + value(ROW.parentCount) <= parents.length &&
			value(ROW.identity) < identities.ends.length &&
			value(ROW.textStart) + words <= texts.length &&
			2 * (value(ROW.changeStart) + value(ROW.changeCount)) <= changes.length;
		if (!isSound) return false;
	}
	return rows.length === count * ROW_WIDTH;
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
