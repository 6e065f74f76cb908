// Text that is meant to be typed elsewhere has a button that copies it; without a script there is no button that does nothing.
import { expect, test } from "playwright/test";

const RUN_YOUR_OWN = "/guide/run-your-own/";
const INIT = "npm run init -- team-content --repo ../your-repository";

test("code of the guide, and text for the content, is copied to the letter", async ({ page, context }) => {
	await context.grantPermissions(["clipboard-read", "clipboard-write"]);
	const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
	await page.goto(RUN_YOUR_OWN);
	const frame = page.locator("figure", { hasText: INIT });
	await frame.getByRole("button").click();
	await expect(frame.getByRole("button")).toHaveText("Copied");
	await expect(page.locator("#copy-said")).toHaveText("Copied.");
	expect(await clipboard()).toBe(INIT);

	await page.goto("/ports/");
	await page.getByRole("button", { name: "Copy: An entry of ports.yaml, to be copied" }).press("Enter");
	await expect
		.poll(clipboard)
		.toBe("# content/ports.yaml\n- port: 8001\n  owner: team-a\n  purpose: What listens there");
});

test("where nothing may be copied, the text is selected and the button says which keys do it", async ({ page }) => {
	await page.addInitScript(() => {
		Object.defineProperty(navigator, "clipboard", { value: undefined });
		Object.defineProperty(document, "execCommand", { value: () => false });
	});
	await page.goto(RUN_YOUR_OWN);
	const frame = page.locator("figure", { hasText: INIT });
	await frame.getByRole("button").click();
	await expect(frame.getByRole("button")).toHaveText("Ctrl+C");
	expect(await page.evaluate(() => getSelection()?.toString())).toBe(INIT);
});

test("without a script no button is shown", async ({ browser, baseURL }) => {
	const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
	await page.goto(`${baseURL}${RUN_YOUR_OWN}`);
	await expect(page.getByText(INIT)).toBeVisible();
	await expect(page.locator("main button:visible")).toHaveCount(0);
});
