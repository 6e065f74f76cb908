// Specification of the desk where reports are judged: who may speak, in which order, how often, and what is held after.
import { randomBytes } from "node:crypto";
import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { openNotices } from "../../../src/gateway/notices.ts";
import { noObserver } from "../../../src/gateway/observer.ts";
import { Refusal } from "../../../src/gateway/reports/report-checks.ts";
import { openReports, type ReportsOptions } from "../../../src/gateway/reports/reports.ts";
import { keptToken, makeToken } from "../../../src/gateway/reports/tokens.ts";
import { memoryStore, newMemory } from "../../../src/gateway/store/memory.ts";
import { ReportTeamRequestSchema, TeamState } from "../../../src/wire/gen/coordination/v1/status_pb.js";

const START = Date.parse("2026-11-26T10:00:00Z");
const [A, B, GONE] = [1, 2, 3].map((fill) => makeToken(new Uint8Array(24).fill(fill))) as [string, string, string];
const tokens = [keptToken(A, "team-a", "2026-11-26T09:00:00Z"), keptToken(B, "team-b", "2026-11-26T09:00:00Z")];
tokens.push(keptToken(GONE, "team-gone", "2026-11-26T09:00:00Z"));

/** A desk whose clocks stand still until they are moved. */
async function desk(change: Partial<ReportsOptions> = {}, clock = { wallMs: START, uptimeMs: 1_000 }) {
	const notices = openNotices();
	const memory = newMemory();
	const judged: string[] = [];
	const opened = await openReports({
		store: memoryStore(memory).reports,
		tokens: async () => tokens,
		teams: ["team-a", "team-b"],
		run: { epoch: 1n, firstVersion: 1n, uptimeMs: () => clock.uptimeMs, uptimeOf: (ms) => ms },
		wallNow: () => clock.wallMs,
		notices,
		log: () => undefined,
		observer: { ...noObserver, reportJudged: (code) => judged.push(code) },
		...change,
	});
	const send = async (fields: object = {}, token: string | null = A): Promise<string> => {
		const request = create(ReportTeamRequestSchema, {
			team: "team-a",
			sequence: 1n,
			issuedAt: timestampFromMs(clock.wallMs),
			state: TeamState.ACTIVE,
			...fields,
		});
		try {
			return `accepted ${(await opened.take(request, token)).sequence}`;
		} catch (error) {
			if (error instanceof Refusal) return `${error.code}: ${error.message}`;
			throw error;
		}
	};
	const pass = (ms: number) => {
		clock.wallMs += ms;
		clock.uptimeMs += ms;
	};
	return { ...opened, send, pass, clock, notices, memory, judged };
}

describe("a report that is taken", () => {
	it("is held as the team's last, with its moment on both clocks", async () => {
		const { send, held, judged } = await desk();
		expect(await send({ workingOn: "SFT", validForMs: 60_000n })).toBe("accepted 1");
		expect(held().get("team-a")).toEqual({
			team: "team-a",
			sequence: 1n,
			state: "active",
			workingOn: "SFT",
			blockedBy: [],
			note: null,
			reportedAt: "2026-11-26T10:00:00.000Z",
			uptimeMs: 1_000,
			validForMs: 60_000,
		});
		expect(judged).toEqual(["OK"]);
	});

	it("may leave out sequences; each must be above the last", async () => {
		const { send, pass, held } = await desk();
		for (const [sequence, outcome] of [
			[10n, "accepted 10"],
			[1_000_000n, "accepted 1000000"],
			[1_000_000n, "AlreadyExists: sequence 1000000 is not above 1000000, the last one accepted of team-a"],
			[999_999n, "AlreadyExists: sequence 999999 is not above 1000000"],
			[(1n << 64n) - 1n, "accepted 18446744073709551615"],
		] as const) {
			pass(1_000);
			expect(await send({ sequence })).toContain(outcome);
		}
		expect(held().get("team-a")?.sequence).toBe((1n << 64n) - 1n);
	});

	it("of two at once with one sequence, one is", async () => {
		const { send } = await desk();
		const outcomes = await Promise.all([send(), send({ state: TeamState.DONE })]);
		expect(outcomes.map((outcome) => outcome.split(/[: ]/)[0]).sort()).toEqual(["AlreadyExists", "accepted"]);
	});
});

