// Entrance: `npm run bench`. What the audit costs beside plain git, in one interleaved run, beside what is promised.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { importRepository } from "#git/import";
import { openRepository } from "#git/repository";
import { CASES, type CaseName, type Measured, measureRepository } from "./bench/cases.ts";
import type { MoreContent } from "./bench/content.ts";
import { importHistory, linearHistory, wideHistory } from "./bench/synthetic.ts";
import { formatSummary } from "./bench/table.ts";
import { summarise } from "./bench/targets.ts";
import { TREE_CONTENT, treeHistory } from "./bench/tree.ts";
import { repositoryPath } from "./lib/options.ts";
import { run } from "./lib/run.ts";
import { wholeNumber } from "./lib/whole-number.ts";
import { story } from "./sample/story.ts";
import { importStream } from "./sample/stream.ts";

const HELP = `npm run bench -- [options] [REPO…]
Measures the audit beside plain git: medians of runs that take turns, each ratio beside what is promised. Besides each
REPO: the sample repository, a small history and a commit of 100,000 paths, made for the purpose. Nothing is written
to a REPO; caches and content lie in a temporary folder that is removed. Plain git obeys the configuration of a REPO:
give only repositories you trust.

  --content DIR     rules to audit by (default: ten made up for each repository)
  --runs N          runs of each case (default: 5)
  --synthetic N     also a history of N commits, made by git fast-import
  --tree N          also a tree of N files of the kinds that the audit reads
  --only-given      leave out the sample, the small history and the wide commit
  --json            print JSON in place of tables
  --help            this text

Wall time from start to end of the process (npm is not started); processor time of it and all it started, from
/proc/self/stat; peak memory of the audit's own process, VmHWM looked at every 10 ms. On a busy machine only the ratios
mean something. Exit codes: 0 measured, whether held or missed · 2 bad usage · 3 git or the disk failed
`;

await run(async (args) => {
	const { values, positionals } = parseArgs({
		args,
		allowPositionals: true,
		options: {
			content: { type: "string" },
			runs: { type: "string", default: "5" },
			synthetic: { type: "string" },
			tree: { type: "string" },
			"only-given": { type: "boolean", default: false },
			json: { type: "boolean", default: false },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	const runs = wholeNumber("runs", values.runs, 1, 100);
	const synthetic = values.synthetic === undefined ? 0 : wholeNumber("synthetic", values.synthetic, 200, 10_000_000);
	const files = values.tree === undefined ? 0 : wholeNumber("tree", values.tree, 10, 1_000_000);
	const repos = positionals.map((repo) => repositoryPath(repo, {}) as string);
	for (const repo of repos) await openRepository(repo, ["HEAD"]).then((opened) => opened.close());
	const say = (words: string) => process.stderr.write(`${words}\n`);
	const folder = await mkdtemp(join(tmpdir(), "coordination-bench-"));
	process.once("SIGINT", () => {
		rmSync(folder, { recursive: true, force: true });
		process.exit(130);
	});
	const all = Object.keys(CASES) as CaseName[];
	const measured: Measured[] = [];
	const measureOne = async (
		name: string,
		repo: string,
		content: string | null,
		cases = all,
		more: MoreContent = {},
	) => {
		const own = join(folder, `work-${measured.length}`);
		const found = await measureRepository({ name, repo, content, more, runs, cases, folder: own, say });
		await rm(own, { recursive: true, force: true });
		measured.push(found);
		if (!values.json) process.stdout.write(`${formatSummary(summarise(found))}\n`);
	};
	const made = async (name: string, stream: Iterable<string>, cases = all, more: MoreContent = {}) => {
		const repo = join(folder, "made");
		say(`${name}: making it`);
		await importHistory(repo, stream);
		await measureOne(name, repo, null, cases, more);
		await rm(repo, { recursive: true, force: true });
	};
	if (!values.json) process.stdout.write(`${surroundings()}, medians of ${runs}\n\n`);
	try {
		for (const repo of repos) await measureOne(nameOf(repo), repo, values.content ?? null);
		if (!values["only-given"]) {
			await measureOne("sample repository", await importRepository(folder, "sample", importStream(story)), null);
			await made("small history", linearHistory(900));
			await made("a commit of 100,000 paths", wideHistory(100_000), ["git", "one", "two"]);
		}
		if (synthetic > 0) await made("synthetic history", linearHistory(synthetic));
		if (files > 0) await made(`a tree of ${files} files`, treeHistory(files), ["start", "two", "same"], TREE_CONTENT);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
	if (values.json) {
		const report = { surroundings: surroundings(), runs, repositories: measured.map(summarise) };
		process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
	}
	return 0;
});

function surroundings(): string {
	const git = execFileSync("git", ["--version"], { encoding: "utf8" }).trim();
	return `${git}, node ${process.versions.node}, ${availableParallelism()} cores`;
}

/** The last two names of a path: enough to tell repositories apart. */
function nameOf(repo: string): string {
	const bare = repo.replace(/\/(repo|\.git)$/, "");
	return join(basename(dirname(bare)), basename(bare));
}
