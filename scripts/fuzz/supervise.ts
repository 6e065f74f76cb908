// Edge(processes). Runs a fuzz target in a thread that may hang or run out of memory, and says how it ended.
import { Worker } from "node:worker_threads";
import type { Assignment, Verdict } from "./target.ts";

/** A case that has not ended by then hangs; far above the limit of a case, for a machine that is busy. */
const HANG_MS = 20_000;
/** Of the thread's heap, and of all that the process holds. */
const HEAP_MB = 512;
const RESIDENT_MB = 1_024;
const LOOK_MS = 200;
/** Longest text of a case that is kept for a report. */
const TEXT_BYTES = 1 << 18;

export interface Supervised {
	readonly verdict: Verdict;
	readonly peakMb: number;
}

export async function superviseTarget(work: Omit<Assignment, "begun" | "text">): Promise<Supervised> {
	const begun = new SharedArrayBuffer(4);
	const text = new SharedArrayBuffer(TEXT_BYTES);
	const count = new Int32Array(begun);
	const workerData: Assignment = { ...work, begun, text };
	const worker = new Worker(new URL("./worker.ts", import.meta.url), {
		workerData,
		resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
	});
	let peakMb = 0;
	const ended = Promise.withResolvers<Verdict>();
	const fail = (words: string) => {
		const said = Buffer.from(new Uint8Array(text).slice()).toString("utf8").replace(/\0+$/, "");
		ended.resolve({ isFailed: true, cases: count[0] as number, words: `${words}\non ${said}`, path: "" });
	};
	let [last, since] = [0, performance.now()];
	const watch = setInterval(() => {
		peakMb = Math.max(peakMb, process.memoryUsage.rss() / 2 ** 20);
		if (peakMb > RESIDENT_MB) fail(`holds ${Math.round(peakMb)} MB`);
		if (Atomics.load(count, 0) !== last) [last, since] = [Atomics.load(count, 0), performance.now()];
		else if (performance.now() - since > HANG_MS) fail(`hangs: no end after ${HANG_MS / 1_000} s`);
	}, LOOK_MS);
	worker.once("message", ended.resolve);
	worker.once("error", (error) => fail(error.stack ?? String(error)));
	worker.once("exit", (code) => fail(`the thread ended with code ${code} and said nothing`));
	try {
		return { verdict: await ended.promise, peakMb };
	} finally {
		clearInterval(watch);
		await worker.terminate();
	}
}