describe("who may report", () => {
	it.each([
		["no token", {}, null, "Unauthenticated: a report needs its team's token"],
		["a token nobody was given", {}, `${A}x`, "Unauthenticated: the token is none that this gateway knows"],
		["no token for no team", { team: "team-x" }, null, "Unauthenticated"],
		[
			"another team's token",
			{ team: "team-b" },
			A,
			"PermissionDenied: the token is that of team-a; it cannot speak for team-b",
		],
		[
			"a team that does not exist",
			{ team: "team-x" },
			A,
			'NotFound: there is no team "team-x"; the teams are team-a, team-b',
		],
		["a team that is no more", { team: "team-gone" }, GONE, "NotFound"],
		["a name that steers a terminal", { team: "\u001b[2J" }, A, 'NotFound: there is no team "\\\\x1B[2J"'],
	])("%s", async (_what, fields, token, outcome) => {
		const { send, held } = await desk();
		expect(await send(fields, token)).toContain(outcome);
		expect(held().size).toBe(0);
	});

	it("a token for each team", async () => {
		const { send, held } = await desk();
		expect(await send({ team: "team-b" }, B)).toBe("accepted 1");
		expect([...held().keys()]).toEqual(["team-b"]);
	});

	it("nobody, while the tokens cannot be read; the path of the file stays in the log", async () => {
		const lines: string[] = [];
		const { send } = await desk({
			tokens: () => Promise.reject(new Error("/secret/path is damaged")),
			log: ({ message }) => lines.push(message),
		});
		expect(await send()).toBe("Unavailable: the gateway cannot read its list of tokens; its log says why");
		expect(lines.join()).toContain("/secret/path is damaged");
	});
});

it("1,000 captured reports sent again, 1,000 made-up tokens, 100 of other teams: none is taken; good ones in between are", async () => {
	const { send, pass, held, judged } = await desk();
	const outcomes = new Map<string, number>();
	for (let at = 1n; at <= 1_000n; at++) {
		// A good one each second and a half, with gaps between its sequences; all that were ever sent are sent again.
		pass(1_500);
		expect(await send({ sequence: at * 7n, workingOn: `report ${at}` })).toBe(`accepted ${at * 7n}`);
		const again = [
			send({ sequence: ((at * 7_919n) % at) * 7n + 7n, workingOn: "replayed" }),
			send({}, makeToken(randomBytes(24))),
		];
		if (at % 10n === 0n) again.push(send({ sequence: at * 7n + 1n }, B));
		for (const outcome of await Promise.all(again)) {
			const code = outcome.split(":")[0] as string;
			outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
		}
	}
	expect(Object.fromEntries(outcomes)).toEqual({ AlreadyExists: 1_000, Unauthenticated: 1_000, PermissionDenied: 100 });
	expect(judged.filter((code) => code === "OK")).toHaveLength(1_000);
	expect([...held().values()]).toMatchObject([{ team: "team-a", sequence: 7_000n, workingOn: "report 1000" }]);
});

describe("how often", () => {
	it("two at once, then one a second", async () => {
		const { send, pass } = await desk();
		expect(await send({ sequence: 1n })).toBe("accepted 1");
		expect(await send({ sequence: 2n })).toBe("accepted 2");
		expect(await send({ sequence: 3n })).toContain("ResourceExhausted: team-a reports more than once a second");
		pass(999);
		expect(await send({ sequence: 3n })).toContain("ResourceExhausted");
		pass(1);
		// The refused ones used up no sequence, and nobody's patience but their own.
		expect(await send({ sequence: 3n })).toBe("accepted 3");
	});

	it("refused reports do not count: whoever replays them does not silence the team", async () => {
		const { send } = await desk();
		expect(await send({ sequence: 5n })).toBe("accepted 5");
		for (let at = 0; at < 20; at++) expect(await send({ sequence: 5n })).toContain("AlreadyExists");
		expect(await send({ sequence: 6n, note: "x".repeat(281) })).toContain("InvalidArgument");
		expect(await send({ sequence: 6n })).toBe("accepted 6");
	});

	it("each team by itself", async () => {
		const { send } = await desk();
		for (const sequence of [1n, 2n, 3n]) await send({ sequence });
		expect(await send({ team: "team-b" }, B)).toBe("accepted 1");
	});
});

