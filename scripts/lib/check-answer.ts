// Edge(stdout). Judges what was read, says so in the format asked for, and decides how the command ends.
import type { Catalog } from "#model/catalog";
import type { ConflictLog } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";
import { LEVELS, type Level } from "#model/finding";
import { showPath } from "#model/history";
import { visible } from "#model/visible";
import { plural } from "#report/plural";
import { type Told, tellCheck } from "./check-words.ts";
import { type Case, judge } from "./judge.ts";
import { readKnownConflicts } from "./known-conflicts.ts";
import type { ExitCode } from "./run.ts";
import { stagedCase } from "./staged-case.ts";
import type { StagedFacts } from "./staged-facts.ts";
import { findTeam } from "./team-names.ts";
import { asTyped } from "./typed-problems.ts";

export interface Request {
	readonly format: "text" | "json" | "sarif" | "markdown";
	readonly failOn: Level | "never";
	/** Content folder as typed. */
	readonly contentDir: string;
}

/** What the person said of themselves; empty is unsaid. */
export interface Declared {
	readonly team: string | undefined;
	readonly teamInEnvironment: string | undefined;
	readonly agreed: string | undefined;
}

/** The answer about what is staged. Throws UsageError for the name of no team. */
export async function answerStaged(
	catalog: Catalog,
	facts: StagedFacts,
	{ team, teamInEnvironment, agreed }: Declared,
	request: Request,
): Promise<ExitCode> {
	const saidBy = team !== undefined ? "--team" : word(teamInEnvironment) !== null ? "COORD_TEAM" : null;
	const named = saidBy === null ? null : findTeam(catalog, team ?? teamInEnvironment ?? "", saidBy);
	const brought = stagedCase(catalog, facts, { team: named, coordinatedBy: word(agreed) });
	for (const path of facts.staged.unmerged) {
		process.stderr.write(`not judged: ${visible(showPath(path).text)} is in conflict; no commit can hold it yet\n`);
	}
	const subject = plural(facts.staged.changes.length, "staged path");
	const { attribution } = brought;
	return answer(brought, { catalog, attribution, saidBy, subject, hasHead: facts.head.head !== null }, request);
}

/** The answer about the commits of a range. */
export async function answerRange(catalog: Catalog, repo: string, range: string, request: Request): Promise<ExitCode> {
	const { readRangeCase } = await import("./check-range.ts");
	const brought = await readRangeCase(catalog, repo, range);
	const changes = brought.commits.reduce((sum, commit) => sum + commit.changes.length, 0);
	const subject = `${plural(brought.commits.length, "commit")} with ${plural(changes, "change")}`;
	return answer(brought, { catalog, attribution: null, saidBy: null, subject, hasHead: true }, request);
}

async function answer(
	brought: Case,
	about: Omit<Told, "log" | "contentDir" | "isColoured">,
	{ format, failOn, contentDir }: Request,
): Promise<ExitCode> {
	const log = await judgeKnown(about.catalog, brought, contentDir).catch((error) => {
		throw asTyped(error, contentDir);
	});
	const isColoured = process.stdout.isTTY && process.env["NO_COLOR"] === undefined;
	const told = { ...about, log, contentDir, isColoured };
	if (format === "text") process.stdout.write(tellCheck(told));
	else {
		const { formatDocuments, writeDocuments } = await import("./output.ts");
		// What is staged is no revision that the public repository could have.
		const repositoryUrl = about.attribution === null ? about.catalog.project.repository.url : null;
		await writeDocuments(await formatDocuments(format, log, { isColoured: false, sinceAt: null, repositoryUrl }), "-");
	}
	const threshold = failOn === "never" ? -1 : LEVELS.indexOf(failOn);
	return log.conflicts.some((found) => isOpen(found) && LEVELS.indexOf(found.level) <= threshold) ? 1 : 0;
}

/** The last audit's log is read only where it can matter: something was found. */
async function judgeKnown(catalog: Catalog, brought: Case, contentDir: string): Promise<ConflictLog> {
	const log = judge(catalog, brought, null);
	if (log.conflicts.length === 0) return log;
	const known = await readKnownConflicts(contentDir);
	return known === null ? log : judge(catalog, brought, known);
}

function word(text: string | undefined): string | null {
	return text === undefined || text.trim() === "" ? null : text.trim();
}
