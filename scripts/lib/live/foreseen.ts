// Pure. What would be said of each uncommitted file, and which of them are told of.
import type { UncommittedChange } from "#git/uncommitted";
import type { ConflictLog } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";
import { LEVELS } from "#model/finding";
import { showPath } from "#model/history";
import { visible } from "#model/visible";
import type { Foreseen, UncommittedFile } from "#model/worktree";

/** Files that are told of one by one. */
const MOST_FILES = 100;

/**
 * The files, those that would be violations first, then by path. `log` is the audit's of the commit that they would
 * become; what was decided to be no violation is none.
 */
export function foreseeFiles(changes: readonly UncommittedChange[], log: ConflictLog): UncommittedFile[] {
	const gravest = new Map<string, Foreseen>();
	for (const conflict of log.conflicts) {
		if (!isOpen(conflict)) continue;
		const { code, level, owner, message, hint } = conflict;
		for (const { path } of conflict.occurrences) {
			const held = path === null ? undefined : gravest.get(path);
			if (path === null || (held !== undefined && rank(held) <= rank({ level }))) continue;
			gravest.set(path, { code, level, owner, message: visible(message), hint: visible(hint) });
		}
	}
	const files = changes.map(({ path, kind, isStaged }): UncommittedFile => {
		const shown = showPath(path).text;
		return { path: visible(shown), change: kind, isStaged, foreseen: gravest.get(shown) ?? null };
	});
	return files
		.map((file, index) => ({ file, index, rank: file.foreseen === null ? LEVELS.length : rank(file.foreseen) }))
		.sort((a, b) => a.rank - b.rank || a.index - b.index)
		.slice(0, MOST_FILES)
		.map(({ file }) => file);
}

/** 0 is the gravest. */
function rank({ level }: Pick<Foreseen, "level">): number {
	return LEVELS.indexOf(level);
}
