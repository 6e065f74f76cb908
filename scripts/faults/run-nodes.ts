// Edge(processes). All faults of nodes at one time, each with nodes of its own, under one gateway as production runs it.
import { type PythonNode, startPythonNode } from "#test/python-node";
import { startGatewayProcess } from "./gateway-process.ts";
import type { NodeRow, Subject } from "./node-row.ts";
import type { Random } from "./random.ts";
import { type RowResult, type Run, seconds } from "./row.ts";
import { progressLines } from "./table.ts";
import { watchGateway } from "./watch.ts";

/** Nodes to which nothing happens, and whose ages must not tell that anything does. */
const WELL_NODES = 5;
const WELL_AGE_MS = 7_000;
const START_MS = 30_000;

interface Cast {
	readonly row: NodeRow;
	readonly id: string;
	readonly subject: Subject;
}

/** Runs each row `runs` times; the last result is about the well nodes beside them. */
export async function runNodeRows(
	rows: readonly NodeRow[],
	runs: number,
	random: Random,
	say: (text: string) => void,
): Promise<RowResult[]> {
	const skipped = rows.flatMap((row) => {
		const why = row.missing();
		return why === null ? [] : [resultOf(row, [], why)];
	});
	const chosen = rows.filter((row) => !skipped.some((result) => result.id === row.id));
	if (chosen.length === 0) return skipped;

	const cast: Cast[] = [];
	const well: PythonNode[] = [];
	const closing: (() => Promise<void>)[] = [];
	try {
		for (const row of chosen) {
			const opened = await Promise.all(Array.from({ length: runs }, (_, run) => row.open(run)));
			for (const [run, subject] of opened.entries()) {
				closing.push(subject.close);
				cast.push({ row, id: `${row.id} ${run + 1}`, subject });
			}
		}
		for (let number = 0; number < WELL_NODES; number++) {
			const node = await startPythonNode(number % 2 === 0 ? "distributed" : "inference");
			closing.push(() => node.close());
			well.push(node);
		}
		const wellIds = well.map((_, index) => `well ${index + 1}`);
		const nodes = [
			...cast.map(({ id, subject }) => ({ id, address: subject.address })),
			...well.map(({ address }, index) => ({ id: wellIds[index]!, address })),
		];
		const gateway = await startGatewayProcess({ nodes });
		closing.push(gateway.close);
		const watch = watchGateway(gateway.url);
		closing.push(async () => watch.close());
		say(`${nodes.length} nodes under one gateway`);
		const serving = await Promise.all(
			nodes.map(({ id }) => watch.until(id, (seen) => seen.state === "serving", START_MS)),
		);
		const absent = nodes.filter((_, index) => serving[index] === null).map(({ id }) => id);
		for (const id of wellIds) watch.setWell(id, true);

		const results = await Promise.all(
			chosen.map(async (row) => {
				const stages = cast.filter((part) => part.row === row);
				const done = await Promise.all(
					stages.map(async ({ id, subject }): Promise<Run> => {
						if (absent.includes(id)) {
							return {
								shown: "never serving",
								showMs: null,
								recoverMs: null,
								problems: ["it never came to serve before the fault"],
							};
						}
						return await subject.run({ watch, random: random.fork(id), id, promised: row.promised });
					}),
				);
				const result = resultOf(row, done, null);
				say(progressLines(result));
				return result;
			}),
		);
		return [
			...skipped,
			...results,
			wellResult(
				watch.wellAges(),
				wellIds.flatMap((id) => watch.lies(id)),
				well,
			),
		];
	} finally {
		for (const close of closing.reverse()) await close();
	}
}

function wellResult(ages: readonly number[], lies: readonly string[], well: readonly PythonNode[]): RowResult {
	const sorted = [...ages].sort((a, b) => a - b);
	const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? Number.POSITIVE_INFINITY;
	const changes = well.flatMap((node) => node.changes);
	return {
		id: "well nodes beside them",
		fault: "none",
		promised: { shows: `ages at most ${seconds(WELL_AGE_MS)} (p99), never red`, showMs: null, recoverMs: null },
		runs: [
			{
				shown: `age p99 ${seconds(p99)}, most ${seconds(sorted.at(-1) ?? 0)}, of ${sorted.length} looks`,
				showMs: null,
				recoverMs: null,
				problems: [
					...lies,
					...(p99 > WELL_AGE_MS ? [`age p99 ${seconds(p99)}`] : []),
					...changes.map((line) => `a method that is not read-only was called: ${line}`),
				],
			},
		],
		skipped: null,
	};
}

function resultOf({ id, fault, promised }: NodeRow, runs: readonly Run[], skipped: string | null): RowResult {
	return { id, fault, promised, runs, skipped };
}
