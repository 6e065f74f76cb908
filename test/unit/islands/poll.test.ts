import { beforeEach, describe, expect, it } from "vitest";
import { backOffMs, NoAnswerError, type RunningPoll, startPoll } from "#islands/poll.ts";
import { FakeGateway, FakeWorld } from "./fake-world.ts";

const INTERVAL_MS = 5000;

let world: FakeWorld;
let gateway: FakeGateway<string>;
let taken: string[];
let failures: unknown[];
/** Answers the poll's owner does not accept. */
let refused: Set<string>;

beforeEach(() => {
	world = new FakeWorld();
	gateway = new FakeGateway();
	taken = [];
	failures = [];
	refused = new Set();
});

function start(): RunningPoll {
	return startPoll<string>(world, {
		ask: gateway.ask,
		onAnswer(answer) {
			if (refused.has(answer)) throw new Error(`not acceptable: ${answer}`);
			taken.push(answer);
			return INTERVAL_MS;
		},
		onFailure: (error) => failures.push(error),
	});
}

describe("a page that is looked at", () => {
	it("asks at once, and again one interval after each answer", async () => {
		start();
		expect(gateway.asked).toBe(1);
		gateway.last.answer("first");
		await world.pass(INTERVAL_MS - 1);
		expect(gateway.asked).toBe(1);
		await world.pass(1);
		expect(gateway.asked).toBe(2);
		expect(taken).toEqual(["first"]);
	});

	it("leaves a question alone that was asked just now", async () => {
		start();
		gateway.last.answer("first");
		await world.pass(INTERVAL_MS + 999);
		await world.tell("focus");
		await world.tell("show");
		expect(gateway.asked).toBe(2);
		expect(gateway.last.signal.aborted).toBe(false);
	});

	it("gives up one that hangs when somebody looks, or the network is back, and asks anew: never two at once", async () => {
		start();
		const [first] = [gateway.last];
		await world.pass(1000);
		await world.tell("focus");
		expect([gateway.asked, first.signal.aborted]).toEqual([2, true]);
		const second = gateway.last;
		await world.tell("online");
		expect([gateway.asked, second.signal.aborted, gateway.last.signal.aborted]).toEqual([3, true, false]);
	});

	it("does not go on with a long back-off once somebody looks", async () => {
		gateway.standing = async () => {
			throw new Error("down");
		};
		start();
		await world.pass(120_000);
		await world.tell("focus");
		const asked = gateway.asked;
		await world.pass(1000);
		expect(gateway.asked).toBeGreaterThan(asked);
	});

	it("asks on focus, once for a focus that is told twice", async () => {
		gateway.standing = async () => "yes";
		start();
		await world.pass(999);
		await world.tell("focus");
		expect(gateway.asked).toBe(1);
		await world.pass(1);
		await world.tell("focus");
		expect(gateway.asked).toBe(2);
		await world.pass(999);
		await world.tell("focus");
		expect(gateway.asked).toBe(2);
		await world.pass(1000);
		await world.tell("focus");
		expect(gateway.asked).toBe(3);
	});

	it("stops for good when told to", async () => {
		gateway.standing = async () => "yes";
		start().stop();
		await world.pass(60_000);
		await world.tell("show");
		expect(gateway.asked).toBe(1);
		expect(taken).toEqual([]);
	});
});

