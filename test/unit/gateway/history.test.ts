// Specification of the last hour: the worst state shown in each minute, 0 where nobody asked.
import { describe, expect, it } from "vitest";
import type { NodeState } from "#model/age";
import { historyFromJson, openHistory } from "../../../src/gateway/cluster/history.ts";

// As the wire numbers them: 1 unknown, 2 serving, 3 degraded, 4 not serving.
const START = 28_333_333;

/** A history of "n", with what is noted at minutes after START. */
function historyOf(notes: readonly (readonly [after: number, state: NodeState])[]) {
	const history = openHistory(null, START);
	for (const [after, state] of notes) history.note("n", START + after, state);
	return history;
}

const strip = (history: ReturnType<typeof historyOf>, after: number) => [
	...(history.until(START + after)?.byNode["n"] ?? []),
];

describe("history", () => {
	it("is none before anything was noted", () => {
		expect(openHistory(null, START).until(START - 1)).toBeNull();
	});

	it("of a minute, the worst counts: not serving, then unknown, then degraded, then serving", () => {
		const worst = (...states: NodeState[]) => strip(historyOf(states.map((state) => [0, state])), 0);
		expect(worst("serving")).toEqual([2]);
		expect(worst("serving", "degraded", "serving")).toEqual([3]);
		expect(worst("degraded", "unknown", "serving")).toEqual([1]);
		expect(worst("serving", "not-serving", "unknown")).toEqual([4]);
	});

	it("the last byte is the minute asked for; minutes nobody asked in are 0", () => {
		const history = historyOf([
			[0, "serving"],
			[1, "degraded"],
			[4, "not-serving"],
		]);
		expect(strip(history, 4)).toEqual([2, 3, 0, 0, 4]);
		expect(strip(history, 1)).toEqual([2, 3]);
		expect(strip(history, 6)).toEqual([2, 3, 0, 0, 4, 0, 0]);
	});

	it("the minute that runs is left out: it is not over", () => {
		const history = historyOf([
			[0, "serving"],
			[1, "not-serving"],
		]);
		expect(history.until(START)).toEqual({ minute: START, byNode: { n: new Uint8Array([2]) } });
	});

	it("holds an hour", () => {
		const history = historyOf(Array.from({ length: 100 }, (_, at) => [at, at === 39 ? "not-serving" : "serving"]));
		// 40 to 99 are sixty minutes; 39 is the one before.
		expect(strip(history, 99)).toEqual(new Array(60).fill(2));
		expect(strip(history, 98)).toEqual([4, ...new Array(59).fill(2)]);
	});

	it("a gap longer than the hour leaves nothing of what was before it", () => {
		const history = historyOf([
			[0, "not-serving"],
			[61, "serving"],
		]);
		expect(strip(history, 61)).toEqual([2]);
		expect(strip(history, 200)).toEqual([]);
	});

	it("forgets the nodes that left the list", () => {
		const history = historyOf([[0, "serving"]]);
		history.note("m", START, "degraded");
		history.keep(new Set(["m"]));
		expect(Object.keys(history.until(START)?.byNode ?? {})).toEqual(["m"]);
	});
});

describe("a restart", () => {
	it("keeps the hour, with 0 for the minutes in between", () => {
		const json = historyOf([
			[0, "serving"],
			[1, "degraded"],
		]).toJson(START + 1);
		expect(json).toEqual({ minute: START + 1, nodes: { n: "23" } });
		const after = openHistory(historyFromJson(JSON.parse(JSON.stringify(json))), START + 4);
		after.note("n", START + 4, "serving");
		expect(strip(after, 4)).toEqual([2, 3, 0, 0, 2]);
	});

	it("within one minute keeps the worse of both", () => {
		const json = historyOf([[0, "not-serving"]]).toJson(START);
		const after = openHistory(json, START);
		after.note("n", START, "serving");
		expect(strip(after, 0)).toEqual([4]);
	});

	it("after a clock that was ahead begins anew", () => {
		const json = historyOf([[9, "serving"]]).toJson(START + 9);
		expect(openHistory(json, START).until(START + 9)).toBeNull();
	});

	it.each([
		["nothing", null],
		["text", "23"],
		["no minute", { nodes: { n: "2" } }],
		["a minute that is no whole number", { minute: 1.5, nodes: {} }],
		["a strip too long", { minute: 1, nodes: { n: "2".repeat(62) } }],
		["a strip of other digits", { minute: 1, nodes: { n: "25" } }],
		["a strip that is no text", { minute: 1, nodes: { n: [2] } }],
	])("%s is no history", (_name, value) => {
		expect(historyFromJson(value)).toBeNull();
	});
});
