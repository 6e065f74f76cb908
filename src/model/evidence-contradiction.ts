// Pure. Where what a team says of itself now disagrees with what git and its worktrees show since.
import type { TeamActivity } from "./activity.ts";
import type { TeamState } from "./team.ts";

/** A folder of the team's in which files lie that are not committed. */
export interface TouchedWorktree {
	readonly name: string;
	readonly changed: number;
	/** When the last of them changed (ISO, UTC, by the clock of the machine that holds them); null: not known. */
	readonly changedAt: string | null;
}

/** Who says at rest may have said so while saving: what is younger than this proves nothing. */
const GRACE_MS = 60_000;

const AT_REST: readonly TeamState[] = ["paused", "done", "awaiting-start"];

/**
 * Sentences about a team's own report that holds: at rest, and yet something was done later. `active` or `blocked` with
 * nothing done contradict nothing: work need not show in files.
 */
export function reportContradictions(
	{ state, reportedAt }: { readonly state: TeamState; readonly reportedAt: string },
	activity: Pick<TeamActivity, "last">,
	worktrees: readonly TouchedWorktree[],
): string[] {
	if (!AT_REST.includes(state)) return [];
	const isLater = (at: string) => Date.parse(at) - Date.parse(reportedAt) > GRACE_MS;
	const said = `Reported “${state.replaceAll("-", " ")}” at ${minute(reportedAt)}`;
	const found: string[] = [];
	const { last } = activity;
	if (last !== null && isLater(last.authoredAt)) {
		found.push(`${said}, but git holds a later commit of the team, of ${minute(last.authoredAt)}.`);
	}
	for (const { name, changed, changedAt } of worktrees) {
		if (changed > 0 && changedAt !== null && isLater(changedAt)) {
			found.push(`${said}, but files in its worktree ${name} changed later, at ${minute(changedAt)}.`);
		}
	}
	return found;
}

/** Sentences about a team that the content says has not begun, and in whose worktree files lie that are not committed. */
export function startContradictions(state: TeamState, worktrees: readonly TouchedWorktree[]): string[] {
	if (state !== "awaiting-start") return [];
	return worktrees
		.filter(({ changed }) => changed > 0)
		.map(({ name, changed }) => {
			const files = changed === 1 ? "1 file is" : `${changed} files are`;
			return `Declared “awaiting start”, but in its worktree ${name} ${files} changed and not committed.`;
		});
}

/** `2025-07-31 14:45 UTC`. */
function minute(iso: string): string {
	return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}
