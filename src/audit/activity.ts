// Pure. Sums up, commit by commit, what each team did by the evidence of git.
import type { Activity, TeamActivity } from "#model/activity";
import type { Attribution } from "#model/conflict-log";
import { type Change, type Commit, instantOf, type RawPath, secondsOf, showPath } from "#model/history";
import { COORDINATOR } from "./attribute.ts";

/** How many recent files a team's activity lists. */
const RECENT_FILES = 10;

interface Running {
	commits: number;
	last: { readonly commit: Commit; readonly seconds: number; readonly attribution: Attribution } | null;
	readonly recent: Map<RawPath, Recent>;
}

/** A team's newest change of a path; of several at one time that of the greatest commit id, whatever order they came in. */
interface Recent {
	readonly seconds: number;
	readonly commit: string;
	readonly change: Change["kind"];
}

export interface ActivityLog {
	/** Takes a commit with its changes, which are made from bytes each time the commit is asked for them. */
	add(commit: Commit, changes: readonly Change[], attribution: Attribution): void;
	finish(head: string, headAt: string): Activity;
}

/** Follows the teams named; memory grows with the files a team touched lately, not with the history. */
export function createActivity(teams: readonly string[]): ActivityLog {
	const running = new Map<string, Running>(teams.map((team) => [team, { commits: 0, last: null, recent: new Map() }]));
	let unattributed = 0;
	let coordinator = 0;
	return {
		add(commit, changes, attribution) {
			if (attribution.team === null) unattributed++;
			if (attribution.team === COORDINATOR) coordinator++;
			const team = attribution.team === null ? undefined : running.get(attribution.team);
			if (team === undefined) return;
			const seconds = secondsOf(commit.authorDate);
			team.commits++;
			if (team.last === null || order(seconds, commit.id, team.last.seconds, team.last.commit.id) > 0) {
				team.last = { commit, seconds, attribution };
			}
			for (const { path, kind } of changes) {
				const known = team.recent.get(path);
				if (known === undefined || order(seconds, commit.id, known.seconds, known.commit) > 0) {
					team.recent.set(path, { seconds, commit: commit.id, change: kind });
				}
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
				last: last === null ? null : describeLast(last),
				recentFiles: newest(recent).map(([path, { seconds, change }]) => ({
					path: showPath(path).text,
					authoredAt: instantOf(`${seconds}`),
					change,
				})),
			})),
		}),
	};
}

function describeLast({ commit, attribution }: NonNullable<Running["last"]>): TeamActivity["last"] {
	return { commit: commit.id, subject: commit.subject, authoredAt: instantOf(commit.authorDate), attribution };
}

/** Above zero: the first of two moments is later; at one moment the greater commit id counts as later. */
function order(seconds: number, commit: string, otherSeconds: number, otherCommit: string): number {
	return seconds - otherSeconds || (commit < otherCommit ? -1 : commit > otherCommit ? 1 : 0);
}

function newest(recent: Running["recent"]) {
	return [...recent]
		.sort(([a, left], [b, right]) => right.seconds - left.seconds || (a < b ? -1 : 1))
		.slice(0, RECENT_FILES);
}

function keepNewest(recent: Running["recent"]): void {
	const kept = newest(recent);
	recent.clear();
	for (const [path, entry] of kept) recent.set(path, entry);
}
