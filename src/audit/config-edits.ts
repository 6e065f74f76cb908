// Pure. Judges the changes of configuration that namespaces divide, by the keys that differ.
import type { Catalog } from "#model/catalog";
import type { CommitTable } from "#model/commit-table";
import type { EditedKey, KeyDifference } from "#model/tree-facts";
import type { Ruleset } from "#rules/ruleset";
import { type ConfigChange, differenceKey, listConfigChanges } from "./config-changes.ts";
import { compileKeyAgreement } from "./coordination.ts";
import { detectConfigForeignEdit } from "./detectors/config-foreign-edit.ts";
import { type Exemption, exempt } from "./detectors/exempt-edit.ts";
import type { CommitSeen } from "./detectors/history.ts";
import type { Finding } from "./finding.ts";
import { compileNamespaces } from "./namespaces.ts";

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

/** A change with the keys that differ. */
type ConfigEdit = ConfigChange & { readonly difference: KeyDifference };

export function judgeConfigEdits(catalog: Catalog, differences: KeyDifferences, rows: JudgedRows): Finding[] {
	if (differences.size === 0) return [];
	const isAgreed = compileKeyAgreement(catalog);
	const { changes } = listConfigChanges(rows.commits, compileNamespaces(catalog.namespaces), rows.sinceAt);
	const edits = changes.flatMap((change): ConfigEdit[] => {
		const difference = differences.get(differenceKey(change));
		return difference === undefined ? [] : [{ ...change, difference }];
	});
	return [...Map.groupBy(edits, ({ row }) => row)].flatMap(([row, own]) => {
		const seen = rows.see(row);
		if (seen === null) return [];
		const exemption = rows.exemptionOf(row);
		return joinMoves(own).flatMap(({ change, named, difference }) => {
			const verdict = rows.ruleset.judge(change.path, seen.authoredAt);
			const findings = detectConfigForeignEdit({ seen, change, named, difference, verdict, isAgreed });
			return exemption === null ? findings : findings.map((finding) => exempt(finding, exemption));
		});
	});
}

/**
 * A key that one commit takes out of one file and puts into another has moved, as when a file is renamed and edited or is
 * divided in two: it counts as changed where it is now, if its value is another, and else not at all.
 */
function joinMoves(edits: readonly ConfigEdit[]): readonly ConfigEdit[] {
	if (edits.length < 2) return edits;
	const keysThat = (how: EditedKey["how"]) => {
		const keys = edits.flatMap(({ difference }) => difference.keys.filter((key) => key.how === how));
		return new Map(keys.map((key) => [JSON.stringify(key.path), key.value]));
	};
	const [removed, added] = [keysThat("removed"), keysThat("added")];
	return edits.map((edit) => {
		const keys = edit.difference.keys.flatMap((key): EditedKey[] => {
			const path = JSON.stringify(key.path);
			if (key.how === "removed") return added.has(path) ? [] : [key];
			const before = key.how === "added" ? removed.get(path) : undefined;
			return before === undefined ? [key] : before === key.value ? [] : [{ ...key, how: "changed" }];
		});
		return { ...edit, difference: { ...edit.difference, keys } };
	});
}
