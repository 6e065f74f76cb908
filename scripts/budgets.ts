// Entrance: `npm run budgets`. What sites of 10, 300 and 3,000 conflicts cost to build, and their pages to open.
import { rmSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright";
import { importHistory } from "./bench/synthetic.ts";
import { buildSite } from "./budgets/built.ts";
import { type Moments, time, weigh } from "./budgets/load-page.ts";
import { manyConflicts } from "./budgets/many-conflicts.ts";
import { serveBuilt } from "./budgets/served.ts";
import { formatSites, type PageFigures, type SiteFigures } from "./budgets/table.ts";
import { say } from "./lib/build-site.ts";
import { findChromium } from "./lib/chromium.ts";
import { run } from "./lib/run.ts";
import { wholeNumber } from "./lib/whole-number.ts";

const HELP = `npm run budgets -- [options]
Builds sites of this project's content for histories of 10, 300 and 3,000 conflicts, as npm run build does, and opens
their key pages in Chromium behind a gateway with three sample nodes. Prints tables: seconds, memory and size of each
build; bytes and requests of each page; first and largest paint, layout shift and time to live data with the CPU slowed
four times on a slow network; and each promise beside what was measured. Ten minutes or more on
two cores; ends by itself.

  --conflicts N,…   sizes (default: 10,300,3000)
  --runs N          runs of each timed page, of which the median is told (default: 3)
  --port PORT       port of the gateway (default: 4391)
  --json            print JSON in place of tables
  --help            this text

Everything lies in a temporary folder that is removed. Exit codes: 0 measured, whether held or missed · 2 bad usage ·
3 a build, the gateway or the browser failed
`;

/** The pages that are opened, and what those that show live data say once they do. */
const PAGES = [
	{ address: "/", live: "3 of 3 nodes serving" },
	{ address: "/conflicts/", live: null },
	{ address: "/may-i/", live: null },
	{ address: "/status/", live: "3 of 3 nodes serving" },
	{ address: "/teams/team-b/", live: null },
	{ address: "/ownership/", live: null },
	{ address: "/guide/collision-prevention/", live: null },
] as const;

await run(async (args) => {
	const { values } = parseArgs({
		args,
		options: {
			conflicts: { type: "string", default: "10,300,3000" },
			runs: { type: "string", default: "3" },
			port: { type: "string", default: "4391" },
			json: { type: "boolean", default: false },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	const sizes = values.conflicts.split(",").map((size) => wholeNumber("conflicts", size, 1, 100_000));
	const runs = wholeNumber("runs", values.runs, 1, 50);
	const port = wholeNumber("port", values.port, 1, 65_535);
	const executablePath = await findChromium(say);
	const folder = await mkdtemp(join(tmpdir(), "coordination-budgets-"));
	process.once("SIGINT", () => {
		rmSync(folder, { recursive: true, force: true });
		process.exit(130);
	});
	const sites: SiteFigures[] = [];
	try {
		for (const conflicts of sizes) sites.push(await measureSite(conflicts, { folder, runs, port, executablePath }));
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
	process.stdout.write(values.json ? `${JSON.stringify({ runs, sites }, null, 2)}\n` : `${formatSites(sites)}\n`);
	return 0;
});

interface Surroundings {
	readonly folder: string;
	readonly runs: number;
	readonly port: number;
	readonly executablePath: string;
}

async function measureSite(
	conflicts: number,
	{ folder, runs, port, executablePath }: Surroundings,
): Promise<SiteFigures> {
	const own = join(folder, String(conflicts));
	const [repo, content, dist] = [join(own, "repo"), join(own, "content"), join(own, "dist")];
	await importHistory(repo, manyConflicts(conflicts));
	await cp("content", content, { recursive: true, filter: (file) => !file.endsWith(".json") });
	say("build", `a site of ${conflicts} conflicts`);
	const build = await buildSite(repo, content, dist);
	const served = await serveBuilt(dist, content, port);
	const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
	const pages: PageFigures[] = [];
	try {
		for (const { address, live } of PAGES) {
			say("open", address);
			const url = `${served.url}${address}`;
			const weight = await weigh(browser, url);
			const all: Moments[] = [];
			for (let at = 0; at < runs; at++) all.push(await time(browser, url, live));
			pages.push({ address, weight, moments: medianOf(all) });
		}
	} finally {
		await Promise.all([browser.close(), served.close()]);
	}
	return { conflicts, build, pages };
}

/** A run in which something was never seen counts as the slowest: it must not make the others look better. */
function medianOf(all: readonly Moments[]): Moments {
	const median = <Key extends keyof Moments>(key: Key) => {
		const values = all.map((one) => one[key] ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
		const middle = values[Math.floor(values.length / 2)] ?? Number.POSITIVE_INFINITY;
		return (Number.isFinite(middle) ? middle : null) as Moments[Key];
	};
	return {
		firstPaint: median("firstPaint"),
		largestPaint: median("largestPaint"),
		shift: median("shift"),
		live: median("live"),
	};
}
