import { beforeEach, describe, expect, it } from "vitest";
import type { Failure } from "#islands/client.ts";
import { type Answer, createFeed, type Feed, type FeedState, isNewer } from "#islands/feed.ts";
import { FakeGateway, FakeWorld } from "./fake-world.ts";

interface Said extends Answer {
	readonly text: string;
}

let world: FakeWorld;
let gateway: FakeGateway<Said>;
let feed: Feed<Said>;
let states: FeedState<Said>[];
let intervalMs: number;
let failure: Failure;

beforeEach(() => {
	world = new FakeWorld();
	gateway = new FakeGateway();
	states = [];
	intervalMs = 5000;
	failure = { kind: "unreachable", words: "" };
	feed = createFeed<Said>(world, {
		ask: (_held, signal) => gateway.ask(signal),
		intervalMs: () => intervalMs,
		failureOf: () => failure,
		peers: null,
		gateway: null,
	});
});

/** Made `second` seconds after the gateway's run `epoch` began. */
function said(text: string, version: number, second = 0, epoch = 1): Said {
	return { text, version: BigInt(version), epoch: BigInt(epoch), uptimeMs: second * 1000, notices: [] };
}

function now(): FeedState<Said> {
	return states[states.length - 1]!;
}

async function listen() {
	const leave = feed.subscribe((state) => states.push(state));
	await world.pass(0);
	return leave;
}

async function answer(value: Said) {
	gateway.last.answer(value);
	await world.pass(0);
}

describe("one feed for all islands of a page", () => {
	it("asks once for two listeners, and tells both", async () => {
		const other: FeedState<Said>[] = [];
		await listen();
		feed.subscribe((state) => other.push(state));
		await answer(said("hello", 1));
		expect(gateway.asked).toBe(1);
		expect(now().held?.answer.text).toBe("hello");
		expect(other[other.length - 1]?.held?.answer.text).toBe("hello");
	});

	it("rests when the last listener leaves", async () => {
		const leave = await listen();
		await answer(said("hello", 1));
		leave();
		await world.pass(60_000);
		expect(gateway.asked).toBe(1);
	});

	it("asks as often as the answer says, within 1 s and 60 s", async () => {
		intervalMs = 0;
		await listen();
		await answer(said("a", 1));
		await world.pass(999);
		expect(gateway.asked).toBe(1);
		await world.pass(1);
		expect(gateway.asked).toBe(2);
	});
});

describe("age", () => {
	it("counts on from receipt on the monotonic clock, told each second", async () => {
		await listen();
		await answer(said("hello", 1));
		const asOfMs = world.monotonicMs();
		const before = states.length;
		await world.pass(3000);
		expect(states.length - before).toBe(3);
		expect(now().held?.asOfMs).toBe(asOfMs);
		expect(now().nowMs - asOfMs).toBe(3000);
	});

	it("does not tick while hidden", async () => {
		await listen();
		await answer(said("hello", 1));
		await world.hide();
		const before = states.length;
		await world.pass(60_000);
		expect(states.length).toBe(before);
	});

	it("is not made younger by the same answer seen again, as a cache would give it", async () => {
		await listen();
		await answer(said("hello", 1, 0));
		const { asOfMs } = now().held!;
		await world.pass(5000);
		await answer(said("hello", 1, 0));
		expect(now().held?.asOfMs).toBe(asOfMs);
		await world.pass(5000);
		await answer(said("hello", 1, 10));
		expect(now().held?.asOfMs).toBe(world.monotonicMs());
	});
});

describe("answers in the wrong order", () => {
	const held = said("held", 7, 30);
	const cases = [
		{ what: "a higher version", next: said("next", 8, 31), newer: true },
		{ what: "the same version, made later", next: said("next", 7, 31), newer: true },
		{ what: "the same version, made at the same time", next: said("next", 7, 30), newer: false },
		{ what: "the same version, made earlier", next: said("next", 7, 29), newer: false },
		{ what: "a lower version, though made later", next: said("next", 6, 40), newer: false },
		{ what: "a later run, of a gateway that counts from the start again", next: said("next", 1, 0, 2), newer: true },
		{ what: "an earlier run, whatever it counted to", next: said("next", 99, 99, 0), newer: false },
	];
	it.each(cases)("$what: newer is $newer", ({ next, newer }) => {
		expect(isNewer(held, next)).toBe(newer);
	});

	it("never go back to the older one", async () => {
		await listen();
		await answer(said("new", 2, 10));
		await world.pass(5000);
		await answer(said("old", 1, 5));
		expect(now().held?.answer.text).toBe("new");
	});
});

describe("an answer that was kept on the way", () => {
	async function answerAt(passMs: number, value: Said) {
		await world.pass(passMs);
		await answer(value);
	}

	it("is as old as it lags behind the quickest of its run", async () => {
		await listen();
		await answer(said("a", 1, 100));
		await answerAt(5000, said("b", 1, 105));
		expect(now().nowMs - now().held!.asOfMs).toBe(0);
		// Made 2 s after the last one, received 5 s after it.
		await answerAt(5000, said("c", 1, 107));
		expect(now().nowMs - now().held!.asOfMs).toBeCloseTo(3000, -1);
	});

	it("of a later run is judged by that run alone", async () => {
		await listen();
		await answer(said("a", 1, 100));
		await answerAt(5000, said("b", 1, 2, 2));
		expect(now().nowMs - now().held!.asOfMs).toBe(0);
	});
});

