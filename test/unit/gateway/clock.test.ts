// Specification of the clock that ages are made of.
import { describe, expect, it } from "vitest";
import { openClock } from "../../../src/gateway/clock.ts";

/** Both clocks of a machine in our hands: time passes awake or asleep. */
function machine() {
	let awake = 1_000;
	let sinceBoot = 500_000;
	return {
		clock: openClock(
			() => awake,
			() => sinceBoot,
		),
		wake(ms: number) {
			awake += ms;
			sinceBoot += ms;
		},
		sleep(ms: number) {
			sinceBoot += ms;
		},
		/** The clock since boot is read a little late or coarsely. */
		drift(ms: number) {
			sinceBoot += ms;
		},
	};
}

describe("openClock", () => {
	it("goes by the monotonic clock while the machine is awake", () => {
		const { clock, wake } = machine();
		const start = clock();
		wake(10_000);
		expect(clock() - start).toBe(10_000);
	});

	it("an hour asleep is an hour", () => {
		const { clock, wake, sleep } = machine();
		const start = clock();
		wake(600);
		sleep(3_600_000);
		wake(600);
		expect(clock() - start).toBe(3_601_200);
		wake(5_000);
		expect(clock() - start).toBe(3_606_200);
	});

	it("each sleep counts once", () => {
		const { clock, wake, sleep } = machine();
		const start = clock();
		for (let night = 0; night < 3; night += 1) {
			sleep(60_000);
			wake(600);
			clock();
		}
		expect(clock() - start).toBe(3 * 60_600);
	});

	it("a coarse reading is no sleep, and never takes time back", () => {
		const { clock, wake, drift } = machine();
		const start = clock();
		for (const ms of [900, -900, 500, -500]) {
			drift(ms);
			wake(600);
			clock();
		}
		expect(clock() - start).toBe(4 * 600);
	});

	it("the machine's own clocks agree with the monotonic one while it is awake", async () => {
		const clock = openClock();
		const [start, startedAt] = [clock(), performance.now()];
		await new Promise((resolve) => setTimeout(resolve, 700));
		expect(Math.abs(clock() - start - (performance.now() - startedAt))).toBeLessThan(100);
	});
});
