// Pure. AGENTS.md: the rules that an agent of one team must obey, as Markdown, from the same source as the pages.
import type { Catalog } from "#model/catalog";
import type { Conflict, ConflictLog } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";
import { LEVELS } from "#model/finding";
import type { ContractReality } from "#model/reality";
import { SAMPLE_REPOSITORY_NAME } from "#model/sample";
import type { Team } from "#model/team";
import { promisePlaces } from "./agents-promises.ts";
import { claims, keys, list, paths, ports } from "./agents-rules.ts";
import { contractBlock, fenced, instant, named } from "./agreements.ts";
import { describeGaps } from "./evidence.ts";
import { code, inert } from "./inert.ts";
import { plural } from "./plural.ts";
import { tellStories } from "./stories.ts";

export interface AgentsOptions {
	/** Id of the team. */
	readonly team: string;
	/** Rules and claims that have ended by this instant (ISO, UTC) are left out. */
	readonly at: string;
	/** What the last audit found; null: there was none. */
	readonly log: Pick<ConflictLog, "repository" | "conflicts"> | null;
	/** Where it found what contracts promise; null: that is not known. */
	readonly reality: readonly ContractReality[] | null;
	/** Address at which each build publishes the newest of this file; null: nobody knows of one. */
	readonly address?: string | null;
}

/** A file that begins with this was written here and may be written anew. */
export const AGENTS_MARKER = "<!-- coordination-agents";

/** Open conflicts told one by one, gravest first; the rest are counted. */
const TOLD = 40;

