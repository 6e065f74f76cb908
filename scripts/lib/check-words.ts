// Pure. What `check` says to a person: whose file it is, which rule says so, and what to do instead.
import type { Catalog } from "#model/catalog";
import type { Attribution, Conflict, ConflictLog } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";
import { LEVELS, type Level } from "#model/finding";
import { visible } from "#model/visible";
import { plural } from "#report/plural";
import { shellWord } from "./shell.ts";
import { teamName } from "./team-names.ts";

export interface Told {
	readonly catalog: Catalog;
	readonly log: ConflictLog;
	/** Who the staged commit is attributed to; null for a range, where every commit has its own team. */
	readonly attribution: Attribution | null;
	/** Where the person said which team they are, e.g. `COORD_TEAM`; null: they did not. */
	readonly saidBy: string | null;
	/** Content folder as the reader would type it. */
	readonly contentDir: string;
	/** What was looked at, e.g. `2 staged files`. */
	readonly subject: string;
	/** Whether there is a commit yet, without which nothing can be unstaged by `git restore`. */
	readonly hasHead: boolean;
	readonly isColoured: boolean;
}

const COLOURS: Record<Level, string> = { error: "\x1b[31m", warning: "\x1b[33m", note: "\x1b[36m" };

/** The whole answer; ends with a newline. */
export function tellCheck(told: Told): string {
	const { log, attribution, subject, isColoured } = told;
	const inTheWay = log.conflicts.filter(isOpen);
	const accepted = log.conflicts.length - inTheWay.length;
	const settled = accepted === 0 ? "" : `, ${accepted} accepted by a resolution`;
	const team = attribution === null ? "" : `, as ${describeTeam(attribution, told)}`;
	if (inTheWay.length === 0) return `check: ${subject}${team}: nothing in the way${settled}\n`;
	const levels = LEVELS.filter((level) => inTheWay.some((conflict) => conflict.level === level));
	const counts = levels.map((level) => plural(inTheWay.filter((found) => found.level === level).length, level));
	const lines = [`check: ${subject}${team}: ${counts.join(", ")}${settled}`];
	for (const level of levels) {
		for (const conflict of inTheWay.filter((found) => found.level === level)) {
			const head = `${level} ${conflict.code}`;
			lines.push("", `${isColoured ? `${COLOURS[level]}${head}\x1b[0m` : head}  ${visible(conflict.message)}`);
			lines.push(...rule(conflict, told), ...commits(conflict, told));
			lines.push(`    do: ${advise(conflict, told)}`);
		}
	}
	return `${lines.join("\n")}\n`;
}

function describeTeam({ team, by, evidence }: Attribution, { catalog, saidBy }: Told): string {
	if (by === "none") return "no known team";
	const source =
		by === "trailer" ? saidBy : `by the ${by === "email" ? "e-mail" : "branch"} ${visible(evidence ?? "")}`;
	return `${teamName(catalog, team)} (${source})`;
}

function rule({ rule, level }: Conflict, { catalog, contentDir }: Told): string[] {
	if (rule === null) return [];
	const full = catalog.rules.find(({ file, pattern }) => file === rule.file && pattern === rule.pattern);
	const file = visible(rule.file.replace(/^content\//, `${contentDir.replace(/\/+$/, "")}/`));
	const risk = full?.risk === "high" && level === "error" ? "  (risk: high)" : "";
	return [`    rule: ${file}${full === undefined ? "" : `:${full.line}`}  ${visible(rule.pattern)}${risk}`];
}

/** The commits of a range that do it; of what is staged, those of others that it meets. */
function commits(conflict: Conflict, { attribution }: Told): string[] {
	const staged = (commit: string | null) => commit === null || /^0+$/.test(commit);
	const shown = conflict.occurrences.filter(({ commit }) => attribution === null || !staged(commit));
	const lines = shown.slice(0, 3).map(({ commit, subject, author, path }) => {
		const of = path === null || attribution !== null ? "" : ` ${visible(path)}`;
		return `    commit ${commit?.slice(0, 10)}${of}  “${visible(subject ?? "")}” by ${visible(author?.name ?? "")}`;
	});
	return shown.length > 3 ? [...lines, `    … and ${shown.length - 3} more`] : lines;
}

/** What to do instead, in one line. */
function advise(conflict: Conflict, told: Told): string {
	const { catalog, attribution } = told;
	const { coordinator, attribution: words } = catalog.project;
	const owner = teamName(catalog, conflict.owner);
	const isStaged = attribution !== null;
	const say = isStaged
		? `commit with COORD_COORDINATED_BY=${shellWord(coordinator.name)}, which ends the message with “${words.coordinationTrailer}:”`
		: `end the message with “${words.coordinationTrailer}: ${coordinator.name}”`;
	const takeOut = isStaged ? `Take it out of this commit (${unstage(conflict, told)})` : "Take it out of these commits";
	switch (conflict.code) {
		case "foreign-edit":
			return `${takeOut} and ask ${owner} to make the change; if it has to be yours, ask ${coordinator.name} for a shared rule, an exception or an override first.`;
		case "shared-edit-uncoordinated": {
			const protocol = catalog.rules.find(
				({ file, pattern }) => file === conflict.rule?.file && pattern === conflict.rule.pattern,
			)?.protocol;
			const asks = protocol === undefined || protocol === null ? "" : `The rule asks: ${visible(protocol)}. `;
			return `${asks}Agree it with ${coordinator.name} or another team, then ${say}; or have a claim made in the content.`;
		}
		case "config-foreign-edit":
			return `Take these keys out of ${isStaged ? "this commit" : "these commits"} and ask ${owner} to make the change; or agree it with ${owner} or ${coordinator.name}, then ${say}; or have a claim made in the content.`;
		case "shared-edit-not-atomic":
			return `Commit the shared path apart from the rest: at most ${plural(catalog.project.atomic.maxOtherPaths, "other path")} may come with it.`;
		case "unattributed-edit":
			return isStaged
				? `Say which team you are: COORD_TEAM=… with one of ${catalog.teams.map(({ id }) => id).join(", ")}.`
				: `End the message with “${words.trailer}: …”, one of ${catalog.teams.map(({ id }) => id).join(", ")}.`;
		case "overlapping-edit":
			return "Look at the other commit before you go on, and agree who changes the path now.";
		case "attribution-disagreement":
			return isStaged
				? "Make team, branch and e-mail say the same: leave out COORD_TEAM or --team, or work on a branch of your own team."
				: visible(conflict.hint);
		case "exempt-edit":
			return "Nothing: it is listed only.";
		default:
			return visible(conflict.hint);
	}
}

function unstage({ occurrences }: Conflict, { hasHead }: Told): string {
	const path = occurrences.find(({ pathBytes }) => pathBytes === undefined)?.path ?? null;
	const isPlain = path !== null && visible(path) === path;
	const command = hasHead ? "git restore --staged" : "git rm --cached";
	return isPlain ? `${command} -- ${shellWord(path)}` : command;
}
