// A whole site built from a repository whose every text is hostile, for a sub-path: inert, and every link holds.
import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type BuiltPage, builtFiles, builtPages, deadLinks } from "#test/built-site";
import { makeRepo, temporaryFolder } from "#test/make-repo";

const MARKUP = `<img src=x onerror=alert(1)><script>alert(2)</script>"'><svg/onload=alert(3)>`;
const HOSTILE = [MARKUP, "javascript:alert(4)", "{{constructor.constructor('alert(5)')()}}", "</script><b>6"];
/** A right-to-left override, a zero-width space, a line separator. */
const UNSEEN = "\u202e\u200b\u2028";

let dist = "";
let pages: BuiltPage[] = [];

beforeAll(() => {
	const content = join(temporaryFolder(), "content");
	cpSync("content", content, { recursive: true, filter: (file) => !file.endsWith(".json") });
	const repo = makeRepo([
		{ say: "start", write: { "distributed_comm.py": "1\n", "README.md": "1\n" } },
		...HOSTILE.map((text, index) => ({
			say: `${text} ${UNSEEN}\n\nTeam: B`,
			by: `${text.replace(/[<>\n]/g, "‹")} ${UNSEEN} <b${index}@training.mlx.example>`,
			write: {
				"distributed_comm.py": `${index}\n`,
				[`${text.replaceAll("/", "∕")}${UNSEEN}/distributed_api.py`]: `${index}\n`,
			},
		})),
	]);
	dist = join(temporaryFolder(), "dist");
	const built = spawnSync(process.execPath, ["scripts/build.ts", "--repo", repo.dir, "--content", content], {
		// Of the runner's own environment only what a shell has: it sets BASE_URL and the like, which Astro reads.
		env: { PATH: process.env["PATH"], HOME: process.env["HOME"], COORD_DIST: dist, COORD_BASE: "/sub/path/" },
		encoding: "utf8",
	});
	if (built.status !== 0) throw new Error(`the site was not built:\n${built.stderr}`);
	pages = builtPages(dist);
}, 180_000);

describe("text of the repository", () => {
	test("is on the pages: the test would see it come alive", () => {
		const log = pages.find((page) => page.address === "/conflicts/");
		expect(log?.document.body.textContent).toContain("<img src=x onerror=alert(1)>");
		expect(log?.document.body.textContent).toContain("\\u{202E}");
	});

	test("makes no element, no handler and no address of its own", () => {
		for (const { address, document } of pages) {
			const elements = [...document.querySelectorAll("*")];
			const handlers = elements.filter((element) => element.getAttributeNames().some((name) => /^on/i.test(name)));
			const script = [...document.querySelectorAll("script")].filter((one) =>
				/alert\(\d\)/.test(one.textContent ?? ""),
			);
			const links = elements.filter((element) => /^\s*javascript:/i.test(element.getAttribute("href") ?? ""));
			expect({
				address,
				found: [...handlers, ...script, ...links, ...document.querySelectorAll('img[src="x"]')].length,
			}).toEqual({
				address,
				found: 0,
			});
		}
	});

	test("hides no character from the reader, in pages or in the log", () => {
		const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((file) =>
			/\.(html|json)$/.test(file),
		);
		expect(files.length).toBeGreaterThan(20);
		const unseen = files.filter((file) => /[\u202e\u200b\u2028]/.test(readFileSync(join(dist, file), "utf8")));
		expect(unseen).toEqual([]);
	});
});

test("under a sub-path every link leads to a page, and to a place on it", () => {
	const { seen, dead } = deadLinks(pages, builtFiles(dist), "/sub/path/");
	expect(seen).toBeGreaterThan(500);
	expect(dead).toEqual([]);
});
