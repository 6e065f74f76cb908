// Pure. Judges the commits of a history, row by row, and gives what they give rise to.
import type { Activity } from "#model/activity";
import type { Catalog } from "#model/catalog";
import type { CommitTable } from "#model/commit-table";
import type { Attribution } from "#model/conflict-log";
import { type Commit, instantOf } from "#model/history";
import type { Ruleset } from "#rules/ruleset";
import { createActivity } from "./activity.ts";
import { COORDINATOR } from "./attribute.ts";
import { attributeRows } from "./attributions.ts";
import { judgeConfigEdits, type KeyDifferences } from "./config-edits.ts";
import { compileCoordination, type IsCoordinated } from "./coordination.ts";
import { type Exemption, exempt } from "./detectors/exempt-edit.ts";
import type { CommitSeen } from "./detectors/history.ts";
import { changeDetectors, commitDetectors, detectOverlappingEdit } from "./detectors/index.ts";
import { compileExempt, findPureReverts } from "./exemption.ts";
import type { Finding } from "./finding.ts";
import { type Tip, traceLineage } from "./lineage.ts";
import { createMeetings, type Edit, findOverlaps } from "./overlaps.ts";
import { judgeChanges } from "./path-verdicts.ts";
import { createEditTally } from "./tallies.ts";

export interface History {
	readonly commits: CommitTable;
	/** Where lineage starts: each audited ref. */
	readonly tips: readonly Tip[];
	/** Commits authored before this instant (ISO, UTC) are read but not judged; null: all are judged. */
	readonly sinceAt: string | null;
	/** What changes of configuration that namespaces name changed in it. */
	readonly differences: KeyDifferences;
}

export interface JudgedHistory {
	readonly findings: Finding[];
	/** Commits and changes judged. */
	readonly commits: number;
	readonly changes: number;
	readonly activity: Activity["teams"];
	readonly edits: Activity["edits"];
	/** Commits of nobody known, and of the coordinator. */
	readonly unattributed: number;
	readonly coordinator: number;
	/** Of a row of the table; null: it is not judged. */
	readonly attributionOf: (row: number) => Attribution | null;
}

