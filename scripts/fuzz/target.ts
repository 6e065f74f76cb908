// Pure. What can be fuzzed, and what a run of it is told and tells.
import type { Arbitrary } from "fast-check";

export const TARGETS = ["parser", "matcher", "content", "cache"] as const;
export type TargetName = (typeof TARGETS)[number];

export interface Target {
	readonly cases: Arbitrary<unknown>;
	/** Throws on anything that is no documented answer. */
	judge(one: unknown): void | Promise<void>;
}

/** Makes a target; `folder` is a temporary one, for those that need the disk. */
export type MakeTarget = (folder: string) => Promise<Target>;

/** Cases and their judge as one target. */
export function makeTarget<T>(cases: Arbitrary<T>, judge: (one: T) => void | Promise<void>): Target {
	return { cases, judge: (one) => judge(one as T) };
}

/** A case may take so much processor time. */
export const CASE_LIMIT_MS = 1_000;

export interface Assignment {
	readonly target: TargetName;
	readonly seed: number;
	/** fast-check's way to one case of a seed; empty: all cases. */
	readonly path: string;
	readonly forMs: number;
	/** A temporary folder of the run. */
	readonly folder: string;
	/** A file for the number of cases begun, the memory held (MB) and, below, the case at work: what is left after a crash. */
	readonly state: string;
}

export type Verdict =
	| { readonly isFailed: false; readonly cases: number }
	| {
			readonly isFailed: true;
			readonly cases: number;
			/** What went wrong, on which case. */
			readonly words: string;
			/** fast-check's way to the case; empty where it is not known. */
			readonly path: string;
	  };
