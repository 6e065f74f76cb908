// Edge(browser). What proxies, caches and portals do to the gateway's answers on their way to a page.
import { setTimeout as sleep } from "node:timers/promises";
import type { OwnRow } from "../world.ts";
import type { Mode } from "./front.ts";
import { guard, isWell, look, untilShown } from "./page.ts";
import { browserRow, loseContact, PATIENCE_MS, RECOVER_MS, SHOW_MS, says } from "./scene.ts";

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

export const proxyRows: readonly OwnRow[] = [
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
