// The islands against what browsers and networks do: several tabs, proxies that alter replies, https, many nodes.
import AxeBuilder from "@axe-core/playwright";
import { toBinary } from "@bufbuild/protobuf";
import { type BrowserContext, expect, type Page, type Route, test } from "playwright/test";
import { GetClusterResponseSchema } from "#wire/gen/coordination/v1/status_pb.js";
import { clusterToWire } from "#wire/map";
import { cluster, node } from "../unit/islands/samples.ts";

const RPC = "**/coordination.v1.StatusService/GetCluster";
const card = (page: Page, name: string) => page.locator(".live-card", { hasText: name });

/** Questions about the cluster that any page of the browser asks. */
function countAsked(context: BrowserContext): { asked: number } {
	const count = { asked: 0 };
	context.on("request", (request) => {
		if (request.url().endsWith("GetCluster")) count.asked++;
	});
	return count;
}

/** A browser tells a page that it is seen or not; headless Chromium shows every page at once. */
function setVisible(page: Page, isVisible: boolean): Promise<void> {
	return page.evaluate(
		(value) => {
			Object.defineProperty(document, "visibilityState", { value, configurable: true });
			document.dispatchEvent(new Event("visibilitychange"));
		},
		isVisible ? "visible" : "hidden",
	);
}

test("two tabs that are looked at ask as often as one; when one is closed, the other asks on", async ({ context }) => {
	const count = countAsked(context);
	const first = await context.newPage();
	const second = await context.newPage();
	await first.goto("/status/");
	await expect(card(first, "sample-node-1")).toHaveAttribute("data-tone", "good");
	await second.goto("/status/");
	await expect(card(second, "sample-node-1")).toHaveAttribute("data-tone", "good");
	const before = count.asked;
	await first.waitForTimeout(16_000);
	// Every 5 s by one of them.
	expect(count.asked - before).toBeGreaterThanOrEqual(2);
	expect(count.asked - before).toBeLessThanOrEqual(4);
	await expect(second.locator(".live-line").first()).toContainText(/as of (just now|[0-6] s ago)/);
	await first.close();
	const closed = count.asked;
	await expect.poll(() => count.asked, { timeout: 3_000 }).toBeGreaterThan(closed);
	await expect(card(second, "sample-node-1")).toHaveAttribute("data-tone", "good");
});

test("the tab whose turn it is gets hidden: the other asks within a second", async ({ context }) => {
	const count = countAsked(context);
	const [first, second] = [await context.newPage(), await context.newPage()];
	await first.goto("/status/");
	await expect(card(first, "sample-node-1")).toHaveAttribute("data-tone", "good");
	await second.goto("/status/");
	await expect(card(second, "sample-node-1")).toHaveAttribute("data-tone", "good");
	const before = count.asked;
	await setVisible(first, false);
	await expect.poll(() => count.asked, { timeout: 1_500 }).toBe(before + 1);
	await setVisible(second, false);
	const hidden = count.asked;
	await second.waitForTimeout(7_000);
	expect(count.asked).toBe(hidden);
});

const alterations: [what: string, alter: (route: Route) => Promise<void>, sentence: RegExp][] = [
	[
		"cuts the trailers and the end of a reply",
		async (route) => {
			const answer = await route.fetch();
			const body = await answer.body();
			await route.fulfill({ response: answer, body: body.subarray(0, body.length - 30) });
		},
		/A proxy or portal between this page and the gateway alters its replies; showing what it said \d+ s ago/,
	],
	[
		"strips everything but the first frame, and that frame's last field with it",
		async (route) => {
			const answer = await route.fetch();
			const body = await answer.body();
			// `complete` is the last field, three bytes; the frame is told to be that much shorter.
			const length = body.readUInt32BE(1) - 3;
			const frame = Buffer.from(body.subarray(0, 5 + length));
			frame.writeUInt32BE(length, 1);
			await route.fulfill({ response: answer, body: frame });
		},
		/alters its replies; showing what it said \d+ s ago/,
	],
	[
		"answers with a page of its own",
		(route) => route.fulfill({ status: 200, contentType: "text/html", body: "<h1>Sign in to the network</h1>" }),
		/A proxy or portal answers in the gateway's place; showing what it said \d+ s ago/,
	],
	[
		"gives one answer for ever, as a cache might",
		keepFirst(),
		/The gateway's answers do not move; showing what it said \d+ s ago/,
	],
];

function keepFirst(): (route: Route) => Promise<void> {
	let kept: { body: Buffer; headers: Record<string, string> } | null = null;
	return async (route) => {
		if (kept === null) {
			const answer = await route.fetch();
			kept = { body: await answer.body(), headers: answer.headers() };
		}
		await route.fulfill({ status: 200, ...kept });
	};
}

test("what alters, replaces or keeps replies on the way is said, and nothing stays green; it ends, and all is well", async ({
	browser,
	baseURL,
}) => {
	test.setTimeout(120_000);
	// Each in a browser of its own, all at the same time: what is waited for is age.
	await Promise.all(
		alterations.map(async ([what, alter, sentence]) => {
			const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
			const page = await context.newPage();
			await page.goto("/status/");
			await expect(card(page, "sample-node-1"), what).toHaveAttribute("data-tone", "good");
			await page.route(RPC, alter);
			await expect(page.getByText(sentence).first(), what).toBeVisible({ timeout: 30_000 });
			await expect(page.locator('.live-card[data-tone="good"]'), what).toHaveCount(0, { timeout: 30_000 });
			await page.unroute(RPC);
			await expect(card(page, "sample-node-1"), what).toHaveAttribute("data-tone", "good", { timeout: 35_000 });
			await context.close();
		}),
	);
});

