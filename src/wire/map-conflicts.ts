// Pure. What changed since a page was built, model <-> wire. Browser-safe; types only from the model.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { ConflictChange, ConflictChangeKind, ConflictDelta } from "#model/conflict-delta";
import type { ConflictState } from "#model/conflict-log";
import type { FindingCode } from "#model/finding";
import {
	type ConflictChangeSchema,
	type GetConflictsResponse,
	GetConflictsResponseSchema,
	type ConflictChange as WireChange,
	ConflictChangeKind as WireKind,
} from "./gen/coordination/v1/status_pb.js";
import { levelFromWire, levelToWire } from "./map-worktree.ts";
import {
	type GitStamp,
	gitStampFromWire,
	gitTailToWire,
	proveWhole,
	REPLY_SCHEMA,
	ReplyError,
	requiredInstant,
	wordFor,
} from "./proof.ts";

/** What a reader holds: hand it back with the next reply, and its `version` with the next request. */
export interface ConflictsState extends GitStamp {
	readonly delta: ConflictDelta;
}

type Fields = MessageInitShape<typeof GetConflictsResponseSchema>;

/** The reply to a reader that holds version `known` (0: none): short where nothing visible moved. */
export function conflictsToWire(state: ConflictsState, known = 0n): GetConflictsResponse {
	const head = known === state.version ? unchangedHead(state) : wholeHead(state);
	return create(GetConflictsResponseSchema, { ...head, ...gitTailToWire(state) });
}

/** Replies in parts, as `clusterParts`: heads stay the same as long as the version does. */
export const conflictsParts = {
	wholeHead: (state: ConflictsState) => create(GetConflictsResponseSchema, wholeHead(state)),
	unchangedHead: (state: ConflictsState) => create(GetConflictsResponseSchema, unchangedHead(state)),
	tail: (state: GitStamp) => create(GetConflictsResponseSchema, gitTailToWire(state)),
};

/**
 * What a reply to a page built from the log `baseline` says; `held` is what this reader had before (null: nothing).
 * Throws ReplyError for a reply that is cut off, of another format, about another log, at odds with itself, or
 * `unchanged` against something not held.
 */
export function conflictsFromWire(
	reply: GetConflictsResponse,
	baseline: string,
	held: ConflictsState | null,
): ConflictsState {
	const before = held === null ? null : { version: held.version, count: held.delta.changes.length };
	proveWhole(reply, reply.changes.length, before);
	if (reply.baseline !== baseline) throw new ReplyError("the reply is about the log of another page");
	const said = gitStampFromWire(reply);
	if (reply.unchanged && held !== null) return { ...said, delta: held.delta };
	return {
		...said,
		delta: {
			baseline,
			isBaselineKnown: reply.isBaselineKnown,
			changes: reply.changes.map(changeFromWire),
			moreChanges: reply.moreChanges,
			open: { errors: reply.openErrors, warnings: reply.openWarnings, notes: reply.openNotes },
			head: reply.head,
			headAt: requiredInstant(reply.headAt, "date of the head commit"),
			isHistoryWhole: reply.isHistoryWhole,
		},
	};
}

function head({ version, epoch, notices, delta }: ConflictsState) {
	return {
		schema: REPLY_SCHEMA,
		version,
		epoch,
		notices: [...notices],
		baseline: delta.baseline,
		count: delta.changes.length,
	} satisfies Fields;
}

function wholeHead(state: ConflictsState) {
	const { delta } = state;
	return {
		...head(state),
		isBaselineKnown: delta.isBaselineKnown,
		changes: delta.changes.map(changeToWire),
		moreChanges: delta.moreChanges,
		openErrors: delta.open.errors,
		openWarnings: delta.open.warnings,
		openNotes: delta.open.notes,
		head: delta.head,
		headAt: timestampFromMs(Date.parse(delta.headAt)),
		isHistoryWhole: delta.isHistoryWhole,
	} satisfies Fields;
}

function unchangedHead(state: ConflictsState) {
	return { ...head(state), unchanged: true } satisfies Fields;
}

const kindToWire: Record<ConflictChangeKind, WireKind> = {
	new: WireKind.NEW,
	again: WireKind.AGAIN,
	state: WireKind.STATE,
	gone: WireKind.GONE,
};

function changeToWire(change: ConflictChange): MessageInitShape<typeof ConflictChangeSchema> {
	const { kind, id, code, level, state, resource, actor, owner, message, lastAt, occurrences } = change;
	return {
		kind: kindToWire[kind],
		id,
		code,
		level: levelToWire[level],
		state,
		resource,
		message,
		occurrences,
		lastAt: timestampFromMs(Date.parse(lastAt)),
		...(actor === null ? {} : { actor }),
		...(owner === null ? {} : { owner }),
	};
}

function changeFromWire(change: WireChange): ConflictChange {
	const { id, resource, message, occurrences } = change;
	return {
		// That something changed is what every kind has in common.
		kind: wordFor(kindToWire, change.kind, "again"),
		id,
		code: change.code as FindingCode,
		level: levelFromWire(change.level),
		state: change.state as ConflictState,
		resource,
		actor: change.actor ?? null,
		owner: change.owner ?? null,
		message,
		lastAt: requiredInstant(change.lastAt, `date of ${id}`),
		occurrences,
	};
}
