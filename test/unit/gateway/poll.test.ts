// Specification of the loop: first round at once, evenly spread after it, bounded, abortable.
import { describe, expect, it } from "vitest";
import { gate, nextTick, startPolling } from "../../../src/gateway/poll.ts";
import { failure } from "../../../src/gateway/probe.ts";

const silence = failure("no-answer", 2_000);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("nextTick", () => {
	it.each([
		["right after the start, the node's own moment", 1, 1_250, 5_000, 1_250],
		["after it, one step on", 1_300, 1_250, 5_000, 6_250],
		["exactly on it, the next one", 6_250, 1_250, 5_000, 11_250],
		["moments that passed meanwhile are skipped", 17_000, 1_250, 5_000, 21_250],
		["in doubt, half way", 6_300, 1_250, 2_500, 8_750],
	])("%s", (_name, now, offset, step, expected) => {
		expect(nextTick(now, offset, step)).toBe(expected);
	});
});

describe("gate", () => {
	it("lets so many in, and the next when one leaves", async () => {
		const enter = gate(2);
		const leave = await enter();
		await enter();
		let isIn = false;
		const third = enter().then(() => {
			isIn = true;
		});
		await pause(5);
		expect(isIn).toBe(false);
		leave();
		await third;
		expect(isIn).toBe(true);
	});
});

describe("startPolling", () => {
	it("asks all at once but never more than the limit at a time", async () => {
		const stop = new AbortController();
		let inside = 0;
		let most = 0;
		const poller = startPolling({
			count: 10,
			intervalMs: 60_000,
			maxInFlight: 3,
			signal: stop.signal,
			take: () => false,
			ask: async () => {
				inside += 1;
				most = Math.max(most, inside);
				await pause(5);
				inside -= 1;
				return silence;
			},
		});
		await poller.firstRound;
		expect(most).toBe(3);
		stop.abort();
		await poller.ended;
	});

	/** When one node is asked within the first second, on a clock whose timers fire `earlyMs` too soon. */
	async function askedAt(isDoubtful: boolean, earlyMs: number): Promise<number[]> {
		const stop = new AbortController();
		const asked: number[] = [];
		let now = 0;
		const poller = startPolling({
			count: 1,
			intervalMs: 200,
			signal: stop.signal,
			clock: {
				now: () => now,
				sleep: async (ms) => {
					now += ms - earlyMs;
				},
			},
			take: () => isDoubtful,
			ask: async () => {
				asked.push(Math.round(now / 10) * 10);
				if (now > 900) stop.abort();
				return silence;
			},
		});
		await poller.ended;
		return asked;
	}

	it.each([0, 0.7])("asks at the interval, once at each moment, with timers %d ms early", async (earlyMs) => {
		expect(await askedAt(false, earlyMs)).toEqual([0, 200, 400, 600, 800, 1000]);
	});

	it("asks at half the interval while in doubt", async () => {
		expect((await askedAt(true, 0)).slice(0, 5)).toEqual([0, 100, 200, 300, 400]);
	});

	it("one node that hangs does not hold up the others", async () => {
		const stop = new AbortController();
		const asked = [0, 0];
		const poller = startPolling({
			count: 2,
			intervalMs: 50,
			signal: stop.signal,
			take: () => false,
			ask: (index, signal) => {
				asked[index] = asked[index]! + 1;
				if (index === 1) return Promise.resolve(silence);
				return new Promise((resolve) => signal.addEventListener("abort", () => resolve(silence)));
			},
		});
		await pause(400);
		stop.abort();
		await poller.ended;
		expect(asked[0]).toBe(1);
		expect(asked[1]).toBeGreaterThanOrEqual(3);
	});
});
