// Pure. Judges the changes of configuration that namespaces divide, by the keys that differ.
import type { Catalog } from "#model/catalog";
import type { CommitTable } from "#model/commit-table";
import type { KeyDifference } from "#model/tree-facts";
import { differenceKey, listConfigChanges } from "./config-changes.ts";
import { compileKeyAgreement } from "./coordination.ts";
import { detectConfigForeignEdit } from "./detectors/config-foreign-edit.ts";
import { type Exemption, exempt } from "./detectors/exempt-edit.ts";
import type { CommitSeen } from "./detectors/history.ts";
import type { Finding } from "./finding.ts";
import { compileNamespaces } from "./namespaces.ts";
import type { Ruleset } from "./ruleset.ts";

/** What the history was judged by, as far as keys ask for it. */
export interface JudgedRows {
	readonly commits: CommitTable;
	readonly ruleset: Ruleset;
	readonly sinceAt: string | null;
	readonly exemptionOf: (row: number) => Exemption | null;
	/** Null: the row is not judged. */
	readonly see: (row: number) => CommitSeen | null;
}

/** Differences by `differenceKey`; a change without one is not judged: a side of it could not be read. */
export type KeyDifferences = ReadonlyMap<string, KeyDifference>;

export function judgeConfigEdits(catalog: Catalog, differences: KeyDifferences, rows: JudgedRows): Finding[] {
	if (differences.size === 0) return [];
	const isAgreed = compileKeyAgreement(catalog);
	return listConfigChanges(rows.commits, compileNamespaces(catalog.namespaces), rows.sinceAt).flatMap((edit) => {
		const difference = differences.get(differenceKey(edit));
		const seen = difference === undefined ? null : rows.see(edit.row);
		if (difference === undefined || seen === null) return [];
		const { change, named } = edit;
		const verdict = rows.ruleset.judge(change.path, seen.authoredAt);
		const findings = detectConfigForeignEdit({ seen, change, named, difference, verdict, isAgreed });
		const exemption = rows.exemptionOf(edit.row);
		return exemption === null ? findings : findings.map((finding) => exempt(finding, exemption));
	});
}
