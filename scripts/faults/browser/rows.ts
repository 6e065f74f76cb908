// Edge(browser). Faults between a page and the gateway, and of the browser itself, in a real Chromium on the built site.
import { setTimeout as sleep } from "node:timers/promises";
import { pythonMissing } from "#test/python-node";
import { findChromium } from "../../lib/chromium.ts";
import type { Random } from "../random.ts";
import type { Promised, Run } from "../row.ts";
import { inWorld, type OwnRow, type World } from "../world.ts";
import { type Chromium, startChromium, type Tab } from "./chromium.ts";
import { type Front, type Mode, startFront } from "./front.ts";
import { guard, isWell, type Look, look, untilShown } from "./page.ts";
import { siteForAll } from "./site.ts";

/** A page asks every 5 s, and gives up on a question after 4. */
const SHOW_MS = 10_000;
/** The longest pause between two questions, and the question. */
const RECOVER_MS = 31_000;
const AT_ONCE_MS = 2_000;
const PATIENCE_MS = 15_000;
const START_MS = 30_000;

export interface Scene extends World {
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
					const chromium = await startChromium(executable);
					const done: Run[] = [];
					try {
						for (let run = 0; run < runs; run++) {
							const tab = await chromium.openTab();
							await tab.activate();
							await tab.goto(
								`${by === "front" ? front.url : world.gateway.url.replace("127.0.0.1", "localhost")}/status/`,
							);
							if ((await untilShown(tab, isWell, START_MS)) === null) {
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
				{ env: { COORD_DIST: dist } },
			);
		},
	};
}

function failed(problem: string): Run {
	return { shown: "nothing", showMs: null, recoverMs: null, problems: [problem] };
}

