// Pure. The one sentence at the top of the overview: what wants doing, before any number is looked up.
import type { ConflictLog } from "#model/conflict-log";
import { isDated, isOpen } from "#model/conflict-state";
import { count } from "./words.ts";

/** What the log comes to. Says of a history that was not read whole that it proves nothing. */
export function verdict({
	conflicts,
	repository,
	rules,
}: Pick<ConflictLog, "conflicts" | "repository" | "rules">): string {
	const open = conflicts.filter(isOpen);
	const errors = open.filter(({ level }) => level === "error");
	const dated = errors.filter(isDated);
	const [newest] = dated
		.map(({ lastAt }) => lastAt.slice(0, 10))
		.sort()
		.reverse();
	const part = repository.complete ? "" : " Part of the history was not read, so there may be more.";
	if (errors.length > 0) {
		const wanted = `${count(errors.length, "error")} ${errors.length === 1 ? "wants" : "want"} a decision`;
		if (newest === undefined) return `${wanted}, seen in the tree.${part}`;
		const isAll = dated.length === errors.length;
		const last = errors.length === 1 ? "of" : isAll ? "the last of" : "the last that has a date of";
		return `${wanted}, ${last} ${newest}.${part}`;
	}
	if (open.length > 0)
		return `No errors; ${count(open.length, "lesser conflict is", "lesser conflicts are")} open.${part}`;
	if (!repository.complete)
		return "Nothing is open in the part of the history that was read; of the rest nothing is known.";
	if (rules.count === 0) return "No rule is declared yet, so nothing could be broken.";
	return `Nothing is open: ${count(repository.commits, "commit")} kept ${count(rules.count, "rule")}.`;
}
