// Pure. The smaller agreements of content/: ports, schedule, claims, resolutions, notes.
import { z } from "zod";
import { contentDate, teamId, text } from "./field.ts";

const portNumber = z.int().min(1).max(65_535);

/** content/ports.yaml, a list: one port, or a range from-to (both included). */
export const portSchema = z.union([
	z.strictObject({
		port: portNumber,
		protocol: z.enum(["tcp", "udp"]).default("tcp"),
		owner: teamId,
		purpose: text,
	}),
	z.strictObject({
		from: portNumber,
		to: portNumber,
		protocol: z.enum(["tcp", "udp"]).default("tcp"),
		owner: teamId,
		purpose: text,
	}),
]);
/** A port or a range of them, as the catalog holds it. */
export const portRangeSchema = z.strictObject({
	/** First and last port, both included; equal for a single port. */
	from: portNumber,
	to: portNumber,
	protocol: z.enum(["tcp", "udp"]),
	owner: z.string(),
	purpose: z.string(),
});
export type Port = Readonly<z.output<typeof portRangeSchema>>;

/** content/schedule/<id>.yaml: a phase; phases are ordered by file name. */
export const phaseSchema = z.strictObject({
	title: text,
	/** First day; null: the schedule does not say. */
	from: contentDate.nullable().default(null),
	/** Last day, included. */
	to: contentDate.nullable().default(null),
	teams: z.array(teamId).default([]),
	goals: z.array(text).default([]),
	/** Whether teams may touch each other's work in this phase. */
	crossTeam: z.enum(["forbidden", "coordinated"]).default("coordinated"),
});
/** A phase with its ends in UTC; `untilAt` is the first instant after it. Null where it names none. */
export type Phase = z.output<typeof phaseSchema> & {
	readonly id: string;
	readonly file: string;
	readonly fromAt: string | null;
	readonly untilAt: string | null;
};

/** content/claims/<id>.yaml: a time-limited reservation of a resource, agreed with the coordinator. */
export const claimSchema = z.strictObject({
	resource: z.string().regex(/^(path|port|config|api|proto|dep):\S.*$/, "expected a resource such as path:src/x.py"),
	team: teamId,
	agreedBy: text,
	from: contentDate,
	until: contentDate,
	reason: text,
});
/** A claim with its instants in UTC; `untilAt` is the first instant it no longer holds. */
export type Claim = z.output<typeof claimSchema> & {
	readonly id: string;
	readonly file: string;
	readonly fromAt: string;
	readonly untilAt: string;
};

export const RESOLUTION_STATES = ["acknowledged", "paused", "resolved", "overridden", "false-positive"] as const;

const conflictId = z.string().regex(/^CF-[A-Z2-7]{10,}$/, "expected a conflict id such as CF-ABCDEFGHIJ");

/** content/resolutions/<any>.yaml: a decision about one conflict, or about several that are one story. */
export const resolutionSchema = z.strictObject({
	conflict: z
		.union([conflictId, z.array(conflictId).min(1)])
		.transform((ids) => (typeof ids === "string" ? [ids] : ids)),
	state: z.enum(RESOLUTION_STATES),
	by: text,
	at: contentDate,
	reason: text,
	/** An override or pause ends here. */
	until: contentDate.nullable().default(null),
	/** The escalation steps taken, with their times. */
	steps: z.array(z.strictObject({ step: text, at: contentDate })).default([]),
});
export type Resolution = z.output<typeof resolutionSchema> & {
	readonly id: string;
	readonly file: string;
	readonly atUtc: string;
	readonly untilAt: string | null;
};

/** Front matter of content/notes/*.md. */
export const noteSchema = z.strictObject({
	title: text,
	at: contentDate,
	by: text.nullable().default(null),
	teams: z.array(teamId).default([]),
	/** True: kept for the record; what it says was true, or believed, then. */
	historical: z.boolean().default(false),
});
export type Note = z.output<typeof noteSchema> & { readonly id: string; readonly file: string };

/** Front matter of content/guide/**.mdx. */
export const guideSchema = z.strictObject({
	title: text,
	description: text.optional(),
	sidebar: z.strictObject({ order: z.number().optional(), label: text.optional() }).optional(),
});
