// Pure. What the audit finds now beside what a page built earlier shows.
import type { Conflict } from "./conflict-log.ts";

/** `new`: not in the baseline · `again`: seen again since · `state`: decided or opened since · `gone`: found no more. */
export const CONFLICT_CHANGE_KINDS = ["new", "again", "state", "gone"] as const;
export type ConflictChangeKind = (typeof CONFLICT_CHANGE_KINDS)[number];

export interface ConflictChange
	extends Pick<Conflict, "id" | "code" | "level" | "state" | "resource" | "actor" | "owner" | "message"> {
	readonly kind: ConflictChangeKind;
	/** ISO, UTC. */
	readonly lastAt: string;
	readonly occurrences: number;
}

export interface ConflictDelta {
	/** sha256, hex, of the published log this is told against; empty: of none. */
	readonly baseline: string;
	/** Whether that log is known. If not, `changes` is empty and says nothing. */
	readonly isBaselineKnown: boolean;
	/** Gravest and newest first, at most `MOST_CHANGES`. */
	readonly changes: readonly ConflictChange[];
	/** How many more there are. */
	readonly moreChanges: number;
	readonly open: { readonly errors: number; readonly warnings: number; readonly notes: number };
	/** Head and its date: what "now" is. */
	readonly head: string;
	readonly headAt: string;
	/** Whether the whole history was read; if not, nothing may be called free of conflicts. */
	readonly isHistoryWhole: boolean;
}

export const MOST_CHANGES = 200;
