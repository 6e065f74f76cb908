// Edge(processes). The gateway itself is killed, and started again.
import { setTimeout as sleep } from "node:timers/promises";
import { pythonMissing } from "#test/python-node";
import { INTERVAL_MS } from "./node-row.ts";
import { startReaders } from "./readers.ts";
import { type Run, seconds } from "./row.ts";
import { changesSince, isGreen, type Seen } from "./watch.ts";
import { inWorld, type OwnRow, untilAll } from "./world.ts";

const READERS = 200;
/** Of a page whose back-off has grown as far as it can. */
const READER_MS = 35_000;

const servesSince = (sinceMs: number) => (seen: Seen) =>
	seen.state === "serving" && isGreen(seen) && (seen.ageMs ?? Number.POSITIVE_INFINITY) < performance.now() - sinceMs;

export const restart: OwnRow = {
	id: "gateway restart",
	fault: `SIGKILL of the gateway while ${READERS} readers poll, started again up to 20 s later`,
	promised: { shows: "the last state, ageing; nodes start as unknown, never red", showMs: null, recoverMs: 10_000 },
	missing: pythonMissing,
	measure: (runs, random) =>
		inWorld(5, async ({ gateway, watch, ids }) => {
			const readers = startReaders(gateway.url, READERS);
			const done: Run[] = [];
			try {
				for (const id of ids) watch.setWell(id, true);
				for (let run = 0; run < runs; run++) {
					await sleep(random.between(0, INTERVAL_MS));
					const killedAt = performance.now();
					await gateway.kill();
					// Nobody can know of an answer that came later.
					for (const id of ids) watch.setUnable(id, killedAt);
					await sleep(random.between(500, 20_000));
					for (const id of ids) watch.setUnable(id, null);
					await gateway.restart();
					const listensAt = performance.now();
					const [recoverMs, readersMs] = await Promise.all([
						untilAll(watch, ids, servesSince(listensAt), 25_000),
						readers.untilAllFresh(READER_MS),
					]);
					const changes = new Set(ids.flatMap((id) => changesSince(watch, id, killedAt)));
					const red = readers.reds();
					done.push({
						shown: `${[...changes].join(", ") || "no change"}; all readers after ${readersMs === null ? "never" : seconds(readersMs)}`,
						showMs: null,
						recoverMs,
						problems: [
							...ids.flatMap((id) => watch.lies(id)),
							...red.map((id) => `false red: a reader was shown ${id} as not serving`),
							...(readersMs === null ? [`readers without a fresh answer ${READER_MS / 1000} s after it listened`] : []),
						],
					});
				}
				return done;
			} finally {
				readers.close();
			}
		}),
};
