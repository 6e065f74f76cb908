// The site on a plain file server under a sub-path, as a project page has it: pages, search, live status that nobody serves.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import { type FileServer, serveFiles } from "../support/file-server.ts";

const BASE = "/proj/";
let folder = "";
let server: FileServer;

test.beforeAll(async () => {
	test.setTimeout(180_000);
	folder = mkdtempSync(join(tmpdir(), "coordination-sub-path-"));
	const content = join(folder, "content");
	cpSync("content", content, { recursive: true, filter: (path) => !path.endsWith(".json") });
	const dist = join(folder, "dist");
	const env = { ...process.env, COORD_DIST: dist, COORD_BASE: BASE, COORD_SITE: "https://me.example.org" };
	const built = spawnSync(process.execPath, ["scripts/build.ts", "--content", content], { env, encoding: "utf8" });
	if (built.status !== 0) throw new Error(`the site was not built:\n${built.stderr}`);
	server = await serveFiles(dist, BASE);
});

test.afterAll(async () => {
	await server?.close();
	rmSync(folder, { recursive: true, force: true });
});

test("a reader goes through the site; nothing is asked for beside it but live status, and nothing is missing", async ({
	page,
}) => {
	const asked: string[] = [];
	page.on("response", (answer) => {
		const { pathname } = new URL(answer.url());
		if (!pathname.startsWith(BASE) || answer.status() >= 400) asked.push(`${answer.status()} ${pathname}`);
	});
	await page.goto(`${server.origin}${BASE}`);
	await expect(page.locator("h1")).toBeVisible();
	for (const part of ["ownership/", "conflicts/", "may-i/"]) {
		await page.locator(`#starlight__sidebar a[href="${BASE}${part}"]`).click();
		await expect(page).toHaveURL(`${server.origin}${BASE}${part}`);
		await expect(page.locator("h1")).toBeVisible();
	}
	await page.goto(`${server.origin}${BASE}guide/`);
	await page.locator("main").getByRole("link", { name: "Active teams", exact: true }).click();
	await expect(page).toHaveURL(`${server.origin}${BASE}guide/teams/`);
	expect(asked.filter((one) => !/ \/(live|coordination\.v1)/.test(one))).toEqual([]);
});

test("search finds pages and leads to them", async ({ page }) => {
	await page.goto(`${server.origin}${BASE}`);
	await page.locator(".search-open").click();
	await page.locator("#search-words").fill("ownership");
	const hit = page.locator(".search-results a").first();
	await expect(hit).toHaveAttribute("href", /^\/proj\//);
	await hit.click();
	await expect(page.locator("h1")).toBeVisible();
});

test("with no gateway, a page says so and keeps what was known when it was built", async ({ page }) => {
	await page.goto(`${server.origin}${BASE}status/`);
	await expect(page.locator("main")).toContainText(/gateway/i, { timeout: 15_000 });
	await expect(page.locator("main")).not.toContainText("nodes serving");
});

test("an address that is not there gets the site's own page, with links that lead back", async ({ page }) => {
	const answer = await page.goto(`${server.origin}${BASE}no/such/page/`);
	expect(answer?.status()).toBe(404);
	await page.locator("main").getByRole("link", { name: "Overview" }).click();
	await expect(page).toHaveURL(`${server.origin}${BASE}`);
});

test("a folder without its slash leads to the address with one", async ({ page }) => {
	await page.goto(`${server.origin}${BASE}guide`);
	await expect(page).toHaveURL(`${server.origin}${BASE}guide/`);
});

test("what machines read names the public address", async ({ request }) => {
	const news = await request.get(`${server.origin}${BASE}news.json`);
	expect(await news.json()).toMatchObject({ version: 1, changes: [] });
	expect((await request.get(`${server.origin}${BASE}conflict-log.json`)).status()).toBe(200);
	expect((await request.get(`${server.origin}/conflict-log.json`)).status()).toBe(404);
});
