// Pure. The order in which lines of "the last match wins" give the verdict of rules whose order never matters.
import type { Rule } from "#model/ownership";
import { exceptionWithin, type HostPattern, isWithin, mayOverlap, toHostPattern } from "./codeowners-pattern.ts";

/** One line: a rule, or the part of it that is an exception, where others own or nobody does. */
export interface OrderedLine {
	readonly rule: Rule;
	readonly pattern: HostPattern;
	/** `nobody` clears what lines above gave. */
	readonly owner: "rule" | "shared" | "nobody";
}

export interface Order {
	readonly lines: readonly OrderedLine[];
	/** Rules that no order of lines can say, with the reason. */
	readonly leftOut: readonly { readonly rule: Rule; readonly reason: string }[];
	/** Pairs of exclusive rules of different owners that are not surely apart. */
	readonly possibleClashes: number;
}

/** A rule in the host's terms. */
interface Sayable {
	readonly rule: Rule;
	readonly pattern: HostPattern;
	/** What its exceptions take of it. */
	readonly exceptions: readonly HostPattern[];
	/** The exceptions themselves: the rule holds nowhere within. */
	readonly excepts: readonly HostPattern[];
}

/**
 * Orders rules that are in force. Shared before exclusive where both may match; an exception right after its rule and
 * before every other rule that may hold within it. Where that is a circle, a rule with exceptions is left out.
 */
export function orderRules(rules: readonly Rule[]): Order {
	const leftOut: { rule: Rule; reason: string }[] = [];
	let sayable: Sayable[] = [];
	for (const rule of rules) {
		const said = say(rule);
		if ("reason" in said) leftOut.push({ rule, reason: said.reason });
		else sayable.push(said);
	}
	sayable.sort((a, b) => Number(a.rule.mode === "exclusive") - Number(b.rule.mode === "exclusive"));
	for (;;) {
		const { lines, circle } = sortLines(linesOf(sayable), sayable);
		if (circle.length === 0) return { lines, leftOut, possibleClashes: countClashes(sayable) };
		// A circle needs an exception: lines of plain rules only ever stand before or after each other one way.
		const dropped = sayable.findLast((one) => one.exceptions.length > 0 && circle.includes(one.rule)) as Sayable;
		leftOut.push({ rule: dropped.rule, reason: "exceptions in which other rules hold in part" });
		sayable = sayable.filter((one) => one !== dropped);
	}
}

function say(rule: Rule): Sayable | { reason: string } {
	const pattern = toHostPattern(rule.pattern);
	if ("reason" in pattern) return pattern;
	const exceptions: HostPattern[] = [];
	const excepts: HostPattern[] = [];
	for (const source of rule.except) {
		const exception = toHostPattern(source);
		if ("reason" in exception) return { reason: `${exception.reason} in an exception` };
		const inside = exceptionWithin(exception, pattern);
		if (inside === null) return { reason: "an exception that no line can say" };
		exceptions.push(...inside);
		excepts.push(exception);
	}
	return { rule, pattern, exceptions, excepts };
}

/** An exception that another exclusive rule takes whole needs no line: that rule's own comes later. */
function linesOf(sayable: readonly Sayable[]): OrderedLine[] {
	return sayable.flatMap(({ rule, pattern, exceptions }) => [
		{ rule, pattern, owner: "rule" as const },
		...exceptions
			.filter((exception) => !sayable.some((other) => takesWhole(other, exception, rule)))
			.map((exception) => ({ rule, pattern: exception, owner: restOf(exception, rule, sayable) })),
	]);
}

function takesWhole(other: Sayable, exception: HostPattern, of: Rule): boolean {
	return other.rule !== of && other.rule.mode === "exclusive" && isWithin(exception, other.pattern);
}

function countClashes(sayable: readonly Sayable[]): number {
	const exclusive = sayable.filter(({ rule }) => rule.mode === "exclusive");
	const isApart = (a: Sayable, b: Sayable) => a.excepts.some((except) => isWithin(b.pattern, except));
	const clashesOf = (a: Sayable, index: number) =>
		exclusive.filter(
			(b, at) =>
				at > index &&
				b.rule.owner !== a.rule.owner &&
				mayOverlap(a.pattern, b.pattern) &&
				!isApart(a, b) &&
				!isApart(b, a),
		).length;
	return exclusive.reduce((sum, one, index) => sum + clashesOf(one, index), 0);
}

/** What holds in an exception when no later line says more. */
function restOf(exception: HostPattern, rule: Rule, sayable: readonly Sayable[]): "shared" | "nobody" {
	const isShared = sayable.some(
		(other) =>
			other.rule !== rule &&
			other.rule.mode === "shared" &&
			other.exceptions.length === 0 &&
			isWithin(exception, other.pattern),
	);
	return isShared ? "shared" : "nobody";
}

/** Lines in an order that keeps every `mustPrecede`; `circle`: rules of the lines that cannot be placed. */
function sortLines(
	lines: readonly OrderedLine[],
	sayable: readonly Sayable[],
): { lines: OrderedLine[]; circle: Rule[] } {
	const byRule = new Map(sayable.map((one) => [one.rule, one]));
	const waiting = new Map(lines.map((line) => [line, 0]));
	const after = new Map<OrderedLine, OrderedLine[]>();
	const first = lines.filter(
		(line) => line.owner !== "rule" || line.rule.mode === "shared" || hasExceptions(line, byRule),
	);
	for (const line of first) {
		const later = lines.filter((other) => mustPrecede(line, other, byRule));
		after.set(line, later);
		for (const other of later) waiting.set(other, (waiting.get(other) ?? 0) + 1);
	}
	const placed: OrderedLine[] = [];
	const ready = lines.filter((line) => waiting.get(line) === 0);
	const rank = new Map(lines.map((line, index) => [line, index]));
	while (ready.length > 0) {
		const line = ready.shift() as OrderedLine;
		placed.push(line);
		for (const other of after.get(line) ?? []) {
			const left = (waiting.get(other) ?? 0) - 1;
			waiting.set(other, left);
			if (left === 0) insert(ready, other, rank);
		}
	}
	const circle = lines.filter((line) => (waiting.get(line) ?? 0) > 0).map((line) => line.rule);
	return { lines: placed, circle };
}

/** Keeps the reading order among lines that may stand anywhere. */
function insert(ready: OrderedLine[], line: OrderedLine, rank: ReadonlyMap<OrderedLine, number>): void {
	const own = rank.get(line) ?? 0;
	const at = ready.findIndex((other) => (rank.get(other) ?? 0) > own);
	ready.splice(at === -1 ? ready.length : at, 0, line);
}

function hasExceptions(line: OrderedLine, byRule: ReadonlyMap<Rule, Sayable>): boolean {
	return (byRule.get(line.rule)?.exceptions.length ?? 0) > 0;
}

function mustPrecede(line: OrderedLine, other: OrderedLine, byRule: ReadonlyMap<Rule, Sayable>): boolean {
	if (line.rule === other.rule) return line.owner === "rule" && other.owner !== "rule";
	const heir = byRule.get(other.rule);
	if (heir === undefined || other.owner !== "rule" || !mayOverlap(line.pattern, other.pattern)) return false;
	const isOutside = heir.excepts.some((except) => isWithin(line.pattern, except));
	if (line.owner !== "rule") return !isOutside && !(line.owner === "shared" && other.rule.mode === "shared");
	const inherits = byRule.get(line.rule)?.exceptions.some((exception) => takesWhole(heir, exception, line.rule));
	return inherits === true || (line.rule.mode === "shared" && other.rule.mode === "exclusive" && !isOutside);
}
