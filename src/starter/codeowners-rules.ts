// Pure. CODEOWNERS as rules whose order never matters: the last line that matches becomes a rule with exceptions.
import type { RawPath } from "#model/history";
import { visible } from "#model/visible";
import { compilePattern } from "#rules/pattern";
import { compileLine, compileOwners, type OwnerLine, type OwnersFile } from "./codeowners-file.ts";
import { count, literalPattern } from "./evidence.ts";
import { createIds, type ProposedRule, type Remark } from "./proposal.ts";

/** Owners that stand in the same lines: no path tells them apart, so they are one team. */
export interface OwnerTeam {
	readonly id: string;
	readonly handles: readonly string[];
}

/** What a path's owners mean here: `shared` where they are of several teams, any one of whom may approve. */
export type OwnerVerdict =
	| { readonly kind: "owned"; readonly team: string }
	| { readonly kind: "shared" | "unmatched" };

export interface OwnersRead {
	readonly teams: readonly OwnerTeam[];
	/** Those of the teams that own anything: others stand only in lines that later ones overrule. */
	readonly deciding: readonly OwnerTeam[];
	readonly rules: readonly ProposedRule[];
	readonly remarks: readonly Remark[];
	/** Whose a path is by the file itself. */
	verdictOf(path: RawPath): OwnerVerdict;
}

/** Of files directly in a folder, which no pattern here takes alone, so many are written out. */
const MOST_FILES = 30;

/** `source`: where the file lies; `files`: what is tracked. */
export function translateOwners(file: OwnersFile, source: string, files: readonly RawPath[]): OwnersRead {
	const teams = groupOwners(file.lines);
	const teamOf = new Map(teams.flatMap(({ id, handles }) => handles.map((handle) => [handle, id] as const)));
	const teamsOf = (lines: readonly OwnerLine[]) =>
		new Set(lines.flatMap(({ owners }) => owners.map((one) => teamOf.get(one)!)));
	const decide = compileOwners(file.lines);
	const verdictOf = (path: RawPath): OwnerVerdict => {
		const [team, other] = teamsOf(decide(path));
		if (team === undefined) return { kind: "unmatched" };
		return other === undefined ? { kind: "owned", team } : { kind: "shared" };
	};
	// Lines of several sections that decide about one path together own it together.
	const together = new Map<OwnerLine, Set<string>>();
	const used = new Map<OwnerLine, number>();
	for (const path of files) {
		const lines = decide(path);
		const all = teamsOf(lines);
		for (const line of lines) {
			used.set(line, (used.get(line) ?? 0) + 1);
			if (lines.length > 1) together.set(line, new Set([...(together.get(line) ?? []), ...all]));
		}
	}
	const effective = file.lines.filter((line, index) => {
		const isSame = (later: OwnerLine) => later.section === line.section && canonical(later) === canonical(line);
		return !file.lines.slice(index + 1).some(isSame);
	});
	const remarks = file.skipped.map(({ line, text, reason }): Remark => {
		return { about: "ownership", text: `${source}:${line} \`${visible(text)}\`: ${visible(reason)}` };
	});
	const rules = effective.flatMap((line, index): ProposedRule[] => {
		const owning = new Set([...teamsOf([line]), ...(line.owners.length === 0 ? [] : (together.get(line) ?? []))]);
		if (owning.size === 0) return [];
		const later = effective.slice(index + 1).filter((other) => {
			return other.section === line.section && !isSameOwner(other, line, together) && mayOverlap(line, other);
		});
		const except = [
			...(line.isShallow ? [`${line.pattern}/`] : []),
			...later.flatMap((other) => exceptionOf(other, files)),
		];
		const taken = used.get(line) ?? 0;
		const why = `${source}:${line.line} ${visible(line.owners.join(" "))}; decides about ${count(taken, "tracked file")}`;
		const [owner] = owning.size === 1 ? owning : [null];
		const who = `One of ${visible(line.owners.join(", "))} approves`;
		return [
			{
				pattern: line.pattern,
				except: [...new Set(except)],
				owner: owner ?? null,
				protocol: owner === null ? who : null,
				risk: null,
				why,
			},
		];
	});
	const owning = teamsOf(effective);
	const deciding = teams.filter(({ id }) => owning.has(id));
	const silent = teams.filter(({ id }) => !owning.has(id)).map(({ handles }) => visible(handles.join(", ")));
	if (silent.length > 0) {
		const text = `${source} names ${silent.join(", ")}, but later lines overrule it everywhere: no team was made of it`;
		remarks.push({ about: "teams", text });
	}
	return { teams, deciding, rules: dropRepeated(rules), remarks, verdictOf };
}

