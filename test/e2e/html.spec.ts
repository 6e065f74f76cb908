// The pages as HTML: valid by the rules of test/support/html-rules.ts, one first heading each, a language, text decoded once.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { expect, test } from "playwright/test";
import { listFiles } from "#publish/built-files";
import { builtPages } from "../support/built-site.ts";
import { htmlRules, isKnown } from "../support/html-rules.ts";
import { BROKEN_CHARACTERS } from "../support/seed-facts.ts";

const DIST = process.env["COORD_DIST"] ?? "dist";
const validator = new HtmlValidate(new StaticConfigLoader(htmlRules));

async function complaints(html: string): Promise<string[]> {
	const { results } = await validator.validateString(html);
	return results
		.flatMap(({ messages }) => messages)
		.filter((message) => !isKnown(message))
		.map(({ ruleId, message, selector, line, column }) => `${line}:${column} ${ruleId} ${message} (${selector})`);
}

test("every page is valid HTML", async () => {
	const pages = (await listFiles(DIST)).filter((file) => file.endsWith(".html"));
	expect(pages.length).toBeGreaterThan(25);
	const found: string[] = [];
	for (const file of pages) {
		for (const one of await complaints(readFileSync(join(DIST, file), "utf8"))) found.push(`${file}:${one}`);
	}
	expect(found).toEqual([]);
});

test("the rules see what is wrong", async () => {
	const page = (body: string) =>
		`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/><title>x</title></head><body>${body}</body></html>`;
	const rules = async (body: string) => (await complaints(page(body))).map((one) => one.split(" ")[1]);
	expect(await rules('<main><h1>x</h1><p id="a">x</p></main>')).toEqual([]);
	expect(await rules('<p id="a">x</p><p id="a">y</p>')).toEqual(["no-dup-id"]);
	expect(await rules("<h2>x</h2><h4>y</h4>")).toEqual(["heading-level"]);
	expect(await rules('<input type="text">')).toEqual(["input-missing-label"]);
	expect(await rules("<p><div>x</div></p>")).not.toEqual([]);
	expect(await rules("<main><style>a{}</style></main>")).toEqual([]);
	expect(await rules("<form><button>x</button></form>")).not.toEqual([]);
});

test("every page has one first heading, a language, a title of its own and a description of itself", () => {
	const pages = builtPages(DIST);
	const odd = pages.filter(
		({ document }) => document.querySelectorAll("h1").length !== 1 || document.documentElement.lang !== "en",
	);
	expect(odd.map(({ address }) => address)).toEqual([]);
	const titles = pages.map(({ document }) => document.title);
	expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
});

test("no file that is text was decoded twice", async () => {
	expect(BROKEN_CHARACTERS.test("âœ…")).toBe(true);
	const texts = (await listFiles(DIST)).filter((file) => /\.(html|json|txt|xml|md|webmanifest|svg)$/.test(file));
	expect(texts.filter((file) => BROKEN_CHARACTERS.test(readFileSync(join(DIST, file), "utf8")))).toEqual([]);
});
