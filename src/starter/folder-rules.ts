// Pure. Whose a part of the tree is by its history, where that is plain: a rule accuses whoever breaks it, so that one is
// proposed only where hardly anybody would have been accused. A path without a rule accuses nobody.
import { showPath } from "#model/history";
import { visible } from "#model/visible";
import { count, DAY, type Evidence, JUDGED_DAYS, literalPattern, percent } from "./evidence.ts";
import type { PartEdit } from "./part-edits.ts";
import type { Part } from "./parts.ts";
import { compileMembers, type ProposedRule, type ProposedTeam, type Remark } from "./proposal.ts";
import { countDays, FEWEST_COMMITS, FEWEST_DAYS } from "./regulars.ts";

/** A part is a team's that made so much of the commits there, in percent, as many and on as many days as is regular work, … */
export const OWNER_SHARE = 67;
/** … and of those of these days before the head, where there are some, more than half, … */
export const LATELY_DAYS = 180;
const FEWEST_LATELY = 5;
/** … where other teams made no more than this, in percent, of all commits there, and of those that the audit will judge, … */
export const ACCUSED_SHARE = 5;
/** … and would be told of so many files at most. */
export const MOST_ACCUSED = 3;

export interface RulesFound {
	readonly rules: readonly ProposedRule[];
	readonly remarks: readonly Remark[];
}

/** One rule a part that is plainly a team's; of the others, what was seen. `cut`: the commits of each part. */
export function proposeFolders(
	{ headAt }: Pick<Evidence, "headAt">,
	teams: readonly ProposedTeam[],
	cut: ReadonlyMap<Part, readonly PartEdit[]>,
	isBot: (email: string) => boolean,
): RulesFound {
	const teamOf = compileMembers(teams);
	const rules: ProposedRule[] = [];
	const remarks: Remark[] = [];
	for (const [{ folder }, edits] of cut) {
		const people = edits.flatMap((edit) => (isBot(edit.email) ? [] : [{ ...edit, team: teamOf(edit.email) }]));
		const { owner, why } = judgePart(people, headAt);
		const pattern = literalPattern(folder);
		const shown = visible(showPath(folder).text);
		const remark = (text: string) => remarks.push({ about: "ownership", text: `${shown}: ${text}` });
		if (owner === null) remark(why);
		else if (pattern === null) remark("its name cannot be written as a pattern");
		else rules.push({ pattern, except: [], owner, protocol: null, risk: null, why });
	}
	return { rules, remarks };
}

/** Where the window begins that a new project's audit judges: the start of a day, in seconds since 1970. */
export function judgedFrom(headAt: number): number {
	return Math.floor(headAt / DAY - JUDGED_DAYS) * DAY;
}

interface TeamEdit extends PartEdit {
	/** Whose work it is; null: of no team. */
	readonly team: string | null;
}

/** Whose a part is by what people changed there; null: nobody's that could be told. `headAt`: seconds since 1970. */
function judgePart(
	edits: readonly TeamEdit[],
	headAt: number,
): { readonly owner: string | null; readonly why: string } {
	const work = edits.filter(({ isSweeping }) => !isSweeping);
	const all = count(work.length, "commit");
	const nobody = (why: string) => ({ owner: null, why });
	if (work.length < FEWEST_COMMITS) return nobody(`${all}, too few to tell whose it is`);
	const [best, ...others] = [...Map.groupBy(work, ({ team }) => team)]
		.flatMap(([team, made]) => (team === null ? [] : [{ team, made }]))
		.sort((a, b) => b.made.length - a.made.length || (a.team < b.team ? -1 : 1));
	if (best === undefined) return nobody(`none of the teams made any of ${all}`);
	const shareOf = (one: typeof best) => `${one.team} made ${percent(one.made.length, work.length)} %`;
	if (best.made.length * 100 < work.length * OWNER_SHARE)
		return nobody(`${[best, ...others].slice(0, 3).map(shareOf).join(", ")} of ${all}`);
	const days = countDays(best.made);
	const share = `${shareOf(best)} of ${all}, on ${count(days, "day")}`;
	if (best.made.length < FEWEST_COMMITS || days < FEWEST_DAYS) return nobody(`${share}: too few to tell whose it is`);
	const late = work.filter(({ at }) => at >= headAt - LATELY_DAYS * DAY);
	const own = late.filter(({ team }) => team === best.team).length;
	if (late.length >= FEWEST_LATELY && own * 2 <= late.length)
		return nobody(`${share}, but ${own} of ${late.length} in the last ${LATELY_DAYS} days`);
	return judgeAccused(edits, best.team, share, headAt);
}

/** Whether a rule for the team would accuse others of what they do regularly; also by commits that sweep. */
function judgeAccused(edits: readonly TeamEdit[], owner: string, share: string, headAt: number) {
	const judged = edits.filter(({ at }) => at >= judgedFrom(headAt));
	const isForeign = ({ team }: TeamEdit) => team !== null && team !== owner;
	const [foreign, accused] = [edits.filter(isForeign), judged.filter(isForeign)];
	const told = new Set(accused.flatMap(({ team, paths }) => paths.map((path) => `${team} ${path}`))).size;
	const isMuch = (part: readonly unknown[], whole: readonly unknown[]) =>
		part.length * 100 > whole.length * ACCUSED_SHARE;
	if (isMuch(foreign, edits) || isMuch(accused, judged) || told > MOST_ACCUSED) {
		const words = `${foreign.length} of ${edits.length} are other teams', ${accused.length} of the last ${JUDGED_DAYS} days' ${judged.length}`;
		return { owner: null, why: `${share}, but ${words}: a rule would accuse them` };
	}
	const rest = accused.length === 0 ? "" : `; it tells of ${accused.length} of the last ${judged.length}`;
	return { owner, why: `${share}${rest}` };
}
