// Checks content given as file name -> text, on top of the smallest project that is fine, without a disk.
import { link } from "#catalog/link";
import { parseContent } from "#catalog/parse";
import type { Catalog } from "#model/catalog";
import { formatProblem, sortProblems } from "#model/problem";

/** Two teams and a name: everything else has a default. Null takes a file away. */
const SMALLEST = { "project.yaml": "name: P\n", "teams/team-a.yaml": "name: A\n", "teams/team-b.yaml": "name: B\n" };

export type Files = Readonly<Record<string, string | null>>;

/** Every problem as it is printed, a hint on the line below its problem. */
export function problemsOf(files: Files): string[] {
	return sortProblems(link(parse(files)).problems).map(formatProblem);
}

/** The catalog of content that is fine. */
export function catalogOf(files: Files): Catalog {
	const { catalog, problems } = link(parse(files));
	if (catalog === null) throw new Error(problems.map(formatProblem).join("\n"));
	return catalog;
}

function parse(files: Files): ReturnType<typeof parseContent> {
	const all = Object.entries({ ...SMALLEST, ...files });
	return parseContent(all.flatMap(([path, text]) => (text === null ? [] : [{ path, text }])));
}
