// Pure. Two exclusive rules of different owners on one path, as problems of the content.
import { type RawPath, showPath } from "#model/history";
import type { Rule } from "#model/ownership";
import type { Problem } from "#model/problem";

export interface Clash {
	readonly rules: readonly [Rule, Rule];
	readonly path: RawPath;
}

/** One problem for each pair of rules, naming both and a path they meet on. */
export function clashProblems(clashes: readonly Clash[]): Problem[] {
	return clashes.map(({ rules: [one, other], path }) => ({
		file: one.file,
		line: one.line,
		column: 1,
		field: one.pattern,
		message: `${showPath(path.replace(/\/$/, "")).text} is exclusive to ${one.owner} here, and to ${other.owner} by ${other.pattern} at ${other.file}:${other.line}`,
		hint: "narrow one of the two patterns, or list the path under `except` of one of them",
	}));
}
