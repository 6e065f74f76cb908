// Whole sites, one after the other, because builds share Astro's cache: one of a repository whose every text is
// hostile, for a sub-path; and the main job as `npm start` does it.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parseHTML } from "linkedom";
import { beforeAll, describe, expect, test } from "vitest";
import { conflictLogSchema } from "#model/conflict-log";
import { readBuiltSite } from "#publish/built-files";
import { checkLinks } from "#publish/links";
import { makeBigLog } from "#test/big-log";
import { type BuiltPage, builtPages } from "#test/built-site";
import { contentTexts, writeHostileContent } from "#test/hostile-content";
import { hostileSteps } from "#test/hostile-steps";
import { hostileStrings } from "#test/hostile-strings";
import { describeMachineFiles } from "#test/machine-files";
import { makeRepo, temporaryFolder } from "#test/make-repo";
import { chromiumPath, openBrowser, serveBelow, visit } from "#test/visit-site";
import { readIndex } from "../../src/islands/conflict-list/index-file.ts";

/** Steers a reader's eye or a terminal: controls but line ends and tabs, bidirectional, invisible, tags. */
const UNSEEN =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this finds
	/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/u;

let dist = "";
let pages: BuiltPage[] = [];

/** Of the runner's own environment only what a shell has: it sets BASE_URL and the like, which Astro reads. */
const SHELL = { PATH: process.env["PATH"], HOME: process.env["HOME"] };

/** Builds a site for a sub-path; returns its folder. */
function build(repo: string, content: string): string {
	const dist = join(temporaryFolder(), "dist");
	const built = spawnSync(process.execPath, ["scripts/build.ts", "--repo", repo, "--content", content], {
		env: { ...SHELL, COORD_DIST: dist, COORD_BASE: "/sub/path/", COORD_SITE: "https://site.example" },
		encoding: "utf8",
	});
	if (built.status !== 0) throw new Error(`the site was not built:\n${built.stderr}`);
	return dist;
}

beforeAll(() => {
	dist = build(makeRepo(hostileSteps(hostileStrings)).dir, copyContent());
	pages = builtPages(dist);
}, 180_000);

describeMachineFiles(() => ({ dist, pages, published: "https://site.example/sub/path/" }));

describe("text of the repository", () => {
	test("is on the pages, as text, and in the log: the test would see it come alive", () => {
		const log = conflictLogSchema.parse(JSON.parse(readFileSync(join(dist, "conflict-log.json"), "utf8")));
		const subjects = new Set(log.conflicts.flatMap((one) => one.occurrences.map(({ subject }) => subject)));
		const plain = hostileStrings.filter((text) => /^[!-~]([ -~]{0,900}[!-~])?$/.test(text));

		expect(plain.length).toBeGreaterThan(300);
		expect(plain.filter((text) => !subjects.has(text))).toEqual([]);
		const texts = pages.map(({ document }) => document.body.textContent).join("\n");
		// What a browser took for markup would be missing here.
		expect(plain.filter((text) => text.length < 200 && !texts.includes(text))).toEqual([]);
		for (const text of ["\\u{202E}", "\\x1B[2J"]) expect(texts).toContain(text);
	});

	test("would make many, were it written as it is: the test would see them", () => {
		const raw = hostileStrings.map((text) => parseHTML(`<main><p title="${text}">${text}</p></main>`).document);

		expect(raw.filter((document) => [...document.querySelectorAll("*")].some(isForeign)).length).toBeGreaterThan(50);
	});

	test("makes no element, no attribute and no address of its own", () => {
		const alive = pages.flatMap(({ address, document }) =>
			[...document.querySelectorAll("*")]
				.filter((element) => isForeign(element))
				.map((element) => `${address} ${element.outerHTML.slice(0, 200)}`),
		);
		expect(alive).toEqual([]);
	});

	test("hides no character from the reader, in pages or in files for machines", () => {
		const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((file) =>
			/\.(html|json|xml|txt)$/.test(file),
		);
		expect(files.length).toBeGreaterThan(20);
		expect(files.filter((file) => UNSEEN.test(readFileSync(join(dist, file), "utf8")))).toEqual([]);
	});
});

/** Elements the site has no use for, and that the texts try to make. */
const NEVER =
	"iframe, object, embed, base, math, picture, marquee, textarea, title + title, meta[http-equiv=refresh], #x[name=y]";

