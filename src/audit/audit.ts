// Pure. The audit: catalog, commits, branches and tree in, conflict log and team activity out.
import type { Activity } from "#model/activity";
import type { Catalog } from "#model/catalog";
import type { Attribution, ConflictLog } from "#model/conflict-log";
import type { Collision, Commit, RawPath, Repository, TreeEntry } from "#model/history";
import { instantOf, ruledPath } from "#model/history";
import { ContentError } from "#model/problem";
import { createActivity } from "./activity.ts";
import { compileAttribution, compileBranchTeams } from "./attribute.ts";
import { type Clash, clashProblems } from "./clash.ts";
import { joinConflicts } from "./conflicts.ts";
import { detectMergeCollision, treeDetectors } from "./detectors/index.ts";
import type { Finding } from "./finding.ts";
import { startHistory } from "./history.ts";
import { type Tip, traceLineage } from "./lineage.ts";
import { type LogOptions, makeLog } from "./log.ts";
import { compileRules, type Ruleset, type Verdict } from "./ruleset.ts";

export interface AuditOptions extends LogOptions {
	/** Commits authored before this instant (ISO, UTC) are read but not judged; null: all are judged. */
	readonly sinceAt: string | null;
}

export interface AuditResult {
	readonly log: ConflictLog;
	readonly activity: Activity;
}

export interface Audit {
	/** Takes the next commit, children before parents. */
	add(commit: Commit): void;
	/**
	 * Judges branches that collide and the tree (null: no tree is judged) and closes the log. Throws ContentError when
	 * two exclusive rules of different owners match one path at one time: ownership is never guessed.
	 */
	finish(tree: readonly TreeEntry[] | null, collisions?: readonly Collision[]): AuditResult;
}

/** Starts an audit; commits stream through it, and only what is found stays. */
export function startAudit(
	catalog: Catalog,
	repository: Repository,
	tips: readonly Tip[],
	options: AuditOptions,
): Audit {
	const { ruleset, clashes } = watchClashes(compileRules(catalog.rules));
	const attribute = compileAttribution(catalog);
	const lineage = traceLineage(tips);
	const activity = createActivity(catalog.teams.map((team) => team.id));
	const history = startHistory(catalog, ruleset);
	let commits = 0;
	let changes = 0;

	return {
		add(commit) {
			const madeOn = lineage.next(commit);
			const isJudged = options.sinceAt === null || instantOf(commit.authorDate) >= options.sinceAt;
			if (!isJudged) return history.pass(commit);
			const attribution = attribute(commit, madeOn);
			const changed = commit.changes;
			commits++;
			changes += changed.length;
			activity.add(commit, changed, attribution);
			history.add(commit, changed, attribution);
		},
		finish(tree, collisions = []) {
			const headAt = instantOf(repository.headDate);
			const verdicts = (tree ?? []).map((entry) => ruleset.judge(ruledPath(entry.path, entry.mode), headAt));
			const findings = [
				...history.finish(),
				...findCollisions(collisions, catalog, (path) => ruleset.judge(path, headAt), attribute),
			];
			if (clashes.size > 0) throw new ContentError(clashProblems([...clashes.values()]));
			if (tree !== null) {
				const matched = new Set(verdicts.flatMap(rulesOf));
				const seen = { catalog, tree, headAt, ruleset, verdicts, matched };
				findings.push(...treeDetectors.flatMap((detect) => detect(seen)));
			}
			const joined = joinConflicts(findings, catalog.resolutions, headAt);
			return {
				activity: activity.finish(repository.head, headAt),
				log: makeLog({ catalog, repository, headAt, commits, changes, verdicts, joined }, options),
			};
		},
	};
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
	attribute: ReturnType<typeof compileAttribution>,
): Finding[] {
	const teamOf = compileBranchTeams(catalog);
	const attributeOn = (commit: Commit, branch: string): Attribution => attribute(commit, { branch, by: "branch" });
	return collisions.flatMap((collision) => detectMergeCollision(collision, { teamOf, attribute: attributeOn, judge }));
}
