import { expect, it } from "vitest";
import { type GatewayClock, noteReply } from "#islands/gateway-clock.ts";

/** Lags of replies, each [second of receipt, second on the gateway's clock, run of the gateway], in seconds. */
function lags(...replies: readonly (readonly [receivedS: number, uptimeS: number, epoch?: number])[]): number[] {
	let clock: GatewayClock | null = null;
	return replies.map(([receivedS, uptimeS, epoch = 1]) => {
		const noted = noteReply(clock, { epoch: BigInt(epoch), uptimeMs: uptimeS * 1000 }, receivedS * 1000);
		clock = noted.clock;
		return Math.round(receivedS - noted.asOfMs / 1000);
	});
}

it("the first reply of a run is taken to have come at once", () => {
	expect(lags([7, 100], [12, 105])).toEqual([0, 0]);
});

it("a reply that falls behind the quickest was kept on the way for as long", () => {
	expect(lags([0, 100], [5, 105], [10, 107], [15, 115])).toEqual([0, 0, 3, 0]);
});

it("a reply quicker than all before teaches that those were old, not that it is from the future", () => {
	expect(lags([0, 100], [5, 115], [10, 118])).toEqual([0, 0, 2]);
});

it("another run of the gateway is judged by itself", () => {
	expect(lags([0, 100], [5, 2, 2], [10, 4, 2])).toEqual([0, 0, 3]);
});

it("clocks that drift apart by 50 millionths for three days are no lag", () => {
	const hours = Array.from({ length: 73 }, (_, hour) => [hour * 3600, hour * 3600 * 0.99995] as const);
	expect(Math.max(...lags(...hours))).toBe(0);
});

it("a gateway whose clock stood still for an hour is old for six replies, and then believed again", () => {
	const after = [0, 5, 10, 15, 20, 25, 30].map((second) => [3600 + second, 105 + second] as const);
	expect(
		lags([0, 100], [5, 105], ...after)
			.slice(2)
			.map((lag) => lag > 3500),
	).toEqual([true, true, true, true, true, false, false]);
});

it("a cache that always gives what it had a minute ago is not believed however long it does", () => {
	const kept = Array.from({ length: 50 }, (_, poll) => [60 + poll * 5, 100 + poll * 5] as const);
	expect(new Set(lags([0, 100], ...kept).slice(1))).toEqual(new Set([60]));
});