/** The page loses contact by `start`, says so, and finds it again by `end`. */
async function loseContact(
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

const says = (words: RegExp) => (seen: Look) => words.test(seen.sentence);

const unreachable = browserRow(
	{
		id: "gateway unreachable",
		fault: "SIGKILL of the gateway a page is open at; it is started again",
		promised: { shows: "Can't reach the gateway; what is shown ages", showMs: SHOW_MS, recoverMs: RECOVER_MS },
	},
	"gateway",
	(scene) => loseContact(scene, scene.gateway.kill, says(/Can't reach the gateway/), () => scene.gateway.restart()),
);

const unreachableThenOnline = browserRow(
	{
		id: "unreachable, then online",
		fault: "the same, and the browser comes online as the gateway is back",
		promised: { shows: "Can't reach the gateway; asked at once", showMs: SHOW_MS, recoverMs: AT_ONCE_MS },
	},
	"gateway",
	(scene) =>
		loseContact(scene, scene.gateway.kill, says(/Can't reach the gateway/), async () => {
			await scene.gateway.restart();
			// Nodes are asked once more first: what is measured is the page.
			await scene.watch.until(scene.ids[0]!, (seen) => seen.state === "serving", PATIENCE_MS);
			await scene.tab.setOffline(true);
			await sleep(200);
			await scene.tab.setOffline(false);
		}),
);

const offline = browserRow(
	{
		id: "browser offline",
		fault: "Chromium's network is cut by its debug port",
		promised: { shows: "You are offline; 0 requests", showMs: AT_ONCE_MS, recoverMs: AT_ONCE_MS },
	},
	"front",
	async (scene) => {
		let before = 0;
		const run = await loseContact(
			scene,
			async () => {
				await scene.tab.setOffline(true);
				before = scene.front.asked();
			},
			says(/You are offline/),
			async () => {
				const asked = scene.front.asked() - before;
				before = asked;
				await scene.tab.setOffline(false);
			},
		);
		return before === 0 ? run : { ...run, problems: [...run.problems, `${before} requests while offline`] };
	},
);

const hidden = browserRow(
	{
		id: "tab hidden",
		fault: "another tab is brought before the page for 35 s; in every second run a node is killed meanwhile",
		promised: { shows: "0 polls while hidden; 1 as it is shown again", showMs: null, recoverMs: AT_ONCE_MS },
	},
	"front",
	async ({ tab, chromium, front, nodes, ids, run }) => {
		const other = await chromium.openTab();
		await other.activate();
		await sleep(1_000);
		const before = front.asked();
		const isKilling = run % 2 === 1;
		if (isKilling) nodes[0]!.signal("SIGSTOP");
		await sleep(35_000);
		const whileHidden = front.asked() - before;
		await tab.activate();
		const isRight = ({ tones, sentence }: Look) =>
			sentence === "" && ids.every((id, index) => (tones[id] === "good") !== (isKilling && index === 0));
		const recoverMs = await untilShown(tab, isRight, PATIENCE_MS);
		await sleep(Math.max(0, 1_500 - (recoverMs ?? 0)));
		const onShow = front.asked() - before - whileHidden;
		nodes[0]!.signal("SIGCONT");
		await other.close();
		await untilShown(tab, isWell, START_MS);
		return {
			shown: `${whileHidden} polls hidden, ${onShow} as it was shown`,
			showMs: null,
			recoverMs,
			problems: [
				...(whileHidden > 0 ? [`${whileHidden} polls while hidden`] : []),
				...(onShow !== 1 ? [`${onShow} polls within 1.5 s of being shown`] : []),
			],
		};
	},
);

const asleep = browserRow(
	{
		id: "laptop sleep",
		fault: "SIGSTOP of every process of Chromium for 25 to 60 s; in every second run a node hangs meanwhile",
		promised: { shows: "on waking the old state is greyed, one poll at once", showMs: 1_000, recoverMs: AT_ONCE_MS },
	},
	"front",
	async ({ tab, chromium, nodes, ids, random, run }) => {
		await sleep(random.between(0, 5_000));
		const isHanging = run % 2 === 1;
		if (isHanging) nodes[0]!.signal("SIGSTOP");
		chromium.signalAll("SIGSTOP");
		await sleep(run === 0 ? 60_000 : random.between(25_000, 35_000));
		chromium.signalAll("SIGCONT");
		// Nothing that was good before the sleep may be claimed after it: it is greyed, or news are there.
		const asked = performance.now();
		const wrong = (seen: Look) => isHanging && seen.tones[ids[0]!] === "good";
		const showMs = await untilShown(tab, (seen) => !wrong(seen), PATIENCE_MS);
		const isRight = ({ tones, sentence }: Look) =>
			sentence === "" && ids.every((id, index) => (tones[id] === "good") !== (isHanging && index === 0));
		const right = await untilShown(tab, isRight, PATIENCE_MS);
		const recoverMs = right === null ? null : performance.now() - asked;
		nodes[0]!.signal("SIGCONT");
		await untilShown(tab, isWell, START_MS);
		return { shown: "the state of now", showMs, recoverMs, problems: [] };
	},
);

function proxyRow(id: string, mode: Mode, fault: string, shows: string, words: RegExp | null, showMs: number): OwnRow {
	const promised = { shows, showMs: words === null ? null : showMs, recoverMs: RECOVER_MS };
	return browserRow(
		{ id, fault: `${fault}; in every second run a node is killed meanwhile`, promised },
		"front",
		async (scene) => {
			const { front, nodes, ids, run, tab, random } = scene;
			const dead = run % 2 === 1 ? [ids[0]!] : [];
			const start = async () => {
				front.set(mode);
				if (dead.length > 0) nodes[0]!.signal("SIGSTOP");
			};
			const end = async () => {
				front.set("pass");
				nodes[0]!.signal("SIGCONT");
			};
			// Where answers still come, only the node that is gone must not be green.
			if (words !== null) {
				// What a cache keeps is the next answer.
				return await loseContact(scene, start, says(words), end, mode === "cache" ? 5_500 : 0);
			}
			await start();
			const watching = guard(tab, dead);
			await sleep(random.between(20_000, 25_000));
			const { tones, sentence } = await look(tab);
			const problems = [...watching.end(), ...(sentence === "" ? [] : [`the page said: ${sentence}`])];
			await end();
			return {
				shown: Object.values(tones).join(" "),
				showMs: null,
				recoverMs: await untilShown(tab, isWell, RECOVER_MS + PATIENCE_MS),
				problems,
			};
		},
	);
}

const IN_PLACE = /A proxy or portal answers in the gateway's place/;
const ALTERS = /alters its replies/;

export const browserRows: readonly OwnRow[] = [
	unreachable,
	unreachableThenOnline,
	offline,
	hidden,
	asleep,
	proxyRow("proxy cuts replies", "cut", "a proxy takes the end off each reply", "altered", ALTERS, SHOW_MS),
	proxyRow(
		"proxy strips trailers",
		"no-trailer",
		"a proxy takes off the trailers",
		"live: whole by its own last field",
		null,
		0,
	),
	proxyRow("proxy injects", "inject", "a proxy adds a script to each reply", "altered", ALTERS, SHOW_MS),
	proxyRow(
		"captive portal",
		"portal",
		"a portal answers with a page of its own",
		"a portal in its place",
		IN_PLACE,
		SHOW_MS,
	),
	proxyRow("proxy says 502", "502", "a proxy answers with an error page", "a proxy in its place", IN_PLACE, SHOW_MS),
	proxyRow(
		"proxy caches",
		"cache",
		"a cache gives the first answer for ever",
		"answers do not move",
		/do not move/,
		22_000,
	),
	proxyRow("proxy buffers", "buffer", "a proxy holds each reply for 3 s", "live", null, 0),
];
