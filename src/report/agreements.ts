// Pure. What the content agrees (rules, claims, ports, keys, contracts) as lines of Markdown that nothing in it can steer.
import type { Claim, Port } from "#model/agreement";
import type { Catalog } from "#model/catalog";
import { type Contract, formatSignature } from "#model/contract";
import type { Namespace, NamespaceKey } from "#model/namespace";
import type { Rule } from "#model/ownership";
import { visible } from "#model/visible";
import { code, inert } from "./inert.ts";

/** Name of a team, or of the coordinator, as Markdown. */
export function named({ teams, project }: Pick<Catalog, "teams" | "project">, id: string): string {
	if (id === "coordinator") return inert(project.coordinator.name);
	const team = teams.find((one) => one.id === id);
	return team === undefined ? code(id) : `${inert(team.name)} (${code(id)})`;
}

/** The rules in force at an instant (ISO, UTC), and those that will be. */
export function inForce(rules: readonly Rule[], at: string): Rule[] {
	return rules.filter(({ untilAt }) => untilAt === null || at < untilAt);
}

/** One exclusive rule as an item of a list. */
export function ruleItem(rule: Rule): string {
	const remarks = [
		...(rule.purpose === "delete" ? ["for deletion"] : []),
		...(rule.note === null || (rule.purpose === "delete" && /^for deletion$/i.test(rule.note))
			? []
			: [inert(rule.note)]),
		...time(rule),
	];
	return `- ${code(rule.pattern)}${except(rule)}${remarks.length === 0 ? "" : `: ${remarks.join("; ")}`}`;
}

/** One shared rule as an item of a list: what is asked for, and how grave a change is. */
export function sharedItem(rule: Rule): string {
	const remarks = [
		`${rule.risk} risk`,
		...(rule.protocol === null ? [] : [inert(rule.protocol)]),
		...(rule.note === null ? [] : [inert(rule.note)]),
		...time(rule),
	];
	return `- ${code(rule.pattern)}${except(rule)}: ${remarks.join("; ")}`;
}

function except({ except: patterns }: Rule): string {
	return patterns.length === 0 ? "" : `, except ${patterns.map(code).join(", ")}`;
}

function time({ fromAt, untilAt }: Rule): string[] {
	return [
		...(fromAt === null ? [] : [`from ${instant(fromAt)}`]),
		...(untilAt === null ? [] : [`until ${instant(untilAt)}`]),
	];
}

/** `2025-07-31 14:45 UTC`. */
export function instant(iso: string): string {
	return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}

export function portItem({ from, to, protocol, purpose }: Port): string {
	return `- ${from === to ? `${protocol} ${from}` : `${protocol} ${from} to ${to}`}: ${inert(purpose)}`;
}

export function claimItem(catalog: Catalog, { resource, team, agreedBy, fromAt, untilAt, reason }: Claim): string {
	const when = `from ${instant(fromAt)}, until before ${instant(untilAt)}`;
	return `- ${code(resource)}, ${named(catalog, team)}, ${when}, agreed by ${inert(agreedBy)}: ${inert(reason)}`;
}

/** A key as configuration files are read: with the keys above it. */
export interface FlatKey {
	readonly key: string;
	readonly owner: string;
	readonly description: string | null;
	/** Which files carry it. */
	readonly files: readonly string[];
}

/** Every key of every namespace, those above before those below. */
export function flatKeys(namespaces: readonly Namespace[]): FlatKey[] {
	const below = (one: NamespaceKey, above: string, files: readonly string[]): FlatKey[] => {
		const key = above === "" ? one.key : `${above}.${one.key}`;
		return [
			{ key, owner: one.owner, description: one.description, files },
			...one.children.flatMap((child) => below(child, key, files)),
		];
	};
	return namespaces.flatMap((namespace) => below(namespace, "", namespace.files));
}

export function keyItem({ key, description, files }: FlatKey): string {
	const where = files.length === 0 ? "" : `, in ${files.map(code).join(", ")}`;
	return `- ${code(key)}${where}${description === null ? "" : `: ${inert(description)}`}`;
}

/** A contract with its promises in the notation of their language, under a heading of its own. */
export function contractBlock(catalog: Catalog, contract: Contract, heading: string): string[] {
	const { title, from, to, language, symbol, source, members, note } = contract;
	const where = source === null ? "" : ` Looked for in ${code(source)}.`;
	const signatures = members.map((member) => formatSignature(member));
	const lines =
		language === "protobuf"
			? [`service ${symbol} {`, ...signatures.map((line) => `  ${line};`), "}"]
			: [`class ${symbol}:`, ...signatures.map((line) => `    ${line}`)];
	return [
		`${heading} ${inert(title)}`,
		"",
		`${named(catalog, from)} promises ${named(catalog, to)}.${where}${note === null ? "" : ` Note: ${inert(note)}`}`,
		"",
		...fenced(lines, language === "protobuf" ? "proto" : "python"),
	];
}

/** Lines as a code block, whatever stands in them: the fence is longer than any run of backticks. */
export function fenced(lines: readonly string[], language: string): string[] {
	const shown = lines.map(visible);
	const longest = Math.max(2, ...shown.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)));
	const fence = "`".repeat(longest + 1);
	return [`${fence}${language}`, ...shown, fence];
}
