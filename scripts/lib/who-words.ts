// Pure. What is known about paths, as text for people and as JSON.
import type { ConflictLog } from "#model/conflict-log";
import type { LookUpData } from "#model/look-up";
import type { Rule } from "#model/ownership";
import { escapeJson, visible } from "#model/visible";
import { adviseTeams } from "#rules/advice";
import type { LookedUp } from "#rules/look-up";
import {
	claimWords,
	contractWords,
	givesWords,
	nameOf,
	ownerWords,
	protocolSteps,
	timesWords,
} from "#rules/look-up-words";
import { promisedFiles, sharePromises } from "#rules/promise-words";
import type { Meant } from "./known-paths.ts";

export interface WhoContext {
	readonly data: LookUpData;
	readonly log: ConflictLog | null;
	/** Why nobody knows which files bear what contracts promise, to follow “as”; null: it is known, or nothing is promised. */
	readonly whyNoPromises: string | null;
	/** How long ago the log was written, in milliseconds; null without one. */
	readonly logAgeMs: number | null;
	/** Of each path what it was perhaps meant to be; null: nothing else. */
	readonly meant: readonly (Meant | null)[];
	/** Content folder as typed. */
	readonly contentDir: string;
}

/** All paths as text; ends with a newline. */
export function tellWho(found: readonly LookedUp[], context: WhoContext): string {
	return `${found.map((one, at) => tellPath(one, context, context.meant[at] ?? null).join("\n")).join("\n\n")}\n\n${tellLog(context)}${tellPromises(context)}\n`;
}

function tellPath(found: LookedUp, { data, contentDir }: WhoContext, meant: Meant | null): string[] {
	const { verdict } = found;
	const place = (rule: Rule) => `${typed(rule.file, contentDir)}:${rule.line}  ${visible(rule.pattern)}`;
	const line = (label: string, text: string) => `    ${label.padEnd(13)} ${text}`;
	const lines = [visible(found.path)];
	if (meant !== null) {
		lines.push(
			line("not tracked", `at ${meant.head.slice(0, 10)}. Did you mean ${meant.near.map(visible).join(", ")}?`),
		);
		lines.push(line("", "What follows is of a new file of that name:"));
	}
	lines.push(line("owner", ownerWords(data, verdict)));
	if (verdict.kind === "owned" || verdict.kind === "shared") lines.push(line("rule", place(verdict.rule)));
	if (verdict.kind === "clash") {
		for (const rule of verdict.rules) lines.push(line("rule", `${place(rule)}  ${givesWords(data, rule)}`));
	}
	for (const step of protocolSteps(data, verdict)) lines.push(line("protocol", step));
	if ((verdict.kind === "owned" || verdict.kind === "shared") && verdict.rule.note !== null) {
		lines.push(line("note", visible(verdict.rule.note)));
	}
	for (const { rule, why } of found.lost) lines.push(line("lost", `${place(rule)}  (${why})`));
	for (const { rule, by } of found.excepted) lines.push(line("excepted", `${place(rule)}  (except ${visible(by)})`));
	for (const rule of found.notInForce) lines.push(line("not in force", `${place(rule)}  (${timesWords(rule)})`));
	for (const claim of found.claims) lines.push(line("claim", claimWords(data, claim)));
	for (const contract of found.contracts) {
		lines.push(line("contract", `${contract.id}  ${contractWords(data, contract)}`));
	}
	for (const words of promiseLines(data, found)) lines.push(line("promise", words));
	for (const { id, level, code, message } of found.conflicts) {
		lines.push(line("conflict", `${id}  ${level} ${code}  ${visible(message)}`));
	}
	for (const { team, text } of adviseTeams(data, found)) {
		lines.push(line("now", visible(`${nameOf(data, team)} ${text}`)));
	}
	return lines;
}

/** `api  keeps Team A’s promise to Team B: Api.run (line 5)`; of a folder, file by file. */
function promiseLines(data: LookUpData, { path, promises }: LookedUp): string[] {
	const known = promises ?? [];
	return promisedFiles(known).flatMap((file) => {
		const shared = sharePromises(
			data,
			known.filter((one) => one.path === file),
		);
		const where = file === path ? "" : `${visible(file)} `;
		return shared.map(({ contract, words }) => `${contract}  ${where}${words}`);
	});
}

function tellPromises({ whyNoPromises }: WhoContext): string {
	return whyNoPromises === null ? "" : `\npromises: by file not known, as ${visible(whyNoPromises)}: npm run audit`;
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

function typed(file: string, contentDir: string): string {
	return visible(file.replace(/^content\//, `${contentDir.replace(/\/+$/, "")}/`));
}

/** The same as JSON; ends with a newline. */
export function whoJson(found: readonly LookedUp[], { data, log, logAgeMs, whyNoPromises, meant }: WhoContext): string {
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
	const paths = found.map((who, at) => {
		const { verdict } = who;
		const rules = verdict.kind === "clash" ? verdict.rules : verdict.kind === "unmatched" ? [] : [verdict.rule];
		return {
			path: who.path,
			didYouMean: meant[at]?.near ?? [],
			ownership: verdict.kind,
			owner: verdict.kind === "owned" ? verdict.owner : null,
			rules: rules.map(ruleOf),
			lost: who.lost.map(({ rule, why }) => ({ ...ruleOf(rule), why })),
			excepted: who.excepted.map(({ rule, by }) => ({ ...ruleOf(rule), except: by })),
			notInForce: who.notInForce.map(ruleOf),
			sharedProtocol: verdict.kind === "shared" ? data.sharedProtocol : [],
			claims: who.claims.map(({ id, team, agreedBy, reason, fromAt, untilAt, isInForce }) => ({
				id,
				team,
				agreedBy,
				reason,
				from: fromAt,
				until: untilAt,
				isInForce,
			})),
			contracts: who.contracts.map(({ id, title, from, to }) => ({ id, title, from, to })),
			promises: who.promises,
			conflicts: who.conflicts.map(({ id, code, level, state, message }) => ({ id, code, level, state, message })),
			now: adviseTeams(data, who).map(({ team, may, text, agreeWith, settle }) => ({
				team,
				may,
				text,
				agreeWith,
				settle,
			})),
		};
	});
	const read = log === null ? null : { head: log.repository.head, headAt: log.repository.headAt, ageMs: logAgeMs };
	return `${escapeJson(JSON.stringify({ paths, log: read, whyNoPromises }, null, 2))}\n`;
}
