// Edge(processes). The gateway is killed while teams report to it.
import { crashReports } from "#test/report-crash";
import type { OwnRow } from "./world.ts";

/** In each run; 200 in the five of the default. */
const KILLS = 40;

export const reports: OwnRow = {
	id: "reports",
	fault: `SIGKILL of the gateway while 40 teams report, ${KILLS} times a run, also while its journal is replaced`,
	promised: { shows: "every report that was accepted, once", showMs: null, recoverMs: null },
	missing: () => null,
	async measure(runs, random, say) {
		const done = [];
		for (let run = 1; run <= runs; run++) {
			const onKill = (kills: number) => say(`run ${run} of ${runs}: ${kills} of ${KILLS} kills`);
			const figures = await crashReports({ kills: KILLS, random, onKill });
			const { accepted, unanswered, unansweredKept, compactions, lost, acceptedTwice } = figures;
			done.push({
				shown: `${accepted} accepted, ${lost.length} lost; ${unanswered} under way, ${unansweredKept} of them kept; ${compactions} journals`,
				showMs: null,
				recoverMs: null,
				problems: [...lost.map((what) => `lost: ${what}`), ...acceptedTwice.map((what) => `accepted twice: ${what}`)],
			});
		}
		return done;
	},
};
