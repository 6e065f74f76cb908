// Pure. What the log of this build tells that the log of the build before did not.
import { z } from "zod";
import { CONFLICT_CHANGE_KINDS } from "./conflict-delta.ts";
import { CONFLICT_STATES } from "./conflict-log.ts";
import { FINDING_CODES, LEVELS } from "./finding.ts";

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
