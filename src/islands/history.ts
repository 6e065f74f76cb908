// Pure. The last hour of a node, from a byte a minute to stretches of one state, and in words.
import type { NodeState } from "#model/age";
import { historyState } from "#wire/map";
import { STATE_WORDS } from "./shown-node.ts";

/** Minutes in a row of one state; null: no data. */
export interface HistoryRun {
	readonly state: NodeState | null;
	/** Since 1970. */
	readonly minute: number;
	readonly minutes: number;
}

const HOUR = 60;

/**
 * The hour that ends `missed` minutes after `lastMinute`, which is that of the last byte; oldest first. Minutes before
 * the first byte and after the last have no data.
 */
export function historyRuns(bytes: Uint8Array, lastMinute: number, missed = 0): HistoryRun[] {
	const after = Math.min(HOUR, missed);
	const hour = [...new Array<number>(HOUR).fill(0), ...bytes, ...new Array<number>(after).fill(0)].slice(-HOUR);
	const runs: HistoryRun[] = [];
	hour.forEach((byte, index) => {
		const state = historyState(byte);
		const run = runs.at(-1);
		if (run?.state === state) runs[runs.length - 1] = { ...run, minutes: run.minutes + 1 };
		else runs.push({ state, minute: lastMinute + missed - HOUR + 1 + index, minutes: 1 });
	});
	return runs;
}

/** `hour to 21:04 UTC: serving 52 min, not serving 3 min, no data 5 min`. */
export function historyWords(runs: readonly HistoryRun[]): string {
	const minutes = new Map<string, number>();
	for (const run of runs) minutes.set(wordOf(run), (minutes.get(wordOf(run)) ?? 0) + run.minutes);
	const end = runs.at(-1)!;
	const parts = [...minutes].map(([word, count]) => `${word} ${count} min`);
	return `hour to ${clockWords(end.minute + end.minutes)} UTC: ${parts.join(", ")}`;
}

/** `21:01–21:04 UTC: not serving`. */
export function runWords(run: HistoryRun): string {
	return `${clockWords(run.minute)}–${clockWords(run.minute + run.minutes)} UTC: ${wordOf(run)}`;
}

function wordOf({ state }: HistoryRun): string {
	return state === null ? "no data" : STATE_WORDS[state];
}

function clockWords(minute: number): string {
	return new Date(minute * 60_000).toISOString().slice(11, 16);
}
