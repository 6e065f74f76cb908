// Pure. What can go wrong, as data: bad content (exit 2), bad usage (exit 2), a world that failed (exit 3).

/** One thing wrong with one place of the content. Lines and columns count from 1. */
export interface Problem {
	/** File as the reader would type it, e.g. `content/teams/team-b.yaml`. */
	readonly file: string;
	readonly line: number;
	readonly column: number;
	/** Dotted path of the field, e.g. `rules.0.pattern`; empty for the whole file. */
	readonly field: string;
	readonly message: string;
	/** What to do about it, one imperative sentence. */
	readonly hint: string | null;
}

/** One line a problem, its hint below it: `content/teams/b.yaml:4:9  window  expected a number, got "two"`. */
export function formatProblem(problem: Problem): string {
	const place = `${problem.file}:${problem.line}:${problem.column}`;
	const head = [place, problem.field, problem.message].filter((part) => part !== "").join("  ");
	return problem.hint === null ? head : `${head}\n    hint: ${problem.hint}`;
}

/** Problems in reading order: by file, then line, then column. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
	return [...problems].sort(
		(a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
	);
}

/** Content that cannot be used; holds every problem of every file. Exit code 2. */
export class ContentError extends Error {
	override readonly name = "ContentError";
	readonly problems: readonly Problem[];

	constructor(problems: readonly Problem[]) {
		const sorted = sortProblems(problems);
		const count = `${sorted.length} ${sorted.length === 1 ? "problem" : "problems"} in the content`;
		super([...sorted.map(formatProblem), count].join("\n"));
		this.problems = sorted;
	}
}

/** A command line or setting that cannot be used. Exit code 2. */
export class UsageError extends Error {
	override readonly name = "UsageError";
	readonly hint: string | null;

	constructor(message: string, hint: string | null = null) {
		super(message);
		this.hint = hint;
	}
}

/** Something outside failed: git, the network, a port. Carries its cure where one is known. Exit code 3. */
export class WorldError extends Error {
	override readonly name = "WorldError";
	readonly hint: string | null;

	constructor(message: string, hint: string | null = null, cause?: unknown) {
		super(message, cause === undefined ? undefined : { cause });
		this.hint = hint;
	}
}
