// Edge(clock). Where the teams' reports are judged, made to last and held.
import type { HeldReport } from "#model/team-report";
import { isReportExpired } from "#model/team-report";
import { visible } from "#model/visible";
import type { Log } from "../log.ts";
import type { Notices } from "../notices.ts";
import { noObserver, type Observer } from "../observer.ts";
import type { Run } from "../run.ts";
import type { Appended, Reports, StoredReport } from "../store/store.ts";
import { shortReason, within } from "../store/trouble.ts";
import { checkReport, Refusal, type WireReport } from "./report-checks.ts";
import { type KeptToken, teamOfToken } from "./tokens.ts";

export interface ReportsOptions {
	readonly store: Reports;
	/** The tokens that were given out, as of now; rejects while that cannot be told. */
	readonly tokens: () => Promise<readonly KeptToken[]>;
	/** Ids of the teams there are. */
	readonly teams: readonly string[];
	readonly run: Run;
	/** Wall clock, ms. */
	readonly wallNow?: () => number;
	readonly notices: Notices;
	readonly log: Log;
	readonly observer?: Observer;
	/** Longest wait for the store. */
	readonly patienceMs?: number;
}

export interface Accepted {
	readonly sequence: bigint;
	/** ISO */
	readonly acceptedAt: string;
	readonly validForMs: number;
}

export interface ReportDesk {
	/** Judges a report that came with `token` (null: none) and makes it last. Throws Refusal; nothing is held of it then. */
	take(report: WireReport, token: string | null): Promise<Accepted>;
	/** The last report of each team that made one, by team; expired ones too. */
	held(): ReadonlyMap<string, HeldReport>;
	/** Rises when a report is accepted, here or elsewhere, and when one expires. */
	revision(): number;
	close(): void;
}

/** A team may send one report a second, and two at once where it was silent before: a jittered second is no haste. */
const BUCKET = { refillMs: 1_000, capacity: 2 };
const PATIENCE_MS = 5_000;

/** Opens the desk with what the store holds. A store that cannot be read is a notice, and read again. */
export async function openReports(options: ReportsOptions): Promise<ReportDesk> {
	const { store, teams, run, notices, log, observer = noObserver } = options;
	const wallNow = options.wallNow ?? Date.now;
	const held = new Map<string, HeldReport>();
	const expired = new Set<string>();
	const allow = rateLimit(() => run.uptimeMs());
	let revision = 0;

	const see = (report: StoredReport, ageMs?: number) => {
		if (report.sequence <= (held.get(report.team)?.sequence ?? 0n)) return;
		held.set(report.team, heldReport(report, run.uptimeMs(), ageMs ?? wallNow() - Date.parse(report.acceptedAt)));
		expired.delete(report.team);
		revision += 1;
	};
	const tellTrouble = (error: Error | null) => {
		const says = (why: string) => `the teams' reports cannot be read: ${visible(why)}`;
		const sentence = error === null ? null : says(shortReason(error));
		if (error !== null && sentence !== null && !notices.of("store").includes(sentence)) {
			log({ level: "error", event: "store", message: says(error.message) });
		}
		notices.set("store", "reports", sentence);
	};

	try {
		for (const report of await store.all()) see(report);
	} catch (error) {
		tellTrouble(error as Error);
	}
	const stop = store.watch((report) => see(report), tellTrouble);

	async function judge(report: WireReport, token: string | null): Promise<Accepted> {
		assertMayReport(report.team, token, await readTokens(options.tokens, log), teams);
		const stored = checkReport(report, wallNow());
		assertNewer(stored.sequence, held.get(stored.team)?.sequence ?? 0n, stored.team);
		const giveBack = allow(stored.team);
		const { isAccepted, last } = await append(stored);
		if (!isAccepted) {
			giveBack();
			assertNewer(stored.sequence, last, stored.team);
		}
		see(stored, 0);
		return { sequence: stored.sequence, acceptedAt: stored.acceptedAt, validForMs: stored.validForMs };
	}

	async function append(report: StoredReport): Promise<Appended> {
		try {
			return await within(store.append(report), options.patienceMs ?? PATIENCE_MS);
		} catch (error) {
			const message = `a report of ${report.team} could not be kept: ${visible((error as Error).message)}`;
			log({ level: "error", event: "store", message });
			const why = visible(shortReason(error));
			throw new Refusal("Unavailable", `the gateway could not make the report last (${why}); send it again`);
		}
	}

	return {
		async take(report, token) {
			try {
				const accepted = await judge(report, token);
				observer.reportJudged("OK");
				const { state, blockedBy } = held.get(report.team) as HeldReport;
				const fields = { team: report.team, state, blockers: blockedBy.length, sequence: String(accepted.sequence) };
				log({ level: "info", event: "report", message: `${report.team} reports: ${state}`, fields });
				return accepted;
			} catch (error) {
				if (!(error instanceof Refusal)) throw error;
				observer.reportJudged(error.code.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase());
				throw error;
			}
		},
		held: () => held,
		revision() {
			for (const report of held.values()) {
				if (expired.has(report.team) || !isReportExpired(report, run.uptimeMs())) continue;
				expired.add(report.team);
				revision += 1;
			}
			return revision;
		},
		close: stop,
	};
}

