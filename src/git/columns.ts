// Pure. Columns of numbers and bytes that grow: what facts are kept in.

/** A column of unsigned numbers of 32 bits. */
export class Numbers {
	data: Uint32Array<ArrayBufferLike>;
	length: number;

	constructor(data: Uint32Array<ArrayBufferLike> = new Uint32Array(1024), length = 0) {
		this.data = data;
		this.length = length;
	}

	/** Makes it at least so long; new places hold 0. */
	reach(length: number): void {
		if (length > this.data.length) {
			const larger = roomFor(this.data, length * 4);
			this.data = new Uint32Array(larger, 0, Math.floor(larger.byteLength / 4));
		}
		if (length > this.length) this.length = length;
	}

	push(value: number): void {
		this.reach(this.length + 1);
		this.data[this.length - 1] = value;
	}

	at(index: number): number {
		return this.data[index] as number;
	}
}

/** A pool of bytes. */
export class Bytes {
	data: Buffer;
	length: number;

	constructor(data: Buffer = Buffer.alloc(4096), length = 0) {
		this.data = data;
		this.length = length;
	}

	/** Makes it at least so long; new places hold 0. */
	reach(length: number): void {
		if (length > this.data.length) {
			this.data = Buffer.from(roomFor(this.data, length));
		}
		if (length > this.length) this.length = length;
	}

	/** Appends a text, and says how many bytes it took. */
	write(text: string, encoding: "utf8" | "latin1"): number {
		const start = this.length;
		this.reach(start + (encoding === "latin1" ? text.length : Buffer.byteLength(text)));
		this.data.write(text, start, encoding);
		return this.length - start;
	}

	text(start: number, end: number, encoding: "utf8" | "latin1"): string {
		return this.data.toString(encoding, start, end);
	}

	hex(start: number, end: number): string {
		return this.data.toString("hex", start, end);
	}
}

/** Most bytes of one column. Only addresses are set aside for them, not memory. */
const COLUMN_LIMIT = 2 ** 31 - 8;

/** Memory that a column grows by at a time, at least. */
const STEP = 2 ** 20;

/**
 * The memory behind a column, made large enough for so many bytes. It grows in place: copies would stand beside their
 * originals until they are collected, and double what a long history takes.
 */
function roomFor(data: Uint8Array | Uint32Array, bytes: number): ArrayBuffer {
	const size = Math.min(COLUMN_LIMIT, Math.ceil((bytes + bytes / 8) / STEP) * STEP);
	const had = data.buffer;
	if (had instanceof ArrayBuffer && had.resizable) {
		had.resize(size);
		return had;
	}
	const made = new ArrayBuffer(size, { maxByteLength: COLUMN_LIMIT });
	new Uint8Array(made).set(new Uint8Array(had, data.byteOffset, data.byteLength));
	return made;
}

/** Texts by number, each held once; made into strings when asked for. */
export class Texts {
	readonly bytes: Bytes;
	/** Where each text ends. */
	readonly ends: Numbers;
	readonly #encoding: "utf8" | "latin1";
	readonly #known: string[] = [];
	#numbers: Map<string, number> | null = null;

	constructor(encoding: "utf8" | "latin1", bytes = new Bytes(), ends = new Numbers()) {
		this.#encoding = encoding;
		this.bytes = bytes;
		this.ends = ends;
	}

	get(index: number): string {
		const known = this.#known[index];
		if (known !== undefined) return known;
		const start = index === 0 ? 0 : this.ends.at(index - 1);
		const text = this.bytes.text(start, this.ends.at(index), this.#encoding);
		this.#known[index] = text;
		return text;
	}

	/** The number of a text, a new one if need be. */
	number(text: string): number {
		if (this.#numbers === null) {
			this.#numbers = new Map();
			for (let index = 0; index < this.ends.length; index++) this.#numbers.set(this.get(index), index);
		}
		const found = this.#numbers.get(text);
		if (found !== undefined) return found;
		const index = this.ends.length;
		this.bytes.write(text, this.#encoding);
		this.ends.push(this.bytes.length);
		this.#known[index] = text;
		this.#numbers.set(text, index);
		return index;
	}
}