test("a page of https whose gateway speaks http says why it cannot ask, at once", async ({ page, baseURL }) => {
	await page.route("https://guide.example/**", async (route) => {
		const answer = await route.fetch({
			url: route
				.request()
				.url()
				.replace("https://guide.example", baseURL ?? ""),
		});
		const html = (await answer.text()).replaceAll(
			"&quot;gateway&quot;:[0,null]",
			"&quot;gateway&quot;:[0,&quot;http://mini.example:4321&quot;]",
		);
		await route.fulfill({ response: answer, body: html });
	});
	let asked = 0;
	page.on("request", (request) => {
		if (request.url().includes("mini.example")) asked++;
	});
	await page.goto("https://guide.example/status/");
	await expect(
		page.getByText(/This page came over https, and browsers let none of those ask http:\/\/mini\.example:4321/).first(),
	).toBeVisible();
	expect(asked).toBe(0);
});

test.describe("five hundred nodes", () => {
	/** Every tenth is down. */
	const nodes = Array.from({ length: 500 }, (_, index) =>
		node({
			id: `mini-${index}`,
			...(index % 10 === 3
				? { state: "not-serving", reason: "connection refused", checkedMs: 500, ageMs: 90_000 }
				: {}),
		}),
	);

	async function openMany(page: Page, search = ""): Promise<void> {
		const startedMs = Date.now();
		await page.route(RPC, async (route) => {
			const uptimeMs = Date.now() - startedMs;
			const state = { version: 1n, epoch: 1n, uptimeMs, notices: [], history: null, snapshot: cluster(...nodes) };
			const message = Buffer.from(toBinary(GetClusterResponseSchema, clusterToWire(state)));
			const head = Buffer.alloc(5);
			head.writeUInt32BE(message.length, 1);
			const trailers = Buffer.from("\x80\x00\x00\x00\x0fgrpc-status:0\r\n", "latin1");
			const body = Buffer.concat([head, message, trailers]);
			await route.fulfill({ status: 200, contentType: "application/grpc-web+proto", body });
		});
		await page.goto(`/status/${search}`);
		await expect(page.locator(".live-row").first()).toBeVisible();
	}

	test("are found by text, state and page, by keyboard alone, and the address says what is shown", async ({ page }) => {
		await openMany(page);
		await expect(page.locator(".live-row")).toHaveCount(50);
		await expect(page.locator(".live-row").first()).toContainText("not serving");
		await page.getByRole("searchbox").focus();
		await page.keyboard.type("mini-49");
		await expect(page.getByText("11 of 500 nodes, page 1 of 1")).toBeVisible();
		await page.keyboard.press("Tab");
		await page.keyboard.press("Space");
		await expect(page.getByRole("button", { name: /not serving/ })).toHaveAttribute("aria-pressed", "true");
		await expect(page.locator(".live-row")).toHaveCount(1);
		await expect(page).toHaveURL(/\?nodes=mini-49&state=not-serving$/);
		await page.locator(".live-row summary").focus();
		await page.keyboard.press("Enter");
		await expect(page.locator(".live-row dl")).toContainText("Apple M1 Pro");
	});

	test("are shown as an address asks", async ({ page }) => {
		await openMany(page, "?state=serving&page=9");
		await expect(page.getByText("450 of 500 nodes, page 9 of 9")).toBeVisible();
		await expect(page.getByRole("button", { name: "Next" })).toBeDisabled();
	});

	for (const colorScheme of ["light", "dark"] as const) {
		for (const width of [1280, 390]) {
			test(`are accessible, ${colorScheme}, ${width} px wide`, async ({ browser, baseURL }) => {
				const context = await browser.newContext({
					colorScheme,
					viewport: { width, height: 900 },
					reducedMotion: "reduce",
					...(baseURL === undefined ? {} : { baseURL }),
				});
				const page = await context.newPage();
				await openMany(page);
				await page.locator(".live-row summary").first().click();
				const { violations } = await new AxeBuilder({ page }).include("main").analyze();
				expect(violations.map(({ id, nodes: at }) => `${id}: ${at.map(({ target }) => target).join(" ")}`)).toEqual([]);
				expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
				await context.close();
			});
		}
	}
});

for (const colorScheme of ["light", "dark"] as const) {
	for (const width of [1280, 390]) {
		test(`the live status page is accessible, ${colorScheme}, ${width} px wide`, async ({ browser, baseURL }) => {
			const context = await browser.newContext({
				colorScheme,
				viewport: { width, height: 900 },
				...(baseURL === undefined ? {} : { baseURL }),
			});
			const page = await context.newPage();
			await page.goto("/status/");
			await expect(card(page, "sample-node-1")).toHaveAttribute("data-tone", "good");
			await page.locator("#teams").scrollIntoViewIfNeeded();
			await expect(page.getByText(/Git as/)).toBeVisible();
			const { violations } = await new AxeBuilder({ page }).analyze();
			expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(" ")}`)).toEqual([]);
			await context.close();
		});
	}
}
