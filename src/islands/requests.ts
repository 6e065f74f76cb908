// Pure. The bytes of the few questions islands ask.
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { ClusterState } from "#wire/map";

/*
 * Written field by field with the library's own writer: to encode three small messages by their descriptors would take
 * a tenth of the script a page with islands loads. A test holds the bytes against those of the generated code.
 */

interface Held {
	readonly version: bigint;
}

/** GetClusterRequest; the history up to now is always wanted. */
export function clusterRequest(held: Pick<ClusterState, "version" | "history"> | null): Uint8Array {
	return known(held)
		.tag(2, WireType.Varint)
		.uint64(held?.history?.minute ?? 0)
		.finish();
}

/** GetTeamsRequest. */
export function teamsRequest(held: Held | null): Uint8Array {
	return known(held).finish();
}

/** GetConflictsRequest. */
export function conflictsRequest(baseline: string, held: Held | null): Uint8Array {
	const writer = known(held);
	return (baseline === "" ? writer : writer.tag(2, WireType.LengthDelimited).string(baseline)).finish();
}

/** `known_version`, field 1 of each of them; 0 is not written. */
function known(held: Held | null): BinaryWriter {
	const writer = new BinaryWriter();
	return held === null ? writer : writer.tag(1, WireType.Varint).uint64(held.version);
}
