// Pure. A folder in which somebody works, and what of it is not committed.
import { z } from "zod";
import { FINDING_CODES, LEVELS } from "./finding.ts";

/** What the audit would say of a change, were it committed now as it is. */
export const foreseenSchema = z.strictObject({
	code: z.enum(FINDING_CODES),
	level: z.enum(LEVELS),
	/** Team that owns the path; null: none alone. */
	owner: z.string().nullable(),
	message: z.string(),
	hint: z.string(),
});
export type Foreseen = z.output<typeof foreseenSchema>;

export const uncommittedFileSchema = z.strictObject({
	path: z.string(),
	change: z.enum(["A", "M", "D", "T"]),
	/** In the index already. */
	isStaged: z.boolean(),
	/** The gravest thing that would be said of it; null: nothing. */
	foreseen: foreseenSchema.nullable(),
});
export type UncommittedFile = z.output<typeof uncommittedFileSchema>;

export const worktreeSchema = z.strictObject({
	/** The folder's own name, without what leads to it. */
	name: z.string(),
	/** Short name of the branch checked out; null: none. */
	branch: z.string().nullable(),
	/** How many files are changed, staged or not tracked yet. */
	changed: z.int().min(0),
	/** Of them at most 100, those that would be violations first. */
	files: z.array(uncommittedFileSchema).max(100),
	/** Why its files could not be read; null: they were. */
	trouble: z.string().nullable(),
});
export type Worktree = z.output<typeof worktreeSchema>;