/** A report seen now, `ageMs` after it was taken: at least 0, whatever the clocks say. */
function heldReport(report: StoredReport, nowUptimeMs: number, ageMs: number): HeldReport {
	const { acceptedAt, ...said } = report;
	return { ...said, reportedAt: acceptedAt, uptimeMs: nowUptimeMs - Math.max(0, ageMs) };
}

async function readTokens(tokens: () => Promise<readonly KeptToken[]>, log: Log): Promise<readonly KeptToken[]> {
	try {
		return await tokens();
	} catch (error) {
		const why = visible((error as Error).message);
		log({ level: "error", event: "report", message: `no report can be judged: ${why}` });
		// The path of the file is the operator's, and in the log.
		throw new Refusal("Unavailable", "the gateway cannot read its list of tokens; its log says why");
	}
}

function assertMayReport(
	team: string,
	token: string | null,
	kept: readonly KeptToken[],
	teams: readonly string[],
): void {
	const make = "npm run report -- --new-token TEAM makes one, beside the gateway";
	if (token === null)
		throw new Refusal("Unauthenticated", `a report needs its team's token as a bearer token; ${make}`);
	const owner = teamOfToken(token, kept);
	if (owner === null) {
		throw new Refusal("Unauthenticated", `the token is none that this gateway knows: mistyped or revoked? ${make}`);
	}
	if (!teams.includes(team)) {
		const shown = visible(team.slice(0, 64));
		throw new Refusal("NotFound", `there is no team ${JSON.stringify(shown)}; the teams are ${teams.join(", ")}`);
	}
	if (owner !== team)
		throw new Refusal("PermissionDenied", `the token is that of ${owner}; it cannot speak for ${team}`);
}

function assertNewer(sequence: bigint, last: bigint, team: string): void {
	if (sequence > last) return;
	throw new Refusal(
		"AlreadyExists",
		`sequence ${sequence} is not above ${last}, the last one accepted of ${team}: the report was sent before, or the reporter's clock is behind`,
		last,
	);
}

/** Takes from a team's bucket, or throws; gives a way to put it back where no report came of it. */
function rateLimit(now: () => number): (team: string) => () => void {
	const buckets = new Map<string, { left: number; at: number }>();
	return (team) => {
		const at = now();
		const before = buckets.get(team) ?? { left: BUCKET.capacity, at };
		const bucket = { left: Math.min(BUCKET.capacity, before.left + (at - before.at) / BUCKET.refillMs), at };
		buckets.set(team, bucket);
		if (bucket.left < 1) {
			throw new Refusal(
				"ResourceExhausted",
				`${team} reports more than once a second; send the last state in a second`,
			);
		}
		bucket.left -= 1;
		return () => {
			const now = buckets.get(team);
			if (now !== undefined) now.left = Math.min(BUCKET.capacity, now.left + 1);
		};
	};
}
