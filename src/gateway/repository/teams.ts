// Edge(clock). The teams' status: what they declare and report beside what git shows, with a version that moves when it does.
import { teamsSnapshot } from "#model/team-status";
import type { TeamsState } from "#wire/map-teams";
import type { Notices } from "../notices.ts";
import type { ReportDesk } from "../reports/reports.ts";
import type { Run } from "../run.ts";
import type { EvidenceReader } from "./evidence.ts";

export interface TeamsReader {
	/** The teams as they stand. Throws WorldError while there is no evidence of any kind. */
	state(): Promise<TeamsState>;
}

/** `reports` null: none are taken. */
export function openTeams(
	evidence: EvidenceReader,
	reports: Pick<ReportDesk, "held" | "revision"> | null,
	notices: Notices,
	run: Run,
): TeamsReader {
	let held: { version: bigint; text: string; made: Pick<TeamsState, "snapshot" | "notices"> } | null = null;
	/** What `held` was made of. */
	let madeOf: { now: object; reports: number; notices: number } | null = null;

	return {
		async state() {
			const { now, ageMs } = await evidence.read();
			const parts = { now, reports: reports?.revision() ?? 0, notices: notices.revision() };
			const isSame = madeOf?.now === now && madeOf.reports === parts.reports && madeOf.notices === parts.notices;
			if (held === null || !isSame) {
				const { teams, updatedAt, activity, log, branches, worktrees } = now;
				const beside = { branches, worktrees, reports: reports?.held() ?? new Map(), uptimeMs: run.uptimeMs() };
				const snapshot = teamsSnapshot(teams, updatedAt, activity, log, beside);
				const made = { snapshot, notices: notices.of("git", "store") };
				// The same commits audited anew, or a file saved that was changed before: no change anybody can see.
				const text = JSON.stringify(made);
				if (text !== held?.text) held = { version: held === null ? run.firstVersion : held.version + 1n, text, made };
				madeOf = parts;
			}
			return {
				version: held.version,
				...held.made,
				epoch: run.epoch,
				uptimeMs: run.uptimeMs(),
				derivedAgeMs: ageMs,
				generatedAt: new Date().toISOString(),
			};
		},
	};
}
