// Specification of the two limits on questions under way.
import { describe, expect, it } from "vitest";
import { openLanes } from "../../../src/gateway/cluster/lanes.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Enters `count` times; tells who is inside, and lets them leave. */
function enterAll(limits: { young: number; all: number; youngMs: number }, count: number) {
	const lanes = openLanes(limits);
	const leaves: (() => void)[] = [];
	const inside: number[] = [];
	for (let index = 0; index < count; index += 1) {
		void lanes.enter().then((leave) => {
			inside.push(index);
			leaves[index] = leave;
		});
	}
	return { inside, leave: (index: number) => leaves[index]!() };
}

describe("lanes", () => {
	it("let so many young ones in, and the next when one leaves, in the order of coming", async () => {
		const { inside, leave } = enterAll({ young: 2, all: 10, youngMs: 60_000 }, 4);
		await pause(5);
		expect(inside).toEqual([0, 1]);
		leave(1);
		await pause(5);
		expect(inside).toEqual([0, 1, 2]);
	});

	it("those that wait for long give their place among the young back, not the one among all", async () => {
		const { inside, leave } = enterAll({ young: 2, all: 5, youngMs: 20 }, 7);
		await pause(5);
		expect(inside).toEqual([0, 1]);
		while (inside.length < 5) await pause(5);
		await pause(60);
		expect(inside).toEqual([0, 1, 2, 3, 4]);
		leave(0);
		await pause(5);
		expect(inside).toEqual([0, 1, 2, 3, 4, 5]);
	});

	it("a place given back twice is given back once", async () => {
		const { inside, leave } = enterAll({ young: 1, all: 1, youngMs: 60_000 }, 3);
		await pause(5);
		leave(0);
		leave(0);
		await pause(5);
		expect(inside).toEqual([0, 1]);
	});

	it("250 hung questions do not hold up 250 quick ones", async () => {
		const lanes = openLanes({ young: 64, all: 1_024, youngMs: 20 });
		for (let index = 0; index < 250; index += 1) void lanes.enter();
		const quick = Array.from({ length: 250 }, () => lanes.enter().then((leave) => leave()));
		// With one limit of 64 this would never end.
		await Promise.all(quick);
	});
});
