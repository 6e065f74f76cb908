// Pure. `critical-unowned`: a path that a team calls key, critical or monitored is covered by no rule.
import { type RawPath, rawPath, ruledPath } from "#model/history";
import type { Team } from "#model/team";
import { ANY_NAME, compilePattern, matchesFile } from "#rules/pattern";
import { type Finding, treeOccurrence } from "../finding.ts";
import type { TreeDetector, TreeSeen } from "./tree.ts";

export const detectCriticalUnowned: TreeDetector = (seen) =>
	seen.catalog.teams.flatMap((team) =>
		[...new Set(patternsOf(team))].flatMap((pattern) => findUnowned(seen, team, pattern)),
	);

function patternsOf(team: Team): string[] {
	const critical = team.critical.flatMap((entry) => ("pattern" in entry ? [entry.pattern] : []));
	return [...team.keyFiles.map((entry) => entry.pattern), ...critical, ...team.monitors.map((entry) => entry.pattern)];
}

function findUnowned(seen: TreeSeen, team: Team, pattern: string): Finding[] {
	return candidates(seen, pattern)
		.filter((path) => seen.ruleset.judge(path.judged, seen.headAt).kind === "unmatched")
		.map((path) => ({
			code: "critical-unowned",
			level: "warning",
			resource: `path:${pattern}`,
			actor: null,
			owner: team.id,
			rule: null,
			occurrence: treeOccurrence(path.shown, 0),
			anchor: null,
		}));
}

/**
 * The tracked files the pattern names. Where it names none but is a literal path, that path itself is judged (a
 * folder by what would lie in it); a glob that matches nothing names no path to judge.
 */
function candidates(seen: TreeSeen, source: string): { judged: RawPath; shown: RawPath }[] {
	const pattern = compilePattern(source);
	const files = seen.tree
		.map(({ path, mode }) => ({ judged: ruledPath(path, mode), shown: path }))
		.filter(({ judged }) => matchesFile(pattern, judged));
	if (files.length > 0) return files;
	if (pattern.literal === null) return [];
	const shown = rawPath(source.replace(/^\//, ""));
	return [{ judged: pattern.isFolderOnly ? `${pattern.literal}/${ANY_NAME}` : pattern.literal, shown }];
}
