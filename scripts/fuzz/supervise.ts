// Edge(processes). Runs a fuzz target in a process that may hang or run out of memory, and says how it ended.
import { fork } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Assignment, Verdict } from "./target.ts";

/** A case that has not ended by then hangs; far above the limit of a case, for a machine that is busy. */
const HANG_MS = 20_000;
/** Of the process' heap, and of all that it holds. */
const HEAP_MB = 512;
const RESIDENT_MB = 1_024;
const LOOK_MS = 200;

export interface Supervised {
	readonly verdict: Verdict;
	readonly peakMb: number;
}

export async function superviseTarget(work: Omit<Assignment, "state">): Promise<Supervised> {
	const assignment: Assignment = { ...work, state: join(work.folder, `${work.target}.state`) };
	await writeFile(assignment.state, "0 0\n");
	const execArgv = [`--max-old-space-size=${HEAP_MB}`];
	const worker = fork(join(import.meta.dirname, "worker.ts"), [JSON.stringify(assignment)], { execArgv });
	const ended = Promise.withResolvers<Verdict>();
	let peakMb = 0;
	let isOver = false;
	const look = async () => {
		const [, cases, resident, text] = /^(\d+) (\d+)\n(.*)$/s.exec(await readFile(assignment.state, "utf8")) ?? [];
		peakMb = Math.max(peakMb, Number(resident ?? 0));
		return { cases: Number(cases ?? 0), text: text ?? "" };
	};
	const fail = async (words: string) => {
		if (isOver) return;
		const { cases, text } = await look();
		ended.resolve({ isFailed: true, cases, words: `${words}\non ${text}`, path: "" });
	};
	let [last, since] = [0, performance.now()];
	const watch = setInterval(async () => {
		if (isOver) return;
		const { cases } = await look();
		if (peakMb > RESIDENT_MB) await fail(`holds ${Math.round(peakMb)} MB`);
		if (cases !== last) [last, since] = [cases, performance.now()];
		else if (performance.now() - since > HANG_MS) await fail(`hangs: no end after ${HANG_MS / 1_000} s`);
	}, LOOK_MS);
	worker.once("message", (verdict) => ended.resolve(verdict as Verdict));
	worker.once("error", (error) => fail(error.stack ?? String(error)));
	worker.once("exit", (code, signal) => fail(`the process ended with ${signal ?? `code ${code}`} and said nothing`));
	try {
		const verdict = await ended.promise;
		isOver = true;
		await look();
		return { verdict, peakMb };
	} finally {
		isOver = true;
		clearInterval(watch);
		worker.kill("SIGKILL");
	}
}
