// Entrance of a worker thread. Runs one fuzz target until its time is up or a case fails, and tells its supervisor.
import { parentPort, workerData } from "node:worker_threads";
import fc from "fast-check";
import { makeContentTarget } from "./content.ts";
import { makeMatcherTarget } from "./matcher.ts";
import { makeParserTarget } from "./parser.ts";
import { type Assignment, CASE_LIMIT_MS, type MakeTarget, type TargetName, type Verdict } from "./target.ts";

const MAKERS: Record<TargetName, MakeTarget> = {
	parser: makeParserTarget,
	matcher: makeMatcherTarget,
	content: makeContentTarget,
};

const { target, seed, path, forMs, folder, begun, text } = workerData as Assignment;
const { cases, judge } = await MAKERS[target](folder);
const count = new Int32Array(begun);
const page = new Uint8Array(text);

const property = fc.asyncProperty(cases, async (one) => {
	page.fill(0);
	new TextEncoder().encodeInto(fc.stringify(one), page);
	Atomics.add(count, 0, 1);
	const { user, system } = process.cpuUsage();
	await judge(one);
	const used = process.cpuUsage({ user, system });
	const ms = (used.user + used.system) / 1_000;
	if (ms > CASE_LIMIT_MS) throw new Error(`took ${Math.round(ms)} ms of processor time`);
});
const found = await fc.check(property, {
	seed,
	...(path === "" ? { numRuns: Number.MAX_SAFE_INTEGER } : { path, numRuns: 1 }),
	interruptAfterTimeLimit: forMs,
	markInterruptAsFailure: false,
});
const verdict: Verdict = found.failed
	? { isFailed: true, cases: found.numRuns, words: words(found), path: found.counterexamplePath ?? "" }
	: { isFailed: false, cases: found.numRuns };
parentPort?.postMessage(verdict);

function words({ errorInstance, counterexample }: fc.RunDetails<[unknown]>): string {
	const error = errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : String(errorInstance);
	return `${error}\non ${fc.stringify(counterexample?.[0])}`;
}
