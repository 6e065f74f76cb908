// Pure. What a team types to report -> what goes to the gateway, and where that may be sent.
import { isLoopback } from "#gateway/edge/hosts";
import { UsageError } from "#model/problem";
import { TEAM_STATES, type TeamState } from "#model/team";
import { oneOf } from "./options.ts";

/** The options of `npm run report`, as typed. */
export interface TypedReport {
	readonly team?: string | undefined;
	readonly state?: string | undefined;
	readonly "working-on"?: string | undefined;
	readonly "blocked-by": readonly string[];
	readonly note?: string | undefined;
	readonly "valid-for"?: string | undefined;
}

/** A report but for its sequence and date. */
export interface ReportFields {
	readonly team: string;
	readonly state: TeamState;
	readonly workingOn?: string;
	readonly blockedBy: readonly string[];
	readonly note?: string;
	readonly validForMs?: bigint;
}

export const DEFAULT_GATEWAY = "http://localhost:4321";

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** What the options say; `team` stands in for `--team`. Throws UsageError for what is missing or cannot be read. */
export function reportFields(typed: TypedReport, team: string | undefined): ReportFields {
	const id = typed.team ?? team;
	if (id === undefined || id === "") throw new UsageError("whose report is it?", "--team ID, or COORD_TEAM");
	if (typed.state === undefined) throw new UsageError("--state is missing", `one of ${TEAM_STATES.join(", ")}`);
	const validFor = typed["valid-for"];
	return {
		team: id,
		state: oneOf("state", typed.state, TEAM_STATES),
		blockedBy: typed["blocked-by"],
		...(typed["working-on"] === undefined ? {} : { workingOn: typed["working-on"] }),
		...(typed.note === undefined ? {} : { note: typed.note }),
		...(validFor === undefined ? {} : { validForMs: durationMs(validFor) }),
	};
}

/** `90s`, `30m`, `2h`, `1d`. The gateway says which are too short or too long. */
function durationMs(typed: string): bigint {
	const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(typed) ?? [];
	if (count === undefined || unit === undefined) {
		throw new UsageError(`--valid-for ${typed} is no length of time`, "write it as 90s, 30m, 2h or 1d");
	}
	return BigInt(Number(count) * (UNITS_MS[unit] as number));
}

/**
 * Where the gateway is. Throws UsageError for what is no address, and for one to which a token would travel in the open:
 * over plain http to another machine, unless that was asked for by name.
 */
export function gatewayUrl(typed: string | undefined, isInsecure: boolean): string {
	const text = typed === undefined || typed === "" ? DEFAULT_GATEWAY : typed;
	const url = URL.parse(text);
	if (url === null || !["http:", "https:"].includes(url.protocol) || url.username !== "" || url.search !== "") {
		throw new UsageError(
			`COORD_GATEWAY ${JSON.stringify(text)} is no address of a gateway`,
			`write it as ${DEFAULT_GATEWAY}`,
		);
	}
	if (url.protocol === "http:" && !isLoopback(url.hostname.replace(/^\[(.*)\]$/, "$1")) && !isInsecure) {
		throw new UsageError(
			`over plain http everybody on the way to ${url.host} could read the token, and report in the team's name`,
			"put the gateway behind https; or give --insecure where the way itself is safe",
		);
	}
	return url.href.replace(/\/$/, "");
}
