// Specification of what a team types to report, and of where its token may be sent.
import { describe, expect, it } from "vitest";
import { gatewayUrl, reportFields } from "#scripts/lib/report-options";

const nothing = { "blocked-by": [] };

describe("the fields of a report", () => {
	it("what is not typed is not sent", () => {
		expect(reportFields({ ...nothing, team: "team-a", state: "active" }, "team-z")).toEqual({
			team: "team-a",
			state: "active",
			blockedBy: [],
		});
	});

	it("everything that is typed is", () => {
		const typed = {
			team: "a",
			state: "blocked",
			"working-on": "x",
			"blocked-by": ["b", "c"],
			note: "n",
			"valid-for": "2h",
		};
		expect(reportFields(typed, undefined)).toEqual({
			team: "a",
			state: "blocked",
			workingOn: "x",
			blockedBy: ["b", "c"],
			note: "n",
			validForMs: 7_200_000n,
		});
	});

	it("the team may come from COORD_TEAM", () => {
		expect(reportFields({ ...nothing, state: "done" }, "team-z").team).toBe("team-z");
		expect(() => reportFields({ ...nothing, state: "done" }, "")).toThrow("whose report is it?");
	});

	it("a state is needed, and one that there is", () => {
		expect(() => reportFields({ ...nothing, team: "a" }, undefined)).toThrow("--state is missing");
		expect(() => reportFields({ ...nothing, team: "a", state: "busy" }, undefined)).toThrow(
			"--state busy is none of awaiting-start, active",
		);
	});

	it.each([
		["90s", 90_000n],
		["1m", 60_000n],
		["24h", 86_400_000n],
		["1d", 86_400_000n],
	])("%s is a length of time", (typed, ms) => {
		expect(reportFields({ ...nothing, team: "a", state: "done", "valid-for": typed }, undefined).validForMs).toBe(ms);
	});

	it.each(["", "30", "m", "1.5h", "-1m", "1h30m", "30M", "9999999s"])("%j is none", (typed) => {
		expect(() => reportFields({ ...nothing, team: "a", state: "done", "valid-for": typed }, undefined)).toThrow(
			"is no length of time",
		);
	});
});

describe("where a token may be sent", () => {
	it.each([
		[undefined, "http://localhost:4321"],
		["", "http://localhost:4321"],
		["http://127.0.0.1:8080/", "http://127.0.0.1:8080"],
		["http://127.9.9.9", "http://127.9.9.9"],
		["http://[::1]:4321", "http://[::1]:4321"],
		["https://gateway.example", "https://gateway.example"],
		["https://example.org/coordination/", "https://example.org/coordination"],
	])("%j", (typed, url) => {
		expect(gatewayUrl(typed, false)).toBe(url);
	});

	it.each(["gateway:4321", "localhost:4321", "ftp://x", "https://user:pass@x", "not a url", "https://x/?q=1"])(
		"%j is no address",
		(typed) => {
			expect(() => gatewayUrl(typed, true)).toThrow("is no address of a gateway");
		},
	);

	it.each([
		"http://10.1.2.3:4321",
		"http://gateway.example",
		"http://localhost.evil.example",
		"http://127.0.0.1.evil.example",
		"http://[fe80::1]:4321",
		"http://0.0.0.0:4321",
	])("%s: over plain http only where that was asked for", (typed) => {
		expect(() => gatewayUrl(typed, false)).toThrow("over plain http everybody on the way");
		expect(gatewayUrl(typed, true)).toBe(typed);
	});
});
