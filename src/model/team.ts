// Pure. content/teams/<id>.yaml: who a team is, how its commits are recognised, what it says it is doing.
import { z } from "zod";
import { contentDate, emailPattern, notedPattern, notedResource, text } from "./field.ts";

/** What a team can declare about itself. `unknown` is what silence means. */
export const TEAM_STATES = ["awaiting-start", "active", "paused", "blocked", "done", "unknown"] as const;
export type TeamState = (typeof TEAM_STATES)[number];

export const declaredStatusSchema = z.strictObject({
	state: z.enum(TEAM_STATES).default("unknown"),
	workingOn: text.nullable().default(null),
	/** When the team says it was last active; null: not yet detected. */
	lastActivityAt: contentDate.nullable().default(null),
	recentFiles: z.array(text).default([]),
	/** Team ids or free words; empty: none. */
	blockedBy: z.array(text).default([]),
	note: text.nullable().default(null),
	/** Further fields a team wants shown, each a label with one or more lines. */
	details: z.array(z.strictObject({ label: text, items: z.array(text).min(1) })).default([]),
});

export const teamSchema = z.strictObject({
	name: text,
	title: text.nullable().default(null),
	/** Number of the window the team works in. */
	window: z.int().min(1).nullable().default(null),
	focus: text.nullable().default(null),
	/** Accepted in the trailer beside the id; compared without case. */
	aliases: z.array(text).default([]),
	identities: z
		.strictObject({ emails: z.array(emailPattern).default([]), branches: z.array(text).default([]) })
		.prefault({}),
	keyFiles: z.array(notedPattern).default([]),
	/** Resources the team depends on and shares with others. */
	critical: z.array(notedResource).default([]),
	/** Globs shown as "files monitored". */
	monitors: z.array(notedPattern).default([]),
	/** What sets this team's work apart, one line each. */
	highlights: z.array(text).default([]),
	status: declaredStatusSchema.prefault({}),
});
/** A team; `id` is the name of its file. */
export type Team = z.output<typeof teamSchema> & { readonly id: string; readonly file: string };
