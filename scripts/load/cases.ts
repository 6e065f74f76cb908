// Edge(processes, clock). What a load run does: readers beside many nodes, far too many readers and back, attackers.
import { startChild } from "./child.ts";
import { type GatewayUnderTest, startGatewayUnderTest } from "./gateway-under-test.ts";
import {
	ATTACKS,
	type Attack,
	type AttackOutcome,
	type Phase,
	type ViewersJob,
	type ViewersOutcome,
} from "./messages.ts";
import { figuresOf, watchProcess } from "./process-figures.ts";
import { atMost, type Measure, noted, type Section } from "./table.ts";

export interface Scale {
	/** Of the long run, seconds. */
	readonly steadySeconds: number;
	readonly manySeconds: number;
	readonly overloadSeconds: number;
	readonly attackSeconds: number;
}

/** What is promised of answers and memory, and bars for overload and attacks. */
const P99_MS = 100;
const P99_UNDER_FIRE_MS = 500;
/** So many good seconds in a row are back to normal; one that is not after that is told beside it. */
const CALM_SECONDS = 5;
const MEMORY_MB = 256;
const INTERVAL_MS = 5_000;
const DEADLINE_MS = 2_000;
/** 2,000 pages that ask every 5 s; what is promised to be answered. */
const RATE = 400;

/** 500 nodes, 400 readers a second. */
export async function steady({ steadySeconds }: Scale): Promise<Section> {
	return withGateway(500, INTERVAL_MS, async (gateway) => {
		const stop = watchProcess(gateway.pid);
		const age = watchAge(gateway);
		const seen = await read(gateway, [{ rate: RATE, seconds: steadySeconds }]);
		const { cpuShare, maxRssMb, slopeMbPerHour } = stop();
		return {
			title: `500 nodes at ${INTERVAL_MS / 1_000} s, ${RATE} requests/s for ${steadySeconds} s`,
			measures: [
				...answers(seen, P99_MS),
				atMost(`failed${kinds(seen)}, turned away`, failed(seen) + seen.shed, 0, ""),
				noted("processor", `${Math.round(cpuShare * 100)} % of a core`),
				atMost("memory, most", maxRssMb, MEMORY_MB, "MB"),
				noted("memory, slope of the second half", slopeMbPerHour, "MB/h"),
				atMost("node asked longest ago, worst", age(), (INTERVAL_MS + DEADLINE_MS) / 1_000, "s"),
			],
		};
	});
}

/** 4,096 nodes at 10 s: twice the interval, for what a probe costs grows with their number. */
export async function many({ manySeconds }: Scale): Promise<Section> {
	const intervalMs = 2 * INTERVAL_MS;
	return withGateway(4_096, intervalMs, async (gateway) => {
		const stop = watchProcess(gateway.pid);
		const age = watchAge(gateway);
		const seen = await read(gateway, [{ rate: 50, seconds: manySeconds }]);
		const { cpuShare, maxRssMb } = stop();
		return {
			title: `4,096 nodes at ${intervalMs / 1_000} s, 50 requests/s for ${manySeconds} s`,
			measures: [
				...answers(seen, P99_UNDER_FIRE_MS),
				atMost(`failed${kinds(seen)}, turned away`, failed(seen) + seen.shed, 0, ""),
				noted("processor", `${Math.round(cpuShare * 100)} % of a core`),
				noted("memory, most", maxRssMb, "MB"),
				atMost("node asked longest ago, worst", age(), (intervalMs + DEADLINE_MS) / 1_000, "s"),
				noted("nodes serving at the end", await gateway.serving()),
			],
		};
	});
}

/** Ten times as many readers as promised, and back. */
export async function overload({ overloadSeconds }: Scale): Promise<Section> {
	const calm = 10;
	return withGateway(500, INTERVAL_MS, async (gateway) => {
		const age = watchAge(gateway);
		const seen = await read(gateway, [
			{ rate: RATE, seconds: calm },
			{ rate: 10 * RATE, seconds: overloadSeconds },
			{ rate: RATE, seconds: 15 },
		]);
		const storm = seen.seconds.slice(calm, calm + overloadSeconds);
		const after = seen.seconds.slice(calm + overloadSeconds);
		const isNormal = (second: (typeof after)[number]) =>
			second.shed === 0 && second.failed === 0 && second.p99 !== null && second.p99 <= P99_MS;
		const isCalm = (_: unknown, index: number) =>
			after.slice(index, index + CALM_SECONDS).every(isNormal) && index + CALM_SECONDS <= after.length;
		const calmAfter = after.findIndex(isCalm);
		const sum = (of: (second: (typeof storm)[number]) => number) => storm.reduce((total, one) => total + of(one), 0);
		return {
			title: `500 nodes, ${10 * RATE} requests/s for ${overloadSeconds} s, then ${RATE} again`,
			measures: [
				noted(
					"answered",
					sum((one) => one.answered),
				),
				noted(
					"turned away (RESOURCE_EXHAUSTED)",
					sum((one) => one.shed),
				),
				atMost(
					"failed",
					sum((one) => one.failed),
					0,
					"",
				),
				atMost(
					"p99 of those answered, median second",
					median(storm.map(({ p99 }) => p99 ?? 0)),
					P99_UNDER_FIRE_MS,
					"ms",
				),
				noted("p99 of those answered, worst second", Math.max(...storm.map(({ p99 }) => p99 ?? 0)), "ms"),
				atMost("node asked longest ago, worst", age(), (INTERVAL_MS + DEADLINE_MS) / 1_000, "s"),
				atMost("normal again after", calmAfter < 0 ? Number.POSITIVE_INFINITY : calmAfter, 5, "s"),
				noted("seconds after that which were not", after.slice(calmAfter).filter((second) => !isNormal(second)).length),
				noted("p99 of the worst second after", Math.max(...after.map(({ p99 }) => p99 ?? 0)), "ms"),
			],
		};
	});
}

