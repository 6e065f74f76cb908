// Edge(astro). What the head of every page tells programs: a description, the feed, the data, and the card that is shown for a link.
import type { StarlightRouteData } from "@astrojs/starlight/route-data";
import { defineRouteMiddleware } from "@astrojs/starlight/route-data";
import textFont from "@fontsource-variable/ibm-plex-sans/files/ibm-plex-sans-latin-wght-normal.woff2?url";
import { withBase } from "../components/links.ts";
import { publishedPath } from "../components/machines/address.ts";
import { HEIGHT, WIDTH } from "../components/machines/card-markup.ts";
import { FEED } from "../components/machines/outputs.ts";
import { cardPath, siteCards } from "../components/machines/site-cards.ts";
import { loadSite } from "../components/site.ts";

type Tag = StarlightRouteData["head"][number];

export const onRequest = defineRouteMiddleware(async (context) => {
	const { catalog } = await loadSite();
	const { head } = context.locals.starlightRoute;
	const { name, description } = catalog.project;
	// Asked for with the styles that want it: a font that comes later is not shown (styles/tokens.css).
	head.push({
		tag: "link",
		attrs: { rel: "preload", as: "font", type: "font/woff2", href: textFont, crossorigin: "anonymous" },
		content: "",
	});
	// The page of what is not there stands at no address of its own.
	if (context.locals.starlightRoute.entry.id === "404" || /\/404\/?$/.test(context.url.pathname)) {
		context.locals.starlightRoute.head = head.filter(
			({ attrs }) => attrs?.["rel"] !== "canonical" && attrs?.["property"] !== "og:url",
		);
		return;
	}
	const has = (tag: Tag["tag"], attribute: string, value: string) =>
		head.some((one) => one.tag === tag && one.attrs?.[attribute] === value);
	if (!has("meta", "name", "description")) {
		const content = description ?? `Coordination of ${catalog.teams.map((team) => team.name).join(", ")}: ${name}.`;
		head.push({ tag: "meta", attrs: { name: "description", content }, content: "" });
		head.push({ tag: "meta", attrs: { property: "og:description", content }, content: "" });
	}
	await pushCard(context.url.pathname, head);
	head.push(alternate("application/json", `${name}: data`, withBase("/api/v1/index.json")));
	// A feed needs the site's public address; without one there is none to point at.
	if (import.meta.env.SITE) head.push(alternate("application/rss+xml", `${name}: conflicts`, publishedPath(FEED)));
});

/** The page's card, or the site's own. Without a public address there is none, and no promise of a large image. */
async function pushCard(page: string, head: Tag[]): Promise<void> {
	const cards = await siteCards();
	const card = cards.find((one) => one.page === page) ?? cards[0];
	const twitter = head.find((one) => one.attrs?.["name"] === "twitter:card");
	if (card === undefined) {
		if (twitter?.attrs !== undefined) twitter.attrs["content"] = "summary";
		return;
	}
	const image = publishedPath(cardPath(card.name));
	const facts = card.facts.map(({ words }) => words).join(", ");
	const alt = [card.title, card.line, facts].filter((part) => part !== "").join(". ");
	const property = (name: string, content: string): Tag => ({
		tag: "meta",
		attrs: { property: name, content },
		content: "",
	});
	head.push(
		property("og:image", image),
		property("og:image:width", String(WIDTH)),
		property("og:image:height", String(HEIGHT)),
		property("og:image:alt", alt),
	);
}

function alternate(type: string, title: string, href: string): Tag {
	return { tag: "link", attrs: { rel: "alternate", type, title, href }, content: "" };
}
