// Pure. Sums up, commit by commit, what each team did by the evidence of git.
import type { Activity, TeamActivity } from "#model/activity";
import type { Attribution } from "#model/conflict-log";
import { type Change, type Commit, instantOf, type RawPath, showPath } from "#model/history";
import { COORDINATOR } from "./attribute.ts";

/** How many recent files a team's activity lists. */
const RECENT_FILES = 10;

interface Running {
	commits: number;
	last: TeamActivity["last"];
	readonly recent: Map<RawPath, { at: string; change: Change["kind"] }>;
}

export interface ActivityLog {
	add(commit: Commit, attribution: Attribution): void;
	finish(head: string, headAt: string): Activity;
}

/** Follows the teams named; memory grows with the files a team touched lately, not with the history. */
export function createActivity(teams: readonly string[]): ActivityLog {
	const running = new Map<string, Running>(teams.map((team) => [team, { commits: 0, last: null, recent: new Map() }]));
	let unattributed = 0;
	let coordinator = 0;
	return {
		add(commit, attribution) {
			if (attribution.team === null) unattributed++;
			if (attribution.team === COORDINATOR) coordinator++;
			const team = attribution.team === null ? undefined : running.get(attribution.team);
			if (team === undefined) return;
			const authoredAt = instantOf(commit.authorDate);
			team.commits++;
			if (team.last === null || isNewer(authoredAt, commit.id, team.last)) {
				team.last = { commit: commit.id, subject: commit.subject, authoredAt, attribution };
			}
			for (const { path, kind } of commit.changes) {
				const known = team.recent.get(path);
				if (known === undefined || authoredAt > known.at) team.recent.set(path, { at: authoredAt, change: kind });
			}
			if (team.recent.size > 20 * RECENT_FILES) keepNewest(team.recent);
		},
		finish: (head, headAt) => ({
			version: 1,
			head,
			headAt,
			unattributed,
			coordinator,
			teams: [...running].map(([team, { commits, last, recent }]) => ({
				team,
				commits,
				last,
				recentFiles: newest(recent).map(([path, { at, change }]) => ({
					path: showPath(path).text,
					authoredAt: at,
					change,
				})),
			})),
		}),
	};
}

function isNewer(authoredAt: string, id: string, last: NonNullable<TeamActivity["last"]>): boolean {
	return authoredAt > last.authoredAt || (authoredAt === last.authoredAt && id > last.commit);
}

function newest(recent: Running["recent"]) {
	return [...recent]
		.sort(([a, left], [b, right]) => (right.at > left.at ? 1 : right.at < left.at ? -1 : a < b ? -1 : 1))
		.slice(0, RECENT_FILES);
}

function keepNewest(recent: Running["recent"]): void {
	const kept = newest(recent);
	recent.clear();
	for (const [path, entry] of kept) recent.set(path, entry);
}