describe("what is held", () => {
	it("rises in revision with a report, and once more when it expires", async () => {
		const { send, pass, revision } = await desk();
		const before = revision();
		await send({ validForMs: 60_000n });
		const taken = revision();
		expect(taken).toBeGreaterThan(before);
		pass(60_000);
		expect(revision()).toBe(taken);
		pass(1);
		const expired = revision();
		expect(expired).toBeGreaterThan(taken);
		expect(revision()).toBe(expired);
		await send({ sequence: 2n });
		expect(revision()).toBeGreaterThan(expired);
	});

	it("is what the store held when it opened; the time between counts by wall clock", async () => {
		const { memory, send } = await desk();
		await send({ validForMs: 60_000n });
		const later = await desk({ store: memoryStore(memory).reports }, { wallMs: START + 45_000, uptimeMs: 20 });
		expect(later.held().get("team-a")).toMatchObject({ sequence: 1n, uptimeMs: 20 - 45_000 });
		expect(await later.send({ sequence: 1n })).toContain("AlreadyExists");
		expect(await later.send({ sequence: 2n })).toBe("accepted 2");
	});

	it("is never from the future: a wall clock that was set back counts as no time", async () => {
		const { memory, send } = await desk();
		await send();
		const later = await desk({ store: memoryStore(memory).reports }, { wallMs: START - 3_600_000, uptimeMs: 20 });
		expect(later.held().get("team-a")?.uptimeMs).toBe(20);
	});

	it("is also what another gateway took", async () => {
		const { memory, held } = await desk();
		const other = await desk({ store: memoryStore(memory).reports });
		await other.send({ workingOn: "elsewhere" });
		expect(held().get("team-a")).toMatchObject({ workingOn: "elsewhere" });
	});
});

describe("a store that fails", () => {
	const failing = (change: Partial<ReportsOptions["store"]>) => ({ ...memoryStore().reports, ...change });

	it("takes no report: UNAVAILABLE, nothing held", async () => {
		const full = Object.assign(new Error("ENOSPC: no space left, '/srv/state/reports'"), { code: "ENOSPC" });
		const store = failing({ append: () => Promise.reject(full) });
		const { send, held, judged } = await desk({ store });
		expect(await send()).toBe("Unavailable: the gateway could not make the report last (ENOSPC); send it again");
		expect(held().size).toBe(0);
		expect(judged).toEqual(["UNAVAILABLE"]);
	});

	it("that never answers is given up", async () => {
		const { send } = await desk({ store: failing({ append: () => new Promise(() => undefined) }), patienceMs: 20 });
		expect(await send()).toContain("Unavailable: the gateway could not make the report last (no answer in 0.02 s");
	});

	it("that cannot be read is a notice, taken back once it can", async () => {
		const told: Parameters<ReportsOptions["store"]["watch"]>[] = [];
		const store = failing({
			all: () => Promise.reject(new Error("EIO")),
			watch: (...asked) => {
				told.push(asked);
				return () => undefined;
			},
		});
		const { notices, held } = await desk({ store });
		expect(notices.of("store")).toEqual(["the teams' reports cannot be read: EIO"]);
		const [see, trouble] = told[0]!;
		trouble(null);
		see({
			team: "team-b",
			sequence: 3n,
			state: "done",
			workingOn: null,
			blockedBy: [],
			note: null,
			validForMs: 60_000,
			acceptedAt: "2026-11-26T10:00:00.000Z",
		});
		expect(notices.of("store")).toEqual([]);
		expect(held().get("team-b")?.state).toBe("done");
	});
});
