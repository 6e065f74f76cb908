// Pure. What collided since a page was built, in words that claim no more than is known.
import type { ConflictChangeKind, ConflictDelta } from "#model/conflict-delta";
import { agoWords, type Source } from "./contact.ts";
import { counted } from "./words.ts";

export interface News {
	/** One sentence. */
	readonly line: string;
	/** It is of now, as far as a page can know. */
	readonly isFresh: boolean;
	/** More that must be known to read it rightly. */
	readonly caveats: readonly string[];
}

const SINCE = "since this page was built";
/** What git shows is taken for now if it was looked at within this, ms. */
const FRESH_MS = 60_000;

const KIND_WORDS: Record<ConflictChangeKind, string> = {
	new: "new",
	again: "seen again",
	state: "decided or reopened",
	gone: "gone",
};

/** `NEW`, in the word of a row. */
export function kindWord(kind: ConflictChangeKind): string {
	return KIND_WORDS[kind];
}

/**
 * `isContact`: the last question was answered. `derivedAgeMs` as in the answer. "Nothing new" is said only of a log the
 * gateway knows, a history read whole, and an answer of now; else the most that can be said is that no news is known.
 */
export function newsOf(
	delta: ConflictDelta | null,
	derivedAgeMs: number | null,
	source: Source,
	isContact: boolean,
): News {
	if (delta === null || source.kind === "build") {
		return { line: `No news is known ${SINCE}.`, isFresh: false, caveats: [] };
	}
	const { open, isBaselineKnown, isHistoryWhole } = delta;
	const ageMs = source.sinceMs + (derivedAgeMs ?? 0);
	const isFresh = isContact && !source.isDoubted && derivedAgeMs !== null && ageMs <= FRESH_MS;
	const ago = agoWords(ageMs, source.hasSlept);
	const as = derivedAgeMs === null ? "" : `, as of ${ago}`;
	const caveats = [
		...(isHistoryWhole ? [] : ["Only a part of the history was read: what is not told here may still have happened."]),
		...(derivedAgeMs === null ? ["The gateway does not look at the repository as it is now."] : []),
	];
	if (!isBaselineKnown) {
		const counts = [counted(open.errors, "error"), counted(open.warnings, "warning"), counted(open.notes, "note")];
		const line = `The gateway does not know the log this page shows, so no news is known: open${isFresh ? " now" : ""} are ${counts.join(", ")}${as}.`;
		return { line, isFresh, caveats };
	}
	const words = countsByKind(delta);
	if (words !== "") return { line: `${words} ${SINCE}${as}.`, isFresh, caveats };
	if (isFresh && isHistoryWhole) return { line: `Nothing new ${SINCE}${as}.`, isFresh, caveats };
	return { line: `No news is known ${SINCE}${as}.`, isFresh, caveats };
}

/** `2 new, 1 gone`; empty: nothing differs. */
function countsByKind({ changes, moreChanges }: ConflictDelta): string {
	const counts = (Object.keys(KIND_WORDS) as ConflictChangeKind[])
		.map((kind) => [changes.filter((change) => change.kind === kind).length, KIND_WORDS[kind]] as const)
		.filter(([count]) => count > 0)
		.map(([count, word]) => `${count} ${word}`);
	return [...counts, ...(moreChanges > 0 ? [`${moreChanges} more`] : [])].join(", ");
}
