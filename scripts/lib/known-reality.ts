// Edge(fs). What the last audit found of each contract in the tree, where it is known.
import { join } from "node:path";
import type { ConflictLog } from "#model/conflict-log";
import { type ContractReality, type Reality, realitySchema } from "#model/reality";
import { readIfThere } from "./presence.ts";

export type KnownReality =
	| { readonly reality: readonly ContractReality[]; readonly why: null }
	/** `why` continues a sentence: `no audit was run`. */
	| { readonly reality: null; readonly why: string };

/** Of the same head as the log, or it is not known. Throws WorldError where the disk gives no answer. */
export async function readKnownReality(
	contentDir: string,
	log: Pick<ConflictLog, "repository"> | null,
): Promise<KnownReality> {
	if (log === null) return { reality: null, why: "no audit was run" };
	const file = join(contentDir, "reality.json");
	const text = await readIfThere(file);
	if (text === null) return { reality: null, why: `${file} is missing` };
	const found = parse(text);
	if (found === null) return { reality: null, why: `${file} is not of this version` };
	const { head } = log.repository;
	if (found.head === head) return { reality: found.contracts, why: null };
	return {
		reality: null,
		why: `${file} is of ${found.head.slice(0, 10)} and the conflict log of ${head.slice(0, 10)}`,
	};
}

function parse(text: string): Reality | null {
	try {
		const found = realitySchema.safeParse(JSON.parse(text));
		return found.success ? found.data : null;
	} catch {
		// Not JSON: half a file.
		return null;
	}
}
