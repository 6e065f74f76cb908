// Pure. The conflict log: the one artefact between the audit and everybody who reads it.
import { z } from "zod";
import { RESOLUTION_STATES } from "./agreement.ts";
import { FINDING_CODES, LEVELS } from "./finding.ts";

export const CONFLICT_STATES = ["open", ...RESOLUTION_STATES] as const;
export type ConflictState = (typeof CONFLICT_STATES)[number];

const instant = z.iso.datetime();
const oid = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/);
const counts = z.record(z.string(), z.int().min(0));

/** Who made a change, and how we know. `declared` is a claim anyone can type; `derived` comes from git. */
export const attributionSchema = z.strictObject({
	/** Team id, `coordinator`, or null when unattributed. */
	team: z.string().nullable(),
	by: z.enum(["trailer", "branch", "merge", "email", "none"]),
	confidence: z.enum(["declared", "derived", "unattributed"]),
	/** The words of the evidence: the trailer's value, the branch, the pattern that matched. */
	evidence: z.string().nullable(),
	/** Evidence that says something else; only where there is some. A null `team`: a trailer that names no known team. */
	against: z
		.array(
			z.strictObject({
				team: z.string().nullable(),
				by: z.enum(["trailer", "branch", "merge", "email"]),
				evidence: z.string(),
			}),
		)
		.min(1)
		.optional(),
});
export type Attribution = z.output<typeof attributionSchema>;

export const occurrenceSchema = z.strictObject({
	/** Null for findings of the tree. */
	commit: oid.nullable(),
	subject: z.string().nullable(),
	author: z.strictObject({ name: z.string(), email: z.string() }).nullable(),
	authoredAt: instant.nullable(),
	change: z.enum(["A", "M", "D", "T"]).nullable(),
	/** Null in findings about a whole commit. */
	path: z.string().nullable(),
	/** Base64 of the path's bytes, only where they are no UTF-8. */
	pathBytes: z.string().optional(),
	previousPath: z.string().nullable(),
	attribution: attributionSchema.nullable(),
	/** `line` from 1; 0 where no line applies. */
	location: z.strictObject({ line: z.int().min(0) }),
	/** What stands there, in a few words; only in findings of which the place alone does not say it. */
	detail: z.string().optional(),
});
export type Occurrence = z.output<typeof occurrenceSchema>;

export const conflictSchema = z.strictObject({
	id: z.string().regex(/^CF-[A-Z2-7]{10,}$/),
	code: z.enum(FINDING_CODES),
	level: z.enum(LEVELS),
	state: z.enum(CONFLICT_STATES),
	episode: z.int().min(1),
	/** Id of the first episode; only in later ones. */
	firstEpisode: z.string().optional(),
	resource: z.string(),
	actor: z.string().nullable(),
	owner: z.string().nullable(),
	/** Teams concerned, sorted. */
	teams: z.array(z.string()),
	rule: z.strictObject({ file: z.string(), pattern: z.string() }).nullable(),
	firstAt: instant,
	lastAt: instant,
	message: z.string(),
	hint: z.string(),
	resolution: z
		.strictObject({
			file: z.string(),
			state: z.enum(RESOLUTION_STATES),
			by: z.string(),
			at: instant,
			reason: z.string(),
			until: instant.nullable(),
			steps: z.array(z.strictObject({ step: z.string(), at: z.string() })),
		})
		.nullable(),
	/** Newest first. */
	occurrences: z.array(occurrenceSchema),
});
export type Conflict = z.output<typeof conflictSchema>;

export const conflictLogSchema = z.strictObject({
	version: z.literal(1),
	repository: z.strictObject({
		name: z.string(),
		head: oid,
		headAt: instant,
		refs: z.array(z.strictObject({ name: z.string(), oid })),
		commits: z.int().min(0),
		changes: z.int().min(0),
		complete: z.boolean(),
		/** One sentence for each thing that was not read; only where `complete` is false. */
		gaps: z.array(z.string()).min(1).optional(),
		objectFormat: z.enum(["sha1", "sha256"]),
	}),
	rules: z.strictObject({ digest: z.string().regex(/^sha256:[0-9a-f]{64}$/), count: z.int().min(0) }),
	/** Tracked files at the head. */
	coverage: z.strictObject({ owned: z.int().min(0), shared: z.int().min(0), unmatched: z.int().min(0) }),
	summary: z.strictObject({ open: z.int().min(0), byLevel: counts, byCode: counts, byTeam: counts }),
	/** By `lastAt` descending, then `id`. */
	conflicts: z.array(conflictSchema),
	orphanedResolutions: z.array(z.strictObject({ file: z.string(), conflict: z.string() })),
});
export type ConflictLog = z.output<typeof conflictLogSchema>;
