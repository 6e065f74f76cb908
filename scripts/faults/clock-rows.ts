// Edge(processes). Wall clocks that are wrong, or jump: ages are made of other clocks and must not notice.
import { setTimeout as sleep } from "node:timers/promises";
import { pythonMissing, startPythonNode } from "#test/python-node";
import { fakeClockMissing, openFakeClock } from "./faketime.ts";
import { bear, INTERVAL_MS, type NodeRow } from "./node-row.ts";
import type { Run } from "./row.ts";
import { inWorld, type OwnRow } from "./world.ts";

const HOUR = 3_600;
const FRESH_AGE_MS = 7_000;
const missing = () => pythonMissing() ?? fakeClockMissing();
const isServing = (seen: { state: string; isStale: boolean }) => seen.state === "serving" && !seen.isStale;

export const nodeClock: NodeRow = {
	id: "clock of a node",
	// A wall clock handed in: Python's gRPC server does not start under libfaketime.
	fault: "a Python node whose clock is an hour ahead or behind, and jumps two hours the other way during the run",
	promised: { shows: "serving; no change in ages", showMs: null, recoverMs: null },
	missing: pythonMissing,
	async open(run) {
		const offset = run % 2 === 0 ? HOUR : -HOUR;
		const clock = openFakeClock(offset);
		const node = await startPythonNode("distributed", 0, [], { env: { COORD_NODE_CLOCK: clock.file } });
		return {
			address: node.address,
			async run(stage) {
				const steps = await Promise.all([
					bear(stage, 40_000, isServing, FRESH_AGE_MS),
					sleep(stage.random.between(10_000, 20_000)).then(() => clock.set(-offset)),
				]);
				const { shown, problems } = steps[0];
				return { shown, showMs: null, recoverMs: null, problems };
			},
			async close() {
				await node.close();
				clock.close();
			},
		};
	},
};

export const gatewayClock: OwnRow = {
	id: "clock of the gateway",
	fault: "the gateway's wall clock jumps an hour on or back while it runs, by libfaketime",
	promised: { shows: "serving; no change in ages", showMs: null, recoverMs: null },
	missing,
	async measure(runs, random) {
		const clock = openFakeClock();
		try {
			const body = async ({ watch, ids }: { watch: Parameters<typeof bear>[0]["watch"]; ids: readonly string[] }) => {
				const done: Run[] = [];
				for (let run = 0; run < runs; run++) {
					await sleep(random.between(0, INTERVAL_MS));
					clock.set((run % 2 === 0 ? 1 : -1) * HOUR);
					const seen = await Promise.all(
						ids.map((id) => bear({ watch, id }, 3 * INTERVAL_MS, isServing, FRESH_AGE_MS)),
					);
					const shown = [...new Set(seen.map((one) => one.shown))].join(", ");
					done.push({ shown, showMs: null, recoverMs: null, problems: seen.flatMap((one) => one.problems) });
				}
				return done;
			};
			return await inWorld(3, body, { env: clock.env });
		} finally {
			clock.close();
		}
	},
};
