// Edge(browser). Faults between a page and the gateway, and of the browser itself, in a real Chromium on the built site.
import { setTimeout as sleep } from "node:timers/promises";
import type { OwnRow } from "../world.ts";
import { isWell, type Look, untilShown } from "./page.ts";
import { AT_ONCE_MS, browserRow, loseContact, PATIENCE_MS, RECOVER_MS, SHOW_MS, START_MS, says } from "./scene.ts";

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

export const browserRows: readonly OwnRow[] = [unreachable, unreachableThenOnline, offline, hidden, asleep];
