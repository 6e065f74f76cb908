// Pure. A zod issue -> the words a tired person can act on.
import type { z } from "zod";
import { nearest } from "#model/nearest";
import type { Complaint } from "./entry.ts";

const TYPES: Record<string, string> = {
	string: "text",
	number: "a number",
	int: "a whole number",
	boolean: "true or false",
	array: "a list",
	object: "fields (key: value)",
	record: "fields (key: value)",
};

/** Message and hint for one issue about `value`; unknown keys and unions are taken apart before. */
export function describeIssue(issue: z.core.$ZodIssue, value: unknown): Complaint {
	switch (issue.code) {
		case "invalid_type":
			return expectedTypes([issue.expected], value);
		case "invalid_value":
			return oneOf(issue.values.map(String), value);
		case "too_small":
			return bound("at least", issue.origin, issue.minimum, issue.inclusive !== false, value, issue.message);
		case "too_big":
			return bound("at most", issue.origin, issue.maximum, issue.inclusive !== false, value, issue.message);
		case "invalid_format":
			return issue.format === "url"
				? expected("an address such as https://example.org/project", value, null)
				: own(issue, value);
		case "invalid_union":
			return "options" in issue && Array.isArray(issue.options)
				? oneOf(issue.options.map(String), value)
				: own(issue, value);
		default:
			return own(issue, value);
	}
}

/** That a value is of none of the types; the hint only where one type is wanted. */
export function expectedTypes(types: readonly string[], value: unknown): Complaint {
	const [only] = types;
	const hint = types.length === 1 ? typeHint(only!, value) : null;
	return expected(types.map((type) => TYPES[type] ?? type).join(" or "), value, hint);
}

/** A value as people wrote it, cut when long. */
function show(value: unknown): string {
	if (value === null || value === undefined) return "nothing";
	if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
	if (typeof value === "object") return "fields (key: value)";
	const text = typeof value === "string" ? JSON.stringify(value) : String(value);
	return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}

function expected(what: string, value: unknown, hint: string | null): Complaint {
	return value === undefined
		? { message: `missing: ${what}`, hint }
		: { message: `expected ${what}, got ${show(value)}`, hint };
}

/** The schema's own words; those that say what was expected also say what came. */
function own(issue: z.core.$ZodIssue, value: unknown): Complaint {
	const says = issue.message.startsWith("expected ") && !issue.message.includes(", got ");
	return { message: says ? `${issue.message}, got ${show(value)}` : issue.message, hint: null };
}

function oneOf(options: readonly string[], value: unknown): Complaint {
	const list = options.length === 1 ? options[0]! : `${options.slice(0, -1).join(", ")} or ${options.at(-1)}`;
	const match = typeof value === "string" ? nearest(value, options) : null;
	return expected(list, value, match === null ? null : `Did you mean "${match}"?`);
}

function bound(
	side: string,
	origin: string,
	limit: number | bigint,
	inclusive: boolean,
	value: unknown,
	message: string,
): Complaint {
	if (!message.startsWith("Too ")) return { message, hint: null };
	const word = inclusive ? side : side === "at least" ? "more than" : "less than";
	if (origin === "array")
		return {
			message: `expected ${word} ${limit} ${limit === 1 ? "entry" : "entries"}, got ${(value as unknown[]).length}`,
			hint: null,
		};
	if (origin === "string")
		return { message: `expected ${word} ${limit} characters, got ${(value as string).length}`, hint: null };
	return { message: `expected ${word} ${limit}, got ${show(value)}`, hint: null };
}

function typeHint(type: string, value: unknown): string | null {
	if (value === null || value === undefined) return null;
	if (type === "string" && (typeof value === "number" || typeof value === "boolean"))
		return `Put it in quotes: "${value}".`;
	if ((type === "number" || type === "int") && typeof value === "string") {
		return /^\d+$/.test(value) ? "Remove the quotes." : "Write digits without quotes.";
	}
	if (type === "array" && !Array.isArray(value)) return "Write a list: one `- ` line an entry, or [a, b].";
	return null;
}