/** Judges a history by the rules and settings of a catalog. */
export function judgeHistory(catalog: Catalog, ruleset: Ruleset, history: History): JudgedHistory {
	const { commits, tips, sinceAt, differences } = history;
	const { collision, atomic } = catalog.project;
	const lineage = traceLineage(commits, tips);
	const attribute = attributeRows(catalog, commits, lineage);
	const judge = judgeChanges(ruleset, commits);
	const isExempt = byIdentity(commits, compileExempt(catalog));
	const pureReverts = findPureReverts(commits);
	const settings = { isCoordinated: compileCoordination(catalog), maxOtherPaths: atomic.maxOtherPaths };
	const activity = createActivity(
		commits,
		Array.from(catalog.teams, ({ id }) => id),
	);
	const edits = createEditTally();
	const meetings = createMeetings(commits.pathCount);
	/** Of each row the team whose doing it is, unless it is exempt. */
	const doers = new Array<Attribution | null>(commits.rowCount).fill(null);
	const attributions = new Array<Attribution | null>(commits.rowCount).fill(null);
	const findings: Finding[] = [];
	let commitCount = 0;
	let changeCount = 0;

	const exemptionOf = (row: number): Exemption | null =>
		isExempt(row) ? "identity" : pureReverts.has(row) ? "revert" : null;
	const see = (row: number, attribution: Attribution) => new Seen(commits, row, attribution, settings);
	for (const row of commits.order) {
		const madeOn = lineage.next(row);
		if (sinceAt !== null && instantOf(commits.authorDate(row)) < sinceAt) continue;
		const attribution = attribute(row, madeOn);
		attributions[row] = attribution;
		const count = commits.countChanges(row);
		commitCount++;
		changeCount += count;
		activity.add(row, attribution);

		const exemption = exemptionOf(row);
		let seen: Seen | null = null;
		if (attribution.against !== undefined && exemption !== "identity") {
			seen = see(row, attribution);
			for (const detect of commitDetectors) {
				const finding = detect(seen);
				if (finding !== null) findings.push(finding);
			}
		}
		const doer = exemption === null && attribution.team !== COORDINATOR ? attribution.team : null;
		if (doer !== null) doers[row] = attribution;
		const noteEdit = edits.of(attribution.team);
		const first = commits.firstChange(row);
		for (let change = first; change < first + count; change++) {
			const verdict = judge(change, row);
			noteEdit(verdict);
			if (doer !== null && (verdict.kind !== "owned" || verdict.owner !== doer)) {
				meetings.note(commits.path(change), doer);
			}
			if (verdict.kind !== "owned" && verdict.kind !== "shared") continue;
			seen ??= see(row, attribution);
			const view = commits.change(change);
			for (const detect of changeDetectors) {
				const finding = detect(seen, view, verdict);
				if (finding !== null) findings.push(exemption === null ? finding : exempt(finding, exemption));
			}
		}
	}
	// One for each commit: what is asked of all its changes is worked out once.
	const seenAgain = new Map<number, Seen>();
	for (const { teams, edits: met } of findOverlaps(editsOfMeetings(), collision.windowHours * 3600)) {
		for (const { row, change } of met) {
			const verdict = judge(change, row);
			const rule = verdict.kind === "shared" ? verdict.rule : null;
			const seen = seenAgain.get(row) ?? see(row, doers[row] as Attribution);
			seenAgain.set(row, seen);
			findings.push(detectOverlappingEdit({ seen, change: commits.change(change), teams, rule }));
		}
	}
	const attributionOf = (row: number) => attributions[row] ?? null;
	const seeJudged = (row: number) => {
		const attribution = attributionOf(row);
		return attribution === null ? null : see(row, attribution);
	};
	const rows = { commits, ruleset, sinceAt, exemptionOf, see: seeJudged };
	for (const finding of judgeConfigEdits(catalog, differences, rows)) findings.push(finding);
	const done = { ...activity.finish(), edits: edits.finish() };
	return { findings, commits: commitCount, changes: changeCount, ...done, attributionOf };

	/** Of paths that several teams changed, the edits by those that do not own them alone. */
	function editsOfMeetings(): Edit[] {
		const found: Edit[] = [];
		for (const row of commits.order) {
			const team = doers[row]?.team ?? null;
			if (team === null) continue;
			const first = commits.firstChange(row);
			for (let change = first; change < first + commits.countChanges(row); change++) {
				const path = commits.path(change);
				if (!meetings.has(path)) continue;
				const verdict = judge(change, row);
				const owner = verdict.kind === "owned" ? verdict.owner : null;
				if (owner !== team) found.push({ path, team, owner, seconds: commits.authorSeconds(row), row, change });
			}
		}
		return found;
	}
}

/** What is asked of an author's e-mail, asked once of each. */
function byIdentity(commits: CommitTable, ask: (email: string) => boolean): (row: number) => boolean {
	const known = new Array<boolean | undefined>(commits.identityCount);
	return (row) => {
		const identity = commits.identity(row);
		known[identity] ??= ask(commits.authorOf(identity).email);
		return known[identity];
	};
}

/** A commit as the detectors see it, its parts made when they are asked for: most commits need none. */
class Seen implements CommitSeen {
	readonly attribution: Attribution;
	readonly isCoordinated: IsCoordinated;
	readonly maxOtherPaths: number;
	readonly #commits: CommitTable;
	readonly #row: number;
	#commit: Commit | null = null;

	constructor(
		commits: CommitTable,
		row: number,
		attribution: Attribution,
		settings: Pick<CommitSeen, "isCoordinated" | "maxOtherPaths">,
	) {
		this.#commits = commits;
		this.#row = row;
		this.attribution = attribution;
		this.isCoordinated = settings.isCoordinated;
		this.maxOtherPaths = settings.maxOtherPaths;
	}

	get commit(): Commit {
		this.#commit ??= this.#commits.commit(this.#row);
		return this.#commit;
	}

	get authoredAt(): string {
		return instantOf(this.#commits.authorDate(this.#row));
	}

	get changeCount(): number {
		return this.#commits.countChanges(this.#row);
	}
}
