// Pure. Medians, and how they stand to the numbers this product promises.
import type { CaseName, Measured } from "./cases.ts";
import type { Cost } from "./measure.ts";

export interface Target {
	readonly what: string;
	readonly value: number;
	readonly limit: number;
	readonly unit: "ratio" | "ms" | "MB";
	/** Null: the promise is about another size of history. */
	readonly isHeld: boolean | null;
}

export interface Summary {
	readonly name: string;
	readonly commits: number;
	readonly changes: number;
	readonly newCommits: number;
	readonly medians: Readonly<Partial<Record<CaseName, Cost>>>;
	readonly targets: readonly Target[];
}

/** Histories of this length and more are promised a ratio to plain git; shorter than `SMALL` a time. */
const LARGE = 80_000;
const SMALL = 1_000;
/** Changes a commit on average, from which a history counts as one of huge commits. */
const WIDE = 10_000;

export function summarise(measured: Measured): Summary {
	const { name, commits, changes, newCommits, costs } = measured;
	const medians: Partial<Record<CaseName, Cost>> = {};
	for (const [one, runs] of Object.entries(costs)) if (runs.length > 0) medians[one as CaseName] = medianCost(runs);
	return { name, commits, changes, newCommits, medians, targets: judge(medians, commits, changes) };
}

function judge(medians: Summary["medians"], commits: number, changes: number): Target[] {
	const { git, one, two, many, same, rules } = medians;
	const isLarge = commits >= LARGE;
	const targets: Target[] = [];
	const add = (what: string, unit: Target["unit"], value: number | null | undefined, limit: number, counts = true) => {
		if (value === null || value === undefined) return;
		targets.push({ what, unit, value, limit, isHeld: counts ? value <= limit : null });
	};
	const ratio = (above?: Cost, below?: Cost) => (above && below ? above.wallMs / below.wallMs : null);
	add("cold, 1 process, to plain git", "ratio", ratio(one, git), 1.1, isLarge);
	add("cold, 2 processes, to plain git", "ratio", ratio(two, git), 0.9, isLarge);
	add("thousands of rules more, to few", "ratio", ratio(many, two), 1.03, commits >= SMALL);
	add("nothing new", "ms", same?.wallMs, 250);
	add("~100 commits new", "ms", medians.new?.wallMs, 250);
	add("other rules", "ms", rules?.wallMs, 250);
	const peaks = [one, two, same, medians.new, rules].flatMap((cost) => cost?.peakMb ?? []);
	add("highest peak of Node", "MB", peaks.length === 0 ? null : Math.max(...peaks), 160);
	// A tree is measured without plain git, which reads no file of it.
	if (git === undefined) add("the tree again, to the first time", "ratio", ratio(same, two), 0.1);
	else if (changes / commits > WIDE) add("a commit of 100,000 paths, cold", "ms", two?.wallMs, 2_000);
	else if (commits < SMALL) add("small history, cold", "ms", two?.wallMs, 300);
	return targets;
}

function medianCost(runs: readonly Cost[]): Cost {
	const of = (values: readonly (number | null)[]) => {
		const known = values.filter((value) => value !== null);
		return known.length === 0 ? null : median(known);
	};
	return {
		wallMs: median(runs.map(({ wallMs }) => wallMs)),
		cpuMs: of(runs.map(({ cpuMs }) => cpuMs)),
		peakMb: of(runs.map(({ peakMb }) => peakMb)),
	};
}

/** Of an even number of values, the mean of the middle two. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	const upper = sorted[middle] as number;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
