// Edge(git). The repository as it is now, by the audit's own words: conflicts, activity, branches, and what is foreseen.
import { tmpdir } from "node:os";
import { compileBranchTeams } from "#audit/attribute";
import type { RepositoryNow } from "#gateway/repository/live-repository";
import { openCleanRoom } from "#git/clean-room";
import { type Location, locateRepository } from "#git/location";
import { type Recent, readRecent } from "#git/recent";
import { listBranches } from "#git/refs";
import { MOST_UNCOMMITTED } from "#git/uncommitted";
import type { Catalog } from "#model/catalog";
import { standingOf } from "#model/conflict-delta";
import { instantOf, showPath } from "#model/history";
import type { WorktreeOf } from "#model/team-status";
import { visible } from "#model/visible";
import { plural } from "#report/plural";
import { ofNobody } from "#report/words/nobodys-edit";
import { type AuditRequest, auditRepository } from "../audit-repository.ts";
import { judge, type KnownConflict } from "../judge.ts";
import { readKeptCatalog } from "../kept-catalog.ts";
import { trailerKeys } from "../staged-facts.ts";
import { foreseeFiles } from "./foreseen.ts";
import type { LookedWorktree } from "./look.ts";
import { publicSentence } from "./words.ts";
import { worktreeCase } from "./worktree-case.ts";

/** What one run of the child says. */
export type LiveReading = RepositoryNow;

/** Branches of one team that are told of. */
const MOST_BRANCHES = 20;

/** Everything: audits, then judges the worktrees as they are seen. `now` in seconds since 1970. */
export async function readEverything(
	request: AuditRequest,
	look: () => Promise<readonly LookedWorktree[]>,
	now: number,
): Promise<LiveReading> {
	const { catalog, repo, log, activity } = await auditRepository(request);
	const location = await locateRepository(repo);
	return {
		teams: catalog.teams,
		updatedAt: catalog.project.updatedAt,
		activity,
		log: standingOf(log),
		branches: await branchesOf(catalog, location, log.repository.objectFormat),
		worktrees: await judgeWorktrees(catalog, location, await look(), log.conflicts, now),
	};
}

/** The worktrees alone, where neither history nor content moved: `known` are the last audit's conflicts. */
export async function readWorktrees(
	{ contentDir, repo }: { readonly contentDir: string; readonly repo: string },
	looked: readonly LookedWorktree[],
	known: readonly KnownConflict[],
	now: number,
): Promise<Pick<LiveReading, "worktrees">> {
	const catalog = await readKeptCatalog(contentDir);
	return { worktrees: await judgeWorktrees(catalog, await locateRepository(repo), looked, known, now) };
}

async function judgeWorktrees(
	catalog: Catalog,
	location: Location,
	looked: readonly LookedWorktree[],
	known: readonly KnownConflict[],
	now: number,
): Promise<LiveReading["worktrees"]> {
	const teamOf = compileBranchTeams(catalog);
	const since = Math.round(now - catalog.project.collision.windowHours * 3600);
	let recent: Promise<Recent> | null = null;
	const judged: WorktreeOf[] = [];
	for (const { name, folder, branch, found, trouble, changedAt } of looked) {
		const team = branch === null ? null : teamOf(branch);
		const shown = { name: visible(name), branch: branch === null ? null : shownBranch(branch) };
		if (found === null || folder === null) {
			const places = { [location.commonDir]: ".git", [tmpdir()]: "…", ...(folder === null ? {} : { [folder]: name }) };
			const sentence = trouble === null ? null : publicSentence(trouble, places);
			const worktree = { ...shown, changed: 0, files: [], trouble: sentence };
			judged.push({ team, worktree, changedAt: null });
			continue;
		}
		recent ??= readRecent(location, found.head.objectFormat, since, trailerKeys(catalog.project));
		const brought = await worktreeCase(catalog, location, { found, folder }, team, await recent, now);
		const log = judge(catalog, brought, known);
		const files = foreseeFiles(found.changes, team === null ? ofNobody(log, catalog) : log);
		const more =
			found.count > MOST_UNCOMMITTED
				? `${plural(found.count, "file")} are too many: only the first ${MOST_UNCOMMITTED} were judged`
				: null;
		judged.push({ team, worktree: { ...shown, changed: found.count, files, trouble: more }, changedAt });
	}
	return judged;
}

/** The teams' branches, newest first; of a branch that is here and at a remote, the one that is here. */
async function branchesOf(
	catalog: Catalog,
	location: Location,
	objectFormat: "sha1" | "sha256",
): Promise<LiveReading["branches"]> {
	const teamOf = compileBranchTeams(catalog);
	const room = await openCleanRoom(location, objectFormat);
	try {
		const own = new Map<string, { oid: string; team: string }>();
		for (const { branch, oid } of await listBranches(room)) {
			const team = teamOf(branch);
			if (team !== null && !own.has(branch)) own.set(branch, { oid, team });
		}
		const ids = [...new Set(Array.from(own.values(), ({ oid }) => oid))];
		const dates = await datesOf(room, ids);
		const branches = new Map<string, { name: string; commit: string; authoredAt: string }[]>();
		for (const [branch, { oid, team }] of own) {
			const authoredAt = dates.get(oid);
			// A branch whose commit is not there has no date; the audit says what is missing.
			if (authoredAt === undefined) continue;
			const list = branches.get(team) ?? [];
			branches.set(team, list);
			list.push({ name: shownBranch(branch), commit: oid, authoredAt });
		}
		return Object.fromEntries(Array.from(branches, ([team, list]) => [team, newestOf(list)]));
	} finally {
		await room.close();
	}
}

/** git holds bytes. */
function shownBranch(raw: string): string {
	return visible(showPath(raw).text);
}

function newestOf<T extends { name: string; authoredAt: string }>(list: readonly T[]): T[] {
	return [...list]
		.sort((a, b) => (a.authoredAt < b.authoredAt ? 1 : a.authoredAt > b.authoredAt ? -1 : a.name < b.name ? -1 : 1))
		.slice(0, MOST_BRANCHES);
}

async function datesOf(room: Awaited<ReturnType<typeof openCleanRoom>>, ids: readonly string[]) {
	if (ids.length === 0) return new Map<string, string>();
	const args = ["log", "--no-walk=unsorted", "--ignore-missing", "--no-patch", "--date=raw", "--format=%H %ad"];
	const told = await room.read([...args, "--stdin"], `${ids.join("\n")}\n`);
	return new Map(
		told.split("\n").flatMap((line): [string, string][] => {
			const cut = line.indexOf(" ");
			return cut === -1 ? [] : [[line.slice(0, cut), instantOf(line.slice(cut + 1))]];
		}),
	);
}
