// Pure. The audit: catalog, commits, branches and tree in, conflict log and team activity out.
import type { Activity } from "#model/activity";
import type { Catalog } from "#model/catalog";
import type { Attribution, ConflictLog } from "#model/conflict-log";
import type { Contract } from "#model/contract";
import type { Collision, Commit, RawPath, Repository, TreeEntry } from "#model/history";
import { instantOf, ruledPath } from "#model/history";
import { ContentError } from "#model/problem";
import type { Reality } from "#model/reality";
import type { TreeFacts } from "#model/tree-facts";
import type { TreeIndex } from "#model/tree-index";
import { compileRules, type Ruleset, type Verdict } from "#rules/ruleset";
import { compileAttribution, compileBranchTeams } from "./attribute.ts";
import { type Clash, clashProblems } from "./clash.ts";
import { joinConflicts } from "./conflicts.ts";
import { breakKey, type ContractBreaks } from "./contract-breaks.ts";
import { judgeContracts, showReality } from "./contracts.ts";
import { detectMergeCollision, treeDetectors } from "./detectors/index.ts";
import type { TreeSeen } from "./detectors/tree.ts";
import type { Finding } from "./finding.ts";
import { type History, judgeHistory } from "./history.ts";
import { type LogOptions, makeLog } from "./log.ts";
import { createPast } from "./past.ts";
import { bindsOf, portPlaces } from "./port-binds.ts";
import { indexTree } from "./tree-index.ts";

export interface AuditOptions extends LogOptions {
	/** Commits authored before this instant (ISO, UTC) are read but not judged; null: all are judged. */
	readonly sinceAt: string | null;
}

export interface AuditResult {
	readonly log: ConflictLog;
	readonly activity: Activity;
	readonly reality: Reality;
	readonly tree: TreeIndex;
}

/** What git told of a repository. */
export interface Brought extends Pick<History, "commits" | "tips" | "differences"> {
	readonly repository: Repository;
	/** Every tracked file at the head; null: no tree is judged. */
	readonly tree: readonly TreeEntry[] | null;
	/** What its files say; null where no tree is judged. */
	readonly facts: TreeFacts | null;
	/** Commits that broke promises; none are named where it is left out. */
	readonly contractBreaks?: ContractBreaks;
	readonly collisions: readonly Collision[];
}

/**
 * Audits a repository. Throws ContentError when two exclusive rules of different owners match one path at one time:
 * ownership is never guessed.
 */
export function audit(catalog: Catalog, brought: Brought, options: AuditOptions): AuditResult {
	const { repository, tree, facts, collisions } = brought;
	const { ruleset, clashes } = watchClashes(compileRules(catalog.rules));
	const headAt = instantOf(repository.headDate);
	const history = judgeHistory(catalog, ruleset, { ...brought, sinceAt: options.sinceAt });
	const { commits, changes, activity: teams, edits, unattributed, coordinator } = history;
	const activity: Activity = { version: 1, head: repository.head, headAt, unattributed, coordinator, teams, edits };
	const verdicts = (tree ?? []).map((entry) => ruleset.judge(ruledPath(entry.path, entry.mode), headAt));
	const found = findCollisions(collisions, catalog, (path) => ruleset.judge(path, headAt));
	if (clashes.size > 0) throw new ContentError(clashProblems([...clashes.values()]));
	const breakOf = (contract: Contract, member: string, path: RawPath) =>
		brought.contractBreaks?.get(breakKey({ contract, member, path })) ?? null;
	const past = createPast(brought.commits, history.attributionOf);
	const contracts =
		tree === null || facts === null ? [] : judgeContracts(catalog.contracts, tree, facts, past, breakOf);
	const seen = tree === null || facts === null ? null : seeTree(tree, facts);
	const inTree = seen === null ? [] : treeDetectors.flatMap((detect) => detect(seen));
	const findings = history.findings.concat(found, inTree);
	const joined = joinConflicts(findings, catalog.resolutions, headAt);
	return {
		activity,
		reality: showReality(repository.head, contracts, seen === null ? [] : portPlaces(seen, bindsOf(seen))),
		tree: indexTree({ head: repository.head, headAt }, tree, verdicts),
		log: makeLog({ catalog, repository, headAt, commits, changes, verdicts, joined }, options),
	};

	function seeTree(entries: readonly TreeEntry[], said: TreeFacts): TreeSeen {
		const matched = new Set(verdicts.flatMap(rulesOf));
		const isWhole = repository.complete && options.sinceAt === null;
		const judged = { ruleset, verdicts, matched, contracts, past, activity, isWhole };
		return { catalog, tree: entries, headAt, facts: said, ...judged };
	}
}

/** The same rules; where two owners clash the place is kept and the path counts as unmatched, so that all clashes are told at once. */
function watchClashes(inner: Ruleset): { ruleset: Ruleset; clashes: ReadonlyMap<string, Clash> } {
	const clashes = new Map<string, Clash>();
	const note = (path: RawPath, verdict: Verdict): Verdict => {
		if (verdict.kind !== "clash") return verdict;
		const key = verdict.rules.map((rule) => `${rule.file}:${rule.line}`).join(" ");
		const known = clashes.get(key);
		// Whatever order commits come in, the same path is named.
		if (known === undefined || path < known.path) clashes.set(key, { rules: verdict.rules, path });
		return { kind: "unmatched" };
	};
	return {
		clashes,
		ruleset: {
			judge: (path, at) => note(path, inner.judge(path, at)),
			judgeUndated: (path) => {
				const verdict = inner.judgeUndated(path);
				return verdict === null ? null : note(path, verdict);
			},
		},
	};
}

function rulesOf(verdict: Verdict) {
	return verdict.kind === "owned" || verdict.kind === "shared" ? [verdict.rule, ...verdict.lost] : [];
}

function findCollisions(
	collisions: readonly Collision[],
	catalog: Catalog,
	judge: (path: RawPath) => Verdict,
): Finding[] {
	if (collisions.length === 0) return [];
	const attribute = compileAttribution(catalog);
	const teamOf = compileBranchTeams(catalog);
	const attributeOn = (commit: Commit, branch: string): Attribution => attribute(commit, { branch, by: "branch" });
	return collisions.flatMap((collision) => detectMergeCollision(collision, { teamOf, attribute: attributeOn, judge }));
}
