// Edge(processes, fs). What is measured of one repository: plain git and our audit, in one interleaved run.
import { execFileSync } from "node:child_process";
import { cp, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { type MoreContent, makeContents } from "./content.ts";
import { type Command, type Cost, measure } from "./measure.ts";

/** In the order in which they are run. */
export const CASES = {
	git: "plain git log HEAD --raw -z --no-renames",
	start: "start of Node and modules (--help)",
	one: "audit, cold, 1 git process",
	two: "audit, cold, 2 git processes",
	many: "the same with 4,990 rules more",
	same: "audit again, nothing new",
	new: "audit, ~100 commits new",
	rules: "audit, other rules",
} as const;
export type CaseName = keyof typeof CASES;

export interface Measured {
	readonly name: string;
	readonly commits: number;
	readonly changes: number;
	/** Commits that were new in the case `new`; 0 where the history is too short for it. */
	readonly newCommits: number;
	/** Each case's runs, in the order they were made. */
	readonly costs: Readonly<Record<CaseName, readonly Cost[]>>;
}

export interface Order {
	readonly name: string;
	readonly repo: string;
	/** Content folder; null: one is made up. */
	readonly content: string | null;
	/** Files put into it. */
	readonly more?: MoreContent;
	readonly runs: number;
	readonly cases: readonly CaseName[];
	/** A folder of its own, that the caller removes. */
	readonly folder: string;
	readonly say: (words: string) => void;
}

/** As npm starts it. */
const AUDIT = ["--max-semi-space-size=4", join(import.meta.dirname, "../launch.mjs"), "audit"];

/** Measures one repository, each case `runs` times by turns. */
export async function measureRepository({
	name,
	repo,
	content,
	more = {},
	runs,
	cases,
	folder,
	say,
}: Order): Promise<Measured> {
	const [whole, short, work] = ["cache-whole", "cache-short", "cache-work"].map((dir) => join(folder, dir)) as [
		string,
		string,
		string,
	];
	for (const dir of [whole, short]) await mkdir(dir, { recursive: true });
	const { base, changed, many } = await makeContents(folder, repo, content, more);
	const log = join(folder, "log.json");
	const audit = (dir: string, cache: string | null, ...more: string[]): Command => ({
		program: process.execPath,
		args: [...AUDIT, "--repo", repo, "--content", dir, "--format", "json", "--out", log, ...more],
		env: { COORD_CACHE: cache ?? join(folder, "unused") },
	});
	const cold = (dir: string, processes: number) =>
		audit(dir, null, "--ref", "HEAD", "--no-cache", "--processes", String(processes));
	const before = cases.includes("new") ? newestBase(repo) : null;
	const chosen = cases.filter((one) => one !== "new" || before !== null);
	const commands: Record<CaseName, Command> = {
		git: { program: "git", args: ["-C", repo, "--no-pager", "log", "HEAD", "--raw", "-z", "--no-renames"] },
		start: { program: process.execPath, args: [...AUDIT, "--help"] },
		one: cold(base, 1),
		two: cold(base, 2),
		many: cold(many, 2),
		same: audit(base, whole, "--ref", "HEAD"),
		new: audit(base, work, "--ref", "HEAD"),
		rules: audit(changed, whole, "--ref", "HEAD"),
	};
	say(`${name}: filling caches`);
	if (chosen.includes("same") || chosen.includes("rules")) await measure(commands.same);
	if (before !== null) await measure(audit(base, short, "--ref", before.id));

	const costs: Record<CaseName, Cost[]> = {
		git: [],
		start: [],
		one: [],
		two: [],
		many: [],
		same: [],
		new: [],
		rules: [],
	};
	for (let run = 1; run <= runs; run++) {
		for (const one of chosen) {
			say(`${name}: run ${run} of ${runs}, ${CASES[one]}`);
			if (one === "new") {
				await rm(work, { recursive: true, force: true });
				await cp(short, work, { recursive: true });
			}
			costs[one].push(await measure(commands[one]));
		}
	}
	const { repository } = JSON.parse(await readFile(log, "utf8")) as {
		repository: { commits: number; changes: number };
	};
	return { name, commits: repository.commits, changes: repository.changes, newCommits: before?.count ?? 0, costs };
}

/** The first-parent ancestor of HEAD nearest to it that leaves 100 commits new, or the last within reach. */
function newestBase(repo: string): { id: string; count: number } | null {
	const git = (...args: string[]) =>
		execFileSync("git", ["-C", repo, ...args], { encoding: "utf8" })
			.trim()
			.split("\n");
	const line = git("rev-list", "--first-parent", "--max-count=101", "HEAD");
	let [low, high] = [1, line.length - 1];
	if (high < 1) return null;
	const newSince = (back: number) => Number(git("rev-list", "--count", "HEAD", `^${line[back]}`)[0]);
	while (low < high) {
		const middle = (low + high) >> 1;
		if (newSince(middle) >= 100) high = middle;
		else low = middle + 1;
	}
	return { id: line[low] as string, count: newSince(low) };
}
