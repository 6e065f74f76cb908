// Edge(fs). The links of a built site, before anybody publishes it: what leads nowhere is said with the line to edit.
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { ContentError, type Problem } from "#model/problem";
import { type LinkFacts, readBuiltSite } from "#publish/built-files";
import { placeOfLink } from "#publish/link-source";
import { checkLinks, type LinkProblem } from "#publish/links";

export interface SiteToCheck {
	readonly contentDir: string;
	readonly dist: string;
	/** The sub-path and the public address it was built for; empty or absent: the root, and none. */
	readonly base?: string | undefined;
	readonly site?: string | undefined;
	/** What is known of pages already, by their files. */
	readonly known: ReadonlyMap<string, LinkFacts>;
}

/** Looks at every link and everything that is loaded; returns how many. Throws ContentError with all that lead nowhere. */
export async function checkSite({ contentDir, dist, base, site, known }: SiteToCheck): Promise<number> {
	const origin = site ? new URL(site).origin : null;
	const { seen, problems } = checkLinks(await readBuiltSite(dist, base || "/", origin, known));
	if (problems.length === 0) return seen;
	const sources = await readSources(contentDir);
	throw new ContentError(problems.map((problem) => asProblem(problem, sources, dist)));
}

/** At the line of the content that holds the link; where no file of it does, at the line of the built page. */
function asProblem(problem: LinkProblem, sources: ReadonlyMap<string, string>, dist: string): Problem {
	const { address, message, page, alsoOn, cure, where } = problem;
	const source = placeOfLink(sources, page, address);
	const shown = page.endsWith("/") ? `${page}index.html` : page.replace(/^\/?/, "/");
	return {
		...(source ?? { file: `${dist}${shown}`, line: problem.line, column: problem.column }),
		field: where,
		message: `${JSON.stringify(address)} ${message}${onPages(source === null ? null : page, alsoOn)}`,
		hint: cure,
	};
}

function onPages(page: string | null, more: number): string {
	const others = more === 0 ? "" : `${more} more`;
	if (page === null) return more === 0 ? "" : ` (and on ${others})`;
	return ` (on ${page}${more === 0 ? "" : ` and ${others}`})`;
}

/** Texts of the content by the path a reader would type: `content/guide/index.mdx`. */
async function readSources(contentDir: string): Promise<Map<string, string>> {
	const entries = await readdir(contentDir, { recursive: true, withFileTypes: true });
	const files = entries
		.filter((entry) => entry.isFile() && /\.(mdx?|ya?ml)$/.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
	const shown = (file: string) => join(contentDir, relative(contentDir, file));
	return new Map(await Promise.all(files.map(async (file) => [shown(file), await readFile(file, "utf8")] as const)));
}
