// Pure. How much of what is not committed yet would be a violation.
import type { Worktree } from "#model/worktree";
import { counted } from "./words.ts";

/** Uncommitted files of which the audit would say something, were they committed now. */
export function foreseenIn(worktrees: readonly Worktree[]): number {
	return worktrees.reduce((sum, { files }) => sum + files.filter(({ foreseen }) => foreseen !== null).length, 0);
}

/** `2 uncommitted files would be violations`. */
export function foreseenWords(count: number): string {
	return `${counted(count, "uncommitted file")} would be ${count === 1 ? "a violation" : "violations"}`;
}
