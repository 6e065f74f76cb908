// Edge(processes). Processor time of a stored answer beside that of a bare node:http answer of the same bytes, in turns.
import { read, withGateway } from "./cases.ts";
import { startChild } from "./child.ts";
import type { BareReady, ViewersJob } from "./messages.ts";
import { figuresOf } from "./process-figures.ts";
import { atMost, type Measure, noted, type Section } from "./table.ts";

/** Nodes are asked so seldom that only answers count. */
const SELDOM_MS = 3_600_000;
const RATE = 600;
const ROUNDS = 4;
/** What is promised: twice the processor time of the bare answer at most. */
const MOST_RATIO = 2;

export async function answerCost(secondsEach: number): Promise<Section> {
	const measures: Measure[] = [];
	for (const nodes of [16, 256, 500]) measures.push(...(await measureAt(nodes, secondsEach)));
	return {
		title: `processor time of an answer, ${RATE} requests/s, ${ROUNDS} rounds in turns of ${secondsEach} s`,
		measures,
	};
}

async function measureAt(nodes: number, seconds: number): Promise<Measure[]> {
	return withGateway(nodes, SELDOM_MS, async ({ pid, port, url }) => {
		const reply = await fetch(`${url}/live/cluster`, { headers: { "accept-encoding": "identity" } });
		const body = Buffer.from(await reply.arrayBuffer());
		const bare = startChild<BareReady>("bare");
		try {
			const job = { body: body.toString("base64"), contentType: "application/grpc-web+proto" };
			const { port: barePort } = await bare.ask(job);
			const sides = [
				{ pid, port, cpuMs: 0, answered: 0 },
				{ pid: bare.pid, port: barePort, cpuMs: 0, answered: 0 },
			];
			const usual: Partial<ViewersJob> = {
				wholeShare: 1,
				isGzip: false,
				addresses: 10,
				connections: 100,
				versionFrom: port,
			};
			for (const side of sides) await read(side, [{ rate: RATE, seconds: 2 }], usual);
			for (let round = 0; round < ROUNDS; round++) {
				for (const side of sides) {
					const before = figuresOf(side.pid).cpuMs;
					const { answered } = await read(side, [{ rate: RATE, seconds }], usual);
					side.cpuMs += figuresOf(side.pid).cpuMs - before;
					side.answered += answered;
				}
			}
			const [ours = 0, theirs = 0] = sides.map(({ cpuMs, answered }) => (cpuMs * 1_000) / answered);
			return [
				noted(`${nodes} nodes, ${body.length} bytes: gateway, bare`, `${ours.toFixed(0)}, ${theirs.toFixed(0)} us`),
				atMost(`${nodes} nodes: gateway to bare`, ours / theirs, MOST_RATIO, "x"),
			];
		} finally {
			await bare.end();
		}
	});
}
