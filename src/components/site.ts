// Edge(astro:content). The one door from the pages to the data: catalog, log, activity, cluster, and what follows from them.
import { getCollection, getEntry } from "astro:content";
import type { Activity } from "#model/activity";
import type { Catalog } from "#model/catalog";
import type { ConflictLog } from "#model/conflict-log";
import type { ContentChanges } from "#model/content-changes";
import type { News } from "#model/news";
import type { ContractReality, PortPlace } from "#model/reality";
import { SAMPLE_REPOSITORY_NAME } from "#model/sample";
import type { ClusterSnapshot, TeamsSnapshot } from "#model/snapshot";
import { teamsSnapshot } from "#model/team-status";
import type { TreeIndex } from "#model/tree-index";
import type { ConflictPage } from "./conflict-rows.ts";
import { conflictPages } from "./conflict-rows.ts";
import { baselineOf } from "./published-log.ts";

export interface Site {
	readonly catalog: Catalog;
	readonly log: ConflictLog;
	readonly activity: Activity;
	/** What the tree holds of each contract, by the contract's id. */
	readonly realityOf: ReadonlyMap<string, ContractReality>;
	/** Where the tree binds ports, and where it names registered ones, by port. */
	readonly portPlaces: readonly PortPlace[];
	/** Every tracked file at the head, and whose it is. */
	readonly tree: TreeIndex;
	/** What this build tells that the one before did not; null: no log is known from before. */
	readonly news: News | null;
	/** When each file of the content last changed, by its logical path (`content/…`). */
	readonly changes: ContentChanges["files"];
	/** The same with what is not dated, and why; null: this build did not ask. */
	readonly contentChanges: ContentChanges | null;
	/** What the nodes said when the site was built; null: they were not asked. */
	readonly cluster: ClusterSnapshot | null;
	readonly teams: TeamsSnapshot;
	readonly conflictPages: readonly ConflictPage[];
	/** Names the log of this build to a gateway. */
	readonly baseline: string;
	/** Page (from 1) of each conflict's row, by conflict id. */
	readonly pageOfConflict: ReadonlyMap<string, number>;
	/** Pages of the guide in reading order. */
	readonly guidePages: readonly GuidePage[];
	readonly isSample: boolean;
	/** When this build read its data (ISO, UTC). */
	readonly builtAt: string;
	/** Name of a team or of the coordinator; a word for nobody. */
	readonly nameOf: (id: string | null) => string;
}

export interface GuidePage {
	readonly id: string;
	readonly label: string;
	/** Logical file: `content/guide/…`. */
	readonly file: string;
}

let loaded: Promise<Site> | null = null;

/** The site's data. Read once a build; in `astro dev` anew for each page, so that edits show. */
export function loadSite(): Promise<Site> {
	if (import.meta.env.DEV) return readSite();
	loaded ??= readSite();
	return loaded;
}

async function readSite(): Promise<Site> {
	const [catalogEntry, logEntry, activityEntry, realityEntry, treeEntry, newsEntry, changesEntry, clusterEntry] =
		await Promise.all([
			getEntry("catalog", "catalog"),
			getEntry("conflictLog", "conflict-log.json"),
			getEntry("activity", "activity.json"),
			getEntry("reality", "reality.json"),
			getEntry("tree", "tree.json"),
			getEntry("news", "news.json"),
			getEntry("contentChanges", "changed.json"),
			getEntry("cluster", "cluster.json"),
		]);
	if (!catalogEntry || !logEntry || !activityEntry || !realityEntry || !treeEntry)
		throw new Error("a collection of content.config.ts is empty");
	const catalog = catalogEntry.data;
	const log = logEntry.data;
	const activity = activityEntry.data;
	for (const [name, { head }] of [
		["activity.json", activity],
		["reality.json", realityEntry.data],
		["tree.json", treeEntry.data],
	] as const) {
		if (log.repository.head === head) continue;
		const different = `conflict-log.json (${log.repository.head}) and ${name} (${head}) are of different heads`;
		throw new Error(`${different}\n    hint: run npm run audit`);
	}
	const baseline = baselineOf(log);
	const pages = conflictPages(log.conflicts);
	const names = new Map(catalog.teams.map((team) => [team.id, team.name]));
	return {
		catalog,
		log,
		activity,
		realityOf: new Map(realityEntry.data.contracts.map((one) => [one.contract, one])),
		portPlaces: realityEntry.data.ports,
		tree: treeEntry.data,
		news: newsFor(newsEntry?.data, baseline),
		changes: changesEntry?.data.files ?? {},
		contentChanges: changesEntry?.data ?? null,
		cluster: clusterEntry?.data ?? null,
		teams: teamsSnapshot(catalog.teams, catalog.project.updatedAt, activity, log),
		conflictPages: pages,
		baseline,
		pageOfConflict: new Map(
			pages.flatMap((page) => page.rows.flatMap((row) => row.conflicts.map((one) => [one.id, page.number] as const))),
		),
		builtAt: new Date().toISOString(),
		guidePages: await readGuidePages(),
		isSample: log.repository.name === SAMPLE_REPOSITORY_NAME,
		nameOf: (id) =>
			id === null ? "nobody known" : id === "coordinator" ? catalog.project.coordinator.name : (names.get(id) ?? id),
	};
}

/** News of another log would be false: a log that was replaced by hand, or by an audit alone. */
function newsFor(news: News | undefined, baseline: string): News | null {
	return news !== undefined && news.log === baseline && news.previous !== null ? news : null;
}

/** In the order their front matter asks for, then by title. */
async function readGuidePages(): Promise<readonly GuidePage[]> {
	const pages = await getCollection("docs");
	const order = (page: (typeof pages)[number]) => page.data.sidebar?.order ?? Number.MAX_SAFE_INTEGER;
	return pages
		.sort((a, b) => order(a) - order(b) || (a.data.title < b.data.title ? -1 : 1))
		.map((page) => ({ id: page.id, label: page.data.sidebar?.label ?? page.data.title, file: guideFile(page) }));
}

/** A page's id is its file's name without its ending, and without `/index`. */
function guideFile({ id, filePath = "" }: { readonly id: string; readonly filePath?: string | undefined }): string {
	const ending = [".mdx", ".md", "/index.mdx", "/index.md"].find((one) => filePath.endsWith(`${id}${one}`));
	if (ending === undefined) throw new Error(`the guide's page ${id} is in no file of that name: ${filePath}`);
	return `content/${id}${ending}`;
}
