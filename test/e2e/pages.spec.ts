// Every type of page in a real browser: accessible in both themes, on desktop and phone, and quiet.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "playwright/test";

const PAGES = [
	"/",
	"/conflicts/",
	"/findings/",
	"/findings/foreign-edit/",
	"/status/",
	"/teams/",
	"/teams/team-b/",
	"/ownership/",
	"/ownership/team-a/",
	"/contracts/",
	"/contracts/sft-trainer/",
	"/namespaces/",
	"/ports/",
	"/claims/",
	"/schedule/",
	"/notes/",
	"/guide/",
	"/guide/collision-prevention/",
	"/guide/committing/",
	"/guide/status/",
	"/no-such-page/",
];

const SCREENS = [
	{ name: "desktop", width: 1280, height: 900 },
	{ name: "phone", width: 360, height: 740 },
];

for (const colorScheme of ["light", "dark"] as const) {
	for (const { name, width, height } of SCREENS) {
		test.describe(`${name}, ${colorScheme}`, () => {
			test.use({ colorScheme, viewport: { width, height } });
			for (const address of PAGES) {
				test(address, async ({ page }) => {
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
					const answer = await page.goto(address);
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
				});
			}
		});
	}
}
