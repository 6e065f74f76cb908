// Edge. Catalog, repository and audit put together: what `audit`, `build` and `start` share.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { compileBranchTeams } from "#audit/attribute";
import { type AuditResult, audit } from "#audit/audit";
import { allEnded } from "#git/all-ended";
import { importRepository } from "#git/import";
import { type OpenOptions, openRepository } from "#git/repository";
import type { Catalog } from "#model/catalog";
import type { Repository } from "#model/history";
import { SAMPLE_REPOSITORY_NAME } from "#model/sample";
import { visible } from "#model/visible";
import { compileExplain } from "#report/explain";
import { formatJson } from "#report/json";
import { story } from "../sample/story.ts";
import { importStream } from "../sample/stream.ts";
import { readConfigDifferences } from "./config-differences.ts";
import { readContractBreaks } from "./contract-breaks.ts";
import { readKeptCatalog } from "./kept-catalog.ts";
import { lineageTips } from "./lineage-tips.ts";
import { readTreeFacts } from "./tree-facts.ts";
import { asTyped } from "./typed-problems.ts";
import { readWireChanges } from "./wire-changes.ts";
import { writeLog } from "./write-log.ts";

export interface AuditRequest {
	readonly contentDir: string;
	/** Folder of the repository; null: as content/project.yaml says, else the sample. */
	readonly repo: string | null;
	/** Refs to audit; empty: as content/project.yaml says. */
	readonly refs: readonly string[];
	/** Judge only commits authored from this instant on (ISO, UTC); null: as content/project.yaml says. */
	readonly sinceAt: string | null;
	/** Told how many commits were read, now and then. */
	readonly onProgress: (commits: number) => void;
	/** How the repository is read; default: whole or not at all, facts cached, as many processes as there are cores. */
	readonly reading?: Pick<OpenOptions, "allowIncomplete" | "cacheDir" | "processes">;
}

export interface AuditOutcome extends AuditResult {
	readonly catalog: Catalog;
	/** Folder of the audited repository. */
	readonly repo: string;
	readonly isSample: boolean;
	/** Commits before this instant were read, not judged (ISO, UTC); null: all were judged. */
	readonly sinceAt: string | null;
	/** Whether a commit, by its id, is of the history that was read. Keeps that history in memory. */
	readonly isRead: (commit: string) => boolean;
}

/** Made by the product for itself; may be deleted at any time. COORD_CACHE puts it elsewhere. */
export const CACHE = process.env["COORD_CACHE"] ?? join(import.meta.dirname, "../../.cache");

/** Reads the content and the repository and audits one by the other. Throws as readCatalog and openRepository do. */
export async function auditRepository(request: AuditRequest): Promise<AuditOutcome> {
	const catalog = await readKeptCatalog(request.contentDir);
	const { repository: settings } = catalog.project;
	const configured = request.repo ?? settings.path;
	const isSample = configured === null;
	const repo = configured ?? (await importRepository(CACHE, "sample-repository", importStream(story)));
	const refs = request.refs.length > 0 ? request.refs : isSample ? ["HEAD"] : settings.refs;
	const { trailer, coordinationTrailer } = catalog.project.attribution;
	const { cacheDir = join(CACHE, "facts") } = request.reading ?? {};
	const opened = await openRepository(repo, refs, {
		trailerKeys: [trailer, coordinationTrailer],
		onProgress: request.onProgress,
		onNotice: (sentence) => process.stderr.write(`${visible(sentence)}\n`),
		...request.reading,
		cacheDir,
	});
	try {
		const sinceAt = request.sinceAt ?? settings.window.since;
		const options = {
			repositoryName: isSample ? SAMPLE_REPOSITORY_NAME : repositoryName(catalog),
			sinceAt,
			explain: compileExplain(catalog),
		};
		const readHistory = async () => {
			const tips = await lineageTips(opened, catalog.teams);
			const commits = await opened.readCommits();
			const collisions = await opened.readCollisions(compileBranchTeams(catalog));
			return {
				tips,
				commits,
				collisions,
				...(await readConfigDifferences(opened, commits, { catalog, sinceAt, cacheDir })),
			};
		};
		const readTree = async () => {
			const tree = await opened.readTree();
			return { tree, facts: await readTreeFacts(opened, tree, catalog, cacheDir) };
		};
		// The tree is read beside the history; the repository is closed when both have ended.
		const [history, tree] = await allEnded([readHistory(), readTree()]);
		const wireChanges = await readWireChanges(opened, history.commits, tree.tree, { sinceAt, cacheDir });
		const contractBreaks = await readContractBreaks(opened, history.commits, tree.tree, catalog, tree.facts);
		const facts = { ...tree.facts, wireChanges };
		const brought = {
			...history,
			...tree,
			facts,
			contractBreaks,
			repository: withGaps(opened.repository, history.gaps),
		};
		const isRead = (commit: string) => history.commits.rowOf(commit) !== -1;
		return { ...audit(catalog, brought, options), catalog, repo, isSample, sinceAt, isRead };
	} catch (error) {
		throw asTyped(error, request.contentDir);
	} finally {
		await opened.close();
	}
}

/** As it was read, and what of it was not. */
function withGaps(repository: Repository, gaps: readonly string[]): Repository {
	return gaps.length === 0 ? repository : { ...repository, complete: false, gaps: [...repository.gaps, ...gaps] };
}

/** Writes the log and what is new in it, the teams' activity, what is kept of contracts and whose each file is into the content folder, where the site reads them. */
export async function writeArtefacts(
	contentDir: string,
	{ log, activity, reality, tree, isRead }: AuditResult & Pick<AuditOutcome, "isRead">,
): Promise<void> {
	await writeLog(contentDir, log, isRead);
	await writeFile(join(contentDir, "activity.json"), formatJson(activity));
	await writeFile(join(contentDir, "reality.json"), formatJson(reality));
	await writeFile(join(contentDir, "tree.json"), `${JSON.stringify(tree)}\n`);
}

/** From the public address if one is set, else the project's name: never the folder, which differs from clone to clone. */
function repositoryName({ project }: Catalog): string {
	const { url } = project.repository;
	const last = url === null ? undefined : new URL(url).pathname.split("/").filter(Boolean).slice(-2).join("/");
	return last === undefined || last === "" ? project.name : last.replace(/\.git$/, "");
}
