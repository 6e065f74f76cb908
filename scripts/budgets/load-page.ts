// Edge(browser). What a page costs whoever opens it: bytes by kind, requests; and when it is seen, on a slow machine.
import { gzipSync } from "node:zlib";
import type { Browser, CDPSession, Page } from "playwright";
import { WorldError } from "#model/problem";

/** Kinds of bytes, as a browser asks for them. */
export const KINDS = ["document", "stylesheet", "script", "font", "other"] as const;
export type Kind = (typeof KINDS)[number];

export interface Weight {
	/** Bytes of each kind, as they are and by gzip level 9. */
	readonly raw: Readonly<Record<Kind, number>>;
	readonly gzip: Readonly<Record<Kind, number>>;
	readonly requests: number;
}

/** Milliseconds from the start of navigation; null: not seen within the wait. */
export interface Moments {
	readonly firstPaint: number | null;
	readonly largestPaint: number | null;
	/** Cumulative layout shift, no unit. */
	readonly shift: number;
	/** Until the page shows what the gateway says now; null: it shows nothing live. */
	readonly live: number | null;
}

/** What is loaded before anybody touches the page. Live answers are not counted: they go on for ever. */
const SETTLED_MS = 3_000;
/** The slow network: 150 ms there and back, 1.6 Mbit/s down, 0.75 up, as Lighthouse's slow 4G; and a quarter of the CPU. */
export const SLOW = { latency: 150, downloadThroughput: 1_638_400 / 8, uploadThroughput: 768_000 / 8, cpu: 4 };
const SLOW_SETTLED_MS = 8_000;

/** A page that is not there is light and quick. */
async function open(page: Page, url: string, waitUntil: "load" | "commit" = "load"): Promise<void> {
	const answer = await page.goto(url, { waitUntil });
	if (answer?.status() !== 200) throw new WorldError(`${url} answers ${answer?.status() ?? "nothing"}`);
}

/** Weighs a page in a browser that kept nothing. */
export async function weigh(browser: Browser, url: string): Promise<Weight> {
	const context = await browser.newContext({ viewport: { width: 1_280, height: 900 } });
	const page = await context.newPage();
	const bodies: Promise<readonly [Kind, Buffer] | null>[] = [];
	page.on("response", (response) => {
		if (response.url().includes("StatusService")) return;
		const type = response.request().resourceType();
		const kind = KINDS.find((one) => one === type) ?? "other";
		// A body that is gone with its page was no part of it.
		bodies.push(
			response.body().then(
				(body) => [kind, body] as const,
				() => null,
			),
		);
	});
	await open(page, url);
	await page.waitForTimeout(SETTLED_MS);
	const loaded = (await Promise.all(bodies)).filter((one) => one !== null);
	await context.close();
	const sum = (of: (body: Buffer) => number) =>
		Object.fromEntries(
			KINDS.map((kind) => [kind, loaded.reduce((total, [its, body]) => total + (its === kind ? of(body) : 0), 0)]),
		) as Record<Kind, number>;
	// Fonts are packed already.
	const packed = (body: Buffer) => Math.min(body.length, gzipSync(body, { level: 9 }).length);
	return { raw: sum((body) => body.length), gzip: sum(packed), requests: loaded.length };
}

/** Opens a page on a slow machine and network, nothing kept; `liveWords`: what it says once it is live. */
export async function time(browser: Browser, url: string, liveWords: string | null): Promise<Moments> {
	const context = await browser.newContext({ viewport: { width: 412, height: 823 } });
	const page = await context.newPage();
	const session = await context.newCDPSession(page);
	await slowDown(session);
	await page.addInitScript((words) => {
		const seen = { firstPaint: null, largestPaint: null, shift: 0, live: null } as {
			-readonly [Key in keyof Moments]: Moments[Key];
		};
		Object.assign(globalThis, { seen });
		const observe = (type: string, take: (entry: PerformanceEntry) => void) =>
			new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
		observe("paint", (entry) => {
			if (entry.name === "first-contentful-paint") seen.firstPaint = entry.startTime;
		});
		observe("largest-contentful-paint", (entry) => {
			seen.largestPaint = entry.startTime;
		});
		observe("layout-shift", (entry) => {
			const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
			if (!hadRecentInput) seen.shift += value;
		});
		if (words === null) return;
		const look = () => {
			if (document.querySelector("main")?.textContent?.includes(words)) seen.live = performance.now();
			else requestAnimationFrame(look);
		};
		look();
	}, liveWords);
	await open(page, url, "commit");
	await page.waitForTimeout(SLOW_SETTLED_MS);
	const moments = await momentsOf(page);
	await context.close();
	return moments;
}

async function slowDown(session: CDPSession): Promise<void> {
	const { latency, downloadThroughput, uploadThroughput, cpu } = SLOW;
	await session.send("Network.enable");
	await session.send("Network.emulateNetworkConditions", {
		offline: false,
		latency,
		downloadThroughput,
		uploadThroughput,
	});
	await session.send("Emulation.setCPUThrottlingRate", { rate: cpu });
}

function momentsOf(page: Page): Promise<Moments> {
	return page.evaluate(() => (globalThis as unknown as { seen: Moments }).seen);
}
