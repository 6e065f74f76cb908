// Pure. The conflict log as text for people: grouped by level, aligned, coloured only when asked.
import { type Attribution, type Conflict, type ConflictLog, isOpen, type Occurrence } from "#model/conflict-log";
import { LEVELS, type Level } from "#model/finding";
import { visible } from "#model/visible";
import { plural } from "./explain.ts";

export interface TextOptions {
	/** True only on a terminal. */
	readonly isColoured: boolean;
	/** Occurrences listed under a conflict; the rest are counted. */
	readonly maxOccurrences?: number;
	/** Only commits from this instant on were judged (ISO, UTC); null: all were. */
	readonly sinceAt?: string | null;
}

const COLOURS: Record<Level, string> = { error: "\x1b[31m", warning: "\x1b[33m", note: "\x1b[36m" };

/** The whole log; ends with a newline. */
export function formatLog(log: ConflictLog, { isColoured, maxOccurrences = 3, sinceAt = null }: TextOptions): string {
	const paint = (level: Level, text: string) => (isColoured ? `${COLOURS[level]}${text}\x1b[0m` : text);
	const open = log.conflicts.filter(isOpen);
	const settled = log.conflicts.length - open.length;
	const window = sinceAt === null ? "" : `, judged from ${sinceAt} on`;
	const lines = [`${describeRepository(log)}${window}`, ""];
	for (const level of LEVELS) {
		const found = open.filter((conflict) => conflict.level === level);
		if (found.length === 0) continue;
		lines.push(paint(level, plural(found.length, level)));
		for (const conflict of found) lines.push(...formatConflict(conflict, maxOccurrences));
		lines.push("");
	}
	for (const { file, conflict } of log.orphanedResolutions) {
		lines.push(`orphaned resolution: ${visible(file)} decides ${conflict}, which the audit does not find`, "");
	}
	lines.push(summaryLine(log, settled), coverageLine(log));
	return `${lines.join("\n")}\n`;
}

/** Open conflicts by level in one line, e.g. `5 open: 2 errors, 3 notes`. */
export function summaryLine(log: ConflictLog, settled = 0): string {
	const levels = LEVELS.filter((level) => (log.summary.byLevel[level] ?? 0) > 0);
	const counts = levels.map((level) => plural(log.summary.byLevel[level] ?? 0, level)).join(", ");
	const rest = settled === 0 ? "" : `; ${settled} settled by a resolution`;
	const part = log.repository.complete ? "" : "; the history is incomplete";
	if (log.summary.open > 0) return `${log.summary.open} open: ${counts}${rest}${part}`;
	return log.repository.complete
		? `no open conflicts in ${plural(log.repository.commits, "commit")}${rest}`
		: `no open conflicts in the part that was read; the history is incomplete${rest}`;
}

function describeRepository(log: ConflictLog): string {
	const { name, head, headAt, refs, commits, changes } = log.repository;
	const names = refs.map((ref) => visible(ref.name)).join(", ");
	return `${visible(name)} at ${head.slice(0, 10)} (${names}, ${headAt}): ${plural(commits, "commit")}, ${plural(changes, "change")}`;
}

function coverageLine({ coverage }: ConflictLog): string {
	return `tracked files: ${coverage.owned} owned, ${coverage.shared} shared, ${coverage.unmatched} without a rule`;
}

function formatConflict(conflict: Conflict, maxOccurrences: number): string[] {
	const state = conflict.state === "open" ? "" : `  [${conflict.state}]`;
	const shown = conflict.occurrences.slice(0, maxOccurrences);
	const more = conflict.occurrences.length - shown.length;
	return [
		`  ${conflict.id}  ${conflict.code}${state}  ${visible(conflict.message)}`,
		...(conflict.rule === null
			? []
			: [`      rule: ${visible(conflict.rule.pattern)} in ${visible(conflict.rule.file)}`]),
		...shown.map((occurrence) => `      ${formatOccurrence(occurrence)}`),
		...(more > 0 ? [`      … and ${more} more`] : []),
		`      do: ${visible(conflict.hint)}`,
	];
}

function formatOccurrence(occurrence: Occurrence): string {
	const { commit, subject, author, authoredAt, change, path, previousPath, attribution, location } = occurrence;
	const place = visible(path ?? "");
	if (commit === null) return location.line > 0 ? `${place}:${location.line}` : place;
	const from = previousPath === null ? "" : ` (from ${visible(previousPath)})`;
	const how = attribution === null ? "" : `, ${describeAttribution(attribution)}`;
	return `${commit.slice(0, 10)} ${authoredAt?.slice(0, 10) ?? ""} ${change} ${place}${from}  “${visible(subject ?? "")}” by ${visible(author?.name ?? "")} <${visible(author?.email ?? "")}>${how}`;
}

/** How we know who made a change; never more than the evidence bears. */
export function describeAttribution({ team, by, evidence }: Attribution): string {
	const words = visible(evidence ?? "");
	switch (by) {
		case "trailer":
			return `${team} claimed by trailer “${words}”`;
		case "branch":
			return `${team} by the branch ${words}`;
		case "merge":
			return `${team} by the merged branch ${words}`;
		case "email":
			return `${team} by the address ${words}`;
		case "none":
			return "unattributed";
	}
}
