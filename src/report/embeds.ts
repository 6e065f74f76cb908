// Pure. What the guide's embeds show, as lines of Markdown from the same data, for readers that get the guide as text.
import type { Catalog } from "#model/catalog";
import type { ConflictLog } from "#model/conflict-log";
import { LEVELS } from "#model/finding";
import type { TeamStatus } from "#model/snapshot";
import type { Team } from "#model/team";
import { contractBlock, flatKeys, instant, keyItem, named, portItem, ruleItem, sharedItem } from "./agreements.ts";
import { code, inert } from "./inert.ts";
import { plural } from "./plural.ts";

export interface EmbedData {
	readonly catalog: Catalog;
	readonly log: Pick<ConflictLog, "repository" | "summary">;
	/** Of every team, as of the audit. */
	readonly statuses: readonly TeamStatus[];
}

export type EmbedProps = Readonly<Record<string, string>>;
type Embed = (data: EmbedData, props: EmbedProps) => string[];

/** By the name of the component. What only a running gateway or a picture shows is not among them. */
export const embeds: Readonly<Record<string, Embed>> = {
	OwnershipTable: ({ catalog }, { team }) => ownership(catalog, team),
	SharedProtocol: ({ catalog }) => sharedPaths(catalog),
	Contract: ({ catalog }, { id }) => {
		const contract = catalog.contracts.find((one) => one.id === id);
		return contract === undefined ? [] : contractBlock(catalog, contract, "####");
	},
	NamespaceTree: ({ catalog }, { team }) => keyLines(catalog, team),
	PortTable: ({ catalog }, { team }) => portLines(catalog, team),
	TeamSummary: (data, { team }) => ofTeam(data, team, summary),
	TeamStatus: (data, { team }) => ofTeam(data, team, statusLines),
	DeclaredDetails: (data, { team }) => ofTeam(data, team, details),
	ScheduleTable: ({ catalog }) => schedule(catalog),
	SyncPoints: ({ catalog }) =>
		listed(
			catalog.project.syncPoints.map(({ name, purpose }) => `- ${inert(name)}: ${inert(purpose)}`),
			"No daily sync point is agreed.",
		),
	Escalation: ({ catalog }) =>
		listed(
			catalog.project.escalation.map(
				(step, index) => `${index + 1}. ${index === 0 ? "First" : "Then"}: ${inert(step)}`,
			),
			"No escalation path is agreed.",
		),
	LastUpdated: ({ catalog: { project } }) => [
		`${project.updatedAt === null ? "" : `Last updated: ${instant(project.updatedAt)}. `}Coordinator: ${inert(project.coordinator.name)}.`,
	],
	ConflictSummary: ({ log }) => [openCounts(log)],
};

/** Never says that there are none where not all was read. */
export function openCounts({ repository, summary }: EmbedData["log"]): string {
	const counts = LEVELS.filter((level) => (summary.byLevel[level] ?? 0) > 0).map((level) =>
		plural(summary.byLevel[level] ?? 0, level),
	);
	const part = repository.complete ? "" : " The history was not read whole, so there may be more.";
	const found =
		counts.length === 0
			? repository.complete
				? "no conflict"
				: "nothing in the part that was read"
			: counts.join(", ");
	return `Open at commit ${code(repository.head.slice(0, 10))} of ${instant(repository.headAt)}: ${found}.${part}`;
}

export function ownership(catalog: Catalog, team?: string): string[] {
	const owners = catalog.teams.filter(({ id }) => team === undefined || id === team);
	return owners.flatMap(({ id }, index) => {
		const items = catalog.rules.filter((rule) => rule.mode === "exclusive" && rule.owner === id).map(ruleItem);
		return [...(index === 0 ? [] : [""]), `Of ${named(catalog, id)} alone:`, "", ...listed(items, "- no path")];
	});
}

export function sharedPaths({ rules, sharedProtocol }: Catalog): string[] {
	const steps = sharedProtocol.map((step, index) => `${index + 1}. Do this: ${inert(step)}`);
	return [
		...listed(rules.filter(({ mode }) => mode === "shared").map(sharedItem), "No path is shared."),
		...(steps.length === 0 ? [] : ["", "For each of them:", "", ...steps]),
	];
}