/** Attackers of every kind, one after the other, while a few readers go on. */
export async function attacks({ attackSeconds }: Scale): Promise<Section> {
	return withGateway(16, INTERVAL_MS, async (gateway) => {
		await read(gateway, [{ rate: 20, seconds: 3 }], { addresses: 4 });
		const before = figuresOf(gateway.pid);
		const measures: Measure[] = [];
		for (const attack of ATTACKS) measures.push(...(await attackOnce(gateway, attack, attackSeconds)));
		const rest = 8;
		await new Promise((resolve) => setTimeout(resolve, rest * 1_000));
		const after = figuresOf(gateway.pid);
		measures.push(
			atMost(`files open ${rest} s later, more than before`, after.files - before.files, 10, ""),
			atMost(`memory ${rest} s later, more than before`, after.rssMb - before.rssMb, 64, "MB"),
		);
		return { title: `attackers for ${attackSeconds} s each, while readers ask 20 times a second`, measures };
	});
}

async function attackOnce(gateway: GatewayUnderTest, attack: Attack, seconds: number): Promise<Measure[]> {
	const attackers = startChild<AttackOutcome>("attackers");
	try {
		const { port, grpcPort } = gateway;
		const attacking = attackers.ask({ attack, port, grpcPort, seconds });
		const seen = await read(gateway, [{ rate: 20, seconds }], { addresses: 4 });
		const { opened, left, sent, longestMs } = await attacking;
		// A body may take 10 s by its limit, headers 5 s; both are looked at each second.
		const limit = attack === "slow-bodies" ? 12 : 7;
		return [
			noted(`${attack}: connections, requests`, `${opened}, ${sent}`),
			...(longestMs === null
				? []
				: [
						atMost(`${attack}: left open at most`, longestMs / 1_000, limit, "s"),
						atMost(`${attack}: open at the end`, left, 0, ""),
					]),
			atMost(`${attack}: readers' p99`, seen.p99, P99_UNDER_FIRE_MS, "ms"),
			atMost(`${attack}: readers' failures${kinds(seen)}`, failed(seen), 0, ""),
			atMost(`${attack}: readers turned away`, seen.shed, 0, ""),
		];
	} finally {
		await attackers.end();
	}
}

/** Readers as browsers are, in a process of their own. */
export async function read(
	gateway: { readonly port: number },
	phases: readonly Phase[],
	change: Partial<ViewersJob> = {},
): Promise<ViewersOutcome> {
	const viewers = startChild<ViewersOutcome>("viewers");
	try {
		const usual = { wholeShare: 0.2, isGzip: true, addresses: 100, connections: 1_500 };
		return await viewers.ask({ port: gateway.port, phases, ...usual, ...change } satisfies ViewersJob);
	} finally {
		await viewers.end();
	}
}

export async function withGateway<Result>(
	nodes: number,
	intervalMs: number,
	use: (gateway: GatewayUnderTest) => Promise<Result>,
): Promise<Result> {
	const gateway = await startGatewayUnderTest(nodes, intervalMs);
	try {
		return await use(gateway);
	} finally {
		await gateway.end();
	}
}

/** Looks at the age of the node asked longest ago each second; gives the worst, s. */
function watchAge(gateway: GatewayUnderTest): () => number {
	let worst = 0;
	const timer = setInterval(() => {
		gateway.figure("coordination_snapshot_age_seconds").then(
			(age) => {
				worst = Math.max(worst, age);
			},
			// A gateway that does not even tell its figures is as late as can be.
			() => {
				worst = Number.POSITIVE_INFINITY;
			},
		);
	}, 1_000);
	return () => {
		clearInterval(timer);
		return worst;
	};
}

function answers({ due, answered, p50, p99, max }: ViewersOutcome, limitMs: number): Measure[] {
	return [
		noted("requests, answered", `${due}, ${answered}`),
		noted("p50", p50, "ms"),
		atMost("p99", p99, limitMs, "ms"),
		noted("slowest", max, "ms"),
	];
}

/** What went wrong, where something did. */
function kinds({ failures }: ViewersOutcome): string {
	const names = Object.keys(failures);
	return names.length === 0 ? "" : ` (${names.join(", ")})`;
}

function failed({ failures }: ViewersOutcome): number {
	return Object.values(failures).reduce((sum, count) => sum + count, 0);
}

function median(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
