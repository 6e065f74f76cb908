// Edge(processes). One of 500 nodes hangs, then half of them: what the others' ages say of it.
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { startGatewayProcess } from "./gateway-process.ts";
import { type Run, seconds } from "./row.ts";
import { type Watch, watchGateway } from "./watch.ts";
import { type OwnRow, untilAll } from "./world.ts";

const WELL_AGE_MS = 7_000;
const START_MS = 60_000;
/** Long enough for every hung node to be asked again and again, and shown down. */
const HUNG_MS = 45_000;
const TO_SETTLE_MS = 10_000;

interface Crowd {
	readonly addresses: readonly string[];
	readonly child: ChildProcess;
}

function crowdRow(id: string, well: number, hung: number): OwnRow {
	return {
		id,
		fault: `SIGSTOP of the process of ${hung} of ${well + hung} nodes`,
		promised: { shows: `the others' ages at most ${seconds(WELL_AGE_MS)} (p99)`, showMs: null, recoverMs: 30_000 },
		missing: () => null,
		async measure(runs, _random, say) {
			const crowds = [await startCrowd("127.1", well), await startCrowd("127.2", hung)] as const;
			const ids = crowds.map(({ addresses }) => addresses);
			const nodes = ids.flat().map((address) => ({ id: address, address }));
			const gateway = await startGatewayProcess({ nodes });
			const done: Run[] = [];
			try {
				for (let run = 0; run < Math.min(runs, 2); run++) {
					const watch = watchGateway(gateway.url);
					try {
						const started = await untilAll(watch, ids.flat(), (seen) => seen.state === "serving", START_MS);
						if (started === null) throw new Error("a crowd of well nodes did not come to serve");
						done.push(await hang(watch, ids[0]!, ids[1]!, crowds[1].child));
						say(`${id}: run ${run + 1} done`);
					} finally {
						watch.close();
					}
				}
				return done;
			} finally {
				await gateway.close();
				for (const { child } of crowds) child.kill("SIGKILL");
			}
		},
	};
}

async function hang(watch: Watch, well: readonly string[], hung: readonly string[], child: ChildProcess): Promise<Run> {
	await sleep(TO_SETTLE_MS);
	for (const id of well) watch.setWell(id, true);
	child.kill("SIGSTOP");
	for (const id of hung) watch.setUnable(id, performance.now());
	await sleep(HUNG_MS);
	const ages = [...watch.wellAges()].sort((a, b) => a - b);
	const down = hung.filter((id) => watch.node(id)?.state === "not-serving").length;
	for (const id of hung) watch.setUnable(id, null);
	child.kill("SIGCONT");
	const recoverMs = await untilAll(watch, hung, (seen) => seen.state === "serving" && !seen.isStale, 60_000);
	const p99 = ages[Math.floor(ages.length * 0.99)] ?? Number.POSITIVE_INFINITY;
	return {
		shown: `others' age p99 ${seconds(p99)}, most ${seconds(ages.at(-1) ?? 0)}; ${down} of ${hung.length} hung shown down`,
		showMs: null,
		recoverMs,
		problems: [
			...(p99 > WELL_AGE_MS ? [`others' age p99 ${seconds(p99)}`] : []),
			...(down < hung.length ? [`${hung.length - down} hung nodes were not shown down ${HUNG_MS / 1000} s later`] : []),
			...watch.lies(),
		],
	};
}

async function startCrowd(prefix: string, count: number): Promise<Crowd> {
	const script = join(import.meta.dirname, "crowd.ts");
	const child = spawn(process.execPath, [script, prefix, String(count)], { stdio: ["ignore", "pipe", "inherit"] });
	const addresses: string[] = [];
	await new Promise<void>((ready, fail) => {
		child.once("error", fail).once("exit", (code) => fail(new Error(`a crowd of nodes ended with ${code}`)));
		createInterface(child.stdout).on("line", (line) => {
			if (line === "ready") ready();
			else addresses.push(line);
		});
	});
	return { addresses, child };
}

export const crowdRows: readonly OwnRow[] = [crowdRow("1 of 500 hung", 499, 1), crowdRow("250 of 500 hung", 250, 250)];
