// How the key pages look, held against pictures in test/e2e/visual/: desktop and phone, light and dark, one window each.
//
// New pictures, after a change of look that is meant (look at each before it is committed):
//   npm test -- --only build && npx --no-install playwright test --config test/playwright.config.ts visual --update-snapshots
//
// Pictures of one Chromium are none of another: text is drawn differently. The version they were made with stands beside
// them, and with another one these tests are skipped, and counted as skipped.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "playwright/test";

const PICTURES = join(import.meta.dirname, "visual");
const VERSION = join(PICTURES, "chromium-version.txt");
const PAGES = {
	overview: "/",
	conflicts: "/conflicts/",
	"may-i": "/may-i/",
	team: "/teams/team-b/",
	ownership: "/ownership/",
};
const SCREENS = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

// The style that hides what moves is none of the page's own.
test.use({ bypassCSP: true, contextOptions: { reducedMotion: "reduce" } });

test.beforeEach(({ browser }, { config }) => {
	const now = browser.version();
	if (config.updateSnapshots === "all" || config.updateSnapshots === "changed") {
		mkdirSync(PICTURES, { recursive: true });
		writeFileSync(VERSION, `${now}\n`);
		return;
	}
	const made = existsSync(VERSION) ? readFileSync(VERSION, "utf8").trim() : null;
	test.skip(made === null, "no pictures are committed yet");
	test.skip(made !== now, `the pictures are of Chromium ${made}, this is ${now}`);
});

for (const colorScheme of ["light", "dark"] as const) {
	for (const [screen, viewport] of Object.entries(SCREENS)) {
		test.describe(`${screen}, ${colorScheme}`, () => {
			test.use({ colorScheme, viewport });
			for (const [name, address] of Object.entries(PAGES)) {
				test(address, async ({ page }) => {
					// Islands stay as they were built: what is live is another test's matter.
					await page.route("**/_astro/*.js", (route) => route.abort());
					// A busy machine may be too slow for a font that is optional: here it is waited for.
					await page.route("**/_astro/*.css", async (route) => {
						const response = await route.fetch();
						const body = (await response.text()).replaceAll(/font-display: *optional/g, "font-display:block");
						await route.fulfill({ response, body });
					});
					await page.goto(address);
					await page.evaluate(() => document.fonts.ready);
					await expect(page).toHaveScreenshot(`${name}-${screen}-${colorScheme}.png`, {
						animations: "disabled",
						caret: "hide",
						maxDiffPixelRatio: 0.0001,
						stylePath: join(import.meta.dirname, "visual.css"),
					});
				});
			}
		});
	}
}
