// Edge(astro). What the head of every page tells programs: a description, the feed, the data, and the card that is shown for a link.
import type { StarlightRouteData } from "@astrojs/starlight/route-data";
import { defineRouteMiddleware } from "@astrojs/starlight/route-data";
import { withBase } from "../components/links.ts";
import { publishedPath } from "../components/machines/address.ts";
import { FEED } from "../components/machines/outputs.ts";
import { loadSite } from "../components/site.ts";

type Tag = StarlightRouteData["head"][number];

export const onRequest = defineRouteMiddleware(async (context) => {
	const { catalog } = await loadSite();
	const { head } = context.locals.starlightRoute;
	const { name, description } = catalog.project;
	const has = (tag: Tag["tag"], attribute: string, value: string) =>
		head.some((one) => one.tag === tag && one.attrs?.[attribute] === value);
	if (!has("meta", "name", "description")) {
		const content = description ?? `Coordination of ${catalog.teams.map((team) => team.name).join(", ")}: ${name}.`;
		head.push({ tag: "meta", attrs: { name: "description", content }, content: "" });
		head.push({ tag: "meta", attrs: { property: "og:description", content }, content: "" });
	}
	head.push(alternate("application/json", `${name}: data`, withBase("/api/v1/index.json")));
	// A feed needs the site's public address; without one there is none to point at.
	if (import.meta.env.SITE) head.push(alternate("application/rss+xml", `${name}: conflicts`, publishedPath(FEED)));
});

function alternate(type: string, title: string, href: string): Tag {
	return { tag: "link", attrs: { rel: "alternate", type, title, href }, content: "" };
}
