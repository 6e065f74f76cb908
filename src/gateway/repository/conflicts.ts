// Edge(clock). What the audit finds now that the pages do not show, for the page of each build.
import { createHash } from "node:crypto";
import { conflictDelta } from "#model/conflict-delta";
import { isOpen } from "#model/conflict-state";
import type { ConflictsState } from "#wire/map-conflicts";
import type { Notices } from "../notices.ts";
import type { Run } from "../run.ts";
import type { Baselines } from "./baselines.ts";
import type { EvidenceReader } from "./evidence.ts";

export interface ConflictsReader {
	/**
	 * What differs from the log of `baseline` (sha256 in hex; empty: the reader has none). One version for all baselines.
	 * Throws WorldError while there is no audit.
	 */
	state(baseline: string): Promise<ConflictsState>;
	/** Open conflicts as last read; null: nothing was read. */
	open(): ConflictsState["delta"]["open"] | null;
}

export function openConflicts(
	evidence: EvidenceReader,
	baselines: Baselines,
	notices: Notices,
	run: Run,
): ConflictsReader {
	let version = run.firstVersion - 1n;
	let digest = "";
	let madeOf: { log: object; baselines: number; notices: number } | null = null;
	let said: readonly string[] = [];

	return {
		async state(baseline) {
			const [{ now, ageMs }, known] = await Promise.all([evidence.read(), baselines.read()]);
			const parts = { log: now.log, baselines: baselines.revision(), notices: notices.revision() };
			const isSame =
				madeOf?.log === parts.log && madeOf.baselines === parts.baselines && madeOf.notices === parts.notices;
			if (!isSame) {
				said = notices.of("git");
				const next = createHash("sha256")
					.update(JSON.stringify([now.log, parts.baselines, said]))
					.digest("hex");
				if (next !== digest) version += 1n;
				digest = next;
				madeOf = parts;
			}
			return {
				version,
				epoch: run.epoch,
				uptimeMs: run.uptimeMs(),
				notices: said,
				derivedAgeMs: ageMs,
				generatedAt: new Date().toISOString(),
				delta: conflictDelta(baseline, known.get(baseline) ?? null, now.log),
			};
		},
		open() {
			const conflicts = evidence.last()?.now.log.conflicts.filter(isOpen);
			if (conflicts === undefined) return null;
			const count = (level: string) => conflicts.filter((conflict) => conflict.level === level).length;
			return { errors: count("error"), warnings: count("warning"), notes: count("note") };
		},
	};
}
