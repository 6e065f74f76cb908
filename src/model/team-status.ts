// Pure. Puts what a team declares beside what git shows, and says where the two disagree.
import type { Activity, TeamRecord } from "./activity.ts";
import type { Attribution, Conflict } from "./conflict-log.ts";
import { isOpen } from "./conflict-state.ts";
import { reportContradictions, startContradictions } from "./evidence-contradiction.ts";
import type { TeamStatus, TeamsSnapshot } from "./snapshot.ts";
import { findContradictions, sayContradiction } from "./status-contradiction.ts";
import type { Team } from "./team.ts";
import { declaredFromReport, type HeldReport } from "./team-report.ts";
import { visible } from "./visible.ts";
import type { Worktree } from "./worktree.ts";

const NO_ACTIVITY = { commits: 0, last: null, recentFiles: [] };

/** What is known beside an audit, where somebody looks at the repository as it is now and teams report. */
export interface BesideAudit {
	/** By team id, newest first. */
	readonly branches: Readonly<Record<string, TeamStatus["derived"]["branches"]>>;
	readonly worktrees: readonly WorktreeOf[];
	/** The last report of each team that made one, by team. */
	readonly reports: ReadonlyMap<string, HeldReport>;
	/** Now, on the clock of the reports' `uptimeMs`. */
	readonly uptimeMs: number;
}

export interface WorktreeOf {
	/** The team whose branch is checked out there; null: nobody can be named. */
	readonly team: string | null;
	readonly worktree: Worktree;
	/** When the last of its uncommitted files changed (ISO, UTC); null: not known. */
	readonly changedAt: string | null;
}

type TeamConflict = Pick<Conflict, "state" | "level" | "teams">;

const NOTHING: BesideAudit = { branches: {}, worktrees: [], reports: new Map(), uptimeMs: 0 };

/**
 * Status of every team as of one audit; teams without commits are listed with none. `updatedAt` is when the guide
 * was last said to be up to date (ISO, UTC), or null.
 */
export function teamsSnapshot(
	teams: readonly Team[],
	updatedAt: string | null,
	activity: Activity,
	log: { readonly conflicts: readonly TeamConflict[] },
	beside: BesideAudit = NOTHING,
): TeamsSnapshot {
	const isTeam = (id: string | null) => teams.some((team) => team.id === id);
	return {
		head: activity.head,
		headAt: activity.headAt,
		otherWorktrees: beside.worktrees.filter(({ team }) => !isTeam(team)).map(({ worktree }) => worktree),
		teams: teams.map((team) => {
			const found = activity.teams.find((entry) => entry.team === team.id);
			return teamStatus(team, updatedAt, found ?? { team: team.id, ...NO_ACTIVITY }, log.conflicts, beside);
		}),
	};
}

function teamStatus(
	team: Team,
	updatedAt: string | null,
	activity: TeamRecord,
	conflicts: readonly TeamConflict[],
	beside: BesideAudit,
): TeamStatus {
	const open = conflicts.filter((conflict) => isOpen(conflict) && conflict.teams.includes(team.id));
	const count = (level: Conflict["level"]) => open.filter((conflict) => conflict.level === level).length;
	const { state, workingOn, lastActivityAt, blockedBy, note } = team.status;
	const content = { state, workingOn, lastActivityAt, blockedBy, note, report: null };
	const report = beside.reports.get(team.id) ?? null;
	const declared = declaredFromReport(content, report, beside.uptimeMs);
	const own = beside.worktrees.filter((one) => one.team === team.id);
	const touched = own.map(({ worktree, changedAt }) => ({ ...worktree, changedAt }));
	const contradictions =
		report === null
			? [...findContradictions(team, updatedAt, activity).map(sayContradiction), ...startContradictions(state, touched)]
			: // An expired report says nothing any more (its state is unknown), and what it stands in for was said before it.
				reportContradictions({ state: declared.state, reportedAt: report.reportedAt }, activity, touched);
	return {
		id: team.id,
		name: team.name,
		declared,
		derived: {
			...shown(activity),
			openErrors: count("error"),
			openWarnings: count("warning"),
			openNotes: count("note"),
			// A team may be called `constructor`, which every object has.
			branches: Object.hasOwn(beside.branches, team.id) ? [...(beside.branches[team.id] ?? [])] : [],
			worktrees: own.map(({ worktree }) => worktree),
		},
		contradictions,
	};
}

/** What git says, with its text made safe to look at: it goes to pages and over the wire as it is here. */
function shown({ commits, last, recentFiles }: TeamRecord): Omit<TeamRecord, "team"> {
	return {
		commits,
		last:
			last === null ? null : { ...last, subject: visible(last.subject), attribution: shownEvidence(last.attribution) },
		recentFiles: recentFiles.map((file) => ({ ...file, path: visible(file.path) })),
	};
}

function shownEvidence(attribution: Attribution): Attribution {
	return { ...attribution, evidence: attribution.evidence === null ? null : visible(attribution.evidence) };
}
