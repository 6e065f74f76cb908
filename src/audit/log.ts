// Pure. Puts the conflict log together; its key order is fixed here: same input, same bytes.
import { sha256 } from "@noble/hashes/sha2.js";
import { hex } from "@scure/base";
import type { Catalog } from "#model/catalog";
import type { ConflictFacts, ConflictWords } from "#model/conflict-facts";
import type { Conflict, ConflictLog } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";
import type { Repository } from "#model/history";
import type { Rule } from "#model/ownership";
import type { Verdict } from "#rules/ruleset";
import type { Joined } from "./conflicts.ts";

export interface LogOptions {
	/** Name of the repository in the log; not its folder, so that a move changes no byte. */
	readonly repositoryName: string;
	/** Makes the words of a conflict. */
	readonly explain: (facts: ConflictFacts) => ConflictWords;
}

export interface Judged {
	readonly catalog: Catalog;
	readonly repository: Repository;
	readonly headAt: string;
	/** Commits and changes judged. */
	readonly commits: number;
	readonly changes: number;
	/** On each tracked file at the head. */
	readonly verdicts: readonly Verdict[];
	readonly joined: Joined;
}

/** The log of what was judged. */
export function makeLog(judged: Judged, { repositoryName, explain }: LogOptions): ConflictLog {
	const { catalog, repository, headAt, commits, changes, verdicts, joined } = judged;
	const { head, refs, complete, gaps, objectFormat } = repository;
	const conflicts = joined.conflicts.map((facts) => withWords(facts, explain(facts)));
	return {
		version: 1,
		repository: {
			name: repositoryName,
			head,
			headAt,
			refs: refs.map(({ name, oid }) => ({ name, oid })),
			commits,
			changes,
			complete,
			...(gaps.length === 0 ? {} : { gaps: [...gaps] }),
			objectFormat,
		},
		rules: { digest: `sha256:${digestRules(catalog.rules)}`, count: catalog.rules.length },
		coverage: coverageOf(verdicts),
		summary: summarise(conflicts),
		conflicts,
		orphanedResolutions: [...joined.orphaned],
	};
}

function withWords(facts: ConflictFacts, { message, hint, details }: ConflictWords): Conflict {
	const { resolution, occurrences, ...rest } = facts;
	const shown = occurrences.map((seen, index) => {
		if (seen.facts === undefined) return seen;
		const { facts: _, ...occurrence } = seen;
		const detail = details?.[index] ?? "";
		return detail === "" ? occurrence : { ...occurrence, detail };
	});
	return { ...rest, message, hint, resolution, occurrences: shown };
}

function digestRules(rules: readonly Rule[]): string {
	const canonical = rules
		.map((rule) =>
			JSON.stringify([
				rule.mode,
				rule.owner,
				rule.pattern,
				rule.except,
				rule.fromAt,
				rule.untilAt,
				rule.purpose,
				rule.risk,
			]),
		)
		.sort();
	return hex.encode(sha256(new TextEncoder().encode(canonical.join("\n"))));
}

function coverageOf(verdicts: readonly Verdict[]): ConflictLog["coverage"] {
	const count = (kind: Verdict["kind"]) => verdicts.filter((verdict) => verdict.kind === kind).length;
	return { owned: count("owned"), shared: count("shared"), unmatched: count("unmatched") };
}

/** Counts of what is open; a conflict of two teams counts for both. */
export function summarise(conflicts: readonly Conflict[]): ConflictLog["summary"] {
	const open = conflicts.filter(isOpen);
	return {
		open: open.length,
		byLevel: tally(open.map((conflict) => conflict.level)),
		byCode: tally(open.map((conflict) => conflict.code)),
		byTeam: tally(open.flatMap((conflict) => conflict.teams)),
	};
}

function tally(names: readonly string[]): Record<string, number> {
	const counts = new Map<string, number>();
	for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
	return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
