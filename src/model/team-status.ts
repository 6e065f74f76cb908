// Pure. Puts what a team declares beside what git shows, and says where the two disagree.
import type { Activity, TeamActivity } from "./activity.ts";
import type { Attribution, Conflict, ConflictLog } from "./conflict-log.ts";
import { isOpen } from "./conflict-state.ts";
import type { TeamStatus, TeamsSnapshot } from "./snapshot.ts";
import { findContradictions, sayContradiction } from "./status-contradiction.ts";
import type { Team } from "./team.ts";
import { visible } from "./visible.ts";

const NO_ACTIVITY = { commits: 0, last: null, recentFiles: [] };

/**
 * Status of every team as of one audit; teams without commits are listed with none. `updatedAt` is when the guide
 * was last said to be up to date (ISO, UTC), or null.
 */
export function teamsSnapshot(
	teams: readonly Team[],
	updatedAt: string | null,
	activity: Activity,
	log: ConflictLog,
): TeamsSnapshot {
	return {
		head: activity.head,
		headAt: activity.headAt,
		otherWorktrees: [],
		teams: teams.map((team) => {
			const found = activity.teams.find((entry) => entry.team === team.id);
			return teamStatus(team, updatedAt, found ?? { team: team.id, ...NO_ACTIVITY }, log.conflicts);
		}),
	};
}

function teamStatus(
	team: Team,
	updatedAt: string | null,
	activity: TeamActivity,
	conflicts: readonly Conflict[],
): TeamStatus {
	const open = conflicts.filter((conflict) => isOpen(conflict) && conflict.teams.includes(team.id));
	const count = (level: Conflict["level"]) => open.filter((conflict) => conflict.level === level).length;
	const { state, workingOn, lastActivityAt, blockedBy, note } = team.status;
	return {
		id: team.id,
		name: team.name,
		declared: { state, workingOn, lastActivityAt, blockedBy, note, report: null },
		derived: {
			...shown(activity),
			openErrors: count("error"),
			openWarnings: count("warning"),
			openNotes: count("note"),
			branches: [],
			worktrees: [],
		},
		contradictions: findContradictions(team, updatedAt, activity).map(sayContradiction),
	};
}

/** What git says, with its text made safe to look at: it goes to pages and over the wire as it is here. */
function shown({ commits, last, recentFiles }: TeamActivity): Omit<TeamActivity, "team"> {
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
