// The built site as files: the seed's facts are there, no link is dead.
import { expect, test } from "playwright/test";
import { readBuiltSite } from "#publish/built-files";
import { checkLinks } from "#publish/links";
import { builtPages, mainText } from "../support/built-site.ts";
import { says, seedFacts } from "../support/seed-facts.ts";

const pages = builtPages();

test("every fact of the seed guide is on its page", () => {
	const texts = new Map(pages.map((page) => [page.address, mainText(page)]));
	const missing = seedFacts.filter(({ fact, page }) => !says(texts.get(page) ?? "", fact));
	expect(seedFacts.length).toBeGreaterThan(100);
	expect(missing).toEqual([]);
});

test("every page says that the repository is a sample", () => {
	expect(pages.length).toBeGreaterThan(25);
	const silent = pages.filter((page) => !/sample repository/i.test(page.document.body.textContent ?? ""));
	expect(silent.map((page) => page.address)).toEqual([]);
});

test("every link leads to a page or a file, and to a place on it, and nothing is loaded from another origin", async () => {
	const { seen, problems } = checkLinks(await readBuiltSite(process.env["COORD_DIST"] ?? "dist", "/", null));
	expect(seen).toBeGreaterThan(3_000);
	expect(problems).toEqual([]);
});
