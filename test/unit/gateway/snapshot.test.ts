// Specification of the reducer: hand-made sequences of answers (G), silence (-) and other failures.
import { describe, expect, it } from "vitest";
import type { NodeStatus } from "#model/snapshot";
import type { Vitals } from "../../../src/gateway/cluster/facts.ts";
import { failure, type ProbeResult } from "../../../src/gateway/cluster/probe.ts";
import {
	isDoubtful,
	type NodeRecord,
	newRecord,
	nodeStatus,
	reduceProbe,
} from "../../../src/gateway/cluster/snapshot.ts";

const node = { id: "n1", address: "10.0.0.1:50051", isSample: false };
const vitals: Vitals = {
	trouble: null,
	uptimeSeconds: 100,
	memoryUsedPercent: 41.2,
	gpuUtilizationPercent: null,
	requestsProcessed: 3,
	deviceId: "mini1",
	layers: { range: { first: 0, last: 9 } },
};
const profile = { deviceId: "mini1", chip: "Apple M4", memoryBytes: 17_179_869_184, role: null, layers: null };

function good(change: Partial<Vitals> = {}, latencyMs = 2): ProbeResult {
	const protocol = "mlx_distributed.DistributedInference";
	return { isGood: true, protocol, latencyMs, vitals: { ...vitals, ...change }, profile };
}
const slow = good({}, 1_500);
const silence = failure("no-answer", 2_000);
const refused = failure("refused", 2_000);

/** Plays results 5 s apart from time 0 on; gives the record after the last. */
function play(results: readonly ProbeResult[], from = newRecord(node)): NodeRecord {
	return results.reduce(
		(record, result, index) =>
			reduceProbe(record, result, { monotonicMs: index * 5_000, wallMs: 1_700_000_000_000 + index * 5_000 }),
		from,
	);
}

/** States after each result, S serving, D degraded, N not serving, ? unknown. */
function states(pattern: string): string {
	const shown = { serving: "S", degraded: "D", "not-serving": "N", unknown: "?" };
	const results = [...pattern].map((sign) => (sign === "G" ? good() : sign === "L" ? slow : silence));
	return results.map((_, index) => shown[nodeStatus(play(results.slice(0, index + 1)), 0).state]).join("");
}

describe("up and down", () => {
	it("starts unknown, not red", () => {
		expect(nodeStatus(newRecord(node), 0)).toMatchObject({
			state: "unknown",
			reason: "not asked yet",
			ageMs: null,
			checkedMs: null,
		});
	});

	it.each([
		["one good answer is enough at the start", "G", "S"],
		["two failures do not take a node down", "G--", "SSS"],
		["three do", "G---", "SSSN"],
		["a good answer between starts the count anew", "G--G--", "SSSSSS"],
		["one success does not bring it up again", "G---G", "SSSNN"],
		["two do", "G---GG", "SSSNNS"],
		["a failure between starts that count anew", "G---G-G", "SSSNNND"],
		["never heard of: unknown, then down", "---", "??N"],
		["never heard of, then heard", "--G", "??S"],
	])("%s", (_name, pattern, expected) => {
		expect(states(pattern)).toBe(expected);
	});

	it("says why at once where nothing was known, and not before it is down where it was up", () => {
		expect(nodeStatus(play([refused]), 0).reason).toBe("connection refused");
		expect(nodeStatus(play([good(), refused, refused]), 0).reason).toBe("");
		expect(nodeStatus(play([good(), refused, refused, silence]), 0).reason).toBe("no answer in 2 s");
	});

	it("is in doubt, and so asked sooner, while results speak against the state", () => {
		const doubts = (results: ProbeResult[]) => isDoubtful(play(results));
		expect(doubts([good()])).toBe(false);
		expect(doubts([good(), silence])).toBe(true);
		expect(doubts([good(), silence, silence, silence])).toBe(false);
		expect(doubts([good(), silence, silence, silence, good()])).toBe(true);
		expect(doubts([good(), slow])).toBe(true);
		expect(doubts([slow, slow, slow])).toBe(false);
		expect(doubts([slow, slow, slow, good()])).toBe(true);
	});

	it("a server without any health service is unknown, however often it is asked", () => {
		const wrong = failure("wrong-service", 2_000);
		expect(nodeStatus(play([wrong, wrong, wrong, wrong]), 0)).toMatchObject({
			state: "unknown",
			reason: "a gRPC server that offers no health service known here",
		});
	});

	it("a node that may not be asked is unknown at once, with the reason, and was not checked", () => {
		const refusal = failure("not-asked", 2_000, "169.254.169.254 is a link-local address");
		const reason = "not asked: 169.254.169.254 is a link-local address";
		expect(nodeStatus(play([refusal]), 0)).toMatchObject({ state: "unknown", reason, checkedMs: null });
		// Up before: the check it had was at 0 s, 60 s ago.
		expect(nodeStatus(play([good(), refusal]), 60_000)).toMatchObject({ state: "unknown", reason, checkedMs: 60_000 });
		expect(nodeStatus(play([refusal, good()]), 0)).toMatchObject({ state: "serving", reason: "" });
	});

	it("a question we ended ourselves teaches nothing", () => {
		const before = play([good(), silence, silence]);
		expect(reduceProbe(before, failure("stopped", 2_000), { monotonicMs: 9e9, wallMs: 9e12 })).toBe(before);
	});
});

