// Pure. One parsed file against its schema -> a typed value, or problems with the exact line and column.
import type { z } from "zod";
import { suggest } from "#model/nearest";
import type { Problem } from "#model/problem";
import { describeIssue, expectedTypes } from "./describe.ts";
import type { FieldPath } from "./entry.ts";
import { keysAt } from "./schema-keys.ts";
import type { ParsedYaml } from "./yaml.ts";

/** The value with defaults filled in; null when the file has problems of its own. */
export interface Checked<T> {
	readonly value: T | null;
	readonly problems: readonly Problem[];
}

/** Applies the schema. A file with nothing in it says just that, not which fields it lacks. */
export function checkAgainst<T>(path: string, parsed: ParsedYaml, schema: z.ZodType<T>): Checked<T> {
	if (parsed.value === undefined) return { value: null, problems: parsed.problems };
	if (parsed.value === null) {
		const message = "the file is empty";
		const hint = "Write its fields, or delete the file.";
		return { value: null, problems: [{ file: path, line: 1, column: 1, field: "", message, hint }] };
	}
	const result = schema.safeParse(parsed.value);
	if (result.success && parsed.problems.length === 0) return { value: result.data, problems: [] };
	if (result.success) return { value: null, problems: parsed.problems };
	const found = result.error.issues.flatMap((issue) => problemsOf(issue, [], path, parsed, schema));
	return { value: null, problems: [...parsed.problems, ...firstOfEachField(found)] };
}

function problemsOf(
	issue: z.core.$ZodIssue,
	base: FieldPath,
	file: string,
	parsed: ParsedYaml,
	schema: z.ZodType,
): Problem[] {
	const path = written([...base, ...issue.path], parsed.value);
	if (issue.code === "unrecognized_keys") {
		const known = keysAt(schema, path);
		return issue.keys.map((key) => {
			const at = [...path, key];
			const hint = suggest(key, known, "Known keys");
			return { file, ...parsed.keyAt(at), field: at.map(String).join("."), message: "unknown key", hint };
		});
	}
	const value = valueAt(parsed.value, path);
	const here = { file, ...parsed.valueAt(path), field: path.map(String).join(".") };
	if (issue.code === "invalid_union" && issue.errors.length > 0) {
		const types = rootTypes(issue.errors);
		if (types !== null) return [{ ...here, ...expectedTypes(types, value) }];
		return nearestAlternative(issue.errors).flatMap((inner) =>
			problemsOf(inner, [...base, ...issue.path], file, parsed, schema),
		);
	}
	const words = describeIssue(issue, value);
	const key = path.at(-1);
	if (value !== undefined || typeof key !== "string") return [{ ...here, ...words }];
	return [{ ...here, ...words, hint: words.hint ?? `Add \`${key}: …\`.` }];
}

/** The types the alternatives want, once each, when the value fits the type of none; null otherwise. */
function rootTypes(alternatives: readonly z.core.$ZodIssue[][]): z.core.$ZodInvalidTypeExpected[] | null {
	const wanted = alternatives.map((issues) =>
		issues.find((issue) => issue.code === "invalid_type" && issue.path.length === 0),
	);
	if (wanted.some((issue) => issue === undefined)) return null;
	return [...new Set(wanted.map((issue) => (issue as z.core.$ZodIssueInvalidType).expected))];
}

/** The alternative the author most likely meant: fewest keys unknown or missing, right type first. */
function nearestAlternative(alternatives: readonly z.core.$ZodIssue[][]): z.core.$ZodIssue[] {
	const cost = (issues: readonly z.core.$ZodIssue[]): number =>
		issues.reduce((sum, issue) => {
			if (issue.code === "unrecognized_keys") return sum + 10 * issue.keys.length;
			if (issue.code === "invalid_type")
				return sum + (issue.path.length === 0 ? 1_000 : issue.message.endsWith("received undefined") ? 10 : 1);
			return sum + 1;
		}, 0);
	return alternatives.reduce((best, issues) => (cost(issues) < cost(best) ? issues : best));
}

/** The part of a path that stands in the file: a text that is short for an object has no fields to point at. */
function written(path: FieldPath, root: unknown): FieldPath {
	const short = path.findIndex((_, length) => typeof valueAt(root, path.slice(0, length)) === "string");
	return short === -1 ? path : path.slice(0, short);
}

/** One problem a field: what else is wrong with a value shows once the first is mended. */
function firstOfEachField(problems: readonly Problem[]): Problem[] {
	const seen = new Set<string>();
	return problems.filter(({ field, message }) => {
		const key = message === "unknown key" ? `${field} ` : field;
		return !seen.has(key) && seen.add(key);
	});
}

function valueAt(root: unknown, path: FieldPath): unknown {
	let value = root;
	for (const step of path) {
		if (value === null || typeof value !== "object") return undefined;
		value = (value as Record<PropertyKey, unknown>)[step];
	}
	return value;
}
