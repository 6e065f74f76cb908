// Edge(git). All that git is asked about a commit that is about to be made; by a check, while its judges are still loading.

import type { KeyDifferences } from "#audit/config-edits";
import { type Author, readAuthor } from "#git/author";
import { type Location, locateRepository } from "#git/location";
import { type Recent, readCommits, readRecent } from "#git/recent";
import { type Head, readHead, readStaged, type Staged } from "#git/staged";
import type { Catalog } from "#model/catalog";
import type { Commit } from "#model/history";

export interface StagedFacts {
	readonly head: Head;
	readonly staged: Staged;
	/** Null when git knows no author. */
	readonly author: Author | null;
	/** What was committed on any branch within the window in which edits collide. */
	readonly recent: Recent;
	/** What is being reverted. */
	readonly reverted: readonly Commit[];
	/** What is staged of configuration that namespaces name, key by key. */
	readonly differences: KeyDifferences;
	/** Seconds since 1970. */
	readonly now: number;
}

/** Asks git. The catalog is awaited only where its settings matter. Throws as the readers do. */
export async function readStagedFacts(
	repo: string | Promise<string>,
	catalog: Promise<Catalog>,
	env: NodeJS.ProcessEnv,
	now: number,
): Promise<StagedFacts> {
	const location = await locateRepository(await repo);
	const asked = readAuthor(location, env);
	const head = await readHead(location);
	const [author, staged, recent] = await Promise.all([
		asked,
		readStaged(location, head, env["GIT_INDEX_FILE"]),
		catalog.then(({ project }) => {
			const since = Math.round(now - project.collision.windowHours * 3600);
			return head.head === null ? NONE : readRecent(location, head.objectFormat, since, trailerKeys(project));
		}),
	]);
	const { project } = await catalog;
	const reverted =
		staged.reverts.length === 0
			? []
			: await readCommits(location, head.objectFormat, staged.reverts, trailerKeys(project));
	const differences = await readStagedDifferences(location, head, staged, await catalog);
	return { head, staged, author, recent, reverted, differences, now };
}

/** Without namespaces that name files nothing more is loaded: a check before a commit has no time. */
async function readStagedDifferences(
	location: Location,
	{ objectFormat }: Head,
	{ parents, changes }: Staged,
	catalog: Catalog,
): Promise<KeyDifferences> {
	if (changes.length === 0 || catalog.namespaces.every(({ files }) => files.length === 0)) return new Map();
	const { readCaseDifferences } = await import("./case-differences.ts");
	const id = "0".repeat(objectFormat === "sha1" ? 40 : 64);
	const unsaid = { author: { name: "", email: "" }, authorDate: "0 +0000", subject: "", trailers: [], reverts: [] };
	return readCaseDifferences(location, objectFormat, [{ id, parents, changes, ...unsaid }], catalog);
}

const NONE: Recent = { tips: [], commits: [] };

/** The trailers by which commits say who made and who agreed to them. */
export function trailerKeys({ attribution }: Catalog["project"]): string[] {
	return [attribution.trailer, attribution.coordinationTrailer];
}
