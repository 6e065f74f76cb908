// Pure. The bytes of a file as text, or why they are none.
import { Unreadable } from "./extractor.ts";

/** Files larger than this are not read: what people write is far smaller, and what is generated says nothing new. */
export const FILE_LIMIT = 1024 * 1024;

/** Bytes in which git looks for a NUL to call a file binary. */
const PROBE = 8_000;

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Throws Unreadable for what is no text, or not in UTF-8. */
export function decodeText(bytes: Uint8Array): string {
	if (bytes.subarray(0, PROBE).includes(0)) throw new Unreadable(0, "it is binary");
	try {
		return utf8.decode(bytes);
	} catch {
		throw new Unreadable(lineOfFault(bytes), "it is not in UTF-8");
	}
}

/** The line on which the first bytes stand that are no UTF-8. */
function lineOfFault(bytes: Uint8Array): number {
	let [low, high] = [0, bytes.length];
	// The longest beginning that is whole characters, but for one that is cut off.
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (isText(bytes.subarray(0, middle))) low = middle;
		else high = middle - 1;
	}
	return bytes.subarray(0, low).filter((byte) => byte === 0x0a).length + 1;
}

function isText(bytes: Uint8Array): boolean {
	try {
		new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
		return true;
	} catch {
		return false;
	}
}
