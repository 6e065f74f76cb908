// Pure. Cuts a stream of bytes into its NUL-ended fields, in bounded memory.

export interface FieldReader {
	push(chunk: Buffer): void;
	/** Whether the stream may end here: not within a field. One newline after the last field is allowed. */
	isWhole(): boolean;
}

/** Bytes kept of one field; the rest is counted. No path that a file system can hold is longer. */
export const FIELD_LIMIT = 4 * 1024 * 1024;

/**
 * Hands over each field as the bytes from `start` to `end` of `bytes`, valid during the call alone, and its `size`,
 * which is larger than what is handed over where the field went beyond `limit`.
 */
export function createFieldReader(
	onField: (bytes: Buffer, start: number, end: number, size: number) => void,
	limit = FIELD_LIMIT,
): FieldReader {
	let pieces: Buffer[] = [];
	let kept = 0;
	let size = 0;

	const keep = (piece: Buffer) => {
		size += piece.length;
		if (kept >= limit || piece.length === 0) return;
		// A copy: the chunk must not stay in memory for the sake of its end.
		const part = Buffer.from(piece.subarray(0, limit - kept));
		pieces.push(part);
		kept += part.length;
	};
	return {
		push(chunk) {
			let start = 0;
			for (;;) {
				const end = chunk.indexOf(0, start);
				if (end === -1) break;
				if (size > 0) {
					keep(chunk.subarray(start, end));
					const whole = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
					const total = size;
					pieces = [];
					kept = 0;
					size = 0;
					onField(whole, 0, whole.length, total);
				} else {
					onField(chunk, start, Math.min(end, start + limit), end - start);
				}
				start = end + 1;
			}
			keep(chunk.subarray(start));
		},
		isWhole: () => size === 0 || (size === 1 && (pieces[0] as Buffer)[0] === 0x0a),
	};
}
