// Pure. What each team did by the evidence of git: written beside the conflict log, read by pages and gateway.
import { z } from "zod";
import { attributionSchema } from "./conflict-log.ts";

export const teamActivitySchema = z.strictObject({
	/** Team id. */
	team: z.string(),
	/** Commits attributed to the team. */
	commits: z.int().min(0),
	/** The newest of them by author date; null: none. */
	last: z
		.strictObject({
			commit: z.string(),
			subject: z.string(),
			authoredAt: z.iso.datetime(),
			attribution: attributionSchema,
		})
		.nullable(),
	/** Up to ten paths the team changed last, newest first, each once. */
	recentFiles: z.array(
		z.strictObject({ path: z.string(), authoredAt: z.iso.datetime(), change: z.enum(["A", "M", "D", "T"]) }),
	),
});
export type TeamActivity = z.output<typeof teamActivitySchema>;

/** content/activity.json; regenerated with the log, from the same commits. */
export const activitySchema = z.strictObject({
	version: z.literal(1),
	/** Head the log was made at: both files belong together only if it is the same. */
	head: z.string(),
	headAt: z.iso.datetime(),
	/** Commits nobody could be attributed, and the coordinator's. */
	unattributed: z.int().min(0),
	coordinator: z.int().min(0),
	teams: z.array(teamActivitySchema),
});
export type Activity = z.output<typeof activitySchema>;
