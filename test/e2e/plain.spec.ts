// Without script, and on paper: every type of page is whole, and there is a way on from each.
import { expect, test } from "playwright/test";
import { PAGE_TYPES } from "../support/page-types.ts";

test.describe("without script", () => {
	test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });

	test("every page says what it is about, says so of live data, and leads on", async ({ page }) => {
		for (const address of PAGE_TYPES) {
			await page.goto(address);
			await expect(page.locator("h1"), address).toBeVisible();
			const words = (await page.locator("main").innerText()).split(/\s+/).length;
			expect(words, address).toBeGreaterThan(25);
			// Nothing waits for a script that never comes.
			expect(await page.locator("main [aria-busy=true]").count(), address).toBe(0);
			const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
			expect(over, address).toBeLessThanOrEqual(0);
		}
	});

	for (const [colorScheme, ground] of [
		["light", "rgb(255, 255, 255)"],
		["dark", "rgb(18, 20, 25)"],
	] as const) {
		test(`the system's own choice of ${colorScheme} holds, and no other is offered`, async ({ page }) => {
			await page.emulateMedia({ colorScheme });
			await page.goto("/guide/");
			await expect(page.locator("body")).toHaveCSS("background-color", ground);
			await expect(page.locator("starlight-theme-select:visible")).toHaveCount(0);
		});
	}

	test("the menu of a phone opens and leads to another page; the table of contents is links", async ({ page }) => {
		await page.goto("/");
		await page.locator(".sl-menu-button").click();
		await page.locator("#starlight__sidebar").getByRole("link", { name: "Ports" }).click();
		await expect(page).toHaveURL(/\/ports\/$/);
		await expect(page.locator("h1")).toHaveText("Ports");
	});

	test("a conflict opens, by its summary and by its address", async ({ page }) => {
		await page.goto("/conflicts/");
		const id = await page.locator("main [id^=CF-]").first().getAttribute("id");
		await page.goto(`/conflicts/#${id}`);
		await expect(page.locator(`#${id}`)).toBeVisible();
	});
});

test.describe("on paper", () => {
	test.use({ viewport: { width: 794, height: 1123 }, colorScheme: "dark" });

	test("every page is dark on white, without navigation, and no wider than the sheet", async ({ page }) => {
		await page.emulateMedia({ media: "print" });
		for (const address of PAGE_TYPES) {
			await page.goto(address);
			const seen = await page.evaluate(() => {
				const shown = (selector: string) =>
					[...document.querySelectorAll<HTMLElement>(selector)].some((one) => one.checkVisibility());
				const main = document.querySelector("main") as HTMLElement;
				const wide = [...main.querySelectorAll<HTMLElement>("*")].filter(
					(one) =>
						one.checkVisibility() &&
						one.scrollWidth > one.clientWidth + 1 &&
						/auto|scroll|hidden/.test(getComputedStyle(one).overflowX) &&
						one.clientWidth > 40,
				);
				return {
					navigation: shown("nav.sidebar, .search-open, .sl-menu-button, footer nav, starlight-theme-select"),
					background: getComputedStyle(document.body).backgroundColor,
					ink: getComputedStyle(main).color,
					over: document.documentElement.scrollWidth - window.innerWidth,
					cut: wide.map((one) => `${one.tagName.toLowerCase()}.${one.className}`.slice(0, 60)),
				};
			});
			expect(seen.navigation, `${address} prints navigation`).toBe(false);
			expect(lightness(seen.background), `${address} prints its paper ${seen.background}`).toBeGreaterThan(0.9);
			expect(lightness(seen.ink), `${address} prints its text ${seen.ink}`).toBeLessThan(0.35);
			expect(seen.over, `${address} is wider than the sheet`).toBeLessThanOrEqual(0);
			expect(seen.cut, `${address} cuts what it prints`).toEqual([]);
		}
	});
});

/** 0 black to 1 white; a transparent colour is the paper's. */
function lightness(color: string): number {
	const [r = 0, g = 0, b = 0, alpha = 1] = color.match(/[\d.]+/g)?.map(Number) ?? [];
	return alpha === 0 ? 1 : (r + g + b) / 765;
}
