// Edge(git). Reads contents of files by their ids, out of the objects, in bounded memory.
import type { CleanRoom } from "./clean-room.ts";

/** What is known of a blob that was asked for. */
export type Blob =
	| { readonly kind: "read"; readonly bytes: Buffer }
	| { readonly kind: "too large"; readonly size: number }
	| { readonly kind: "missing" };

/**
 * Hands over each blob once, in any order; those of more than `limit` bytes by their size alone, and those that are not
 * there as missing: a partial clone lacks some. The bytes are the receiver's own.
 */
export async function readBlobs(
	room: CleanRoom,
	ids: readonly string[],
	limit: number,
	onBlob: (id: string, blob: Blob) => void,
): Promise<void> {
	const wanted: string[] = [];
	const asked = [...new Set(ids)];
	if (asked.length === 0) return;
	const listing = await room.read(["cat-file", "--batch-check"], lines(asked));
	for (const line of listing.split("\n")) {
		if (line === "") continue;
		const [id = "", type, size] = line.split(" ");
		if (type === "missing") onBlob(id, { kind: "missing" });
		else if (Number(size) > limit) onBlob(id, { kind: "too large", size: Number(size) });
		else wanted.push(id);
	}
	if (wanted.length === 0) return;
	const reader = createBatchReader((id, bytes) => onBlob(id, { kind: "read", bytes }));
	await room.stream(["cat-file", "--batch", "--buffer"], reader.push, lines(wanted));
	reader.end();
}

function lines(ids: readonly string[]): string {
	return ids.map((id) => `${id}\n`).join("");
}

/** Reads the output of `git cat-file --batch`: `<id> <type> <size>`, so many bytes, and a line's end. */
export function createBatchReader(onBlob: (id: string, bytes: Buffer) => void): {
	push(chunk: Buffer): void;
	end(): void;
} {
	let rest: Buffer = Buffer.alloc(0);
	/** The object whose bytes are still coming. */
	let open: { id: string; bytes: Buffer; filled: number } | null = null;

	const fill = (chunk: Buffer): Buffer => {
		if (open === null) return chunk;
		const taken = chunk.copy(open.bytes, open.filled);
		open.filled += taken;
		const left = chunk.subarray(taken);
		// The line's end behind the bytes must be there before the next header is read.
		if (open.filled < open.bytes.length || left.length === 0) return left;
		if (left[0] !== NEWLINE) throw new Error("git's output is no batch of objects");
		onBlob(open.id, open.bytes);
		open = null;
		return left.subarray(1);
	};
	return {
		push(chunk) {
			let left = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
			for (;;) {
				left = fill(left);
				if (open !== null) break;
				const end = left.indexOf(NEWLINE);
				if (end === -1) break;
				const head = /^([0-9a-f]+) [a-z]+ (\d+)$/.exec(left.toString("latin1", 0, end));
				if (head === null) throw new Error("git's output is no batch of objects");
				open = { id: head[1] as string, bytes: Buffer.alloc(Number(head[2])), filled: 0 };
				left = left.subarray(end + 1);
			}
			rest = Buffer.from(left);
		},
		end() {
			if (open !== null || rest.length > 0) throw new Error("git's output ended within an object");
		},
	};
}

const NEWLINE = 0x0a;
