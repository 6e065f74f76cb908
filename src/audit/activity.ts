// Pure. Sums up, commit by commit, what each team did by the evidence of git.
import type { Activity, TeamActivity } from "#model/activity";
import type { CommitTable } from "#model/commit-table";
import type { Attribution } from "#model/conflict-log";
import { instantOf, showPath } from "#model/history";
import { COORDINATOR } from "./attribute.ts";
import { createFolderTally, weekOf } from "./tallies.ts";

/** How many recent files a team's activity lists. */
const RECENT_FILES = 10;

interface Running {
	/** Its place among the teams. */
	readonly place: number;
	commits: number;
	readonly weeks: Map<string, number>;
	last: { readonly row: number; readonly seconds: number; readonly attribution: Attribution } | null;
	/** By path: a team's newest change of it. */
	readonly recent: Map<number, Recent>;
	/** Changes before this second are older than those of as many files as are listed. */
	floor: number;
}

/** Of several changes at one time that of the greatest commit id counts, whatever order they came in. */
interface Recent {
	readonly seconds: number;
	readonly row: number;
	readonly change: number;
}

export interface ActivityLog {
	add(row: number, attribution: Attribution): void;
	finish(): { activity: Activity["teams"]; unattributed: number; coordinator: number };
}

/** Follows the teams named; memory grows with the files a team touched lately and its weeks, not with the history. */
export function createActivity(commits: CommitTable, teams: readonly string[]): ActivityLog {
	const running = new Map<string, Running>(
		teams.map((team, place) => [
			team,
			{ place, commits: 0, weeks: new Map(), last: null, recent: new Map(), floor: Number.NEGATIVE_INFINITY },
		]),
	);
	const folders = createFolderTally(commits, teams.length);
	let unattributed = 0;
	let coordinator = 0;
	/** Whether the first of two moments is later; at one moment the greater commit id counts as later. */
	const isLater = (seconds: number, row: number, than: { seconds: number; row: number }): boolean =>
		seconds > than.seconds || (seconds === than.seconds && commits.id(row) > commits.id(than.row));
	const newest = (recent: Running["recent"]) =>
		[...recent]
			.sort(([a, left], [b, right]) => right.seconds - left.seconds || (isBefore(a, b) ? -1 : 1))
			.slice(0, RECENT_FILES);
	const isBefore = (a: number, b: number) => commits.pathText(a) < commits.pathText(b);
	const note = (team: Running, seconds: number, row: number) => {
		const first = commits.firstChange(row);
		for (let change = first; change < first + commits.countChanges(row); change++) {
			const path = commits.path(change);
			const known = team.recent.get(path);
			if (known === undefined || isLater(seconds, row, known)) team.recent.set(path, { seconds, row, change });
		}
		if (team.recent.size <= 20 * RECENT_FILES) return;
		const kept = newest(team.recent);
		team.recent.clear();
		for (const [path, entry] of kept) team.recent.set(path, entry);
		team.floor = kept.at(-1)?.[1].seconds ?? team.floor;
	};
	return {
		add(row, attribution) {
			if (attribution.team === null) unattributed++;
			if (attribution.team === COORDINATOR) coordinator++;
			const team = attribution.team === null ? undefined : running.get(attribution.team);
			if (team === undefined) return;
			const seconds = commits.authorSeconds(row);
			team.commits++;
			const week = weekOf(seconds);
			team.weeks.set(week, (team.weeks.get(week) ?? 0) + 1);
			folders.add(row, team.place);
			if (team.last === null || isLater(seconds, row, team.last)) team.last = { row, seconds, attribution };
			if (seconds >= team.floor) note(team, seconds, row);
		},
		finish() {
			const inFolders = folders.finish();
			const activity = Array.from(running, ([team, { place, commits: count, weeks, last, recent }]) => ({
				team,
				commits: count,
				last: last === null ? null : describeLast(commits, last),
				recentFiles: newest(recent).map(([path, { seconds, change }]) => ({
					path: showPath(commits.pathText(path)).text,
					authoredAt: instantOf(`${seconds}`),
					change: commits.change(change).kind,
				})),
				weeks: Object.fromEntries([...weeks].sort(([a], [b]) => (a < b ? -1 : 1))),
				...(inFolders[place] as (typeof inFolders)[number]),
			}));
			return { unattributed, coordinator, activity };
		},
	};
}

function describeLast(
	commits: CommitTable,
	{ row, attribution }: NonNullable<Running["last"]>,
): NonNullable<TeamActivity["last"]> {
	const { id, subject, authorDate } = commits.commit(row);
	return { commit: id, subject, authoredAt: instantOf(authorDate), attribution };
}
