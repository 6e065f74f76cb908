// Pure. What the audit finds now beside what a page built earlier shows.
import type { Conflict, ConflictLog } from "./conflict-log.ts";
import { isOpen } from "./conflict-state.ts";
import { findingSource, LEVELS } from "./finding.ts";
import { visible } from "./visible.ts";

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
	/** Whether the whole history was read, now and for a known baseline; if not, nothing may be called free of conflicts. */
	readonly isHistoryWhole: boolean;
}

export const MOST_CHANGES = 200;

/** What of a conflict tells how things stand: a log's occurrences may be tens of megabytes. */
export interface StandingConflict
	extends Pick<
		Conflict,
		| "id"
		| "code"
		| "level"
		| "state"
		| "episode"
		| "resource"
		| "actor"
		| "owner"
		| "teams"
		| "message"
		| "firstAt"
		| "lastAt"
	> {
	readonly occurrences: number;
}

/** A log as it is held and compared. */
export interface StandingLog {
	readonly repository: ConflictLog["repository"];
	readonly conflicts: readonly StandingConflict[];
}

export function standingOf({ repository, conflicts }: Pick<ConflictLog, "repository" | "conflicts">): StandingLog {
	return {
		repository,
		conflicts: conflicts.map(
			({ id, code, level, state, episode, resource, actor, owner, teams, message, firstAt, lastAt, occurrences }) => ({
				...{ id, code, level, state, episode, resource, actor, owner, teams, message, firstAt, lastAt },
				occurrences: occurrences.length,
			}),
		),
	};
}

/** What is kept of a published log. */
export interface Baseline {
	readonly conflicts: readonly BaselineConflict[];
	/** Date of its head (ISO, UTC). */
	readonly headAt: string;
	/** Whether the whole history was read for it. */
	readonly isHistoryWhole: boolean;
}

/** What is kept of a published log's conflict. */
export type BaselineConflict = Omit<ConflictChange, "kind"> & Pick<Conflict, "firstAt">;

/** A log as it is compared and told; text made safe to look at. */
export function baselineOf({ conflicts, repository }: StandingLog): Baseline {
	return {
		conflicts: conflicts.map(({ episode: _episode, teams: _teams, ...conflict }) => ({
			...conflict,
			resource: visible(conflict.resource),
			message: visible(conflict.message),
		})),
		headAt: repository.headAt,
		isHistoryWhole: repository.complete,
	};
}

/**
 * What a log holds that a published one (`baseline`, by its digest) does not; `known` is that one, null where it is not
 * known: then nothing is said to have changed, and only the counts tell how things stand. Where one of the two was made of
 * a part of the history, what only one of them holds may lie in what the other did not read: nothing is gone then, and new
 * is only what is dated after the head of the published one.
 */
export function conflictDelta(baseline: string, known: Baseline | null, log: StandingLog): ConflictDelta {
	const open = log.conflicts.filter(isOpen);
	const count = (level: Conflict["level"]) => open.filter((conflict) => conflict.level === level).length;
	const changes = known === null ? [] : changesSince(known, baselineOf(log)).sort(compareChanges);
	return {
		baseline,
		isBaselineKnown: known !== null,
		changes: changes.slice(0, MOST_CHANGES),
		moreChanges: Math.max(0, changes.length - MOST_CHANGES),
		open: { errors: count("error"), warnings: count("warning"), notes: count("note") },
		head: log.repository.head,
		headAt: log.repository.headAt,
		isHistoryWhole: log.repository.complete && (known === null || known.isHistoryWhole),
	};
}

function changesSince(known: Baseline, now: Baseline): ConflictChange[] {
	const isWhole = known.isHistoryWhole && now.isHistoryWhole;
	const before = new Map(known.conflicts.map((conflict) => [conflict.id, conflict]));
	const after = new Set(now.conflicts.map(({ id }) => id));
	const changed = now.conflicts.flatMap((conflict): ConflictChange[] => {
		const kind = kindOf(before.get(conflict.id), conflict, isWhole ? null : known.headAt);
		return kind === null ? [] : [told(kind, conflict)];
	});
	const gone = isWhole ? known.conflicts.filter(({ id }) => !after.has(id)) : [];
	return [...changed, ...gone.map((conflict) => told("gone", conflict))];
}

function told(kind: ConflictChangeKind, { firstAt: _firstAt, ...conflict }: BaselineConflict): ConflictChange {
	return { kind, ...conflict };
}

/**
 * Who decided about a conflict wants to be told that, also where it was seen again. What the tree shows is dated by its
 * head, which every commit moves: of that, only more places are news. `since` (ISO): nothing earlier may count, since it
 * may not have been read; null: everything was.
 */
function kindOf(
	before: BaselineConflict | undefined,
	now: BaselineConflict,
	since: string | null,
): ConflictChangeKind | null {
	const isOfHistory = findingSource[now.code] === "history";
	const isSince = since === null || now.lastAt > since;
	if (before === undefined) {
		if (since === null || now.firstAt > since) return "new";
		return isOfHistory && isSince ? "again" : null;
	}
	if (before.state !== now.state) return "state";
	const isLater = isOfHistory && isSince && now.lastAt > before.lastAt;
	return isLater || (since === null && now.occurrences > before.occurrences) ? "again" : null;
}

function compareChanges(a: ConflictChange, b: ConflictChange): number {
	return (
		LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
		(a.lastAt < b.lastAt ? 1 : a.lastAt > b.lastAt ? -1 : a.id < b.id ? -1 : 1)
	);
}