describe("answers that do not move", () => {
	it("are said to, and doubted, from the third on; the next news end it", async () => {
		gateway.standing = async () => said("same", 1, 7);
		await listen();
		await world.pass(10_000);
		expect(now()).toMatchObject({ contact: "live", isDoubted: false });
		await world.pass(5000);
		expect(now()).toMatchObject({ contact: "stuck", isDoubted: true });
		gateway.standing = async () => said("new", 1, 8);
		await world.pass(5000);
		expect(now()).toMatchObject({ contact: "live", isDoubted: false });
	});

	it("are what a gateway of an earlier run gives, for ever", async () => {
		await listen();
		await answer(said("now", 1, 0, 2));
		let second = 100;
		gateway.standing = async () => said("earlier", 50, second++, 1);
		await world.pass(25_000);
		expect(now()).toMatchObject({ contact: "stuck", held: { answer: { text: "now" } } });
	});

	it("but come thrice within 5 s, as from a cache that keeps them for some seconds, are not said to", async () => {
		intervalMs = 1000;
		gateway.standing = async () => said("same", 1, 7);
		await listen();
		await world.pass(4900);
		expect(now().contact).toBe("live");
		await world.pass(1000);
		expect(now().contact).toBe("stuck");
	});
});

describe("a page that was away", () => {
	it("doubts what it holds as soon as it is shown, until an answer comes", async () => {
		await listen();
		await answer(said("before", 1, 0));
		expect(now().isDoubted).toBe(false);
		await world.hide();
		await world.pass(60_000);
		await world.show();
		expect(now()).toMatchObject({ isDoubted: true, hasSlept: false });
		expect(gateway.asked).toBe(2);
		await answer(said("after", 2, 60));
		expect(now()).toMatchObject({ isDoubted: false });
	});

	it("has nothing to doubt before the first answer", async () => {
		await listen();
		await world.hide();
		await world.show();
		expect(now().isDoubted).toBe(false);
	});

	it("doubts what it holds after a sleep, asks one question at once, and gives up the one that slept along", async () => {
		await listen();
		await answer(said("before", 1, 0));
		await world.pass(5000);
		expect(gateway.asked).toBe(2);
		const asleep = gateway.last;
		world.sleep(3_600_000);
		await world.pass(1000);
		expect(now()).toMatchObject({ isDoubted: true, hasSlept: true });
		expect(asleep.signal.aborted).toBe(true);
		expect(gateway.asked).toBe(3);
		await answer(said("after", 2, 60));
		expect(now()).toMatchObject({ isDoubted: false, hasSlept: false });
	});

	it("notices a sleep that it was hidden through", async () => {
		await listen();
		await answer(said("before", 1, 0));
		await world.hide();
		world.sleep(3_600_000);
		await world.show();
		expect(now()).toMatchObject({ isDoubted: true, hasSlept: true });
	});

	it("doubts what it holds when it was frozen, clocks and all, and asks one question at once", async () => {
		await listen();
		await answer(said("before", 1, 0));
		await world.freeze(30_000);
		expect(now()).toMatchObject({ isDoubted: true, hasSlept: false });
		expect(gateway.asked).toBe(2);
	});

	it("takes a wall clock that is set a second forward, or an hour back, for no sleep", async () => {
		await listen();
		await answer(said("before", 1, 0));
		world.sleep(1500);
		await world.pass(1000);
		world.sleep(-3_600_000);
		await world.pass(1000);
		expect(now()).toMatchObject({ isDoubted: false, hasSlept: false });
	});
});

describe("contact", () => {
	it("keeps the last answer when the gateway is gone", async () => {
		await listen();
		await answer(said("hello", 1));
		await world.pass(5000);
		gateway.last.fail(new Error("down"));
		await world.pass(0);
		expect(now()).toMatchObject({ contact: "unreachable", held: { answer: { text: "hello" } } });
	});

	it("carries the gateway's words where it refused, until it answers", async () => {
		failure = { kind: "refused", words: "no audit yet" };
		await listen();
		gateway.last.fail(new Error("code 9"));
		await world.pass(500);
		expect(now()).toMatchObject({ contact: "refused", words: "no audit yet" });
		await answer(said("hello", 1));
		expect(now()).toMatchObject({ contact: "live", words: "" });
	});

	it("is live again with the next answer", async () => {
		await listen();
		gateway.last.fail(new Error("down"));
		await world.pass(500);
		expect(now().contact).toBe("unreachable");
		await answer(said("hello", 1));
		expect(now().contact).toBe("live");
	});

	it("is offline while the browser is", async () => {
		await listen();
		await world.goOffline();
		expect(now().contact).toBe("offline");
		await world.goOnline();
		expect(now().contact).toBe("waiting");
	});
});