/** Whether an element, one of its attributes or its script can only come from a hostile text. */
function isForeign(element: Element): boolean {
	if (element.matches(NEVER)) return true;
	if (element.localName === "script" && /alert\(|evil\.example/.test(element.textContent ?? "")) {
		return !/^application\/(ld\+)?json$/.test(element.getAttribute("type") ?? "");
	}
	return element.getAttributeNames().some((name) => {
		const value = element.getAttribute(name) ?? "";
		if (/^on/i.test(name) || (name === "style" && /fixed|url\(/.test(value))) return true;
		const isAddress = ["href", "src", "srcset", "action", "formaction", "data", "poster", "xlink:href"].includes(name);
		// A link within the site may carry any text, as a query or a place.
		if (isAddress && /^(#|\/sub\/path\/)/.test(value)) return false;
		return isAddress && (/evil\.example/.test(value) || !/^(https?:|data:image\/svg|[./#?]|[\w-]+[/.]|$)/.test(value));
	});
}

test("under a sub-path every link leads to a page, and to a place on it", async () => {
	const site = await readBuiltSite(dist, "/sub/path/", "https://site.example");
	expect(checkLinks(site).seen).toBeGreaterThan(3_000);
	expect(checkLinks(site).problems).toEqual([]);
	// The same pages, served one folder higher, would have led nowhere.
	expect(checkLinks({ ...site, base: "/sub/" }).problems.length).toBeGreaterThan(30);
});

test.each([
	["a dead link", "[nowhere](./nowhere/)\n", 2, "guide/broken.mdx:5:"],
	["script in an attribute", '<a href="#_top" onclick="alert(1)">x</a>\n', 3, "guide/broken/index.html holds script"],
])(
	"a build that fails for %s leaves the site that was there as it was",
	(_what, text, status, words) => {
		const content = copyContent();
		const site = join(temporaryFolder(), "dist");
		mkdirSync(site);
		writeFileSync(join(site, "index.html"), "the site before");
		writeFileSync(join(content, "guide/broken.mdx"), `---\ntitle: Broken\n---\n\n${text}`);
		const built = spawnSync(process.execPath, ["scripts/build.ts", "--content", content], {
			env: { ...SHELL, COORD_DIST: site },
			encoding: "utf8",
		});
		expect([built.status, built.stderr]).toEqual([status, expect.stringContaining(words)]);
		expect(readdirSync(site)).toEqual(["index.html"]);
		expect(readFileSync(join(site, "index.html"), "utf8")).toBe("the site before");
	},
	60_000,
);

describe("a log of 3,000 conflicts", () => {
	const AMOUNT = 3_000;
	const logDist = join(temporaryFolder(), "dist");
	let logPages: { number: number; html: string }[] = [];

	beforeAll(() => {
		const content = copyContent();
		const env = { ...SHELL, COORD_CONTENT: content };
		const run = (...args: string[]) => {
			const done = spawnSync(process.execPath, args, { env, encoding: "utf8" });
			if (done.status !== 0) throw new Error(`${args.join(" ")}:\n${done.stdout}${done.stderr}`);
		};
		run("scripts/audit.ts", "--content", content);
		const file = join(content, "conflict-log.json");
		const small = conflictLogSchema.parse(JSON.parse(readFileSync(file, "utf8")));
		writeFileSync(file, JSON.stringify(conflictLogSchema.parse(makeBigLog(small, AMOUNT))));
		run("node_modules/astro/bin/astro.mjs", "build", "--outDir", logDist);
		logPages = readdirSync(join(logDist, "conflicts"), { recursive: true, encoding: "utf8" })
			.filter((name) => name.endsWith("index.html"))
			.map((name) => ({
				number: Number.parseInt(name, 10) || 1,
				html: readFileSync(join(logDist, "conflicts", name), "utf8"),
			}));
	}, 180_000);

	test("stands on pages that stay light, and so does the index of its filters", () => {
		expect(logPages.length).toBeGreaterThan(10);
		for (const { html } of logPages) {
			expect(html.length).toBeLessThan(900_000);
			expect(gzipSync(html).length).toBeLessThan(64 * 1024);
		}
		expect(gzipSync(readFileSync(join(logDist, "conflicts/index.json"))).length).toBeLessThan(90 * 1024);
	});

	test("has each conflict on one page, which the index names", () => {
		const told = readIndex(JSON.parse(readFileSync(join(logDist, "conflicts/index.json"), "utf8"))).flatMap(
			({ page, entries }) => entries.map(({ id }) => `${id} ${page}`),
		);
		const shown = logPages.flatMap(({ number, html }) =>
			[...html.matchAll(/<section class="story" id="(CF-[A-Z2-7]+)"/g)].map(([, id]) => `${id} ${number}`),
		);

		expect(shown).toHaveLength(AMOUNT);
		expect([...told].sort()).toEqual([...shown].sort());
	});
});

describe.skipIf(chromiumPath === undefined)("in a browser", () => {
	test("under a sub-path every page and all it loads is found, and the search finds", async () => {
		const [browser, site] = await Promise.all([openBrowser(), serveBelow(dist, "/sub/path/")]);
		const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
		const addresses = pages.map(({ address }) => address);
		expect(await visit(page, site, addresses)).toEqual([]);

		await page.locator(".search-open").click();
		await page.locator("#search-words").fill("ownership");
		await page.locator(".search-results a").first().click();
		await page.waitForURL(`${site.url}**`);
		expect(new URL(page.url()).pathname).toMatch(/^\/sub\/path\/[a-z]/);
		await Promise.all([browser.close(), site.close()]);
	}, 180_000);

	test("content in which every free text is hostile runs nothing, asks nobody and fits a phone", async () => {
		const content = join(temporaryFolder(), "content");
		const repo = makeRepo(hostileSteps(contentTexts)).dir;
		writeHostileContent(content);
		const log = spawnSync(
			process.execPath,
			["scripts/audit.ts", "--repo", repo, "--content", content, "--format", "json", "--out", "-"],
			{ env: SHELL, encoding: "utf8", maxBuffer: 2 ** 28 },
		);
		const { conflicts } = conflictLogSchema.parse(JSON.parse(log.stdout));
		writeHostileContent(
			content,
			conflicts.slice(0, contentTexts.length).map(({ id }) => id),
		);
		const hostile = build(repo, content);
		const [browser, site] = await Promise.all([openBrowser(), serveBelow(hostile, "/sub/path/")]);
		const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
		const built = builtPages(hostile);
		// Every page for a type of which there are few; of teams, contracts and the like the first few.
		const type = (address: string) => address.replace(/[^/]+\/$/, "");
		const addresses = built.map(({ address }) => address);
		const few = addresses.filter(
			(one, at) => addresses.slice(0, at).filter((other) => type(other) === type(one)).length < 5,
		);
		const chosen = [...new Set([...few, ...addresses.filter((address) => /^\/[^/]*\/?$/.test(address))])];
		const complaints = await visit(page, site, chosen);
		await Promise.all([browser.close(), site.close()]);

		expect(conflicts.length).toBeGreaterThan(contentTexts.length);
		expect(complaints).toEqual([]);
		const alive = built.flatMap(({ address, document }) =>
			[...document.querySelectorAll("*")]
				.filter((element) => isForeign(element) || /hacked/.test(element.getAttributeNames().join()))
				.map((element) => `${address} ${element.outerHTML.slice(0, 200)}`),
		);
		expect(alive).toEqual([]);
	}, 240_000);
});

describe("npm start", () => {
	/** Runs scripts/start.ts until it ends, or until it says it is open and is then told to stop. */
	async function start(args: readonly string[], content: string) {
		const env = {
			...SHELL,
			COORD_DIST: join(temporaryFolder(), "dist"),
			COORD_GRPC_PORT: "off",
		};
		const child = spawn(process.execPath, ["scripts/start.ts", "--content", content, ...args], { env });
		let words = "";
		child.stderr.on("data", (chunk: Buffer) => {
			words += chunk.toString("utf8");
			if (words.includes("Ctrl-C ends it")) child.kill("SIGINT");
		});
		const code = await new Promise<number | null>((done) => child.once("close", done));
		return { code, words };
	}

	test("says what it audited, found, polls and serves; Ctrl-C ends it cleanly", async () => {
		const { code, words } = await start(["--port", String(await freePort())], copyContent());
		expect(words).toMatch(/^audit {5}the sample repository at [0-9a-f]{10}: 42 commits$/m);
		expect(words).toMatch(/^found {5}26 open: 3 errors, 18 warnings, 5 notes$/m);
		expect(words).toMatch(/^nodes {5}3 of 3 nodes serving$/m);
		expect(words).toMatch(/^polling {3}127\.0\.0\.1:50051, 127\.0\.0\.1:50052, 127\.0\.0\.1:50053$/m);
		expect(words).toMatch(/^open {6}http:\/\/localhost:\d+ {2}\(Ctrl-C ends it\)$/m);
		expect(code).toBe(0);
	});

	test("a page that cannot be built ends it, sample nodes and all, with the page's name", async () => {
		const content = copyContent();
		writeFileSync(join(content, "guide/broken.mdx"), "---\ntitle: Broken\n---\n\n<Unclosed>\n");
		const { code, words } = await start(["--port", String(await freePort())], content);
		expect(words).toContain("guide/broken.mdx");
		expect(code).toBe(3);
	});
});

function copyContent(): string {
	const content = join(temporaryFolder(), "content");
	cpSync("content", content, { recursive: true, filter: (file) => !file.endsWith(".json") });
	return content;
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	const { port } = server.address() as AddressInfo;
	await new Promise((done) => server.close(done));
	return port;
}
