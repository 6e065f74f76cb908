// Edge(astro:content). The cards of this build, by page; none where the site does not know its public address.
import { getCollection } from "astro:content";
import { loadSite } from "../site.ts";
import { instantWords } from "../words.ts";
import type { CardWords } from "./card-markup.ts";
import { type Card, cards } from "./cards.ts";

let loaded: Promise<readonly Card[]> | null = null;

/** An image's address must be absolute, so without a public address there is nothing to make. */
export function siteCards(): Promise<readonly Card[]> {
	loaded ??= import.meta.env.SITE ? readCards() : Promise.resolve([]);
	return loaded;
}

export const cardPath = (name: string): string => `/cards/${name}.png`;

async function readCards(): Promise<Card[]> {
	const site = await loadSite();
	const entries = new Map((await getCollection("docs")).map(({ id, data }) => [id, data]));
	const guide = site.guidePages.map(({ id, label }) => {
		const data = entries.get(id);
		return { id, title: data?.title ?? label, description: data?.description };
	});
	return cards(site, guide);
}

/** All words of a card: its own, and what is on every one. */
export async function wordsOf({ name, title, line, facts }: Card): Promise<CardWords> {
	const { catalog, log, isSample } = await loadSite();
	const { headAt } = log.repository;
	return {
		...{ title, line, facts },
		above: name === "site" ? "" : catalog.project.name,
		stamp: `${isSample ? "Sample repository, as of" : "As of"} ${instantWords(headAt)}`,
	};
}
