// The security policy of the pages, obeyed by a browser: nothing of ours is refused, and nothing else runs.
import { expect, type Page, test } from "playwright/test";

/** Collects what a page's policy refused, and what the console calls an error. */
async function watch(page: Page): Promise<() => Promise<string[]>> {
	const complaints: string[] = [];
	page.on("console", (message) => {
		if (message.type() === "error") complaints.push(message.text());
	});
	page.on("pageerror", (error) => complaints.push(String(error)));
	await page.addInitScript(() => {
		const refused: string[] = [];
		Object.assign(globalThis, { refused });
		document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sample }) =>
			refused.push(`${effectiveDirective} ${blockedURI} ${sample}`),
		);
	});
	return async () => [
		...complaints,
		...(await page.evaluate(() => (globalThis as unknown as { refused: string[] }).refused)),
	];
}

test("live data, search, theme and menu work, and nothing of them is refused", async ({ page }) => {
	const complaints = await watch(page);
	await page.setViewportSize({ width: 1280, height: 900 });
	await page.goto("/status/");
	await expect(page.locator("main")).toContainText("3 of 3 nodes serving", { timeout: 30_000 });

	await page.locator(".search-open").click();
	await page.locator("#search-words").fill("ownership");
	await expect(page.locator(".search-results li").first()).toBeVisible();
	expect(await page.evaluate(() => (globalThis as unknown as { refused: string[] }).refused)).toEqual([]);
	await page.keyboard.press("Enter");
	await expect(page.locator("h1")).toBeVisible();

	await page.locator("starlight-theme-select select").first().selectOption("light");
	await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
	await page.setViewportSize({ width: 360, height: 740 });
	await page.locator(".sl-menu-button").click();
	await expect(page.locator("#starlight__sidebar")).toBeVisible();
	await page.emulateMedia({ media: "print" });
	expect(await complaints()).toEqual([]);
});

test("a filtered log, a row that is opened and a look-up show all they have", async ({ page }) => {
	const complaints = await watch(page);
	await page.goto("/conflicts/?level=error&sort=newest");
	const row = page.locator(".log-results details.conflict").first();
	await row.locator("summary").first().click();
	await expect(row.locator(".conflict-body")).toBeVisible();
	expect(await page.evaluate(() => (globalThis as unknown as { refused: string[] }).refused)).toEqual([]);
	await page.goto("/may-i/?path=distributed_api.py");
	await expect(page.locator(".look-up-answer")).toBeVisible();
	expect(await complaints()).toEqual([]);
});

test("script, style and addresses that the build did not put there are refused", async ({ page }) => {
	await page.route("/ownership/", async (route) => {
		const answer = await route.fetch();
		const html = await answer.text();
		const sneaked = [
			"<script>globalThis.ran = 'script'</script>",
			`<img src="data:," onerror="globalThis.ran = 'attribute'">`,
			"<style>main{display:none}</style>",
			`<p style="position:fixed;inset:0">`,
			'<base href="https://evil.example/">',
			'<iframe src="https://evil.example/"></iframe>',
			'<img src="https://evil.example/x.png">',
		].join("");
		await route.fulfill({ response: answer, body: html.replace("</main>", `${sneaked}</main>`) });
	});
	const complaints = await watch(page);
	await page.goto("/ownership/");
	await expect
		.poll(async () => (await complaints()).map((one) => one.split(" ")[0]))
		.toEqual(
			expect.arrayContaining([
				"script-src-elem",
				"script-src-attr",
				"style-src-elem",
				"style-src-attr",
				"base-uri",
				"img-src",
			]),
		);
	expect(await page.evaluate(() => (globalThis as unknown as { ran?: string }).ran)).toBeUndefined();
	await expect(page.locator("main")).toBeVisible();
});

test("without the header of the gateway the page's own policy still holds", async ({ page }) => {
	await page.route("/ports/", async (route) => {
		const answer = await route.fetch();
		const headers = { ...answer.headers() };
		delete headers["content-security-policy"];
		const body = (await answer.text()).replace("</main>", "<script>globalThis.ran = 1</script></main>");
		await route.fulfill({ response: answer, headers, body });
	});
	const complaints = await watch(page);
	await page.goto("/ports/");
	await expect.poll(async () => (await complaints()).join("\n")).toContain("script-src-elem inline");
	expect(await page.evaluate(() => (globalThis as unknown as { ran?: number }).ran)).toBeUndefined();
});
