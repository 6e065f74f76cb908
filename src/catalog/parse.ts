// Pure. All files of the content -> typed entries by kind, and every problem met on the way.
import type { z } from "zod";
import { contentSchemas } from "#model/content-schemas";
import type { Problem } from "#model/problem";
import { checkAgainst } from "./check.ts";
import { type Complaint, type Entry, problemOf, type SourceFile, type Unreadable } from "./entry.ts";
import { frontMatter } from "./front-matter.ts";
import { classify, type Kind } from "./kinds.ts";
import { type ParsedYaml, parseYaml } from "./yaml.ts";

/** Entries of each kind, by path; single files are lists of at most one. */
export type Content = { readonly [K in Kind]: readonly Entry<z.output<(typeof contentSchemas)[K]>>[] };

export interface ParsedContent {
	readonly content: Content;
	/** Every id of a kind with its file, also of files that do not fit their schema: they are there to be referred to. */
	readonly ids: { readonly [K in Kind]: readonly { readonly id: string; readonly path: string }[] };
	/** MDX and Markdown texts, for the references in them. */
	readonly texts: readonly SourceFile[];
	readonly problems: readonly Problem[];
}

/** Reads every file on its own; nothing is compared between files here. */
export function parseContent(files: readonly (SourceFile | Unreadable)[]): ParsedContent {
	const kinds = Object.keys(contentSchemas) as Kind[];
	const content = Object.fromEntries(kinds.map((kind) => [kind, []])) as unknown as Record<Kind, Entry<unknown>[]>;
	const ids = Object.fromEntries(kinds.map((kind) => [kind, []])) as unknown as Record<
		Kind,
		{ id: string; path: string }[]
	>;
	const problems: Problem[] = [];
	const texts: SourceFile[] = [];
	const complain = (path: string, { message, hint }: Complaint): void => {
		problems.push(problemOf(path, message, hint));
	};
	for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
		const place = classify(file.path);
		// A file that cannot be read still has an id: what refers to it is not wrong as well.
		if ("id" in place) ids[place.kind].push({ id: place.id, path: file.path });
		if ("complaint" in file) complain(file.path, file.complaint);
		else if ("complaint" in place) complain(file.path, place.complaint);
		if ("complaint" in file || !("id" in place)) continue;
		const { kind, id } = place;
		const parsed = kind === "notes" || kind === "guide" ? parseFrontMatter(file) : parseYaml(file);
		if (kind === "guide") texts.push(file);
		const checked = checkAgainst<unknown>(file.path, parsed, contentSchemas[kind]);
		problems.push(...checked.problems);
		if (checked.value !== null) {
			content[kind].push({ path: file.path, id, value: checked.value, valueAt: parsed.valueAt, keyAt: parsed.keyAt });
		}
	}
	return { content: content as Content, ids, texts, problems };
}

function parseFrontMatter(file: SourceFile): ParsedYaml {
	const matter = frontMatter(file);
	if (matter !== null) return parseYaml(matter);
	const problem = problemOf(file.path, "no front matter", "Begin the file with `---`, `title: …`, `---`, a line each.");
	const start = () => ({ line: 1, column: 1 });
	return { value: undefined, problems: [problem], valueAt: start, keyAt: start };
}