describe("degraded", () => {
	it("three slow answers in a row make it slow, two quick ones end it", () => {
		expect(states("LLGLLLGG")).toBe("SSSSSDDS");
	});

	it("four changes within ten results are flapping: one state instead of one that blinks", () => {
		expect(states("G-G-")).toBe("SSSS");
		expect(states("G-G-G-G-")).toBe("SSSSDDDD");
	});

	it("flapping ends a minute after the last change, 60 s at 5 s each", () => {
		// The last change comes at 20 s, so 80 s is the first moment of calm.
		expect(states(`G-G-G${"G".repeat(12)}`).slice(4)).toBe("DDDDDDDDDDDDS");
		expect(states(`G-G-G-${"-".repeat(12)}`).slice(4)).toBe("DDDDDDDDDDDDDN");
	});

	it("at one question a minute, flapping does not end while the last ten results still flap", () => {
		const results = [..."G-G-GGGGGGGGGG"].map((sign) => (sign === "G" ? good() : silence));
		const shown = results.map(
			(_, last) =>
				nodeStatus(
					results
						.slice(0, last + 1)
						.reduce(
							(record, result, index) => reduceProbe(record, result, { monotonicMs: index * 60_000, wallMs: 0 }),
							newRecord(node),
						),
					0,
				).state,
		);
		// Changes at results 2 to 5; with the eleventh result the second is the oldest of ten, and three changes are left.
		expect(shown.slice(3)).toEqual(["serving", ...new Array(6).fill("degraded"), ...new Array(4).fill("serving")]);
	});

	it("slow says within what 95 % of the answers came, and moves by more than a quarter only", () => {
		const reason = (...latencies: number[]) => nodeStatus(play(latencies.map((ms) => good({}, ms))), 0).reason;
		expect(reason(1_500, 1_500, 1_500)).toBe("slow: 95 % of answers come within 1.5 s");
		// Of five, 95 % is all of them: 1.8 s is 20 % more than 1.5, 1.9 s is 27 % more.
		expect(reason(1_500, 1_500, 1_500, 1_500, 1_800)).toBe("slow: 95 % of answers come within 1.5 s");
		expect(reason(1_500, 1_500, 1_500, 1_500, 1_900)).toBe("slow: 95 % of answers come within 1.9 s");
		expect(reason(2, 2, 2, 1_200, 1_300)).toBe("");
	});

	it("an answer that was held back while more was asked is as old as it is", () => {
		const held = { ...(good() as object), heldMs: 1_900 } as ProbeResult;
		expect(nodeStatus(play([held]), 0).ageMs).toBe(1_900);
	});
});

describe("values", () => {
	const shown = (results: ProbeResult[], now = 0): NodeStatus => nodeStatus(play(results), now);

	it("are those the node gave", () => {
		expect(shown([good()])).toEqual({
			id: "n1",
			address: "10.0.0.1:50051",
			state: "serving",
			reason: "",
			ageMs: 0,
			checkedMs: 0,
			latencyMs: 2,
			protocol: "mlx_distributed.DistributedInference",
			// 1 700 000 000 s is 2023-11-14T22:13:20Z; 100 s of uptime before that.
			startedAt: "2023-11-14T22:11:40.000Z",
			memoryBytes: 17_179_869_184,
			memoryUsedPercent: 41.2,
			gpuUtilizationPercent: null,
			chip: "Apple M4",
			deviceId: "mini1",
			role: null,
			layers: { first: 0, last: 9 },
			requestsProcessed: 3,
			isSample: false,
		});
	});

	it("stay last-known in silence while their age grows and the check's does not", () => {
		const silent = shown([good(), silence, silence, silence], 17_000);
		expect(silent).toMatchObject({ state: "not-serving", chip: "Apple M4", memoryUsedPercent: 41.2 });
		expect(silent).toMatchObject({ ageMs: 17_000, checkedMs: 2_000 });
	});

	it("keep the profile when a later answer brings none", () => {
		const record = play([good()]);
		const later = reduceProbe(record, { ...(good() as object), profile: null } as ProbeResult, {
			monotonicMs: 5_000,
			wallMs: 1_700_000_005_000,
		});
		expect(nodeStatus(later, 5_000).chip).toBe("Apple M4");
	});

	it("the start does not jitter with whole-second uptimes", () => {
		// True start 1 699 999 900.9 s; uptime is cut to seconds, so naive starts differ by one.
		const starts = [good({ uptimeSeconds: 100 }), good({ uptimeSeconds: 104 }), good({ uptimeSeconds: 110 })].map(
			(_, index, all) => shown(all.slice(0, index + 1)).startedAt,
		);
		expect(new Set(starts)).toEqual(new Set(["2023-11-14T22:11:40.000Z"]));
	});

	it("a restart moves the start, also one soon after the last", () => {
		expect(shown([good({ uptimeSeconds: 3 }), good({ uptimeSeconds: 2 })]).startedAt).toBe(
			// asked at 22:13:25 with 2 s of uptime
			"2023-11-14T22:13:23.000Z",
		);
	});
});
