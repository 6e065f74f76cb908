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
	/** Its commits by the week of their author date, named by its Monday (UTC); weeks without one are left out. */
	weeks: z.record(z.iso.date(), z.int().min(1)),
	/** Its changes by top-level folder, most first; of the folders that all teams changed most. */
	folders: z.array(z.strictObject({ folder: z.string(), changes: z.int().min(1) })),
	/** Its changes in other folders. */
	otherFolders: z.int().min(0),
});
export type TeamActivity = z.output<typeof teamActivitySchema>;
/** What a team's status tells of it. */
export type TeamRecord = Pick<TeamActivity, "team" | "commits" | "last" | "recentFiles">;

/** Changes of one doer to what is one owner's, is shared, or matched by no rule, by the rules of their day. */
const editsSchema = z.strictObject({
	/** Team id, `coordinator`, or null: nobody known. */
	team: z.string().nullable(),
	kind: z.enum(["owned", "shared", "unmatched"]),
	/** Team id; null where no team owned it alone. */
	owner: z.string().nullable(),
	changes: z.int().min(1),
});
export type Edits = z.output<typeof editsSchema>;

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
	/** Every change that was judged, once; sorted by doer, then by kind and owner. */
	edits: z.array(editsSchema),
});
export type Activity = z.output<typeof activitySchema>;
