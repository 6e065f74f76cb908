// Laws of the reducer that hold for every sequence of results, tried on random ones.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failure, type ProbeResult } from "../../../src/gateway/cluster/probe.ts";
import { type NodeRecord, newRecord, nodeStatus, reduceProbe } from "../../../src/gateway/cluster/snapshot.ts";

const node = { id: "n1", address: "10.0.0.1:50051", isSample: false };
const nothing = {
	trouble: null,
	uptimeSeconds: null,
	memoryUsedPercent: null,
	gpuUtilizationPercent: null,
	requestsProcessed: null,
	deviceId: null,
	layers: null,
};

function good(latencyMs = 2): ProbeResult {
	return { isGood: true, protocol: "grpc.health.v1.Health", latencyMs, vitals: nothing, profile: null };
}

interface Step {
	readonly result: ProbeResult;
	/** Since the step before, ms. */
	readonly afterMs: number;
}

const kind = fc.constantFrom(
	"refused",
	"no-answer",
	"dropped",
	"garbage",
	"node-error",
	"wrong-service",
	"stopped",
	"not-asked",
);
const result = fc.oneof(
	fc.integer({ min: 1, max: 2_000 }).map(good),
	kind.map((of) => failure(of as "refused", 2_000)),
);
const steps = fc.array(fc.record({ result, afterMs: fc.integer({ min: 1, max: 10_000 }) }), { maxLength: 80 });

/** The record after each step; wall clocks jump about, as they may. */
function play(all: readonly Step[], wall: (index: number) => number = () => 0): { record: NodeRecord; at: number }[] {
	let record = newRecord(node);
	let at = 0;
	return all.map((step, index) => {
		at += step.afterMs;
		record = reduceProbe(record, step.result, { monotonicMs: at, wallMs: wall(index) });
		return { record, at };
	});
}

describe("for every sequence of results", () => {
	it("a node serves only with a good answer among the last three that count", () => {
		fc.assert(
			fc.property(steps, (all) => {
				play(all).forEach(({ record, at }, index) => {
					if (nodeStatus(record, at).state !== "serving") return;
					const counted = all
						.slice(0, index + 1)
						.map((step) => step.result)
						.filter((one) => one.isGood || one.kind !== "stopped");
					expect(counted.slice(-3).some((one) => one.isGood)).toBe(true);
				});
			}),
			{ seed: 5, numRuns: 500 },
		);
	});

	it("the age is the monotonic time since the last good answer, wherever the wall clock jumps", () => {
		fc.assert(
			fc.property(
				steps,
				fc.array(fc.integer({ min: -4e12, max: 4e12 }), { minLength: 80, maxLength: 80 }),
				(all, jumps) => {
					let goodAt: number | null = null;
					play(all, (index) => jumps[index]!).forEach(({ record, at }, index) => {
						if (all[index]!.result.isGood) goodAt = at;
						expect(nodeStatus(record, at + 7).ageMs).toBe(goodAt === null ? null : at + 7 - goodAt);
					});
				},
			),
			{ seed: 5, numRuns: 300 },
		);
	});

	it("a node goes down by the third failure in a row and comes up by the second success, never sooner", () => {
		fc.assert(
			fc.property(steps, (all) => {
				const shown = play(all).map(({ record }) => record.health);
				// What teaches nothing is left out, as the reducer leaves it out.
				const goods = all.flatMap(({ result: one }, index) =>
					one.isGood || one.kind !== "stopped" ? [{ isGood: one.isGood, index }] : [],
				);
				goods.forEach(({ index }, at) => {
					const before = shown[goods[at - 1]?.index ?? -1] ?? "unknown";
					const last = (count: number) => goods.slice(Math.max(0, at + 1 - count), at + 1).map(({ isGood }) => isGood);
					if (shown[index] === "down" && before !== "down") expect(last(3)).toEqual([false, false, false]);
					if (shown[index] === "up" && before === "down") expect(last(2)).toEqual([true, true]);
				});
			}),
			{ seed: 5, numRuns: 500 },
		);
	});

	it("a state has a reason unless it is serving, and serving has none", () => {
		fc.assert(
			fc.property(steps, (all) => {
				for (const { record } of play(all)) {
					const { state, reason } = nodeStatus(record, 0);
					expect(reason === "").toBe(state === "serving");
				}
			}),
			{ seed: 5, numRuns: 300 },
		);
	});
});

describe("for a node asked every five seconds whose answers get lost", () => {
	/** Up to `longest` silences in a row, then at least one answer. */
	const lossy = (longest: number) =>
		fc
			.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: longest })), { maxLength: 40 })
			.map((runs) =>
				runs.flatMap(([answers, losses]): Step[] => [
					...new Array<Step>(answers).fill({ result: good(), afterMs: 5_000 }),
					...new Array<Step>(losses).fill({ result: failure("no-answer", 2_000), afterMs: 2_500 }),
				]),
			);

	it("it is serving or degraded, never unknown and never red, while no three in a row are lost", () => {
		fc.assert(
			fc.property(lossy(2), (all) => {
				for (const { record } of play(all)) {
					expect(["serving", "degraded"]).toContain(nodeStatus(record, 0).state);
				}
			}),
			{ seed: 5, numRuns: 500 },
		);
	});

	it("once it flaps, its state changes at most once a minute", () => {
		fc.assert(
			fc.property(lossy(6), (all) => {
				const shown = play(all).map(({ record, at }) => ({ state: nodeStatus(record, 0).reason, at }));
				shown.forEach(({ state, at }, index) => {
					const before = shown[index - 1];
					if (before === undefined || !before.state.startsWith("flapping") || state.startsWith("flapping")) return;
					// It stops flapping here: it flapped, as one state, for a minute at least.
					const since = shown.slice(0, index).findLast((one) => !one.state.startsWith("flapping"));
					expect(at - (since?.at ?? 0)).toBeGreaterThanOrEqual(60_000);
				});
			}),
			{ seed: 5, numRuns: 500 },
		);
	});
});
