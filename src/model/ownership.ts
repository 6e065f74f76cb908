// Pure. content/ownership/*.yaml: which paths belong to whom.
import { z } from "zod";
import { contentDate, pathPattern, teamId, text } from "./field.ts";

export const RISKS = ["low", "medium", "high"] as const;

const ruleBase = {
	pattern: pathPattern,
	/** Paths this rule does not cover, same meaning as `pattern`. */
	except: z.array(pathPattern).default([]),
	/** When the rule is in force; a commit is judged at its author date. A bare date `until` includes that day. */
	effective: z
		.strictObject({ from: contentDate.nullable().default(null), until: contentDate.nullable().default(null) })
		.prefault({}),
	note: text.nullable().default(null),
};

export const exclusiveRuleSchema = z.strictObject({
	...ruleBase,
	/** `delete`: listed as pending until no file matches. */
	purpose: z.enum(["own", "delete"]).default("own"),
});

export const sharedRuleSchema = z.strictObject({
	...ruleBase,
	risk: z.enum(RISKS).default("medium"),
	/** What a team must do before it changes the path. */
	protocol: text.nullable().default(null),
});

export const ownershipSchema = z.discriminatedUnion("mode", [
	z.strictObject({
		mode: z.literal("exclusive"),
		owner: teamId,
		rules: z.array(exclusiveRuleSchema).min(1),
	}),
	z.strictObject({
		mode: z.literal("shared"),
		/** Steps that hold for every shared path, in order. */
		protocol: z.array(text).default([]),
		rules: z.array(sharedRuleSchema).min(1),
	}),
]);

/** A rule as the audit sees it: flat, with its place in the content and its time in force resolved to UTC. */
export const ruleSchema = z.strictObject({
	/** Logical file, always below `content/`, whatever folder `--content` names. */
	file: z.string(),
	/** Line of the rule in that file, from 1. */
	line: z.int().min(1),
	mode: z.enum(["exclusive", "shared"]),
	/** Null for shared rules. */
	owner: z.string().nullable(),
	pattern: z.string(),
	except: z.array(z.string()).readonly(),
	/** First instant in force (ISO, UTC); null: always was. */
	fromAt: z.iso.datetime().nullable(),
	/** First instant no longer in force (ISO, UTC); null: no end. */
	untilAt: z.iso.datetime().nullable(),
	purpose: z.enum(["own", "delete"]),
	risk: z.enum(RISKS).nullable(),
	protocol: z.string().nullable(),
	note: z.string().nullable(),
});
export type Rule = Readonly<z.output<typeof ruleSchema>>;
