// Specification of the loop: at once, then at moments of its own, evenly spread, in bounds, stoppable.
import { describe, expect, it } from "vitest";
import { openLanes } from "../../../src/gateway/cluster/lanes.ts";
import { nextTick, openPoller, type PollTarget, shareOf } from "../../../src/gateway/cluster/poll.ts";
import { failure } from "../../../src/gateway/cluster/probe.ts";

const silence = failure("no-answer", 2_000);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const target = (key: string, ask: PollTarget["ask"]): PollTarget => ({ key, ask, take: () => false });

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

describe("moments", () => {
	it("a key's is the first 32 bits of its SHA-256, as a share of all they can be", () => {
		// printf node-1 | sha256sum begins with 35971be6, and 0x35971be6 / 2^32 is this.
		expect(shareOf("node-1")).toBeCloseTo(0.20933699, 6);
	});

	it("of 4,096 keys lie evenly: no tenth of the interval has a fifth more or less than its part", () => {
		const tenths = new Array<number>(10).fill(0);
		for (let index = 0; index < 4_096; index += 1) {
			const tenth = Math.floor(shareOf(`10.0.${index >> 8}.${index & 255}:50051`) * 10);
			tenths[tenth] = tenths[tenth]! + 1;
		}
		expect(Math.min(...tenths)).toBeGreaterThan(328);
		expect(Math.max(...tenths)).toBeLessThan(492);
	});

	/** When "node-1" is asked within the first second, on a clock whose timers fire `earlyMs` too soon. */
	async function askedAt({ isDoubtful = false, earlyMs = 0, random = 0 }): Promise<number[]> {
		const asked: number[] = [];
		let now = 0;
		let end = () => {};
		const ended = new Promise<void>((resolve) => {
			end = resolve;
		});
		const poller = openPoller({
			intervalMs: 200,
			random: () => random,
			clock: {
				now: () => now,
				sleep: async (ms, signal) => {
					signal.throwIfAborted();
					now += ms - earlyMs;
				},
			},
		});
		const watch = poller.watch({
			key: "node-1",
			take: () => isDoubtful,
			ask: async () => {
				asked.push(Math.round(now));
				if (now > 900) end();
				return silence;
			},
		});
		await ended;
		await watch.stop();
		return asked;
	}

	const OFFSET = Math.round(200 * shareOf("node-1"));
	const every = (step: number, count: number, more = 0) =>
		Array.from({ length: count }, (_, index) => (OFFSET % step) + index * step + more);

	it.each([0, 0.7])("at once, then once in each interval, with timers %d ms early", async (earlyMs) => {
		const asked = await askedAt({ earlyMs });
		expect(asked[0]).toBe(0);
		asked.slice(1, 5).forEach((at, index) => {
			expect(Math.abs(at - every(200, 4)[index]!)).toBeLessThanOrEqual(1);
		});
	});

	it("half an interval apart while in doubt", async () => {
		expect((await askedAt({ isDoubtful: true })).slice(0, 5)).toEqual([0, ...every(100, 4)]);
	});

	it("jitter comes on top, at most 4 % of the interval, and never asks twice at one moment", async () => {
		expect((await askedAt({ random: 1 })).slice(0, 5)).toEqual([0, ...every(200, 4, 8)]);
	});
});

describe("targets", () => {
	it("all are asked at once but never more than the limit at a time", async () => {
		let inside = 0;
		let most = 0;
		const poller = openPoller({ intervalMs: 60_000, lanes: openLanes({ young: 3, all: 3, youngMs: 60_000 }) });
		const watches = Array.from({ length: 10 }, (_, index) =>
			poller.watch(
				target(`n${index}`, async () => {
					inside += 1;
					most = Math.max(most, inside);
					await pause(5);
					inside -= 1;
					return silence;
				}),
			),
		);
		await Promise.all(watches.map(({ first }) => first));
		expect(most).toBe(3);
		await Promise.all(watches.map((watch) => watch.stop()));
	});

	it("one that hangs does not hold up the others, and ends when it is stopped", async () => {
		const asked = { hung: 0, well: 0 };
		const poller = openPoller({ intervalMs: 50 });
		const hung = poller.watch(
			target("hung", (signal) => {
				asked.hung += 1;
				return new Promise((resolve) => signal.addEventListener("abort", () => resolve(silence)));
			}),
		);
		const well = poller.watch(
			target("well", async () => {
				asked.well += 1;
				return silence;
			}),
		);
		while (asked.well < 4) await pause(10);
		expect(asked.hung).toBe(1);
		await Promise.all([hung.stop(), well.stop()]);
		const { well: before } = asked;
		await pause(120);
		expect(asked.well).toBe(before);
	});

	it("one that comes later is asked at once; the moments of the others stay", async () => {
		const asked: string[] = [];
		const poller = openPoller({ intervalMs: 60_000 });
		const say = (key: string) =>
			target(key, async () => {
				asked.push(key);
				return silence;
			});
		const first = poller.watch(say("a"));
		await first.first;
		const second = poller.watch(say("b"));
		await second.first;
		expect(asked).toEqual(["a", "b"]);
		await Promise.all([first.stop(), second.stop()]);
	});

	it("lateness is told once: the longest wait of a question for its turn", async () => {
		const poller = openPoller({ intervalMs: 100, lanes: openLanes({ young: 1, all: 1, youngMs: 60_000 }) });
		const slow = (key: string) => target(key, () => pause(80).then(() => silence));
		const watches = ["a", "b", "c"].map((key) => poller.watch(slow(key)));
		await Promise.all(watches.map(({ first }) => first));
		// Three questions of 80 ms through one place cannot all be on time every 100 ms.
		let late = 0;
		while (late < 30) {
			await pause(50);
			late = Math.max(late, poller.takeLatenessMs());
		}
		await Promise.all(watches.map((watch) => watch.stop()));
		poller.takeLatenessMs();
		expect(poller.takeLatenessMs()).toBe(0);
	});
});
