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

test("the look-up, which asks no gateway, loads at most 36 KB of script before somebody types", async ({ page }) => {
	const bytes = await scriptBytes(page, "/may-i/");
	console.log(`/may-i/: ${bytes} bytes of script`);
	expect(bytes).toBeGreaterThan(10 * 1024);
	expect(bytes).toBeLessThanOrEqual(36 * 1024);
});

function base(): string {
	return `http://localhost:${process.env["COORD_TEST_PORT"] ?? 4381}`;
}

/**
 * What a page may cost besides script, gzip level 9. Measured on the sample: HTML 9 to 22 KB, style 13 to 16 KB, one or two
 * fonts of 45 and 15 KB, 8 to 16 requests; the bounds leave a quarter of room, no more.
 */
const MOST = { html: 28_000, style: 20_000, font: 64_000, requests: 20 };

test("HTML, style, fonts and requests of the key pages stay within their bounds", async ({ browser }) => {
	for (const address of ["/", "/conflicts/", "/may-i/", "/status/", "/teams/team-b/", "/guide/collision-prevention/"]) {
		const page = await browser.newPage();
		const bodies: Promise<{ type: string; bytes: number }>[] = [];
		page.on("response", (response) => {
			const type = response.request().resourceType();
			if (!/document|stylesheet|font|script/.test(type)) return;
			bodies.push(
				response.body().then((body) => ({
					type,
					// Fonts are compressed as they are.
					bytes: type === "font" ? body.length : gzipSync(body, { level: 9 }).length,
				})),
			);
		});
		await page.goto(`${base()}${address}`);
		await page.waitForTimeout(1_500);
		const seen = await Promise.all(bodies);
		const sum = (type: string) => seen.reduce((bytes, one) => bytes + (one.type === type ? one.bytes : 0), 0);
		const cost = { html: sum("document"), style: sum("stylesheet"), font: sum("font"), requests: seen.length };
		console.log(`${address}: ${JSON.stringify(cost)}`);
		for (const [what, most] of Object.entries(MOST)) {
			expect(cost[what as keyof typeof cost], `${what} of ${address}`).toBeGreaterThan(0);
			expect(cost[what as keyof typeof cost], `${what} of ${address}`).toBeLessThanOrEqual(most);
		}
		await page.close();
	}
});
