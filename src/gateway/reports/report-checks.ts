// Pure. A report as it came over the wire -> what is kept of it, or the reason why it is refused, with its cure.
import { type Timestamp, timestampMs } from "@bufbuild/protobuf/wkt";
import type { TeamState } from "#model/team";
import { visible } from "#model/visible";
import type { ReportTeamRequest } from "#wire/gen/coordination/v1/status_pb.js";
import { teamStateFromWire } from "#wire/map-teams";
import type { StoredReport } from "../store/store.ts";

export const TEXT_MAX_LENGTH = 280;
export const BLOCKERS_MAX = 16;
export const SKEW_MAX_MS = 5 * 60_000;
export const VALID_FOR_MS = { min: 60_000, max: 24 * 3_600_000, default: 30 * 60_000 };

/** Why a report was not taken; the names are those of gRPC's codes. */
export type RefusalCode =
	| "Unauthenticated"
	| "PermissionDenied"
	| "NotFound"
	| "InvalidArgument"
	| "AlreadyExists"
	| "ResourceExhausted"
	| "Unavailable";

/** A report that was refused; nothing of it was kept. The message says what to do. */
export class Refusal extends Error {
	override readonly name = "Refusal";
	readonly code: RefusalCode;
	/** Of AlreadyExists: the last sequence accepted of the team. */
	readonly last: bigint | null;

	constructor(code: RefusalCode, message: string, last: bigint | null = null) {
		super(message);
		this.code = code;
		this.last = last;
	}
}

/** The fields of the wire that a report is made of. */
export type WireReport = Pick<
	ReportTeamRequest,
	"team" | "sequence" | "issuedAt" | "state" | "workingOn" | "blockedBy" | "note" | "validForMs"
>;

/**
 * What is kept of a report taken at `wallMs`. Texts are made safe to look at; empty ones count as not given. Throws Refusal
 * (InvalidArgument) for the first thing wrong with it.
 */
export function checkReport(report: WireReport, wallMs: number): StoredReport {
	const { team, sequence, issuedAt, blockedBy, validForMs } = report;
	const state: TeamState | null = teamStateFromWire(report.state);
	if (state === null) throw invalid("state: the report says none that this gateway knows");
	if (sequence === 0n) throw invalid("sequence: none given; milliseconds since 1970 do");
	checkDate(issuedAt, wallMs);
	if (blockedBy.length > BLOCKERS_MAX) {
		throw invalid(`blocked_by: ${blockedBy.length} entries, at most ${BLOCKERS_MAX} are taken`);
	}
	const validFor = validForMs === undefined ? VALID_FOR_MS.default : Number(validForMs);
	if (validFor < VALID_FOR_MS.min || validFor > VALID_FOR_MS.max) {
		throw invalid(
			`valid_for_ms: ${validFor} is not within a minute and a day (${VALID_FOR_MS.min} to ${VALID_FOR_MS.max})`,
		);
	}
	const blockers = blockedBy.map((text) => checkText("blocked_by", text));
	if (blockers.includes(null)) throw invalid("blocked_by: an entry is empty; leave it out");
	return {
		team,
		sequence,
		state,
		workingOn: checkText("working_on", report.workingOn),
		blockedBy: blockers.filter((text) => text !== null),
		note: checkText("note", report.note),
		validForMs: validFor,
		acceptedAt: new Date(wallMs).toISOString(),
	};
}

/** A date too far from ours is refused: a report captured once could be sent again at any time after. */
function checkDate(issuedAt: Timestamp | undefined, wallMs: number): void {
	if (issuedAt === undefined) throw invalid("issued_at: the report has no date");
	const ahead = timestampMs(issuedAt) - wallMs;
	if (Math.abs(ahead) <= SKEW_MAX_MS) return;
	const by = Number.isFinite(ahead) ? `${span(Math.abs(ahead))} ${ahead > 0 ? "ahead of" : "behind"}` : "nowhere near";
	throw invalid(
		`issued_at: ${by} the gateway's clock, which says ${new Date(wallMs).toISOString()}; ${SKEW_MAX_MS / 60_000} minutes are allowed: ` +
			"set the clock that is wrong, the reporter's or the gateway's",
	);
}

function checkText(field: string, text: string | undefined): string | null {
	const trimmed = (text ?? "").trim();
	if (trimmed === "") return null;
	// Characters as people count them, near enough: code points.
	const length = [...trimmed].length;
	if (length > TEXT_MAX_LENGTH) {
		throw invalid(`${field}: ${length} characters, at most ${TEXT_MAX_LENGTH} are taken`);
	}
	return visible(trimmed);
}

function invalid(message: string): Refusal {
	return new Refusal("InvalidArgument", message);
}

/** `1 h 5 min`, `12 min`, `3 d 2 h`: the two largest units. */
function span(ms: number): string {
	const minutes = Math.floor(ms / 60_000);
	const units: [number, string][] = [
		[Math.floor(minutes / 1440), "d"],
		[Math.floor(minutes / 60) % 24, "h"],
		[minutes % 60, "min"],
	];
	const first = units.findIndex(([count]) => count > 0);
	return units
		.slice(first, first + 2)
		.filter(([count]) => count > 0)
		.map(([count, unit]) => `${count} ${unit}`)
		.join(" ");
}
