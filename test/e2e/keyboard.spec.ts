// By keyboard alone: the way in, the search, the theme, and out of everything again.
import { expect, type Page, test } from "playwright/test";

/** What has focus: its element, its name, and whether it can be seen to have it. */
async function focused(page: Page): Promise<{ tag: string; name: string; isSeen: boolean }> {
	return page.evaluate(() => {
		const one = document.activeElement as HTMLElement;
		const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
		const box = one.getBoundingClientRect();
		const hasRing = (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
		const name = one.getAttribute("aria-label") ?? one.textContent?.trim().replace(/\s+/g, " ").slice(0, 60) ?? "";
		const kind = one.getAttribute("type");
		return {
			tag: kind === null ? one.localName : `${one.localName}[${kind}]`,
			name,
			isSeen: hasRing && box.width > 0 && box.height > 0,
		};
	});
}

test("Tab reaches the skip link first, and it leads to the text", async ({ page }) => {
	await page.goto("/ports/");
	await page.keyboard.press("Tab");
	expect(await focused(page)).toMatchObject({ tag: "a", name: "Skip to content", isSeen: true });
	await page.keyboard.press("Enter");
	await expect(page).toHaveURL(/#_top$/);
	await page.keyboard.press("Tab");
	expect(await page.evaluate(() => document.activeElement?.closest("main, .main-frame") !== null)).toBe(true);
});

for (const address of ["/", "/conflicts/"]) {
	test(`${address}: a walk by Tab goes through the whole page, is always seen, and is never caught`, async ({
		page,
	}) => {
		await page.goto(address);
		const stops: string[] = [];
		const unseen: string[] = [];
		for (let step = 0; step < 400; step++) {
			await page.keyboard.press("Tab");
			const { tag, name, isSeen } = await focused(page);
			if (tag === "body") break;
			stops.push(name);
			// The parts of a date field are the browser's own: it marks the one that has the focus.
			if (!isSeen && tag !== "input[date]") unseen.push(`${tag} ${name}`);
		}
		expect(stops.length).toBeGreaterThan(30);
		expect(stops.length).toBeLessThan(400);
		expect(unseen).toEqual([]);
	});
}

test("search opens, answers, leads on, and gives the focus back", async ({ page }) => {
	await page.goto("/ports/");
	await page.keyboard.press("Control+k");
	await expect(page.locator("#search-words")).toBeFocused();
	await page.keyboard.press("Escape");
	await expect(page.locator("dialog.search-dialog")).toBeHidden();
	await page.locator(".search-open").focus();
	await page.keyboard.press("Enter");
	await page.keyboard.type("ownership");
	await expect(page.locator(".search-results a").first()).toBeVisible();
	await page.keyboard.press("Escape");
	await expect(page.locator(".search-open")).toBeFocused();
});

test("the search leads to a conflict by its id, and to whose a file is; arrows go through what it found", async ({
	page,
}) => {
	await page.goto("/ports/");
	await page.keyboard.press("Control+k");
	const results = page.locator(".search-results a");
	const words = page.locator("#search-words");
	await words.fill("cf-s2k3sqkum4");
	await expect(results.first()).toContainText("Conflict CF-S2K3SQKUM4");
	await words.fill("distributed_api.py");
	await expect(results.first()).toContainText("May I change distributed_api.py?");
	await expect(results.first()).toHaveAttribute("href", "/may-i/?path=distributed_api.py");
	// A word, an address and half an id are none of both.
	for (const other of ["ownership", "dev@laptop.example", "CF-S2K3"]) {
		await words.fill(other);
		await expect(page.locator(".search-state")).toContainText(/found/);
		await expect(page.locator(".search-state")).not.toContainText("else");
		await expect(page.locator('.search-results a:is([href*="#CF-"], [href*="?path="])')).toHaveCount(0);
	}
	await words.fill("ownership");
	await expect(results.nth(1)).toBeVisible();
	await page.keyboard.press("ArrowDown");
	await expect(results.first()).toBeFocused();
	expect(await focused(page)).toMatchObject({ tag: "a", isSeen: true });
	await page.keyboard.press("ArrowDown");
	await expect(results.nth(1)).toBeFocused();
	await page.keyboard.press("ArrowUp");
	await page.keyboard.press("ArrowUp");
	await expect(words).toBeFocused();
	await words.fill("CF-S2K3SQKUM4");
	await expect(results.first()).toContainText("Conflict CF-S2K3SQKUM4");
	await page.keyboard.press("Enter");
	await expect(page).toHaveURL(/\/conflicts\/#CF-S2K3SQKUM4$/);
	await expect(page.locator("#CF-S2K3SQKUM4")).toBeInViewport();
});

test("what the search found reads as words apart", async ({ page }) => {
	await page.goto("/ports/");
	await page.keyboard.press("Control+k");
	await page.locator("#search-words").fill("port-unregistered");
	const texts = page.locator(".search-results");
	await expect(texts).toContainText("Level warning");
	await expect(texts).not.toContainText("Levelwarning");
});

test("the theme is chosen by keyboard and kept", async ({ page }) => {
	await page.goto("/ports/");
	const select = page.locator("starlight-theme-select select").first();
	await select.focus();
	await page.keyboard.type("L");
	await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
	await page.reload();
	await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
});

test("on a phone the menu keeps the focus while it is open, and lets it go", async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await page.goto("/ports/");
	await page.locator(".sl-menu-button").focus();
	await page.keyboard.press("Enter");
	await expect(page.locator("#starlight__sidebar")).toBeVisible();
	await page.keyboard.press("Tab");
	expect(await page.evaluate(() => document.activeElement?.closest("#starlight__sidebar") !== null)).toBe(true);
	await page.keyboard.press("Escape");
	await expect(page.locator("#starlight__sidebar")).toBeHidden();
	await expect(page.locator(".sl-menu-button")).toBeFocused();
});