/** The file; ends with a newline. Throws for a team that the catalog does not hold. */
export function formatAgents(catalog: Catalog, options: AgentsOptions): string {
	const team = catalog.teams.find(({ id }) => id === options.team);
	if (team === undefined) throw new Error(`no team ${options.team}`);
	const parts = [
		who(catalog, team, options),
		trailers(catalog, team),
		ask(team),
		paths(catalog, team, options.at),
		claims(catalog, options.at),
		ports(catalog, team),
		keys(catalog, team),
		contracts(catalog, team, options.reality),
		collisions(catalog, team),
		conflicts(team, options.log),
		status(team),
	];
	return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function who(catalog: Catalog, team: Team, { at, address = null }: AgentsOptions): string[] {
	const others = catalog.teams.filter(({ id }) => id !== team.id).map(({ id }) => named(catalog, id));
	const what = [
		...(team.title === null ? [] : [`: ${inert(team.title)}`]),
		...(team.focus === null ? [] : [`. Focus: ${inert(team.focus)}`]),
	].join("");
	const newest = address === null ? "" : ` The newest is at ${code(address)}.`;
	return [
		`${AGENTS_MARKER}: written by \`npm run agents -- --team ${team.id}\`; what is changed by hand is lost -->`,
		`# Rules for agents of ${inert(team.name)}`,
		"",
		`You work for ${named(catalog, team.id)}${what}.`,
		"",
		others.length === 0
			? "No other team works in this repository."
			: `Other teams work in the same repository at the same time and do not see what you do: ${others.join(", ")}.`,
		`Whoever must decide between teams is ${inert(catalog.project.coordinator.name)}, below called the coordinator.`,
		"",
		`Made from what ${inert(catalog.project.name)} agreed, as it stood on ${at.slice(0, 10)}; when that changes, make this file anew.${newest}`,
	];
}

function trailers({ project }: Catalog, team: Team): string[] {
	const { branches, emails } = team.identities;
	const further = [
		...(branches.length === 0 ? [] : [`- Work on a branch named like ${branches.map(code).join(" or ")}.`]),
		...(emails.length === 0 ? [] : [`- Commit with an address like ${emails.map(code).join(" or ")}.`]),
	];
	return [
		"## Say whose work it is",
		"",
		"- End the message of every commit with this line, in its last paragraph:",
		"",
		...fenced([`${project.attribution.trailer}: ${team.id}`], "text").map((line) => `  ${line}`),
		...(further.length === 0 ? [] : ["", ...further]),
		"",
		"A commit that none of these gives to a team is listed as nobody's; where they name different teams, that is listed too.",
	];
}

function ask(team: Team): string[] {
	return [
		"## Before you change a file",
		"",
		"Ask, in the folder of the coordination project:",
		"",
		"```sh",
		"# whose it is, by which rule, and what you may do",
		"npm run who -- --repo YOUR-CLONE PATH",
		"# what you staged, before you commit it",
		`npm run check -- --repo YOUR-CLONE --team ${team.id}`,
		"```",
		"",
		"When `check` ends with exit code 1, do not commit: do first what it says. Other codes than 0 and 1 mean that it could not judge, not that all is well. `npm run hooks -- --repo YOUR-CLONE` has every commit checked by itself.",
	];
}

function contracts(catalog: Catalog, team: Team, reality: AgentsOptions["reality"]): string[] {
	const own = catalog.contracts.filter(({ from }) => from === team.id);
	const promised = catalog.contracts.filter(({ to }) => to === team.id);
	const blocks = (some: Catalog["contracts"], none: string) =>
		some.length === 0
			? [none]
			: some.flatMap((one, at) => [...(at === 0 ? [] : [""]), ...contractBlock(catalog, one, "####")]);
	return [
		"## Contracts",
		"",
		"### You promise: keep names, parameters, their order, and results",
		"",
		...blocks(own, "You promise nothing to another team."),
		"",
		"### You are promised: build on this and on nothing else of it",
		"",
		...blocks(promised, "Nobody promises you anything."),
		"",
		"To change a promise, agree with the other team first, and change the contract in `content/contracts/` with the code.",
		"",
		...promisePlaces(catalog, reality),
	];
}

function collisions({ project }: Catalog, team: Team): string[] {
	return [
		"## When work collides",
		"",
		...(project.escalation.length === 0
			? ["No escalation path is agreed: stop, and tell the coordinator."]
			: project.escalation.map((step, index) => `${index + 1}. ${index === 0 ? "First" : "Then"}: ${inert(step)}`)),
		"",
		`Stop working on what collided as soon as you know, and say so (\`--state paused\`, below). The coordinator writes down each step with its time, and the decision: \`npm run resolve -- CF-… --state STATE --reason TEXT --step STEP@TIME\`. ${inert(team.name)} does not decide alone.`,
	];
}

function conflicts(team: Team, log: AgentsOptions["log"]): string[] {
	const title = "## Open conflicts that concern you";
	if (log === null)
		return [title, "", "Not known: no audit was run where this file was made. `npm run audit` tells them."];
	const { head, headAt, name } = log.repository;
	const open = log.conflicts.filter((one) => isOpen(one) && one.teams.includes(team.id));
	const told = tellStories(open).flatMap((story) => story.conflicts);
	const items = told.slice(0, TOLD).map(({ id, level, state, message, hint }) => {
		const decided = state === "open" ? "" : `, ${state}`;
		return `- ${level} ${code(id)}${decided}: ${inert(message)} To do: ${inert(hint)}`;
	});
	const more = told.length - items.length;
	const gaps = describeGaps(log);
	return [
		title,
		"",
		`As of commit ${code(head.slice(0, 10))} of ${instant(headAt)}; what came later is not in it.`,
		...(name === SAMPLE_REPOSITORY_NAME ? ["These are of the built-in sample repository, not of yours."] : []),
		...(gaps.length === 0
			? []
			: [`The history was not read whole, so there may be more: ${gaps.slice(0, 3).map(inert).join(" ")}`]),
		"",
		...list(items, gaps.length === 0 ? "None." : "None in the part that was read."),
		...(more === 0 ? [] : [`- and ${more} more (${levelWords(told.slice(TOLD))}): the conflict log holds them all`]),
	];
}

/** `1 error, 3 notes` */
function levelWords(conflicts: readonly Pick<Conflict, "level">[]): string {
	return LEVELS.flatMap((level) => {
		const count = conflicts.filter((one) => one.level === level).length;
		return count === 0 ? [] : [plural(count, level)];
	}).join(", ");
}

function status(team: Team): string[] {
	return [
		"## Say how you stand",
		"",
		"In the folder of the coordination project, when you begin, when you are blocked and when you end:",
		"",
		"```sh",
		`npm run --silent report -- --team ${team.id} --state active --working-on "…" --valid-for 2h || true`,
		`npm run --silent report -- --team ${team.id} --state blocked --blocked-by TEAM || true`,
		`npm run --silent report -- --team ${team.id} --state done || true`,
		"```",
		"",
		"The token of the team comes from whoever runs the gateway (`COORD_REPORT_TOKEN`, or `--token-file`). A report that has run out reads *unknown*.",
	];
}
