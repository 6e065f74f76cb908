// Edge(clock). What all faults of one node have in common: it is well, the fault comes at a moment of chance, and goes again.
import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "./random.ts";
import type { Promised, RowHead, Run } from "./row.ts";
import { isGreen, type Seen, shownWords, type Watch } from "./watch.ts";

export interface Stage {
	readonly watch: Watch;
	readonly random: Random;
	/** The node's id. */
	readonly id: string;
	readonly promised: Promised;
}

/** The node of one run. */
export interface Subject {
	/** host:port the gateway asks. */
	readonly address: string;
	/** Goes through the fault; the node serves when this starts. */
	run(stage: Stage): Promise<Run>;
	close(): Promise<void>;
}

export interface NodeRow extends RowHead {
	/** Why it cannot be run on this machine; null: it can. */
	missing(): string | null;
	/** Makes the node of one run, counted from 0, well. */
	open(run: number): Promise<Subject>;
}

export const INTERVAL_MS = 5_000;
/** Three questions and their deadlines, and what a moment between two questions adds. */
export const DOWN_MS = 17_000;
export const UP_MS = 12_000;
/** How much longer than promised is waited, so that what comes late is told with its time. */
const PATIENCE_MS = 15_000;

export interface Fault {
	start(): Promise<void> | void;
	end(): Promise<void> | void;
	isShown(seen: Seen): boolean;
	/** It can give no good answer meanwhile. */
	readonly isUnable: boolean;
}

/** The fault starts at any moment between two questions, is waited for, lasts a while more, ends, and all is well again. */
export async function breakAndMend(stage: Stage, fault: Fault): Promise<Run> {
	const { watch, random, id, promised } = stage;
	await sleep(random.between(0, INTERVAL_MS));
	watch.setWell(id, false);
	await fault.start();
	if (fault.isUnable) watch.setUnable(id, performance.now());
	const showMs = await watch.until(id, (seen) => fault.isShown(seen), (promised.showMs ?? 0) + PATIENCE_MS);
	const shown = wordsOf(watch, id);
	await sleep(random.between(2_000, 8_000));
	const problems = watchFault(stage, fault, showMs);
	watch.setUnable(id, null);
	await fault.end();
	const recoverMs = await untilWell(stage);
	return { shown, showMs, recoverMs, problems: [...problems, ...watch.lies(id)] };
}

/** Steady faults: nothing may change in what is shown, for `lastMs`. */
export async function bear(
	{ watch, id }: Pick<Stage, "watch" | "id">,
	lastMs: number,
	isFine: (seen: Seen) => boolean,
	mostAgeMs: number,
): Promise<{ shown: string; problems: string[] }> {
	const endAt = performance.now() + lastMs;
	const shown = new Set<string>();
	const problems = new Set<string>();
	let oldestMs = 0;
	while (performance.now() < endAt) {
		const seen = watch.node(id);
		if (seen !== null) {
			shown.add(shownWords(seen));
			if (!isFine(seen)) problems.add(`it was shown ${shownWords(seen)}`);
			oldestMs = Math.max(oldestMs, seen.ageMs ?? 0);
		}
		await sleep(250);
	}
	if (oldestMs > mostAgeMs) problems.add(`its age came to ${(oldestMs / 1000).toFixed(1)} s`);
	return { shown: [...shown].join(", then "), problems: [...problems] };
}

/** How long until the node serves by an answer that is younger than now; null: not within what is promised and some more. */
export function untilWell({ watch, id, promised }: Stage): Promise<number | null> {
	const sinceMs = performance.now();
	const isWell = (seen: Seen) =>
		seen.state === "serving" && isGreen(seen) && seen.ageMs !== null && seen.ageMs < performance.now() - sinceMs;
	return watch.until(id, isWell, (promised.recoverMs ?? UP_MS) + PATIENCE_MS);
}

export function wordsOf(watch: Watch, id: string): string {
	const seen = watch.node(id);
	return seen === null ? "nothing" : shownWords(seen);
}

function watchFault({ watch, id }: Stage, fault: Fault, showMs: number | null): string[] {
	const seen = watch.node(id);
	if (showMs === null || seen === null || fault.isShown(seen)) return [];
	return [`while the fault lasted it came to show ${shownWords(seen)}`];
}
