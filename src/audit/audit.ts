// Pure. The audit: catalog, commits and tree in, conflict log and team activity out.
import { sha256 } from "@noble/hashes/sha2.js";
import { hex } from "@scure/base";
import type { Activity } from "#model/activity";
import type { Catalog } from "#model/catalog";
import { type Conflict, type ConflictLog, isOpen } from "#model/conflict-log";
import { type Commit, instantOf, type RawPath, type Repository, showPath, type TreeEntry } from "#model/history";
import type { Rule } from "#model/ownership";
import { ContentError } from "#model/problem";
import { createActivity } from "./activity.ts";
import { compileAttribution } from "./attribute.ts";
import { type ConflictFacts, joinConflicts } from "./conflicts.ts";
import { compileCoordination } from "./coordination.ts";
import { historyDetectors, treeDetectors } from "./detectors/index.ts";
import type { Finding } from "./finding.ts";
import { type Tip, traceLineage } from "./lineage.ts";
import { compileRules, type Verdict } from "./ruleset.ts";

export interface AuditOptions {
	/** Name of the repository in the log; not its folder, so that a move changes no byte. */
	readonly repositoryName: string;
	/** Commits authored before this instant (ISO, UTC) are read but not judged; null: all are judged. */
	readonly sinceAt: string | null;
	/** Makes the words of a conflict. */
	readonly explain: (facts: ConflictFacts) => { message: string; hint: string };
}

export interface AuditResult {
	readonly log: ConflictLog;
	readonly activity: Activity;
}

export interface Audit {
	/** Takes the next commit, children before parents. */
	add(commit: Commit): void;
	/**
	 * Judges the tree and closes the log. Throws ContentError when two exclusive rules of different owners match one
	 * path at one time: ownership is never guessed.
	 */
	finish(tree: readonly TreeEntry[]): AuditResult;
}

/** Starts an audit; commits stream through it, and only findings stay. */
export function startAudit(
	catalog: Catalog,
	repository: Repository,
	tips: readonly Tip[],
	options: AuditOptions,
): Audit {
	const ruleset = compileRules(catalog.rules);
	const attribute = compileAttribution(catalog);
	const isCoordinated = compileCoordination(catalog);
	const lineage = traceLineage(tips);
	const activity = createActivity(catalog.teams.map((team) => team.id));
	const clashes = new Map<string, Clash>();
	const findings: Finding[] = [];
	let commits = 0;
	let changes = 0;

	const judge = (path: RawPath, at: string): Exclude<Verdict, { kind: "clash" }> => {
		const verdict = ruleset.judge(path, at);
		if (verdict.kind !== "clash") return verdict;
		const key = verdict.rules.map((rule) => `${rule.file}:${rule.line}`).join(" ");
		if (!clashes.has(key)) clashes.set(key, { rules: verdict.rules, path });
		return { kind: "unmatched" };
	};

	return {
		add(commit) {
			const madeOn = lineage.next(commit);
			const authoredAt = instantOf(commit.authorDate);
			if (options.sinceAt !== null && authoredAt < options.sinceAt) return;
			const attribution = attribute(commit, madeOn);
			commits++;
			changes += commit.changes.length;
			activity.add(commit, attribution);
			for (const change of commit.changes) {
				const verdict = judge(change.path, authoredAt);
				for (const detect of historyDetectors) {
					const finding = detect({ commit, change, authoredAt, attribution, verdict, isCoordinated });
					if (finding !== null) findings.push(finding);
				}
			}
		},
		finish(tree) {
			const headAt = instantOf(repository.headDate);
			const verdicts = tree.map((entry) => judge(entry.path, headAt));
			if (clashes.size > 0) throw new ContentError([...clashes.values()].map(clashProblem));
			const matched = new Set(verdicts.flatMap(rulesOf));
			const seen = { catalog, tree, headAt, ruleset, verdicts, matched };
			findings.push(...treeDetectors.flatMap((detect) => detect(seen)));
			const { conflicts, orphaned } = joinConflicts(findings, catalog.resolutions, headAt);
			const worded = conflicts.map((facts) => withWords(facts, options.explain(facts)));
			return {
				activity: activity.finish(repository.head, headAt),
				log: {
					version: 1,
					repository: {
						name: options.repositoryName,
						head: repository.head,
						headAt,
						refs: repository.refs.map(({ name, oid }) => ({ name, oid })),
						commits,
						changes,
						complete: repository.complete,
						objectFormat: repository.objectFormat,
					},
					rules: { digest: `sha256:${digestRules(catalog.rules)}`, count: catalog.rules.length },
					coverage: coverageOf(verdicts),
					summary: summarise(worded),
					conflicts: worded,
					orphanedResolutions: [...orphaned],
				},
			};
		},
	};
}

interface Clash {
	readonly rules: readonly [Rule, Rule];
	readonly path: RawPath;
}

function clashProblem({ rules: [one, other], path }: Clash) {
	return {
		file: one.file,
		line: one.line,
		column: 1,
		field: one.pattern,
		message: `${showPath(path).text} is exclusive to ${one.owner} here, and to ${other.owner} by ${other.pattern} at ${other.file}:${other.line}`,
		hint: "narrow one of the two patterns, or list the path under `except` of one of them",
	};
}

function rulesOf(verdict: Verdict): Rule[] {
	return verdict.kind === "owned" || verdict.kind === "shared" ? [verdict.rule, ...verdict.lost] : [];
}

/** The log's key order is fixed here: same input, same bytes. */
function withWords(facts: ConflictFacts, { message, hint }: { message: string; hint: string }): Conflict {
	const { resolution, occurrences, ...rest } = facts;
	return { ...rest, message, hint, resolution, occurrences };
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
function summarise(conflicts: readonly Conflict[]): ConflictLog["summary"] {
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
