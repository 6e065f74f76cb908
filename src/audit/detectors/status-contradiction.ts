// Pure. `status-contradiction`: what a team declares about itself disagrees with git, or with the guide's own date.
import { type RawPath, rawPath, showPath } from "#model/history";
import { type Contradiction, findContradictions } from "#model/status-contradiction";
import type { Team } from "#model/team";
import { treeOccurrence } from "../finding.ts";
import { isUsualName, lastName } from "../usual-names.ts";
import type { TreeDetector, TreeSeen } from "./tree.ts";

/**
 * Reads: `status` of content/teams/, `updatedAt` of content/project.yaml, the teams' attributed commits, every path at
 * the head and in history. A team that declares nothing contradicts nothing. That a team has no commits proves nothing
 * where most commits name no team or not all were judged; an activity later than the head proves nothing either, for
 * work need not be committed.
 */
export const detectStatusContradiction: TreeDetector = (seen) =>
	seen.catalog.teams.flatMap((team) =>
		contradictionsOf(seen, team).map((found) => ({
			code: "status-contradiction",
			level: "warning",
			resource: `status:${team.id}`,
			actor: null,
			owner: team.id,
			rule: null,
			occurrence: treeOccurrence(rawPath(team.file), 0),
			detail: found,
			anchor: null,
		})),
	);

function contradictionsOf(seen: TreeSeen, team: Team): Contradiction[] {
	const { catalog, activity, isWhole } = seen;
	const own = activity.teams.find((entry) => entry.team === team.id) ?? { commits: 0, last: null };
	const found = findContradictions(team, catalog.project.updatedAt, own, catalog.project.timezone);
	const isAtRest = found.some(({ kind }) => kind === "at-rest");
	const isProof = ({ kind }: Contradiction) =>
		kind === "no-commit" ? isWhole && namesTeams(seen) : kind !== "unmentioned" || isAtRest;
	return [...found.filter(isProof), ...missingFiles(seen, team)];
}

/** Whether most commits name a team, so that silence about one means something. */
function namesTeams({ activity: { teams, unattributed } }: TreeSeen): boolean {
	return teams.reduce((sum, { commits }) => sum + commits, 0) > unattributed;
}

function missingFiles(seen: TreeSeen, { status }: Team): Contradiction[] {
	if (!seen.isWhole || status.recentFiles.length === 0) return [];
	if (status.lastActivityAt !== null && status.lastActivityAt > seen.headAt) return [];
	const named = status.recentFiles.map((text) => ({ text: text.trim(), path: pathIn(text) }));
	const missing = named.filter(({ text, path }) => path !== null && !isKnown(seen, [path, text]));
	return missing.map(({ path }) => ({
		kind: "no-such-file",
		declared: path as string,
		namesake: namesakeOf(seen, path as string),
	}));
}

/** The only tracked file of a path's last name; null: none or several, or any folder may have one. */
function namesakeOf({ tree }: TreeSeen, text: string): string | null {
	const name = lastName(rawPath(text));
	const [only, another] = isUsualName(name) ? [] : tree.filter(({ path }) => lastName(path) === name);
	return only === undefined || another !== undefined ? null : showPath(only.path).text;
}

/** What of a declared file is its path: people add marks and remarks behind it. Null: nothing looks like one. */
function pathIn(text: string): string | null {
	const word = /^(?:[*-]\s+)?[`'"]*([^\s`'"]+)/u.exec(text.trim())?.[1]?.replace(/[,;:]+$/, "") ?? "";
	const isPath = /[^/]\/[^/]|\.[A-Za-z][A-Za-z0-9]{0,7}$/.test(word) && !/[*?[\]{}<>]|:\/\//.test(word);
	return isPath ? word : null;
}

/** Whether some path at the head or in history is one of these, or ends with it, or lies in a folder that does. */
function isKnown({ tree, past }: TreeSeen, texts: readonly string[]): boolean {
	const wanted = texts.map((text) => `/${rawPath(text.replace(/^(\.?\/)+|\/+$/g, ""))}`);
	const has = (path: RawPath) => {
		const whole = `/${path}`;
		return wanted.some((end) => whole.endsWith(end) || whole.includes(`${end}/`));
	};
	return tree.some(({ path }) => has(path)) || past.paths().values().some(has);
}
