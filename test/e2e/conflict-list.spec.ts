// The conflict log as its readers use it: a view from an address, back, search, order, an id from anywhere, copies, no script.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "playwright/test";
import { parse } from "yaml";
import { resolutionSchema } from "#model/agreement";

const FOREIGN_EDIT = "CF-S2K3SQKUM4";
const OVERLAP = "CF-PFV5R4VLYO";

const said = (page: Page) => page.locator(".log-summary [role=status]");
const builtRows = (page: Page) => page.locator("#log-rows");
/** Fields stand there before the script that reads them runs. */
const isRunning = (page: Page) => expect(page.locator("astro-island:not([ssr]) .log-list")).toBeVisible();
const found = (page: Page) => page.locator(".log-results details.conflict");

test("an address is a view: who has to stop, why, by which commit", async ({ page }) => {
	await page.goto("/conflicts/?team=team-b&level=error");
	await expect(said(page)).toHaveText("3 of 26 conflicts match, in 3 rows, gravest first.");
	await expect(builtRows(page)).toBeHidden();
	await expect(page.getByRole("combobox", { name: "Team", exact: true })).toHaveValue("team-b");
	await expect(page.getByRole("checkbox", { name: "errors" })).toBeChecked();

	const row = found(page).filter({ hasText: "Edit of another team's path" });
	await expect(row).toContainText("by Team B");
	await expect(row).toContainText("Team B: stop changing it");
	await row.locator("summary").first().click();
	await expect(row).toContainText("claimed by trailer");
	await expect(row).toContainText("Expose recovery through the API");
	await expect(row).toContainText("content/ownership/team-a.yaml:");
	await expect(row.locator(".escalation [data-kind=next]")).toContainText("Pause both teams");
});

test("each change is a step back, what is typed is one", async ({ page }) => {
	await page.goto("/conflicts/");
	await isRunning(page);
	await page.getByRole("combobox", { name: "Team", exact: true }).selectOption("team-b");
	await expect(page).toHaveURL(/\/conflicts\/\?team=team-b$/);
	await expect(said(page)).toContainText("10 of 26");
	await page.getByRole("searchbox", { name: "Search in the log" }).pressSequentially("AdamW", { delay: 30 });
	await expect(said(page)).toHaveText("1 of 26 conflicts matches, in 1 row, gravest first.");
	await expect(page).toHaveURL(/\?q=AdamW&team=team-b$/);

	await page.goBack();
	await expect(page).toHaveURL(/\?team=team-b$/);
	await expect(said(page)).toContainText("10 of 26");
	await page.goBack();
	await expect(page).toHaveURL(/\/conflicts\/$/);
	await expect(builtRows(page)).toBeVisible();
	await page.goForward();
	await expect(said(page)).toContainText("10 of 26");
});

test("an order lists the whole log by it", async ({ page }) => {
	await page.goto("/conflicts/?sort=oldest");
	await expect(said(page)).toHaveText("All 26 conflicts, in 18 rows, oldest first, those of the tree last.");
	// First seen on 24 July at 10:12, by two commits; what stands in the tree has no date.
	await expect(found(page).first()).toContainText("2 commits2025-07-24 to 2025-07-31");
	await expect(found(page).last().locator(".conflict-when")).toHaveText("in the tree");
	await page.goto("/conflicts/?from=2025-07-31");
	await expect(said(page)).toHaveText(
		/^5 of 26 conflicts match, .* 16 conflicts of the tree have no date: left out\.$/,
	);
	await page.goto("/conflicts/?sort=oldest");
	await isRunning(page);
	await page.getByRole("combobox", { name: "Order" }).selectOption("gravest");
	await expect(builtRows(page)).toBeVisible();
});

test("an address that asks for what is not known says so, and one that finds nothing says what to loosen", async ({
	page,
}) => {
	await page.goto("/conflicts/?team=team-x&level=error");
	await expect(page.locator(".log-notices")).toContainText("team “team-x” (no team of this project): left out");
	await expect(said(page)).toContainText("3 of 26");

	await page.goto("/conflicts/?team=team-c&level=error");
	await expect(said(page)).toHaveText("None of 26 conflicts matches.");
	await page.getByRole("button", { name: "Without the team" }).click();
	await expect(said(page)).toContainText("3 of 26");
});

