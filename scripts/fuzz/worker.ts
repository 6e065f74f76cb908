// Entrance of a process of its own. Runs one fuzz target until its time is up or a case fails, and tells its supervisor.
import { ftruncateSync, openSync, writeSync } from "node:fs";
import fc from "fast-check";
import { makeCacheTarget } from "./cache.ts";
import { makeContentTarget } from "./content.ts";
import { makeMatcherTarget } from "./matcher.ts";
import { makeParserTarget } from "./parser.ts";
import { type Assignment, CASE_LIMIT_MS, type MakeTarget, type TargetName, type Verdict } from "./target.ts";

const MAKERS: Record<TargetName, MakeTarget> = {
	parser: makeParserTarget,
	matcher: makeMatcherTarget,
	content: makeContentTarget,
	cache: makeCacheTarget,
};

const { target, seed, path, forMs, folder, state } = JSON.parse(process.argv[2] as string) as Assignment;
const { cases, judge } = await MAKERS[target](folder);
const notes = openSync(state, "r+");
let begun = 0;

const property = fc.asyncProperty(cases, async (one) => {
	const resident = Math.round(process.memoryUsage.rss() / 2 ** 20);
	ftruncateSync(notes, 0);
	writeSync(notes, `${++begun} ${resident}\n${fc.stringify(one)}`, 0);
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
process.send?.(verdict);

function words({ errorInstance, counterexample }: fc.RunDetails<[unknown]>): string {
	const error = errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : String(errorInstance);
	return `${error}\non ${fc.stringify(counterexample?.[0])}`;
}
