// The built site as files: the seed's facts are there, no link is dead, no character is broken.
import { expect, test } from "playwright/test";
import { builtFiles, builtPages, deadLinks, mainText } from "../support/built-site.ts";
import { BROKEN_CHARACTERS, says, seedFacts } from "../support/seed-facts.ts";

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

test("every internal link leads to a page, and to a place on it", () => {
	const { seen, dead } = deadLinks(pages, builtFiles());
	expect(seen).toBeGreaterThan(500);
	expect(dead).toEqual([]);
});

test("no page carries text that was decoded twice", () => {
	expect(BROKEN_CHARACTERS.test("âœ…")).toBe(true);
	const broken = pages.filter((page) => BROKEN_CHARACTERS.test(page.document.body.textContent ?? ""));
	expect(broken.map((page) => page.address)).toEqual([]);
});

test("nothing is loaded from another origin", () => {
	const foreign = pages.flatMap((page) =>
		[...page.document.querySelectorAll("script[src], link[href], img[src], iframe[src]")]
			.map((element) => element.getAttribute("src") ?? element.getAttribute("href") ?? "")
			.filter((address) => /^(https?:)?\/\//.test(address) && !address.startsWith("//localhost")),
	);
	expect(foreign).toEqual([]);
});
