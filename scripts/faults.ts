// Entrance: `npm run faults`. Real faults, one after the other, beside what is promised of them.
import { parseArgs } from "node:util";
import { UsageError } from "#model/problem";
import { browserLanes } from "./faults/browser/lanes.ts";
import { forgetSites } from "./faults/browser/site.ts";
import { gatewayClock, nodeClock } from "./faults/clock-rows.ts";
import { crowdRows } from "./faults/crowd-rows.ts";
import { dnsRows } from "./faults/dns-rows.ts";
import { networkRows } from "./faults/network-rows.ts";
import { nodeRows } from "./faults/node-rows.ts";
import { type Random, seeded } from "./faults/random.ts";
import { restart } from "./faults/restart-row.ts";
import { type RowHead, type RowResult, type Run, verdictOf } from "./faults/row.ts";
import { runNodeRows } from "./faults/run-nodes.ts";
import { sharedRows } from "./faults/shared-rows.ts";
import { formatTable, progressLines } from "./faults/table.ts";
import type { OwnRow } from "./faults/world.ts";
import { run } from "./lib/run.ts";
import { wholeNumber } from "./lib/whole-number.ts";

/** Side by side, each with nodes of its own. */
const together = [...nodeRows, ...networkRows, nodeClock];
/** Each with a gateway, or a browser, of its own: one after the other within a lane, the lanes at one time. */
const lanes: readonly (readonly OwnRow[])[] = [[restart, gatewayClock], dnsRows, sharedRows, ...browserLanes];
/** They take all of the machine. */
const last = crowdRows;
const rows: readonly RowHead[] = [...together, ...lanes.flat(), ...last];

const HELP = `npm run faults -- [options]
Makes real faults happen to nodes, network, gateway and browser, and measures what a reader is shown, after how long, and
after how long all is well again. The gateway runs as npm run gateway does, asking every 5 s; an observer looks at
its answers four times a second and judges them as a page does. 0 false greens, 0 false reds at a restart.

  --runs N      runs of each row (default: 5)
  --only ROW    only this row; may be given several times
  --seed N      chooses the moments of the faults (default: by chance, and printed)
  --json        print JSON in place of the table
  --help        this text

Rows:
${rows.map((row) => `  ${row.id.padEnd(24)}${row.fault}`).join("\n")}

Nodes are Python's (apt-get install python3-grpcio python3-grpc-tools). Faults of the network need root, nft and ip
(apt-get install nftables iproute2); those of clocks libfaketime (apt-get install faketime). Rows that cannot be run
here are said to be skipped, and why. Exit codes: 0 all held · 1 some missed · 2 bad usage · 3 could not be run
`;

await run(async (args) => {
	const { values } = parseArgs({
		args,
		options: {
			runs: { type: "string", default: "5" },
			only: { type: "string", multiple: true, default: [] },
			seed: { type: "string" },
			json: { type: "boolean", default: false },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	const runs = wholeNumber("runs", values.runs, 1, 100);
	const seed = values.seed === undefined ? Date.now() % 2 ** 31 : wholeNumber("seed", values.seed, 0, 2 ** 31);
	for (const id of values.only) {
		if (!rows.some((row) => row.id === id)) throw new UsageError(`--only ${id} is no row`, "--help lists the rows");
	}
	const isChosen = ({ id }: { id: string }) => values.only.length === 0 || values.only.includes(id);
	const say = (text: string) => process.stderr.write(`${text}\n`);
	say(`seed ${seed}`);
	const random = seeded(seed);
	const measure = async (lane: readonly OwnRow[]): Promise<RowResult[]> => {
		const results: RowResult[] = [];
		for (const row of lane.filter(isChosen)) results.push(await measureAlone(row, runs, random.fork(row.id), say));
		return results;
	};
	const results: RowResult[] = [];
	for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(3));
	try {
		for (const row of lanes.flat().filter(isChosen)) if (row.missing() === null) await row.prepare?.(say);
		const first = await Promise.all([
			runNodeRows(together.filter(isChosen), runs, random, say),
			...lanes.map((lane) => measure(lane)),
		]);
		results.push(...first.flat(), ...(await measure(last)));
	} finally {
		await forgetSites();
	}
	const verdicts = results.map(verdictOf);
	const count = (verdict: string) => verdicts.filter((one) => one === verdict).length;
	if (values.json) {
		const rated = results.map((result, index) => ({ ...result, verdict: verdicts[index] }));
		process.stdout.write(`${JSON.stringify({ seed, runs, rows: rated }, null, "\t")}\n`);
	} else {
		process.stdout.write(`${formatTable(results)}\n`);
		process.stdout.write(`\n${count("held")} held, ${count("missed")} missed, ${count("skipped")} skipped\n`);
	}
	return count("missed") === 0 ? 0 : 1;
});

async function measureAlone(
	row: OwnRow,
	runs: number,
	random: Random,
	say: (text: string) => void,
): Promise<RowResult> {
	const skipped = row.missing();
	// What stands in the way of one row must not cost what the others measured.
	const failed = (error: Error): Run[] => [
		{ shown: "nothing", showMs: null, recoverMs: null, problems: [`it could not be run: ${error.message}`] },
	];
	const done = skipped === null ? await row.measure(runs, random, say).catch(failed) : [];
	const result = { id: row.id, fault: row.fault, promised: row.promised, runs: done, skipped };
	say(progressLines(result));
	return result;
}
