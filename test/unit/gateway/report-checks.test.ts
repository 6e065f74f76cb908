// Specification of what is a report: every limit at its edge, on both sides.
import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { checkReport, Refusal } from "../../../src/gateway/reports/report-checks.ts";
import { ReportTeamRequestSchema, TeamState } from "../../../src/wire/gen/coordination/v1/status_pb.js";

const NOW = Date.parse("2026-11-26T10:00:00Z");
const MINUTE = 60_000;

const good = {
	team: "team-a",
	sequence: 5n,
	issuedAt: timestampFromMs(NOW),
	state: TeamState.ACTIVE,
	workingOn: "SFT trainer",
};

function check(change: Partial<Parameters<typeof create<typeof ReportTeamRequestSchema>>[1]> = {}) {
	return checkReport(create(ReportTeamRequestSchema, { ...good, ...change } as typeof good), NOW);
}

function refusal(change: Parameters<typeof check>[0]): string {
	try {
		check(change);
	} catch (error) {
		if (error instanceof Refusal) return `${error.code} ${error.message}`;
		throw error;
	}
	return "accepted";
}

describe("a report", () => {
	it("keeps what it says; what it leaves out is null, and it holds for half an hour", () => {
		expect(check()).toEqual({
			team: "team-a",
			sequence: 5n,
			state: "active",
			workingOn: "SFT trainer",
			blockedBy: [],
			note: null,
			validForMs: 30 * MINUTE,
			acceptedAt: "2026-11-26T10:00:00.000Z",
		});
	});

	it("an empty text counts as not given", () => {
		expect(check({ workingOn: " ", note: "" })).toMatchObject({ workingOn: null, note: null });
	});

	it("280 characters fit, also where each takes two units of UTF-16; 281 do not", () => {
		expect(check({ note: "x".repeat(280), workingOn: "🟢".repeat(280) }).workingOn).toHaveLength(560);
		expect(refusal({ note: "x".repeat(281) })).toBe("InvalidArgument note: 281 characters, at most 280 are taken");
		expect(refusal({ workingOn: "🟢".repeat(281) })).toContain("working_on: 281 characters");
		expect(refusal({ blockedBy: ["ok", "x".repeat(100_000)] })).toContain("blocked_by: 100000 characters");
	});

	it("16 blockers fit, 17 do not, and none is empty", () => {
		expect(check({ blockedBy: Array(16).fill("team-b") }).blockedBy).toHaveLength(16);
		expect(refusal({ blockedBy: Array(17).fill("team-b") })).toContain("17 entries, at most 16 are taken");
		expect(refusal({ blockedBy: ["team-b", " "] })).toContain("blocked_by: an entry is empty");
	});

	it("what steers a terminal or the reader's eye is written out", () => {
		const { workingOn, note, blockedBy } = check({
			workingOn: "a\u001b[31mred\u0007",
			note: "line\nbreak",
			blockedBy: ["\u202eevil\u202c"],
		});
		expect(workingOn).toBe("a\\x1B[31mred\\x07");
		expect(note).toBe("line\\x0Abreak");
		expect(blockedBy).toEqual(["\\u{202E}evil\\u{202C}"]);
	});

	it.each([0, 7])("state %i is none", (state) => {
		expect(refusal({ state: state as TeamState })).toContain("InvalidArgument state:");
	});

	it("`unknown` is a state a team may report", () => {
		expect(check({ state: TeamState.UNKNOWN }).state).toBe("unknown");
	});

	it("a sequence is needed", () => {
		expect(refusal({ sequence: 0n })).toContain("InvalidArgument sequence: none given");
	});

	it.each([-5 * MINUTE, 5 * MINUTE])("a date %i ms from the gateway's clock is near enough", (skew) => {
		expect(refusal({ issuedAt: timestampFromMs(NOW + skew) })).toBe("accepted");
	});

	it.each([
		[-5 * MINUTE - 1, "5 min behind the gateway's clock, which says 2026-11-26T10:00:00.000Z"],
		[5 * MINUTE + 1, "5 min ahead of the gateway's clock"],
		[60 * MINUTE, "1 h ahead of"],
		[-65 * MINUTE, "1 h 5 min behind"],
		[-26 * 60 * MINUTE, "1 d 2 h behind"],
	])("a date %i ms from it is not, and the message says by how much and whose clock", (skew, words) => {
		expect(refusal({ issuedAt: timestampFromMs(NOW + skew) })).toContain(`InvalidArgument issued_at: ${words}`);
	});

	it("a date is needed, and one that is none is refused", () => {
		expect(refusal({ issuedAt: undefined })).toContain("issued_at: the report has no date");
		expect(refusal({ issuedAt: { ...timestampFromMs(0), seconds: 1n << 62n } })).toContain("issued_at:");
	});

	it.each([
		[59_999n, false],
		[60_000n, true],
		[86_400_000n, true],
		[86_400_001n, false],
		[0n, false],
		[1n << 63n, false],
	])("valid for %i ms: %j", (validForMs, isAccepted) => {
		expect(refusal({ validForMs }) === "accepted").toBe(isAccepted);
	});
});