describe("a page that is not looked at", () => {
	it("asks nothing while hidden", async () => {
		gateway.standing = async () => "yes";
		start();
		await world.pass(0);
		await world.hide();
		await world.pass(600_000);
		expect(gateway.asked).toBe(1);
	});

	it("asks nothing at all if it was opened hidden", async () => {
		await world.hide();
		start();
		await world.pass(60_000);
		expect(gateway.asked).toBe(0);
	});

	it("asks exactly once when shown, not once for each interval missed, nor once more for the focus", async () => {
		gateway.standing = async () => "yes";
		start();
		await world.pass(0);
		await world.hide();
		await world.pass(600_000);
		await world.show();
		await world.pass(INTERVAL_MS - 1);
		expect(gateway.asked).toBe(2);
	});

	it("gives up the question under way when hidden, and drops its answer", async () => {
		start();
		const early = gateway.last;
		await world.hide();
		expect(early.signal.aborted).toBe(true);
		await world.show();
		early.answer("late");
		await world.pass(0);
		expect(taken).toEqual([]);
		gateway.last.answer("prompt");
		await world.pass(0);
		expect(taken).toEqual(["prompt"]);
	});

	it("asks nothing while offline, and at once when online again", async () => {
		gateway.standing = async () => "yes";
		start();
		await world.pass(0);
		await world.goOffline();
		await world.pass(60_000);
		await world.tell("focus");
		expect(gateway.asked).toBe(1);
		await world.goOnline();
		expect(gateway.asked).toBe(2);
	});
});

describe("a gateway that does not answer well", () => {
	it("is given up after 4 s; what it says later is dropped", async () => {
		start();
		const hung = gateway.last;
		await world.pass(3999);
		expect(failures).toEqual([]);
		await world.pass(1);
		expect(hung.signal.aborted).toBe(true);
		expect(failures).toEqual([expect.any(NoAnswerError)]);
		hung.answer("late");
		await world.pass(0);
		expect(taken).toEqual([]);
	});

	it("is counted once though the given-up call fails as well", async () => {
		start();
		await world.pass(4000);
		gateway.questions[0]!.fail(new Error("aborted"));
		await world.pass(0);
		expect(failures).toHaveLength(1);
	});

	it("counts an answer that cannot be accepted as a failure", async () => {
		refused.add("half");
		start();
		gateway.last.answer("half");
		await world.pass(0);
		expect(taken).toEqual([]);
		expect(failures).toEqual([new Error("not acceptable: half")]);
	});

	it("is asked again after 0.5, 1, 2, 4, 8, 15, 15 s when the dice show one half", async () => {
		gateway.standing = () => Promise.reject(new Error("down"));
		const times: number[] = [];
		const ask = gateway.ask;
		gateway.ask = (signal) => {
			times.push(world.monotonicMs());
			return ask(signal);
		};
		start();
		await world.pass(46_000);
		const waits = times.slice(1).map((ms, index) => ms - times[index]!);
		expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
	});

	it("starts from small waits again after one good answer", async () => {
		gateway.standing = () => Promise.reject(new Error("down"));
		start();
		await world.pass(7500);
		expect(failures).toHaveLength(5);
		gateway.standing = async () => "back";
		await world.pass(8000);
		expect(taken).toContain("back");
		gateway.standing = () => Promise.reject(new Error("down"));
		await world.pass(INTERVAL_MS);
		const asked = gateway.asked;
		await world.pass(500);
		expect(gateway.asked).toBe(asked + 1);
	});
});

describe("back-off", () => {
	const cases = [
		{ failures: 0, most: 1000 },
		{ failures: 1, most: 2000 },
		{ failures: 4, most: 16_000 },
		{ failures: 5, most: 30_000 },
		{ failures: 50, most: 30_000 },
	];
	it.each(cases)("after $failures failures before is anything up to $most ms", ({ failures: before, most }) => {
		expect(backOffMs(before, () => 0)).toBe(0);
		expect(backOffMs(before, () => 0.25)).toBe(most / 4);
		expect(backOffMs(before, () => 0.999)).toBeCloseTo(most * 0.999);
	});
});

it("asks anew when told to, though a question is under way", async () => {
	const poll = start();
	const hung = gateway.last;
	poll.askAnew();
	expect(hung.signal.aborted).toBe(true);
	expect(gateway.asked).toBe(2);
	hung.answer("late");
	gateway.last.answer("prompt");
	await world.pass(0);
	expect(taken).toEqual(["prompt"]);
});
