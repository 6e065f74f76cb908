// Edge(browser). What all faults of a page have in common: it shows all nodes well, a fault comes, is told, and goes again.
import { setTimeout as sleep } from "node:timers/promises";
import { pythonMissing } from "#test/python-node";
import { findChromium } from "../../lib/chromium.ts";
import type { Random } from "../random.ts";
import type { Promised, Run } from "../row.ts";
import { inWorld, type OwnRow, type World } from "../world.ts";
import { type Chromium, startChromium, type Tab } from "./chromium.ts";
import { type Front, startFront } from "./front.ts";
import { guard, isWell, type Look, look, untilShown } from "./page.ts";
import { siteForAll } from "./site.ts";

/** A page asks every 5 s, and gives up on a question after 4. */
export const SHOW_MS = 10_000;
/** The longest pause between two questions, and the question. */
export const RECOVER_MS = 31_000;
export const AT_ONCE_MS = 2_000;
export const PATIENCE_MS = 15_000;
export const START_MS = 30_000;

/** Pages come by a name that is not this machine's: there, what a browser says of its network would not count. */
const HOST = "site.faults.test";
const byName = (url: string): string => url.replace(/\/\/(127\.0\.0\.1|localhost)/, `//${HOST}`);

interface Scene extends World {
	readonly chromium: Chromium;
	readonly tab: Tab;
	readonly front: Front;
	readonly random: Random;
	readonly promised: Promised;
	/** From 0. */
	readonly run: number;
}

/** A row of which each run starts with a page that shows all nodes well. `path`: whether it comes by the front or from the gateway. */
export function browserRow(
	head: Pick<OwnRow, "id" | "fault" | "promised">,
	by: "front" | "gateway",
	play: (scene: Scene) => Promise<Run>,
): OwnRow {
	return {
		...head,
		missing: pythonMissing,
		prepare: siteForAll,
		async measure(runs, random, say) {
			const executable = await findChromium(() => undefined);
			const { dist } = await siteForAll(say);
			return await inWorld(
				3,
				async (world) => {
					const front = await startFront(dist, world.gateway.port);
					const chromium = await startChromium(executable, [`--host-resolver-rules=MAP ${HOST} 127.0.0.1`]);
					const done: Run[] = [];
					try {
						for (let run = 0; run < runs; run++) {
							const tab = await chromium.openTab();
							await tab.activate();
							const origin = byName(by === "front" ? front.url : world.gateway.url);
							if (!(await openWell(tab, `${origin}/status/`))) {
								done.push(failed(`the page never showed all well: ${JSON.stringify(await look(tab))}`));
							} else done.push(await play({ ...world, chromium, tab, front, random, promised: head.promised, run }));
							await tab.close();
						}
						return done;
					} finally {
						await chromium.close();
						await front.close();
					}
				},
				{ env: { COORD_DIST: dist, COORD_PUBLIC_HOSTS: HOST } },
			);
		},
	};
}

/** Opens a page until it shows all well: a gateway on a busy machine may turn a page away. */
async function openWell(tab: Tab, url: string): Promise<boolean> {
	for (let tries = 0; tries < 3; tries++) {
		await tab.goto(url);
		if ((await untilShown(tab, isWell, START_MS / 3)) !== null) return true;
	}
	return false;
}

function failed(problem: string): Run {
	return { shown: "nothing", showMs: null, recoverMs: null, problems: [problem] };
}

/** The page loses contact by `start`, says so, and finds it again by `end`. */
export async function loseContact(
	{ tab, ids, random, promised }: Scene,
	start: () => unknown,
	isShown: (seen: Look) => boolean,
	end: () => unknown,
	heardMs = 0,
): Promise<Run> {
	await sleep(random.between(0, 5_000));
	await start();
	const watching = guard(tab, ids, heardMs);
	const showMs = await untilShown(tab, isShown, (promised.showMs ?? 0) + PATIENCE_MS);
	const { sentence } = await look(tab);
	// Until what was last said is stale, so that a green that stays would be seen.
	await sleep(Math.max(0, heardMs + random.between(17_000, 22_000) - (showMs ?? 0)));
	const problems = watching.end();
	await end();
	const recoverMs = await untilShown(tab, isWell, (promised.recoverMs ?? 0) + PATIENCE_MS);
	return { shown: sentence.replaceAll(/\d+ (s|min)/g, "… s"), showMs, recoverMs, problems };
}

export const says = (words: RegExp) => (seen: Look) => words.test(seen.sentence);
