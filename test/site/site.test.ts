// Whole sites, one after the other, because builds share Astro's cache: one of a repository whose every text is
// hostile, for a sub-path; and the main job as `npm start` does it.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
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
	const content = copyContent();
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

describe("npm start", () => {
	/** Runs scripts/start.ts until it ends, or until it says it is open and is then told to stop. */
	async function start(args: readonly string[], content: string) {
		const env = {
			PATH: process.env["PATH"],
			HOME: process.env["HOME"],
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
		expect(words).toMatch(/^found {5}23 open: 2 errors, 16 warnings, 5 notes$/m);
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
