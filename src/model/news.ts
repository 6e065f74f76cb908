// Pure. What the log of this build tells that the log of the build before did not.
import { z } from "zod";
import { baselineOf, CONFLICT_CHANGE_KINDS, conflictDelta, type StandingLog } from "./conflict-delta.ts";
import { CONFLICT_STATES, type ConflictLog } from "./conflict-log.ts";
import { FINDING_CODES, LEVELS } from "./finding.ts";
import { visible } from "./visible.ts";

const newsItemSchema = z.strictObject({
	kind: z.enum(CONFLICT_CHANGE_KINDS),
	id: z.string(),
	code: z.enum(FINDING_CODES),
	level: z.enum(LEVELS),
	state: z.enum(CONFLICT_STATES),
	resource: z.string(),
	actor: z.string().nullable(),
	owner: z.string().nullable(),
	message: z.string(),
	lastAt: z.iso.datetime(),
	occurrences: z.int().min(0),
});

/** content/news.json; made with the log, by comparing it with the one it replaces. */
export const newsSchema = z.strictObject({
	version: z.literal(1),
	/** sha256, hex, of the log this belongs to. */
	log: z.string(),
	/** The log that was replaced; null: there was none, and `changes` is empty and says nothing. */
	previous: z.strictObject({ head: z.string(), headAt: z.iso.datetime(), complete: z.boolean() }).nullable(),
	/** Gravest and newest first. */
	changes: z.array(newsItemSchema),
	/** How many more there are. */
	moreChanges: z.int().min(0),
});
export type News = z.output<typeof newsSchema>;

/**
 * News of a log, by the digest of its published bytes. `replaced`: the log it replaces, null where there is none that it may
 * be compared with; then nothing is said to have changed.
 */
export function newsOf(log: StandingLog, digest: string, replaced: StandingLog | null): News {
	const known = replaced === null ? null : baselineOf(replaced);
	const { changes, moreChanges } = conflictDelta("", known, log);
	return { version: 1, log: digest, previous: previousOf(replaced), changes: [...changes], moreChanges };
}

function previousOf(replaced: StandingLog | null): News["previous"] {
	if (replaced === null) return null;
	const { head, headAt, complete } = replaced.repository;
	return { head, headAt, complete };
}

/** Of a log, what tells whether another is of the same history. */
export interface LogOrigin {
	readonly repository: Pick<ConflictLog["repository"], "name" | "head" | "refs" | "objectFormat">;
	readonly conflicts: readonly { readonly occurrences: readonly { readonly commit: string | null }[] }[];
}

/**
 * Why a log may not be compared with the one it replaces, as the end of a sentence about that one; null: it may. Conflicts of
 * another repository, or of other branches, would all read as new or gone. `isRead` says whether a commit is of the history
 * that was read now: a head that was rebased away is none, but then commits of its conflicts mostly are.
 */
export function incomparable(
	replaced: LogOrigin,
	{ repository }: Pick<LogOrigin, "repository">,
	isRead: (commit: string) => boolean,
): string | null {
	const { name, head, refs, objectFormat } = replaced.repository;
	if (name !== repository.name) return `is of ${visible(name)}`;
	const names = (list: LogOrigin["repository"]["refs"]) => JSON.stringify(list.map((ref) => ref.name).sort());
	if (names(refs) !== names(repository.refs)) return "is of other branches";
	if (objectFormat !== repository.objectFormat) return "is of a repository in another object format";
	if (isRead(head) || refs.some(({ oid }) => isRead(oid))) return null;
	const isShared = replaced.conflicts.some(({ occurrences }) =>
		occurrences.some(({ commit }) => commit !== null && isRead(commit)),
	);
	return isShared ? null : "names no commit of this history";
}
