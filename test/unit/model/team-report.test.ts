// How a team's report stands in for what the content declares, and what is left of it once it expired.
import { describe, expect, it } from "vitest";
import { declaredFromReport, type HeldReport, isReportExpired } from "../../../src/model/team-report.ts";

const content = {
	state: "active" as const,
	workingOn: "what the content says",
	lastActivityAt: "2025-07-31T14:45:00Z",
	blockedBy: ["team-a"],
	note: "content's note",
	report: null,
};

const held: HeldReport = {
	team: "team-b",
	sequence: 7n,
	state: "blocked",
	workingOn: "SFT trainer",
	blockedBy: ["team-c"],
	note: null,
	reportedAt: "2026-11-26T10:00:00Z",
	uptimeMs: 5_000,
	validForMs: 60_000,
};

describe("what a team declares", () => {
	it("is the content's where it never reported", () => {
		expect(declaredFromReport(content, null, 1e9)).toBe(content);
	});

	it("is its report's, and nothing of the content's, while that holds", () => {
		expect(declaredFromReport(content, held, 65_000)).toEqual({
			state: "blocked",
			workingOn: "SFT trainer",
			lastActivityAt: "2026-11-26T10:00:00Z",
			blockedBy: ["team-c"],
			note: null,
			report: { reportedAt: "2026-11-26T10:00:00Z", uptimeMs: 5_000, validForMs: 60_000 },
		});
	});

	it("is unknown once the report expired; its words stay, with its times", () => {
		const declared = declaredFromReport(content, held, 65_001);
		expect(declared).toEqual({ ...declaredFromReport(content, held, 65_000), state: "unknown" });
		expect(isReportExpired(declared.report!, 65_001)).toBe(true);
		expect(isReportExpired(declared.report!, 65_000)).toBe(false);
	});

	it("counts the time before the run began: a report of an earlier run expires when it said", () => {
		const earlier = { ...held, uptimeMs: -50_000 };
		expect(declaredFromReport(content, earlier, 10_000).state).toBe("blocked");
		expect(declaredFromReport(content, earlier, 10_001).state).toBe("unknown");
	});
});
