// Pure. Judges commits as they stream by, children before parents, and keeps what they give rise to.
import type { Catalog } from "#model/catalog";
import type { Attribution } from "#model/conflict-log";
import { type Change, type Commit, instantOf, type RawPath, ruledPath, secondsOf } from "#model/history";
import { COORDINATOR } from "./attribute.ts";
import { compileCoordination, type IsCoordinated } from "./coordination.ts";
import { type Exemption, exempt } from "./detectors/exempt-edit.ts";
import type { CommitSeen } from "./detectors/history.ts";
import { changeDetectors, commitDetectors, detectOverlappingEdit } from "./detectors/index.ts";
import { compileExempt, createReverts } from "./exemption.ts";
import type { Finding } from "./finding.ts";
import { createOverlaps } from "./overlaps.ts";
import type { Ruleset, Verdict } from "./ruleset.ts";

export interface HistoryAudit {
	/** Judges a commit with its changes, which are made from bytes each time the commit is asked for them. */
	add(commit: Commit, changes: readonly Change[], attribution: Attribution): void;
	/** Takes note of a commit that is not judged. */
	pass(commit: Commit): void;
	/** What was found. */
	finish(): Finding[];
}

/** Starts judging by the rules and settings of a catalog. */
export function startHistory(catalog: Catalog, ruleset: Ruleset): HistoryAudit {
	const { collision, atomic } = catalog.project;
	const isCoordinated = compileCoordination(catalog);
	const isExempt = compileExempt(catalog);
	const reverts = createReverts<CommitSeen>();
	const overlaps = createOverlaps<CommitSeen>(collision.windowHours * 3600);
	const findings: Finding[] = [];

	const judge = (seen: CommitSeen, changes: readonly Change[], exemption: Exemption | null) => {
		const { commit, attribution } = seen;
		const team = exemption === null && attribution.team !== COORDINATOR ? attribution.team : null;
		const seconds = team === null ? 0 : secondsOf(commit.authorDate);
		for (const change of changes) {
			const verdict = verdictOn(ruleset, ruledPath(change.path, change.oldMode, change.newMode), seen);
			const owner = verdict.kind === "owned" ? verdict.owner : null;
			if (team !== null && owner !== team) overlaps.add(change.path, team, seconds, owner, seen);
			if (verdict.kind !== "owned" && verdict.kind !== "shared") continue;
			for (const detect of changeDetectors) {
				const finding = detect(seen, change, verdict);
				if (finding !== null) findings.push(exemption === null ? finding : exempt(finding, exemption));
			}
		}
	};
	const pass = (commit: Commit) => {
		for (const held of reverts.pass(commit)) judge(held, held.commit.changes, "revert");
	};
	return {
		add(commit, changes, attribution) {
			pass(commit);
			const seen = new Seen(commit, attribution, isCoordinated, atomic.maxOtherPaths);
			if (isExempt(commit.author.email)) return judge(seen, changes, "identity");
			if (attribution.against !== undefined) {
				for (const detect of commitDetectors) {
					const finding = detect(seen);
					if (finding !== null) findings.push(finding);
				}
			}
			if (!reverts.hold(seen)) judge(seen, changes, null);
		},
		pass,
		finish() {
			for (const { held, isPure } of reverts.rest()) judge(held, held.commit.changes, isPure ? "revert" : null);
			const ruleOf = (path: RawPath, seen: CommitSeen) => {
				const verdict = verdictOn(ruleset, path, seen);
				return verdict.kind === "shared" ? verdict.rule : null;
			};
			for (const overlap of overlaps.find()) findings.push(...detectOverlappingEdit(overlap, ruleOf));
			return findings;
		},
	};
}

/** A commit as the detectors see it. The date's text is made only when asked for: most commits need none. */
class Seen implements CommitSeen {
	readonly commit: Commit;
	readonly attribution: Attribution;
	readonly isCoordinated: IsCoordinated;
	readonly maxOtherPaths: number;

	constructor(commit: Commit, attribution: Attribution, isCoordinated: IsCoordinated, maxOtherPaths: number) {
		this.commit = commit;
		this.attribution = attribution;
		this.isCoordinated = isCoordinated;
		this.maxOtherPaths = maxOtherPaths;
	}

	get authoredAt(): string {
		return instantOf(this.commit.authorDate);
	}
}

/** Whose a path was when the commit was authored. */
function verdictOn(ruleset: Ruleset, path: RawPath, seen: CommitSeen): Verdict {
	return ruleset.judgeUndated(path) ?? ruleset.judge(path, seen.authoredAt);
}
