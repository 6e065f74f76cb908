// What a page costs in script, as the browser really loads it: gzip level 9, inline scripts included.
import { gzipSync } from "node:zlib";
import { expect, type Page, test } from "playwright/test";

/** Bytes of script a page loads within three seconds, before anybody touches it. */
async function scriptBytes(page: Page, address: string): Promise<number> {
	const bodies: Promise<Buffer>[] = [];
	page.on("response", (response) => {
		if (response.request().resourceType() === "script") bodies.push(response.body());
	});
	await page.goto(address);
	await page.waitForTimeout(3_000);
	const inline = await page.evaluate(() =>
		[...document.querySelectorAll("script:not([src])")].map((script) => script.textContent ?? "").join("\n"),
	);
	const files = await Promise.all(bodies);
	return [...files, Buffer.from(inline)].reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0);
}

for (const address of ["/ownership/", "/contracts/", "/guide/architecture/"]) {
	test(`${address}, without an island, loads at most 6 KB of script`, async ({ page }) => {
		const bytes = await scriptBytes(page, address);
		console.log(`${address}: ${bytes} bytes of script`);
		expect(bytes).toBeGreaterThan(0);
		expect(bytes).toBeLessThanOrEqual(6 * 1024);
	});
}

test("the first island adds at most 35 KB of script, all told", async ({ browser }) => {
	const [plain, live] = await Promise.all([
		browser.newPage().then((page) => scriptBytes(page, `${base()}/ownership/`)),
		browser.newPage().then((page) => scriptBytes(page, `${base()}/`)),
	]);
	console.log(`/: ${live} bytes of script, ${live - plain} more than without an island`);
	expect(live).toBeGreaterThan(plain);
	expect(live - plain).toBeLessThanOrEqual(35 * 1024);
});

function base(): string {
	return `http://localhost:${process.env["COORD_TEST_PORT"] ?? 4381}`;
}
