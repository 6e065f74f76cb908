// Pure. What is known about paths, as text for people and as JSON.
import type { Catalog } from "#model/catalog";
import type { ConflictLog } from "#model/conflict-log";
import type { Rule } from "#model/ownership";
import { escapeJson, visible } from "#model/visible";
import { teamName } from "./team-names.ts";
import type { Who } from "./who.ts";
import { adviseTeams } from "./who-advice.ts";

export interface WhoContext {
	readonly catalog: Catalog;
	readonly log: ConflictLog | null;
	/** How long ago the log was written, in milliseconds; null without one. */
	readonly logAgeMs: number | null;
	/** Content folder as typed. */
	readonly contentDir: string;
}

/** All paths as text; ends with a newline. */
export function tellWho(found: readonly Who[], context: WhoContext): string {
	return `${found.map((who) => tellPath(who, context).join("\n")).join("\n\n")}\n\n${tellLog(context)}\n`;
}

function tellPath(who: Who, { catalog, contentDir }: WhoContext): string[] {
	const { verdict } = who;
	const name = (team: string | null) => visible(teamName(catalog, team));
	const place = (rule: Rule) => `${typed(rule.file, contentDir)}:${rule.line}  ${visible(rule.pattern)}`;
	const line = (label: string, text: string) => `    ${label.padEnd(13)} ${text}`;
	const lines = [visible(who.path)];
	if (verdict.kind === "owned") {
		const going = verdict.rule.purpose === "delete" ? ", for deletion" : "";
		lines.push(line("owner", `${name(verdict.owner)} alone${going}`), line("rule", place(verdict.rule)));
	} else if (verdict.kind === "shared") {
		lines.push(line("owner", `shared by all teams, risk ${verdict.rule.risk}`), line("rule", place(verdict.rule)));
		if (verdict.rule.protocol !== null) lines.push(line("protocol", visible(verdict.rule.protocol)));
		for (const step of catalog.sharedProtocol) lines.push(line("protocol", visible(step)));
	} else if (verdict.kind === "clash") {
		lines.push(line("owner", "nobody can say: two rules clash"));
		for (const rule of verdict.rules) lines.push(line("rule", `${place(rule)}  gives it to ${name(rule.owner)}`));
	} else {
		lines.push(line("owner", `nobody: no rule covers it; ask ${name("coordinator")}`));
	}
	if ((verdict.kind === "owned" || verdict.kind === "shared") && verdict.rule.note !== null) {
		lines.push(line("note", visible(verdict.rule.note)));
	}
	for (const { rule, why } of who.lost) lines.push(line("lost", `${place(rule)}  (${why})`));
	for (const { rule, by } of who.excepted) lines.push(line("excepted", `${place(rule)}  (except ${visible(by)})`));
	for (const rule of who.notInForce) lines.push(line("not in force", `${place(rule)}  (${times(rule)})`));
	for (const claim of who.claims) {
		const until = `${claim.isInForce ? "" : `from ${claim.fromAt} `}until ${claim.untilAt}`;
		const why = `agreed with ${visible(claim.agreedBy)}: ${visible(claim.reason)}`;
		lines.push(line("claim", `${name(claim.team)} ${until}, ${why}`));
	}
	for (const { id, title, from, to } of who.contracts) {
		lines.push(line("contract", `${id}  ${visible(title)}, promised by ${name(from)} to ${name(to)}`));
	}
	for (const { id, level, code, message } of who.conflicts) {
		lines.push(line("conflict", `${id}  ${level} ${code}  ${visible(message)}`));
	}
	for (const { team, text } of adviseTeams(catalog, who)) lines.push(line("now", `${name(team)} ${visible(text)}`));
	return lines;
}

function tellLog({ log, logAgeMs }: WhoContext): string {
	if (log === null || logAgeMs === null) return "conflicts: no log yet: npm run audit";
	const { head, headAt, complete } = log.repository;
	const part = complete ? "" : "; its history is incomplete";
	return `conflicts: by the log of ${visible(log.repository.name)} at ${head.slice(0, 10)} (${headAt}), written ${age(logAgeMs)} ago${part}`;
}

/** The largest unit that is whole, e.g. `3 days`. */
function age(ms: number): string {
	const units = [
		["day", 86_400_000],
		["hour", 3_600_000],
		["minute", 60_000],
	] as const;
	for (const [unit, length] of units) {
		const count = Math.floor(ms / length);
		if (count > 0) return `${count} ${unit}${count === 1 ? "" : "s"}`;
	}
	return "less than a minute";
}

function times({ fromAt, untilAt }: Rule): string {
	return [fromAt === null ? null : `from ${fromAt}`, untilAt === null ? null : `until ${untilAt}`]
		.filter((part) => part !== null)
		.join(" ");
}

function typed(file: string, contentDir: string): string {
	return visible(file.replace(/^content\//, `${contentDir.replace(/\/+$/, "")}/`));
}

/** The same as JSON; ends with a newline. */
export function whoJson(found: readonly Who[], { catalog, log, logAgeMs }: WhoContext): string {
	const ruleOf = ({ file, line, pattern, mode, owner, fromAt, untilAt, purpose, risk, protocol, note }: Rule) => ({
		file,
		line,
		pattern,
		mode,
		owner,
		from: fromAt,
		until: untilAt,
		purpose,
		risk,
		protocol,
		note,
	});
	const paths = found.map((who) => {
		const { verdict } = who;
		const rules = verdict.kind === "clash" ? verdict.rules : verdict.kind === "unmatched" ? [] : [verdict.rule];
		return {
			path: who.path,
			ownership: verdict.kind,
			owner: verdict.kind === "owned" ? verdict.owner : null,
			rules: rules.map(ruleOf),
			lost: who.lost.map(({ rule, why }) => ({ ...ruleOf(rule), why })),
			excepted: who.excepted.map(({ rule, by }) => ({ ...ruleOf(rule), except: by })),
			notInForce: who.notInForce.map(ruleOf),
			sharedProtocol: verdict.kind === "shared" ? catalog.sharedProtocol : [],
			claims: who.claims.map(({ id, team, agreedBy, reason, fromAt, untilAt, isInForce }) => ({
				id,
				team,
				agreedBy,
				reason,
				from: fromAt,
				until: untilAt,
				isInForce,
			})),
			contracts: who.contracts,
			conflicts: who.conflicts.map(({ id, code, level, state, message }) => ({ id, code, level, state, message })),
			now: adviseTeams(catalog, who),
		};
	});
	const read = log === null ? null : { head: log.repository.head, headAt: log.repository.headAt, ageMs: logAgeMs };
	return `${escapeJson(JSON.stringify({ paths, log: read }, null, 2))}\n`;
}
