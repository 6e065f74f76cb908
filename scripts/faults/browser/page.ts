// Edge(browser). What a page of the site shows of the cluster, read from its DOM as a person would read it.
import { setTimeout as sleep } from "node:timers/promises";
import type { Tab } from "./chromium.ts";

export interface Look {
	/** Tone of each node's card, by the node's id; `good` and `warn` claim that it is well now. */
	readonly tones: Readonly<Record<string, string>>;
	/** What the board of nodes says of its contact with the gateway; empty: nothing. */
	readonly sentence: string;
}

const READ = `(() => {
	const cards = [...document.querySelectorAll(".live-card")];
	const tones = Object.fromEntries(cards.map((card) => [card.querySelector("strong")?.textContent ?? "", card.dataset.tone]));
	const board = cards[0]?.closest("astro-island") ?? document;
	return { tones, sentence: board.querySelector(".live-sentence")?.textContent ?? "" };
})()`;

export function look(tab: Tab): Promise<Look> {
	return tab.evaluate<Look>(READ);
}

export function isWell({ tones, sentence }: Look): boolean {
	const all = Object.values(tones);
	return sentence === "" && all.length > 0 && all.every((tone) => tone === "good");
}

/** How long until the page shows it, ms; null: not within `withinMs`. */
export async function untilShown(tab: Tab, isSo: (seen: Look) => boolean, withinMs: number): Promise<number | null> {
	const startedAt = performance.now();
	for (;;) {
		const isThere = isSo(await look(tab));
		const tookMs = performance.now() - startedAt;
		if (isThere) return tookMs;
		if (tookMs >= withinMs) return null;
		await sleep(100);
	}
}

/** Past `staleAfterMs`, and what a page needs to notice. */
const GREEN_MS = 16_500;

/**
 * Looks on: nodes of which nothing can have been heard since now, or since `laterMs` from now, must not be shown well once
 * that is stale. `end` gives what was wrong.
 */
export function guard(tab: Tab, ids: readonly string[], laterMs = 0): { end(): string[] } {
	const sinceMs = performance.now();
	const problems = new Set<string>();
	let isLooking = false;
	const timer = setInterval(async () => {
		if (isLooking || performance.now() - sinceMs < laterMs + GREEN_MS) return;
		isLooking = true;
		const seen = await look(tab).catch(() => null);
		for (const id of ids) {
			const tone = seen?.tones[id];
			if (tone === "good" || tone === "warn")
				problems.add(`false green: ${id} was shown ${tone} ${GREEN_MS / 1000} s after it was last known of`);
		}
		isLooking = false;
	}, 250);
	return {
		end() {
			clearInterval(timer);
			return [...problems];
		},
	};
}
