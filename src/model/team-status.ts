// Pure. Puts what a team declares beside what git shows, and says where the two disagree.
import type { Activity, TeamActivity } from "./activity.ts";
import type { Attribution, Conflict, ConflictLog } from "./conflict-log.ts";
import { isOpen } from "./conflict-state.ts";
import type { TeamStatus, TeamsSnapshot } from "./snapshot.ts";
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
		declared: { state, workingOn, lastActivityAt, blockedBy, note },
		derived: {
			...shown(activity),
			openErrors: count("error"),
			openWarnings: count("warning"),
			openNotes: count("note"),
		},
		contradictions: contradictions(team, updatedAt, activity),
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

/** A declared activity may lag behind git by this much before it reads as a contradiction. */
const LAG_MS = 24 * 60 * 60 * 1000;

function contradictions(team: Team, updatedAt: string | null, activity: TeamActivity): string[] {
	const { state, lastActivityAt } = team.status;
	const found: string[] = [];
	if (updatedAt !== null && lastActivityAt !== null && lastActivityAt > updatedAt) {
		found.push(
			`Reports activity at ${minute(lastActivityAt)}, after the guide was last updated (${minute(updatedAt)}).`,
		);
	}
	if (activity.last !== null) {
		const seen = activity.last.authoredAt;
		if (state === "awaiting-start" || state === "paused" || state === "done") {
			if (lastActivityAt === null || seen > lastActivityAt) {
				found.push(
					`Declared “${state.replaceAll("-", " ")}”, but git holds a commit of the team from ${seen.slice(0, 10)}.`,
				);
			}
		}
		if (lastActivityAt === null) {
			found.push(
				`Declares no activity yet, but git attributes ${activity.commits} ${activity.commits === 1 ? "commit" : "commits"} to the team.`,
			);
		} else if (Date.parse(seen) - Date.parse(lastActivityAt) > LAG_MS) {
			found.push(
				`Declares its last activity on ${lastActivityAt.slice(0, 10)}; git holds a later commit from ${seen.slice(0, 10)}.`,
			);
		}
	} else if (state === "active") {
		found.push("Declared “active”, but git attributes no commit to the team.");
	}
	return found;
}

/** `2025-07-31 14:45 UTC`. */
function minute(iso: string): string {
	return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}
