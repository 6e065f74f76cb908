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
	/** Whether the whole history was read; if not, nothing may be called free of conflicts. */
	readonly isHistoryWhole: boolean;
}

export const MOST_CHANGES = 200;

/** What of a conflict tells how things stand: a log's occurrences may be tens of megabytes. */
export interface StandingConflict
	extends Pick<
		Conflict,
		"id" | "code" | "level" | "state" | "episode" | "resource" | "actor" | "owner" | "teams" | "message" | "lastAt"
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
			({ id, code, level, state, episode, resource, actor, owner, teams, message, lastAt, occurrences }) => ({
				...{ id, code, level, state, episode, resource, actor, owner, teams, message, lastAt },
				occurrences: occurrences.length,
			}),
		),
	};
}

/** What is kept of a published log's conflict. */
export type BaselineConflict = Omit<ConflictChange, "kind">;

/** The conflicts of a log as they are compared and told; text made safe to look at. */
export function baselineOf({ conflicts }: Pick<StandingLog, "conflicts">): BaselineConflict[] {
	return conflicts.map(({ episode: _episode, teams: _teams, ...conflict }) => ({
		...conflict,
		resource: visible(conflict.resource),
		message: visible(conflict.message),
	}));
}

/**
 * What a log holds that a published one (`baseline`, by its digest) does not; `known` are the conflicts of that one, null
 * where it is not known: then nothing is said to have changed, and only the counts tell how things stand.
 */
export function conflictDelta(
	baseline: string,
	known: readonly BaselineConflict[] | null,
	log: StandingLog,
): ConflictDelta {
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
		isHistoryWhole: log.repository.complete,
	};
}

function changesSince(known: readonly BaselineConflict[], now: readonly BaselineConflict[]): ConflictChange[] {
	const before = new Map(known.map((conflict) => [conflict.id, conflict]));
	const after = new Set(now.map(({ id }) => id));
	const changed = now.flatMap((conflict): ConflictChange[] => {
		const kind = kindOf(before.get(conflict.id), conflict);
		return kind === null ? [] : [{ kind, ...conflict }];
	});
	const gone = known.filter(({ id }) => !after.has(id));
	return [...changed, ...gone.map((conflict): ConflictChange => ({ kind: "gone", ...conflict }))];
}

/**
 * Who decided about a conflict wants to be told that, also where it was seen again. What the tree shows is dated by its
 * head, which every commit moves: of that, only more places are news.
 */
function kindOf(before: BaselineConflict | undefined, now: BaselineConflict): ConflictChangeKind | null {
	if (before === undefined) return "new";
	if (before.state !== now.state) return "state";
	const isLater = findingSource[now.code] === "history" && now.lastAt > before.lastAt;
	return isLater || now.occurrences > before.occurrences ? "again" : null;
}

function compareChanges(a: ConflictChange, b: ConflictChange): number {
	return (
		LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
		(a.lastAt < b.lastAt ? 1 : a.lastAt > b.lastAt ? -1 : a.id < b.id ? -1 : 1)
	);
}