/** By the lines they stand in: equal sets of lines, one team. Named after its first handle. */
function groupOwners(lines: readonly OwnerLine[]): OwnerTeam[] {
	const standsIn = new Map<string, number[]>();
	for (const { owners, line } of lines)
		for (const one of owners) standsIn.set(one, [...(standsIn.get(one) ?? []), line]);
	const groups = Map.groupBy([...standsIn.keys()], (handle) => (standsIn.get(handle) as number[]).join(" "));
	const idOf = createIds();
	return Array.from(groups.values(), (handles) => {
		// `@org/team` speaks of more people than `@user`.
		const sorted = handles.toSorted((a, b) => Number(b.includes("/")) - Number(a.includes("/")) || (a < b ? -1 : 1));
		return { id: idOf(nameOf(sorted[0] as string)), handles: sorted };
	});
}

/** `@org/team` → `team`, `@user` → `user`, `ann@a.example` → `ann`. */
export function nameOf(handle: string): string {
	if (!handle.startsWith("@")) return handle.slice(0, handle.indexOf("@"));
	return handle.slice(handle.lastIndexOf("/") + 1).replace(/^@+/, "");
}

function isSameOwner(a: OwnerLine, b: OwnerLine, together: ReadonlyMap<OwnerLine, unknown>): boolean {
	return !together.has(a) && !together.has(b) && a.owners.join(" ") === b.owners.join(" ");
}

/** What a later line takes out of the ones before it. */
function exceptionOf(line: OwnerLine, files: readonly RawPath[]): string[] {
	if (!line.isShallow) return [line.pattern];
	const takes = compileLine(line);
	const direct = files.filter(takes).slice(0, MOST_FILES);
	return direct.flatMap((path) => literalPattern(path) ?? []);
}

/** Whether a path may match both patterns. Says yes where it is not sure. */
function mayOverlap(a: OwnerLine, b: OwnerLine): boolean {
	const [one, other] = [compilePattern(a.pattern), compilePattern(b.pattern)];
	if (one.isName || other.isName) return true;
	const isIn = (inner: string, outer: string) => inner.startsWith(outer);
	if (one.literal !== null && other.literal !== null) {
		return isIn(`${one.literal}/`, `${other.literal}/`) || isIn(`${other.literal}/`, `${one.literal}/`);
	}
	return isIn(one.prefix, other.prefix) || isIn(other.prefix, one.prefix);
}

/** Two spellings of one pattern: a slash inside ties it to the top already. */
function canonical({ pattern }: Pick<OwnerLine, "pattern">): string {
	return pattern.startsWith("/") && pattern.slice(1, -1).includes("/") ? pattern.slice(1) : pattern;
}

/** Of sections that say the same pattern, one rule: shared, where they name several teams. */
function dropRepeated(rules: readonly ProposedRule[]): ProposedRule[] {
	const kept = new Map<string, ProposedRule>();
	for (const rule of rules) {
		const before = kept.get(canonical(rule));
		if (before === undefined) kept.set(canonical(rule), rule);
		else if (before.owner !== rule.owner)
			kept.set(canonical(rule), { ...before, owner: null, protocol: before.protocol ?? rule.protocol });
	}
	return [...kept.values()];
}
