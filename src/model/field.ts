// Pure. The small field types that several content schemas share.
import { z } from "zod";
import { patternFaults } from "./pattern-faults.ts";

/** Id of a team: the name of its file. Lower-case letters, digits and dashes. */
export const teamId = z
	.string()
	.regex(/^[a-z0-9][a-z0-9-]*$/, "expected a team id: lower-case letters, digits and dashes");

/** One line of text that is not empty. */
export const text = z.string().trim().min(1, "expected some text, got an empty string");

/**
 * A date (`2025-07-31`) or an instant (`2025-07-31T14:45`, with or without seconds and zone).
 * Without a zone it is read in the project's `timezone`; the catalog resolves it to UTC.
 */
export const contentDate = z
	.string()
	.regex(
		/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?$/,
		"expected a date such as 2025-07-31 or 2025-07-31T14:45",
	);

/**
 * A path pattern with gitignore meaning, without `!` (exceptions are `except`).
 * Source: gitignore(5); `git check-ignore --no-index` is the oracle of our tests.
 */
export const pathPattern = z.string().superRefine((value, context) => {
	for (const message of patternFaults(value)) context.addIssue({ code: "custom", message });
});

/** E-mail address in which only `*` is special (any run of characters); compared without case. */
export const emailPattern = z.string().min(1).max(320).regex(/^\S+$/, "expected an e-mail pattern without spaces");

/** A pattern with a word about it; a bare string is the pattern alone. */
export const notedPattern = z.preprocess(
	(value) => (typeof value === "string" ? { pattern: value } : value),
	z.strictObject({ pattern: pathPattern, note: text.nullable().default(null) }),
);

/** A path pattern, or another resource such as `port:tcp/8000`, with a word about it. */
export const notedResource = z.preprocess(
	(value) => (typeof value === "string" ? { pattern: value } : value),
	z.union([
		z.strictObject({ pattern: pathPattern, note: text.nullable().default(null) }),
		z.strictObject({
			resource: z.string().regex(/^(port|config|api|proto|dep):\S+$/, "expected a resource such as port:tcp/8000"),
			note: text.nullable().default(null),
		}),
	]),
);
