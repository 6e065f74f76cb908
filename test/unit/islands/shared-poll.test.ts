import { beforeEach, describe, expect, it } from "vitest";
import type { Failure } from "#islands/client.ts";
import { startSharedPoll, type Told } from "#islands/shared-poll.ts";
import { FakeBrowser } from "./fake-browser.ts";
import { FakeGateway, FakeWorld } from "./fake-world.ts";

const INTERVAL_MS = 5000;
const DOWN: Failure = { kind: "unreachable", words: "" };

/** A page of the browser: its world, what it heard, and what it holds. */
class Page {
	readonly world = new FakeWorld();
	readonly heard: (string | Failure)[] = [];
	readonly ages: number[] = [];
	held: { answer: string; atMs: number } | null = null;
	stop = () => {};

	open(browser: FakeBrowser<Told<string>>, gateway: FakeGateway<string>) {
		this.stop = startSharedPoll<string>(this.world, browser.peersOf(this), {
			ask: gateway.ask,
			onAnswer: (answer, ageMs) => {
				this.heard.push(answer);
				this.ages.push(ageMs);
				this.held = { answer, atMs: this.world.monotonicMs() - ageMs };
				return INTERVAL_MS;
			},
			failureOf: () => DOWN,
			onFailure: (failure) => this.heard.push(failure),
			held: () => this.held && { answer: this.held.answer, ageMs: this.world.monotonicMs() - this.held.atMs },
		}).stop;
	}
}

let browser: FakeBrowser<Told<string>>;
let gateway: FakeGateway<string>;
let pages: Page[];
let asked: number;

beforeEach(() => {
	browser = new FakeBrowser();
	gateway = new FakeGateway();
	asked = 0;
	gateway.standing = async () => `answer ${++asked}`;
	pages = [new Page(), new Page()];
});

/** All clocks go on together, in steps small enough for what pages tell each other to be in order. */
async function pass(ms: number) {
	for (let passed = 0; passed < ms; passed += 100) {
		for (const page of pages) await page.world.pass(100);
		browser.deliver();
	}
	for (const page of pages) await page.world.pass(0);
}

async function openBoth() {
	const [first, second] = pages as [Page, Page];
	first.open(browser, gateway);
	await pass(1000);
	second.open(browser, gateway);
	await pass(1000);
	return [first, second] as const;
}

describe("two pages that are looked at", () => {
	it("ask as often as one, and both hear every answer", async () => {
		const [first, second] = await openBoth();
		await pass(20_000);
		expect(gateway.asked).toBe(first.heard.length);
		expect(gateway.asked).toBeLessThanOrEqual(6);
		expect(second.heard.at(-1)).toBe(first.heard.at(-1));
		expect(second.held!.atMs).toBeCloseTo(first.held!.atMs, -3);
	});

	it("the second hears at once what is known, with its age", async () => {
		gateway.standing = null;
		const [first, second] = pages as [Page, Page];
		first.open(browser, gateway);
		gateway.last.answer("early");
		await pass(3000);
		second.open(browser, gateway);
		await pass(200);
		expect(second.held!.answer).toBe("early");
		expect(second.world.monotonicMs() - second.held!.atMs).toBeGreaterThanOrEqual(3000);
	});

	it("both hear that the gateway is gone; one that comes later hears it too", async () => {
		gateway.standing = () => Promise.reject(new Error("down"));
		const [first, second] = await openBoth();
		expect(first.heard).toContain(DOWN);
		expect(second.heard).toContain(DOWN);
	});

	it("count what a message waited for a page that was stopped", async () => {
		const [first, second] = await openBoth();
		browser.isHeldUp = true;
		for (const page of pages) await page.world.pass(9000);
		browser.isHeldUp = false;
		expect(second.held!.answer).not.toBe(first.held!.answer);
		browser.deliver();
		expect(second.held).toEqual(first.held);
		expect(second.ages.at(-1)).toBeGreaterThan(3000);
	});
});

describe("the page whose turn it is", () => {
	it("is closed: the other asks at once", async () => {
		const [first] = await openBoth();
		const before = gateway.asked;
		pages.shift();
		first.stop();
		await pass(100);
		expect(gateway.asked).toBe(before + 1);
	});

	it("is hidden: the other asks at once, and the hidden one nothing, ever", async () => {
		const [first, second] = await openBoth();
		const before = gateway.asked;
		await first.world.hide();
		await pass(100);
		expect(gateway.asked).toBe(before + 1);
		const heard = first.heard.length;
		await pass(20_000);
		expect(first.heard.length).toBe(heard);
		expect(second.heard.length).toBeGreaterThan(heard);
		await second.world.hide();
		const asked = gateway.asked;
		await pass(60_000);
		expect(gateway.asked).toBe(asked);
	});

	it("hangs: the other takes the turn by force, and is left in peace by the one that comes back", async () => {
		const [first, second] = await openBoth();
		pages = [second];
		const before = gateway.asked;
		// The interval, the deadline and some patience.
		await pass(INTERVAL_MS + 4000 + 2000 + 100);
		expect(gateway.asked).toBe(before + 1);
		pages = [first, second];
		await pass(1000);
		const settled = gateway.asked;
		await pass(10_000);
		expect(gateway.asked - settled).toBeLessThanOrEqual(3);
	});

	it("asks for one that looks again, once, however many do", async () => {
		const [, second] = await openBoth();
		await pass(2000);
		const before = gateway.asked;
		await second.world.tell("focus");
		await second.world.tell("focus");
		await pass(100);
		expect(gateway.asked).toBe(before + 1);
	});
});

it("where pages cannot know of each other, each asks for itself", async () => {
	const alone = pages[0]!;
	alone.stop = startSharedPoll<string>(alone.world, null, {
		ask: gateway.ask,
		onAnswer: (answer) => alone.heard.push(answer) && INTERVAL_MS,
		failureOf: () => DOWN,
		onFailure: (failure) => alone.heard.push(failure),
		held: () => null,
	}).stop;
	await pass(INTERVAL_MS);
	expect(alone.heard).toEqual(["answer 1", "answer 2"]);
});

it("offline, a page leaves its turn, and takes it again when online", async () => {
	const [page] = pages as [Page];
	pages = [page];
	page.open(browser, gateway);
	await pass(100);
	await page.world.goOffline();
	await pass(30_000);
	expect(gateway.asked).toBe(1);
	await page.world.goOnline();
	expect(gateway.asked).toBe(2);
});