test("a conflict named behind the # is unfolded and in view", async ({ page }) => {
	await page.goto(`/conflicts/#${OVERLAP}`);
	const story = page.locator(`#${OVERLAP}`);
	await expect(story).toBeInViewport();
	await expect(story).toContainText("within 24 hours of each other");
	await page.evaluate((id) => location.assign(`#${id}`), FOREIGN_EDIT);
	await expect(page.locator(`#${FOREIGN_EDIT}`)).toBeInViewport();
});

test("one that lies on another page is found there, one that is in no log is told", async ({ page }) => {
	await page.route("**/conflicts/index.json", async (route) => {
		const answer = await route.fetch();
		const index = await answer.json();
		// As in a log of two pages: the first conflict lies on the second, by another name than this page has for it.
		index.rows.page[0] = 2;
		index.conflicts.id[0] = "ZZZZZZZZZZ";
		await route.fulfill({ response: answer, json: index });
	});
	await page.route("**/conflicts/2/", (route) => route.fulfill({ body: "<p>page two</p>", contentType: "text/html" }));
	await page.goto("/conflicts/#CF-YYYYYYYYYY");
	await expect(page.locator(".log-notices")).toContainText("CF-YYYYYYYYYY is not in this log");
	await page.evaluate(() => location.assign("#CF-ZZZZZZZZZZ"));
	await expect(page).toHaveURL(/\/conflicts\/2\/#CF-ZZZZZZZZZZ$/);
});

test("what is to be copied is: the address of a conflict, and a decision that the content takes", async ({
	page,
	context,
	baseURL,
}) => {
	await context.grantPermissions(["clipboard-read", "clipboard-write"]);
	await page.goto(`/conflicts/#${FOREIGN_EDIT}`);
	const row = page.locator("details.conflict", { has: page.locator(`#${FOREIGN_EDIT}`) });
	const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
	const width = () => row.locator(".story-id .copy-button").evaluate((button) => button.getBoundingClientRect().width);
	const before = await width();
	await row.getByRole("button", { name: `Copy the link to ${FOREIGN_EDIT}` }).click();
	await expect(row.locator(".story-id .copy-button")).toHaveText("Copied");
	expect(await width()).toBe(before);
	expect(await clipboard()).toBe(`${baseURL}/conflicts/#${FOREIGN_EDIT}`);

	await row.getByRole("button", { name: "Copy what shows the commits" }).click();
	await expect.poll(clipboard).toMatch(/^git show 0d38912[0-9a-f]{33} e947ca0[0-9a-f]{33}$/);
	await row.getByText("Write down a decision").click();
	await expect(row.locator(".decide")).toContainText("in the name of MLX Distributed Coordination Agent, who decides");
	await row.getByRole("button", { name: "Copy the command" }).click();
	await expect.poll(clipboard).toContain(`npm run resolve -- ${FOREIGN_EDIT} --state acknowledged --reason "`);
	await row.getByRole("button", { name: "Copy the file" }).click();
	await expect.poll(clipboard).toContain(`conflict: ${FOREIGN_EDIT}`);
	const decision = resolutionSchema.parse(parse(await clipboard()));
	expect(decision).toMatchObject({ conflict: [FOREIGN_EDIT], state: "acknowledged", steps: [] });
	expect(Math.abs(Date.now() - Date.parse(decision.at))).toBeLessThan(60_000);
});

test("without a script the page is whole", async ({ browser, baseURL }) => {
	const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
	await page.goto(`${baseURL}/conflicts/?team=team-b`);
	await expect(builtRows(page)).toBeVisible();
	await expect(page.locator("#log-rows details.conflict")).toHaveCount(18);
	await expect(page.locator(".log-filter")).toBeHidden();
	await expect(page.locator("button.copy-button").first()).toBeHidden();
	await page.getByRole("link", { name: "Team B: 3 errors" }).click();
	await expect(page).toHaveURL(/\/teams\/team-b\/#conflicts$/);
});

test("an index that does not come is told, the whole log stays, and another try may do", async ({ page }) => {
	await page.route("**/conflicts/index.json", (route) => route.fulfill({ status: 503 }));
	await page.goto("/conflicts/?team=team-b");
	const alert = page.getByRole("alert").filter({ hasText: "could not be loaded" });
	await expect(alert).toContainText("the server answered 503. The rows below are not filtered.");
	await expect(builtRows(page)).toBeVisible();
	await page.unroute("**/conflicts/index.json");
	await alert.getByRole("button", { name: "Try again" }).click();
	await expect(said(page)).toContainText("10 of 26");
	await expect(alert).toBeHidden();
});

test("the index is asked for once, however much is asked of it before it comes", async ({ page }) => {
	let asked = 0;
	await page.route("**/conflicts/index.json", (route) => {
		asked += 1;
		// A second one would fail, and come after the first.
		if (asked === 1) setTimeout(() => route.continue(), 700);
		else setTimeout(() => route.fulfill({ status: 503 }), 1_500);
	});
	await page.goto("/conflicts/?team=team-b");
	await isRunning(page);
	await page.getByRole("combobox", { name: "Team", exact: true }).selectOption("team-a");
	await page.getByRole("checkbox", { name: "errors" }).check();
	await expect(said(page)).toHaveText("2 of 26 conflicts match, in 2 rows, gravest first.");
	await page.waitForTimeout(2_000);
	await expect(page.getByRole("alert").filter({ hasText: "could not be loaded" })).toBeHidden();
	expect(asked).toBe(1);
});

test("an id that is none says so, at once; one in small letters is found", async ({ page }) => {
	await page.goto("/conflicts/#CF-DOESNOTEX1");
	await expect(page.locator(".log-notices")).toContainText("CF-DOESNOTEX1 is no conflict: an id is");
	await page.evaluate((id) => location.assign(`#${id}`), FOREIGN_EDIT.toLowerCase());
	await expect(page.locator(`#${FOREIGN_EDIT}`)).toBeInViewport();
	await expect(page.locator(".log-notices")).toBeEmpty();
});

test("conflicts that name no team are counted and listed alike", async ({ page }) => {
	await page.goto("/");
	await page.getByRole("link", { name: "No team named: 2 warnings" }).click();
	await expect(said(page)).toHaveText("2 of 26 conflicts match, in 2 rows, gravest first.");
	await expect(page.getByText("The history shows 10 conflicts")).toBeHidden();
	await page.getByRole("button", { name: "Show the whole log" }).click();
	await expect(page.getByText("The history shows 10 conflicts")).toBeVisible();
});

test("a plain link of the page filters it, by keyboard too", async ({ page }) => {
	await page.goto("/conflicts/");
	const link = page.getByRole("link", { name: "Team B: 3 errors" });
	await isRunning(page);
	await link.focus();
	await page.keyboard.press("Enter");
	await expect(said(page)).toContainText("3 of 26");
	await expect(page).toHaveURL(/\?team=team-b&level=error&state=unsettled$/);
});

for (const colorScheme of ["light", "dark"] as const) {
	for (const width of [1280, 360]) {
		test(`is accessible and fits, ${colorScheme}, ${width} px`, async ({ browser, baseURL }) => {
			const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
			const page = await context.newPage();
			const judge = async () => {
				const { violations } = await new AxeBuilder({ page }).analyze();
				expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(" ")}`)).toEqual([]);
				expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
					0,
				);
			};
			await page.goto(`${baseURL}/conflicts/?team=team-b&path=*.py`);
			await expect(said(page)).toContainText("match");
			if (width === 360) await page.getByRole("button", { name: "Filter and sort (2)" }).click();
			await found(page).first().locator("summary").first().click();
			await expect(found(page).first().locator(".story")).toBeVisible();
			await judge();
			await page.goto(`${baseURL}/conflicts/?team=team-c&level=error&from=soon#CF-YYYYYYYYYY`);
			await expect(page.locator(".log-notices")).toContainText("not in this log");
			await judge();
		});
	}
}
