// Pure. The ownership rules as a CODEOWNERS file, and everything the host's file cannot say.
import type { Catalog } from "#model/catalog";
import type { Rule } from "#model/ownership";
import { visible } from "#model/visible";
import { type OrderedLine, orderRules } from "./codeowners-order.ts";
import { lineText } from "./codeowners-pattern.ts";
import { plural } from "./plural.ts";

export interface CodeownersOptions {
	/** Rules in force at this instant are exported (ISO, UTC). */
	readonly at: string;
	/** Handle of each team by its id, and `coordinator`'s; a team without one is `@<id>`. */
	readonly handles?: ReadonlyMap<string, string>;
}

/** Something the host cannot say. */
export interface Unsaid {
	/** `left out`: the rule has no line. `said in part`: it has one that says less. */
	readonly kind: "left out" | "said in part";
	readonly rule: Rule | null;
	readonly text: string;
}

export interface Codeowners {
	/** The file; ends with a newline. */
	readonly text: string;
	/** Lines that give or clear owners. */
	readonly lines: number;
	readonly unsaid: readonly Unsaid[];
}

/** GitHub does not load a larger file. */
const MAX_BYTES = 3_000_000;

/**
 * Exports the rules to CODEOWNERS as GitHub reads it: the last line that matches decides. A shared path is owned by
 * all teams together (and the coordinator, where a handle is given): any one of them may approve.
 */
export function formatCodeowners(
	{ project, teams, rules }: Pick<Catalog, "project" | "teams" | "rules">,
	{ at, handles = new Map() }: CodeownersOptions,
): Codeowners {
	const handleOf = (id: string) => handles.get(id) ?? `@${id}`;
	const coordinator = handles.get("coordinator");
	const everyone = [...teams.map(({ id }) => handleOf(id)), ...(coordinator === undefined ? [] : [coordinator])];
	const ownersOf = ({ owner, rule }: OrderedLine): readonly string[] => {
		if (owner === "nobody") return [];
		return owner === "shared" || rule.owner === null ? everyone : [handleOf(rule.owner)];
	};
	const inForce = rules.filter((rule) => isInForce(rule, at));
	const { lines, leftOut, possibleClashes } = orderRules(inForce);
	const unsaid: Unsaid[] = [
		...leftOut.map(({ rule, reason }): Unsaid => ({ kind: "left out", rule, text: reason })),
		...rules.filter((rule) => !isInForce(rule, at)).map(notInForce),
		...lines.filter((line) => line.owner === "rule").flatMap((line) => saidInPart(line.rule)),
		...clashes(possibleClashes),
		...teams.filter(({ id }) => !handles.has(id)).map(({ id }) => assumedHandle(id)),
	];
	const body = [
		`# Made from the ownership rules of ${visible(project.name)} by \`npm run codeowners\`; do not edit by hand.`,
		"# The last line that matches a path decides. A line without an owner gives the path to nobody.",
		"",
		...lines.flatMap((line, index) => [
			...(line.rule.file === lines[index - 1]?.rule.file ? [] : [`# ${visible(line.rule.file)}`]),
			...comment(line),
			[lineText(line.pattern), ...ownersOf(line)].join(" "),
		]),
		"",
		`# What this file cannot say: ${unsaid.length === 0 ? "nothing" : plural(unsaid.length, "thing")}.`,
		...unsaid.map((one) => `# - ${describeUnsaid(one)}`),
	];
	const text = `${body.join("\n")}\n`;
	const bytes = new TextEncoder().encode(text).length;
	if (bytes > MAX_BYTES)
		unsaid.push({
			kind: "left out",
			rule: null,
			text: `the whole file: ${bytes} bytes, and GitHub loads at most ${MAX_BYTES}`,
		});
	return { text, lines: lines.length, unsaid };
}

/** One line: which rule, and what of it is not said. */
export function describeUnsaid({ kind, rule, text }: Unsaid): string {
	const place = rule === null ? "" : `${visible(rule.pattern)} (${visible(rule.file)}:${rule.line}): `;
	return `${kind}: ${place}${visible(text)}`;
}

function isInForce(rule: Rule, at: string): boolean {
	return (rule.fromAt === null || at >= rule.fromAt) && (rule.untilAt === null || at < rule.untilAt);
}

function notInForce(rule: Rule): Unsaid {
	return {
		kind: "left out",
		rule,
		text: `in force ${[rule.fromAt === null ? "" : `from ${rule.fromAt}`, rule.untilAt === null ? "" : `until ${rule.untilAt}`].filter(Boolean).join(" ")} only, which is not now`,
	};
}

function saidInPart(rule: Rule): Unsaid[] {
	const part = (text: string): Unsaid => ({ kind: "said in part", rule, text });
	return [
		...(rule.untilAt === null ? [] : [part(`ends at ${rule.untilAt}, which the host does not know`)]),
		...(rule.mode === "shared"
			? [part(`shared: any one owner may approve${rule.protocol === null ? "" : `; not asked for: ${rule.protocol}`}`)]
			: []),
		...(rule.purpose === "delete" ? [part("the path is to be deleted")] : []),
	];
}

/** The audit refuses a path that rules of two teams take; the host decides by order. */
function clashes(pairs: number): Unsaid[] {
	if (pairs === 0) return [];
	const text = `${plural(pairs, "pair")} of rules of two teams could take one path: the audit refuses such a path, here the lower line gets it`;
	return [{ kind: "said in part", rule: null, text }];
}

function assumedHandle(id: string): Unsaid {
	return {
		kind: "said in part",
		rule: null,
		text: `the handle of ${id} is taken to be @${id}; a team of an organisation is --team ${id}=@organisation/name`,
	};
}

function comment({ rule, owner }: OrderedLine): string[] {
	if (owner !== "rule") return [`# except, of ${visible(rule.pattern)}:`];
	const words = [
		rule.risk === null ? "" : `shared, risk ${rule.risk}`,
		rule.purpose === "delete" ? "for deletion" : "",
		rule.note ?? "",
	];
	const text = [...new Set(words)].filter((word) => word !== "").join("; ");
	return text === "" ? [] : [`# ${visible(text)}`];
}
