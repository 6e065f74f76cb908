// Every type of page in a real browser: accessible in both themes, on desktop and phone, and quiet.
import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, expect, test } from "playwright/test";
import { PAGE_TYPES } from "../support/page-types.ts";

const SCREENS = [
	{ name: "desktop", width: 1280, height: 900 },
	{ name: "phone", width: 360, height: 740 },
];

for (const colorScheme of ["light", "dark"] as const) {
	for (const { name, ...viewport } of SCREENS) {
		test.describe(`${name}, ${colorScheme}`, () => {
			// One context for all: what a browser keeps between pages, it keeps for readers too.
			let context: BrowserContext;
			test.beforeAll(async ({ browser }) => {
				context = await browser.newContext({ colorScheme, viewport });
			});
			test.afterAll(() => context.close());

			for (const address of PAGE_TYPES) {
				test(address, async ({ baseURL }) => {
					const page = await context.newPage();
					const complaints: string[] = [];
					const isExpected = (text: string) => address === "/no-such-page/" && text.includes("404");
					page.on("console", (message) => {
						if (message.type() === "error" && !isExpected(message.text())) complaints.push(message.text());
					});
					page.on("pageerror", (error) => complaints.push(String(error)));
					page.on("request", (request) => {
						if (!request.url().startsWith("http://localhost") && !request.url().startsWith("data:")) {
							complaints.push(`asked another origin: ${request.url()}`);
						}
					});
					const answer = await page.goto(`${baseURL}${address}`);
					expect(answer?.status()).toBe(address === "/no-such-page/" ? 404 : 200);
					// What is folded away is part of the page: open it before judging.
					await page.evaluate(() => {
						for (const details of document.querySelectorAll("main details")) details.setAttribute("open", "");
					});
					const { violations } = await new AxeBuilder({ page }).analyze();
					expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(" ")}`)).toEqual([]);
					const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
					expect(overflow).toBeLessThanOrEqual(0);
					expect(complaints).toEqual([]);
					await page.close();
				});
			}
		});
	}
}
