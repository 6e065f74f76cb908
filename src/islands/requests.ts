// Pure. The bytes of the few questions islands ask.
import type { ClusterState } from "#wire/map";

/*
 * Three small messages of whole numbers and one text, written out here: the library's writer and encoder would take a
 * tenth of the script that a page with islands loads. A test holds the bytes against those of the library.
 */

interface Held {
	readonly version: bigint;
}

/** GetClusterRequest; the history up to now is always wanted. */
export function clusterRequest(held: Pick<ClusterState, "version" | "history"> | null): Uint8Array {
	return new Uint8Array([...known(held), KNOWN_MINUTE, ...varint(BigInt(held?.history?.minute ?? 0))]);
}

/** GetTeamsRequest. */
export function teamsRequest(held: Held | null): Uint8Array {
	return new Uint8Array(known(held));
}

/** GetConflictsRequest. */
export function conflictsRequest(baseline: string, held: Held | null): Uint8Array {
	const text = new TextEncoder().encode(baseline);
	const field = text.length === 0 ? [] : [BASELINE, ...varint(BigInt(text.length)), ...text];
	return new Uint8Array([...known(held), ...field]);
}

// A tag is the field's number times 8, plus 0 for a whole number and 2 for a text.
const KNOWN_VERSION = 1 * 8;
const KNOWN_MINUTE = 2 * 8;
const BASELINE = 2 * 8 + 2;

/** `known_version`, field 1 of each of them. */
function known(held: Held | null): number[] {
	return held === null ? [] : [KNOWN_VERSION, ...varint(held.version)];
}

/** Seven bits a byte, lowest first; all but the last have the eighth set. */
function varint(value: bigint): number[] {
	const bytes: number[] = [];
	let rest = value;
	for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
	return [...bytes, Number(rest)];
}