export function keyLines(catalog: Catalog, team?: string): string[] {
	const keys = flatKeys(catalog.namespaces).filter(({ owner }) => team === undefined || owner === team);
	return listed(
		keys.map((key) => `${keyItem(key)}; ${named(catalog, key.owner)}`),
		"No key belongs to anybody.",
	);
}

export function portLines(catalog: Catalog, team?: string): string[] {
	const ports = catalog.ports.filter(({ owner }) => team === undefined || owner === team);
	return listed(
		ports.map((port) => `${portItem(port)}; ${named(catalog, port.owner)}`),
		"No port is registered.",
	);
}

function ofTeam(data: EmbedData, team: string | undefined, tell: (data: EmbedData, team: Team) => string[]): string[] {
	const teams = data.catalog.teams.filter(({ id }) => team === undefined || id === team);
	return teams.flatMap((one, index) => [...(index === 0 ? [] : [""]), ...tell(data, one)]);
}

function summary(_data: EmbedData, { name, focus, window, keyFiles, critical, monitors, highlights }: Team): string[] {
	const noted = (what: string, note: string | null) => `${code(what)}${note === null ? "" : ` ${inert(note)}`}`;
	const parts = [
		...(focus === null ? [] : [`- Focus: ${inert(focus)}`]),
		...(window === null ? [] : [`- Window: ${window}`]),
		...keyFiles.map(({ pattern, note }) => `- Key file: ${noted(pattern, note)}`),
		...critical.map((one) => `- Critical, shared: ${noted("pattern" in one ? one.pattern : one.resource, one.note)}`),
		...monitors.map(({ pattern, note }) => `- Monitored: ${noted(pattern, note)}`),
		...highlights.map((line) => `- Highlight: ${inert(line)}`),
	];
	return listed(parts, `The team ${inert(name)} declares neither focus nor files.`);
}

function statusLines({ statuses }: EmbedData, { id }: Team): string[] {
	const status = statuses.find((one) => one.id === id);
	if (status === undefined) return [];
	const { declared, derived, contradictions } = status;
	const { last, commits, openErrors, openWarnings, openNotes } = derived;
	return [
		`- Declared: ${declared.state.replaceAll("-", " ")}${declared.workingOn === null ? "" : `, working on ${inert(declared.workingOn)}`}${declared.lastActivityAt === null ? "" : `, last active ${instant(declared.lastActivityAt)}`}`,
		...declared.blockedBy.map((one) => `- Declared: blocked by ${inert(one)}`),
		...(declared.note === null ? [] : [`- Declared: ${inert(declared.note)}`]),
		last === null
			? "- By git: no commit of the team"
			: `- By git: ${plural(commits, "commit")}, the last ${instant(last.authoredAt)}, ${code(last.subject)}`,
		`- Open conflicts: ${plural(openErrors, "error")}, ${plural(openWarnings, "warning")}, ${plural(openNotes, "note")}`,
		...contradictions.map((one) => `- Contradiction: ${inert(one)}`),
	];
}

function details(_data: EmbedData, { status }: Team): string[] {
	return [
		...status.recentFiles.map((file) => `- Recent file, declared: ${code(file)}`),
		...status.details.flatMap(({ label, items }) =>
			items.map((item) => `- In the team's words, ${inert(label)}: ${inert(item)}`),
		),
	];
}

function schedule({ phases, ...catalog }: Catalog): string[] {
	const when = (from: string | null, to: string | null) =>
		from === null && to === null
			? "not dated"
			: `${from?.slice(0, 10) ?? "open start"} to ${to?.slice(0, 10) ?? "open end"}`;
	const lines = phases.flatMap(({ title, from, to, teams, goals, crossTeam }) => [
		`- Phase: ${inert(title)}, ${when(from, to)}; changes across teams: ${crossTeam === "forbidden" ? "forbidden" : "only coordinated"}${teams.length === 0 ? "" : `; ${teams.map((id) => named(catalog, id)).join(", ")}`}`,
		...goals.map((goal) => `  - Goal: ${inert(goal)}`),
	]);
	return listed(lines, "No phase is planned.");
}

function listed(lines: readonly string[], none: string): string[] {
	return lines.length === 0 ? [none] : [...lines];
}
