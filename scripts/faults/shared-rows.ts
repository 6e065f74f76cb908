// Edge(processes). Two gateways on one state folder: the one that asks is stopped, the folder goes away, reports meet a kill.
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pythonMissing } from "#test/python-node";
import { crashReports } from "#test/report-crash";
import { type GatewayProcess, startGatewayProcess } from "./gateway-process.ts";
import type { Random } from "./random.ts";
import type { Run } from "./row.ts";
import { isGreen, type Seen, shownWords, type Watch, watchGateway } from "./watch.ts";
import { inWorld, type OwnRow, untilAll, type World } from "./world.ts";

/** Time to live of the right to poll. */
const TTL_MS = 9_000;
/** Round trip of the first questions, a look into the store, and the observer's own. */
const SEEN_MS = 1_500;
const DOWN_MS = 17_000;
const KILLS = 40;

interface Pair extends World {
	readonly both: readonly { readonly gateway: GatewayProcess; readonly watch: Watch }[];
	readonly state: string;
	/** Where the folder's content is, which the row may take away. */
	readonly folder: string;
}

/** Two gateways over three nodes; the first one holds the right to poll. */
async function inPair<Result>(body: (pair: Pair) => Promise<Result>): Promise<Result> {
	const folder = mkdtempSync(join(tmpdir(), "faults-state-"));
	const state = join(folder, "state");
	const env = { COORD_STATE: state };
	try {
		return await inWorld(
			3,
			async (world) => {
				const nodes = world.nodes.map(({ address }, index) => ({ id: world.ids[index]!, address }));
				const second = await startGatewayProcess({ nodes, env });
				const watch = watchGateway(second.url);
				try {
					await untilAll(watch, world.ids, (seen) => seen.state === "serving" && isGreen(seen), 30_000);
					const both = [
						{ gateway: world.gateway, watch: world.watch },
						{ gateway: second, watch },
					];
					return await body({ ...world, both, state, folder });
				} finally {
					watch.close();
					await second.close();
				}
			},
			{ env },
		);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

const fresherThan = (atMs: number) => (seen: Seen) =>
	seen.state === "serving" && isGreen(seen) && (seen.ageMs ?? Number.POSITIVE_INFINITY) < performance.now() - atMs;

const lostLease: OwnRow = {
	id: "two gateways, lease lost",
	fault: "SIGSTOP of the gateway that asks, past the lease's life; a node hangs meanwhile; then SIGCONT",
	promised: {
		shows: "the other asks; what the stopped one knew never comes back",
		showMs: TTL_MS + 1_000 + SEEN_MS,
		recoverMs: 12_000,
	},
	missing: pythonMissing,
	measure: (runs, random) =>
		inPair(async ({ both, nodes, ids }) => {
			const done: Run[] = [];
			for (let run = 0; run < runs; run++) {
				// The right goes to the other in each run.
				const [leader, follower] = run % 2 === 0 ? [both[0]!, both[1]!] : [both[1]!, both[0]!];
				await sleep(random.between(0, 5_000));
				const stoppedAt = performance.now();
				leader.gateway.signal("SIGSTOP");
				const showMs = await untilAll(follower.watch, ids.slice(1), fresherThan(stoppedAt), 40_000);
				nodes[0]!.signal("SIGSTOP");
				for (const { watch } of both) watch.setUnable(ids[0]!, performance.now());
				const isDown = (seen: Seen) => seen.state === "not-serving";
				const downMs = await follower.watch.until(ids[0]!, isDown, DOWN_MS + 10_000);
				leader.gateway.signal("SIGCONT");
				await sleep(random.between(3_000, 8_000));
				const zombie = leader.watch.node(ids[0]!);
				const other = follower.watch.node(ids[0]!);
				for (const { watch } of both) watch.setUnable(ids[0]!, null);
				nodes[0]!.signal("SIGCONT");
				const back = performance.now();
				const recovered = await Promise.all(both.map(({ watch }) => untilAll(watch, ids, fresherThan(back), 30_000)));
				const late = recovered.some((time) => time === null);
				done.push({
					shown: `the hung node after SIGCONT: ${[zombie, other].map((seen) => (seen === null ? "nothing" : shownWords(seen))).join(" / ")}`,
					showMs,
					recoverMs: late ? null : Math.max(...recovered.map((time) => time!)),
					problems: [
						...both.flatMap(({ watch }) => [...watch.lies(), ...watch.steps()]),
						...(downMs === null ? ["the other gateway did not notice the hung node"] : []),
						...(zombie !== null && !isDown(zombie) ? [`the one that was stopped shows it ${shownWords(zombie)}`] : []),
						...(other !== null && !isDown(other) ? [`the other shows it ${shownWords(other)}`] : []),
					],
				});
			}
			return done;
		}),
};

const sleptThrough: OwnRow = {
	id: "two gateways, one asleep",
	fault: "SIGSTOP of the gateway that follows; the other is killed and a node hangs 20 s before SIGCONT",
	promised: { shows: "what was shared last, as old as it is", showMs: DOWN_MS + TTL_MS, recoverMs: 12_000 },
	missing: pythonMissing,
	measure: (runs, random) =>
		inPair(async ({ both, nodes, ids }) => {
			const done: Run[] = [];
			for (let run = 0; run < runs; run++) {
				const [leader, follower] = run % 2 === 0 ? [both[0]!, both[1]!] : [both[1]!, both[0]!];
				await sleep(random.between(0, 5_000));
				follower.gateway.signal("SIGSTOP");
				await sleep(5_000);
				await leader.gateway.kill();
				nodes[0]!.signal("SIGSTOP");
				follower.watch.setUnable(ids[0]!, performance.now());
				await sleep(20_000);
				follower.gateway.signal("SIGCONT");
				const showMs = await follower.watch.until(ids[0]!, (seen) => seen.state === "not-serving", 60_000);
				const seen = follower.watch.node(ids[0]!);
				follower.watch.setUnable(ids[0]!, null);
				nodes[0]!.signal("SIGCONT");
				const back = performance.now();
				const recoverMs = await untilAll(follower.watch, ids, fresherThan(back), 30_000);
				await leader.gateway.restart();
				await untilAll(leader.watch, ids, fresherThan(back), 30_000);
				const shown = seen === null ? "nothing" : shownWords(seen);
				done.push({ shown, showMs, recoverMs, problems: [...follower.watch.lies(), ...follower.watch.steps()] });
			}
			return done;
		}),
};

const storeDown: OwnRow = {
	id: "state store down",
	fault: "the folder two gateways share is taken away, a file put in its place; then it is put back",
	promised: { shows: "the last state, with a notice that it is not shared", showMs: 5_000, recoverMs: 5_000 },
	missing: pythonMissing,
	measure: (runs, random) =>
		inPair(async ({ both, state, folder, ids }) => {
			const done: Run[] = [];
			for (let run = 0; run < runs; run++) {
				await sleep(random.between(0, 5_000));
				for (const { watch } of both) for (const id of ids) watch.setWell(id, true);
				renameSync(state, join(folder, "away"));
				writeFileSync(state, "");
				const showMs = await untilNotices(both, (notices) => notices.length > 0);
				const shown = [...new Set(both.flatMap(({ watch }) => watch.notices()))].join(" / ");
				await sleep(random.between(5_000, 20_000));
				rmSync(state);
				renameSync(join(folder, "away"), state);
				const recoverMs = await untilNotices(both, (notices) => notices.length === 0);
				done.push({
					shown,
					showMs,
					recoverMs,
					problems: both.flatMap(({ watch }) => [...watch.lies(), ...watch.steps()]),
				});
			}
			return done;
		}),
};

async function untilNotices(
	both: Pair["both"],
	isSo: (notices: readonly string[]) => boolean,
	withinMs = 20_000,
): Promise<number | null> {
	const startedAt = performance.now();
	while (!both.every(({ watch }) => isSo(watch.notices()))) {
		if (performance.now() - startedAt > withinMs) return null;
		await sleep(50);
	}
	return performance.now() - startedAt;
}

const killedReports: OwnRow = {
	id: "reports, gateway killed",
	fault: `SIGKILL of a gateway while 40 teams report to it, ${KILLS} times a run`,
	promised: { shows: "nothing accepted is lost, nothing is accepted twice", showMs: null, recoverMs: null },
	missing: () => null,
	async measure(runs: number, random: Random) {
		const done: Run[] = [];
		for (let run = 0; run < runs; run++) {
			const figures = await crashReports({ kills: KILLS, random: random.fork(`run ${run}`) });
			const { accepted, unanswered, lost, acceptedTwice } = figures;
			done.push({
				shown: `${accepted} accepted, ${unanswered} under way, ${figures.kills} kills`,
				showMs: null,
				recoverMs: null,
				problems: [
					...lost.map((report) => `accepted and lost: ${report}`),
					...acceptedTwice.map((report) => `accepted twice: ${report}`),
				],
			});
		}
		return done;
	},
};

export const sharedRows: readonly OwnRow[] = [lostLease, sleptThrough, storeDown, killedReports];
